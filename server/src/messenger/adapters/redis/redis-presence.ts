import type { Redis } from 'ioredis'
import type { Lease, Presence } from '../../ports/presence.ts'

const LEASE_MS = 75_000
const KEY_SECONDS = 120

/** A lease for each device; whose last one has run out or ended is away. */
export function redisPresence(redis: Redis, prefix: string, now: () => number = Date.now): Presence {
  const keyOf = ({ projectId, participantId }: Pick<Lease, 'projectId' | 'participantId'>) =>
    `${prefix}:presence:${projectId}:${participantId}`

  return {
    async present(people) {
      if (people.length === 0) return new Set()
      try {
        const pipeline = redis.pipeline()
        for (const person of people) pipeline.zcount(keyOf(person), now(), '+inf')
        const counts = (await pipeline.exec()) ?? []
        const there = new Set<string>()
        for (const [index, person] of people.entries()) {
          const [error, count] = counts[index] ?? [new Error('Redis gave no count')]
          if (error !== null) return 'unknown'
          if (Number(count) > 0) there.add(person.participantId)
        }
        return there
      } catch {
        return 'unknown'
      }
    },

    async renew(leases) {
      if (leases.length === 0) return
      const pipeline = redis.pipeline()
      for (const lease of leases) {
        pipeline.zadd(keyOf(lease), now() + LEASE_MS, lease.sessionId)
        pipeline.expire(keyOf(lease), KEY_SECONDS)
      }
      await pipeline.exec()
    },

    async end(lease) {
      await redis.zrem(keyOf(lease), lease.sessionId)
    },
  }
}
