import type { ConversationEvent } from '../domain/conversation.ts'
import type { Item } from '../domain/item.ts'
import type { FanOut } from '../ports/live.ts'

/** To everybody who is here, and a wake-up for the other gateways. What is lost on the way the log still has. */
export function deliver({ bring, fanOut }: { bring: (event: ConversationEvent) => void; fanOut: FanOut }) {
  return {
    name: 'deliver',
    batch: 512,
    run(items: Item[]): Item[] {
      const events = items.flatMap(({ event }) => event ?? [])
      for (const event of events) bring(event)
      if (events.length > 0) fanOut.wake(events)
      return items
    },
  }
}
