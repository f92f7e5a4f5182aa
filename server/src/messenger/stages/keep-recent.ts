import type { ConversationEvent } from '../domain/conversation.ts'
import type { Item } from '../domain/item.ts'
import { nameOf } from '../know-conversations.ts'
import type { ConversationKey } from '../ports/conversation-store.ts'

type Ring = { events: ConversationEvent[]; epoch: number; until: number; weight: number }

const MOST_EVENTS = 100
const MOST_WEIGHT = 32 * 1_048_576
const KEPT_MS = 300_000
const WEIGHT_OF_EVENT = 600

export type RecentEvents = ReturnType<typeof recentEvents>

/** The last events of busy conversations, so that a storm of reconnects does not become a storm of queries. */
export function recentEvents({ now = () => Date.now() }: { now?: () => number } = {}) {
  const rings = new Map<string, Ring>()
  let weight = 0

  function drop(name: string): void {
    weight -= rings.get(name)?.weight ?? 0
    rings.delete(name)
  }

  return {
    /** `epoch`: as it was known before the event was written, so that what an erasure took back is never of the newer one. */
    add(event: ConversationEvent, epoch: number | undefined): void {
      const name = nameOf(event)
      const known = rings.get(name)
      // What was taken back must not come out of here any more; and a ring with a hole is none.
      const isWhole =
        known !== undefined &&
        known.epoch === epoch &&
        known.events.at(-1)!.sequence + 1 === event.sequence &&
        known.until > now()
      if (event.kind === 'edited' || event.kind === 'deleted' || epoch === undefined) return drop(name)
      if (known !== undefined && !isWhole) drop(name)
      const ring = isWhole ? known : { events: [], epoch, until: 0, weight: 0 }
      const added = WEIGHT_OF_EVENT + (event.kind === 'message' ? 2 * (event.message.text?.length ?? 0) : 0)
      ring.events.push(event)
      ring.until = now() + KEPT_MS
      ring.weight += added
      weight += added
      if (ring.events.length > MOST_EVENTS) {
        const gone = ring.events.shift()!
        const less = WEIGHT_OF_EVENT + (gone.kind === 'message' ? 2 * (gone.message.text?.length ?? 0) : 0)
        ring.weight -= less
        weight -= less
      }
      rings.delete(name)
      rings.set(name, ring)
      while (weight > MOST_WEIGHT && rings.size > 1) drop(rings.keys().next().value!)
    },

    /** All events after a sequence up to the top, when they are all here and still what the log says. */
    after(
      key: ConversationKey,
      after: number,
      top: { sequence: number; epoch: number },
    ): ConversationEvent[] | undefined {
      const ring = rings.get(nameOf(key))
      if (ring === undefined || ring.until <= now()) return undefined
      if (ring.epoch !== top.epoch) {
        drop(nameOf(key))
        return undefined
      }
      const { events } = ring
      if (events.at(-1)!.sequence !== top.sequence || events[0]!.sequence > after + 1) return undefined
      return events.slice(after + 1 - events[0]!.sequence)
    },

    forget: (key: ConversationKey) => drop(nameOf(key)),
  }
}

export function keepRecent({ recent }: { recent: RecentEvents }) {
  return {
    name: 'remember',
    batch: 512,
    run(items: Item[]): Item[] {
      for (const { event, epoch } of items) if (event !== undefined) recent.add(event, epoch)
      return items
    },
  }
}
