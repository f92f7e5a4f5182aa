import type { Redis } from 'ioredis'

export type Allowance = { allowed: boolean; limit: number; remaining: number; resetSeconds: number }

export type RateLimiter = { take(bucket: string, limit: number, cost?: number): Promise<Allowance> }

type Settings = {
  now?: () => number
  windowSeconds?: number
  /** A process may strand this share of a limit in a slice that it leased and did not use. */
  sliceShare?: number
}

/** `used`: of all processes, as far as this one has heard. */
type Lease = {
  window: number
  left: number
  exhausted: boolean
  leasing: Promise<void> | undefined
  used: number
}

const WINDOW_SECONDS = 60
const SLICE_SHARE = 0.01
const AWAY_MS = 2_000
const MAX_BUCKETS = 50_000

/**
 * So many per minute (or another window) and bucket, over all processes. A process leases slices of the window's allowance from
 * Redis, so that nearly no request asks it; once the window is used up, nobody asks until the next. While Redis is away, each process
 * counts by itself.
 */
export function redisRateLimiter(
  redis: Redis,
  prefix: string,
  { now = Date.now, windowSeconds = WINDOW_SECONDS, sliceShare = SLICE_SHARE }: Settings = {},
): RateLimiter {
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

  async function extend(lease: Lease, bucket: string, limit: number, cost: number): Promise<void> {
    const slice = Math.max(cost - lease.left, Math.floor(limit * sliceShare), 1)
    try {
      if (now() < awayUntil) throw new Error('Redis was away a moment ago')
      const key = `${prefix}:limit:${bucket}:${lease.window}`
      const [[, used] = []] =
        (await redis
          .multi()
          .incrby(key, slice)
          .expire(key, 2 * windowSeconds)
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
        const granted = Math.min(cost, limit - lease.used)
        lease.used += granted
        lease.left += granted
      }
    }
  }

  return {
    async take(bucket, limit, cost = 1) {
      const seconds = now() / 1000
      const window = Math.floor(seconds / windowSeconds)
      const lease = leaseOf(bucket, window)
      while (lease.left < cost && !lease.exhausted) {
        lease.leasing ??= extend(lease, bucket, limit, cost).finally(() => (lease.leasing = undefined))
        await lease.leasing
      }
      const allowed = lease.left >= cost
      if (allowed) lease.left -= cost
      const resetSeconds = Math.max(1, Math.ceil((window + 1) * windowSeconds - seconds))
      return {
        allowed,
        limit,
        remaining: allowed ? Math.max(0, limit - lease.used + lease.left) : 0,
        resetSeconds,
      }
    },
  }
}
