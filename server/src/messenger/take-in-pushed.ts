import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import type { Speaker } from './domain/item.ts'
import type { DeliveryState } from './ports/delivery-state.ts'
import type { IngestionStream, Taken } from './ports/ingestion-stream.ts'
import type { Talk } from './talk.ts'

type Dependencies = {
  stream: IngestionStream
  say: Talk['say']
  speakerOf: (projectId: string, senderId: string | null) => Promise<Speaker | Refusal>
  state: Pick<DeliveryState, 'bury'>
  /** How many may be read now. */
  budget: () => number
}

/** These pass by themselves: the message stays in the stream and is taken again. */
const PASSING: ReadonlySet<string> = new Set(['overloaded', 'unavailable', 'internal-error'])

/** What backends pushed, as fast as the messenger has room. */
export function takeInPushed({ stream, say, speakerOf, state, budget }: Dependencies) {
  return async (): Promise<boolean> => {
    const most = budget()
    const taken = await stream.take(most)
    const outcomes = await Promise.all(taken.map(takeIn))
    await stream.settle(outcomes.flatMap((receipt) => receipt ?? []))
    return taken.length === most
  }

  async function takeIn({ receipt, projectId, conversationId, senderId, clientId, text }: Taken) {
    const speaker = await speakerOf(projectId, senderId)
    const outcome = isRefusal(speaker)
      ? speaker
      : await say({
          projectId,
          conversationId,
          speaker,
          said: { clientId, text, replyTo: null, attachment: null },
          isFree: true,
          waits: true,
        })
    if (!isRefusal(outcome)) return receipt
    if (PASSING.has(outcome.refused)) return undefined
    await state.bury(undefined, [
      {
        projectId,
        conversationId,
        participantId: senderId,
        fromSequence: null,
        toSequence: null,
        reason: `pushed ${clientId}: ${outcome.refused}`,
        attempts: 1,
      },
    ])
    return receipt
  }
}
