import { isRetryable } from '../../kernel/retryable-error.ts'
import type { Item } from '../domain/item.ts'
import { nameOf } from '../know-conversations.ts'
import type { DeliveryState } from '../ports/delivery-state.ts'

/** Marks come often and only the newest counts: they are written a few times a second. */
const PAUSE_MS = 200
const AGAIN_MS = 1_000
const MAX_TRIES = 60

/** How far everybody is, into the database; what everybody has is delivered. */
export function record({
  state,
  pause = PAUSE_MS,
}: {
  state: Pick<DeliveryState, 'record' | 'settle'>
  pause?: number
}) {
  return {
    name: 'record',
    batch: 2_000,
    async run(items: Item[]): Promise<Item[]> {
      const marks = new Map<string, Item>()
      for (const item of items) {
        const name = `${nameOf(item)} ${item.speaker.participantId}`
        const known = marks.get(name)
        if (known === undefined) marks.set(name, item)
        else
          known.receipt = {
            received: Math.max(known.receipt!.received, item.receipt!.received),
            read: Math.max(known.receipt!.read, item.receipt!.read),
          }
      }
      const said = [...marks.values()].map(({ projectId, conversationId, speaker, receipt }) => ({
        projectId,
        conversationId,
        participantId: speaker.participantId,
        ...receipt!,
      }))
      const moved = await patiently(() => state.record(said))
      const conversations = new Map(
        moved.map(({ projectId, conversationId }) => [
          nameOf({ projectId, conversationId }),
          { projectId, conversationId },
        ]),
      )
      await patiently(() => state.settle([...conversations.values()]))
      await new Promise((resolve) => setTimeout(resolve, pause))
      return moved.map(({ projectId, conversationId, participantId, received, read }) => {
        const item = marks.get(`${nameOf({ projectId, conversationId })} ${participantId}`)!
        item.receipt = { received, read }
        return item
      })
    },
  }
}

/** A client says a mark once: while the database is away it waits here, where newer ones take its place. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (!isRetryable(error) || tries >= MAX_TRIES) throw error
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    }
  }
}
