import type { UsedTickets } from '../../ports/used-tickets.ts'

type Redis = { set(key: string, value: string, px: 'PX', ms: number, nx: 'NX'): Promise<'OK' | null> }

const MOST_REMEMBERED = 50_000

/**
 * One list for all processes. Each remembers its own too, so that while Redis is away a ticket is still good for no more than
 * one connection to each; when that memory is full of tickets that may still be shown, no more are taken until Redis is back.
 */
export function redisUsedTickets(
  redis: Redis,
  prefix: string,
  { now = Date.now, most = MOST_REMEMBERED }: { now?: () => number; most?: number } = {},
): UsedTickets {
  const here = new Map<string, number>()

  /** All have the same time, so the oldest are over first. */
  function makeRoom(): void {
    for (const [name, until] of here) {
      if (until > now()) return
      here.delete(name)
    }
  }

  return {
    async use(name, forMs) {
      makeRoom()
      if (here.has(name)) return false
      const isFull = here.size >= most
      if (!isFull) here.set(name, now() + forMs)
      return redis.set(`${prefix}:ticket:${name}`, '1', 'PX', forMs, 'NX').then(
        (set) => set === 'OK',
        () => !isFull,
      )
    },
  }
}
