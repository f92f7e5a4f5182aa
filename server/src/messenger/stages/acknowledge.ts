import type { Item } from '../domain/item.ts'

/** Tells the sender. In the route of what is durable this stands after the stage that stores; the table is checked for it. */
export function acknowledge({ now }: { now: () => Date }) {
  return {
    name: 'acknowledge',
    batch: 512,
    run(items: Item[]): Item[] {
      for (const item of items)
        item.reply.acknowledge(item.stored ?? { messageId: null, sequence: null, at: now(), repeated: false })
      return items.filter(({ stored }) => stored?.repeated !== true)
    },
  }
}
