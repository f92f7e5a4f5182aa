import type { Redis } from 'ioredis'

export type Allowance = { allowed: boolean; limit: number; remaining: number; resetSeconds: number }

export type RateLimiter = { take(bucket: string, limit: number): Promise<Allowance> }

/** `used`: of all processes, as far as this one has heard. */
type Lease = {
  window: number
  left: number
  exhausted: boolean
  leasing: Promise<void> | undefined
  used: number
}

const WINDOW_SECONDS = 60
/** A process may strand this share of a limit in a slice that it leased and did not use. */
const SLICE_SHARE = 0.01
const AWAY_MS = 2_000
const MAX_BUCKETS = 50_000

/**
 * So many per minute and bucket, over all processes. A process leases slices of the minute's allowance from Redis, so that
 * nearly no request asks it; once the minute is used up, nobody asks until the next. While Redis is away, each process
 * counts by itself.
 */
export function redisRateLimiter(redis: Redis, prefix: string, now: () => number = Date.now): RateLimiter {
  const leases = new Map<string, Lease>()
  // A hanging Redis costs one caller a time-out, not each of them.
  let awayUntil = 0

  function leaseOf(bucket: string, window: number): Lease {
    const known = leases.get(bucket)
    if (known?.window === window) return known
    const lease: Lease = { window, left: 0, exhausted: false, leasing: undefined, used: 0 }
    leases.delete(bucket)
    leases.set(bucket, lease)
    if (leases.size > MAX_BUCKETS) leases.delete(leases.keys().next().value!)
    return lease
  }

  async function extend(lease: Lease, bucket: string, limit: number): Promise<void> {
    const slice = Math.max(1, Math.floor(limit * SLICE_SHARE))
    try {
      if (now() < awayUntil) throw new Error('Redis was away a moment ago')
      const key = `${prefix}:limit:${bucket}:${lease.window}`
      const [[, used] = []] =
        (await redis
          .multi()
          .incrby(key, slice)
          .expire(key, 2 * WINDOW_SECONDS)
          .exec()) ?? []
      if (typeof used !== 'number') throw new Error('Redis gave no count')
      const granted = slice - Math.max(0, Number(used) - limit)
      lease.used = Math.min(limit, Number(used))
      if (granted > 0) lease.left += granted
      else lease.exhausted = true
    } catch {
      if (now() >= awayUntil) awayUntil = now() + AWAY_MS
      if (lease.used >= limit) lease.exhausted = true
      else {
        lease.used++
        lease.left++
      }
    }
  }

  return {
    async take(bucket, limit) {
      const seconds = now() / 1000
      const window = Math.floor(seconds / WINDOW_SECONDS)
      const lease = leaseOf(bucket, window)
      while (lease.left === 0 && !lease.exhausted) {
        lease.leasing ??= extend(lease, bucket, limit).finally(() => (lease.leasing = undefined))
        await lease.leasing
      }
      const allowed = lease.left > 0
      if (allowed) lease.left--
      const resetSeconds = Math.max(1, Math.ceil((window + 1) * WINDOW_SECONDS - seconds))
      return {
        allowed,
        limit,
        remaining: allowed ? Math.max(0, limit - lease.used + lease.left) : 0,
        resetSeconds,
      }
    },
  }
}
