import { refuse } from '../../kernel/refusal.ts'
import type { Item } from '../domain/item.ts'
import { MESSAGE_TYPES } from '../domain/message-types.ts'
import type { Credits } from '../ports/credits.ts'
import type { SettingsOf } from '../ports/neighbours.ts'

/** What the product itself says, and what was queued by a backend, is paced elsewhere. */
export function charge({ credits, settingsOf }: { credits: Credits; settingsOf: SettingsOf }) {
  async function pay(item: Item): Promise<boolean> {
    const { projectId, speaker, type } = item
    if (item.isFree === true) return true
    const { capacity, refillSeconds, projectPerSecond } = (await settingsOf(projectId)).credits
    const { cost } = MESSAGE_TYPES[type]
    const own = await credits.take({
      bucket: `${projectId}:${speaker.participantId}`,
      capacity,
      refillSeconds,
      cost,
    })
    const all = own.allowed
      ? await credits.take({ bucket: projectId, capacity: projectPerSecond, refillSeconds: 1, cost })
      : own
    if (all.allowed) return true
    item.reply.refuse(
      refuse('credits-spent', {
        remaining: all.remaining,
        retryAfterMs: all.retryAfterMs,
        retryAfterSeconds: Math.ceil(all.retryAfterMs / 1_000),
      }),
    )
    return false
  }

  return {
    name: 'charge',
    batch: 256,
    async run(items: Item[]): Promise<Item[]> {
      const paid = await Promise.all(items.map(pay))
      return items.filter((_, index) => paid[index])
    },
  }
}
