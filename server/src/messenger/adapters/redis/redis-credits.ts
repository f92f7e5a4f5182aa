import type { Redis } from 'ioredis'
import { redisRateLimiter, type RateLimiter } from '../../../redis/rate-limiter.ts'
import type { Credits } from '../../ports/credits.ts'

// Costs go down to a tenth of a credit; the limiter counts in whole numbers.
const PARTS = 10
// One user seldom has sockets on several nodes: a large slice asks Redis about once in fifteen messages of the usual pool.
const SLICE_SHARE = 0.25
const MOST_WINDOWS = 100

/** Leased in slices, so that few messages ask Redis; while it is away each process counts by itself. */
export function redisCredits(redis: Redis, prefix: string, now: () => number = Date.now): Credits {
  const limiters = new Map<number, RateLimiter>()

  function limiterOf(windowSeconds: number): RateLimiter {
    const known = limiters.get(windowSeconds)
    if (known !== undefined) return known
    const limiter = redisRateLimiter(redis, `${prefix}:credits:${windowSeconds}`, {
      now,
      windowSeconds,
      sliceShare: SLICE_SHARE,
    })
    limiters.set(windowSeconds, limiter)
    if (limiters.size > MOST_WINDOWS) limiters.delete(limiters.keys().next().value!)
    return limiter
  }

  return {
    async take({ bucket, capacity, refillSeconds, cost }) {
      const { allowed, remaining } = await limiterOf(refillSeconds).take(
        bucket,
        capacity * PARTS,
        Math.round(cost * PARTS),
      )
      const windowMs = refillSeconds * 1_000
      return {
        allowed,
        remaining: Math.floor(remaining / PARTS),
        retryAfterMs: allowed ? 0 : windowMs - (now() % windowMs) + 1,
      }
    },
  }
}
