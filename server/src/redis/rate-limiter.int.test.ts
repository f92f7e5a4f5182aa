import { randomBytes } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { connectRedis } from './connect.ts'
import { redisRateLimiter, type Allowance, type RateLimiter } from './rate-limiter.ts'

const MINUTE = 60_000
let redis: Redis
let prefix: string
let now: number

beforeAll(async () => {
  redis = connectRedis({ url: inject('redisUrl'), name: 'tests', onError: () => undefined })
  await new Promise((resolve) => redis.once('ready', resolve))
})
afterAll(() => redis.disconnect())
beforeEach(() => {
  prefix = `test-${randomBytes(6).toString('hex')}`
  now = 1_800_000_000_000
})

const limiterOn = (connection: Redis): RateLimiter => redisRateLimiter(connection, prefix, { now: () => now })
const takeMany = (limiter: RateLimiter, times: number, limit: number, bucket = 'shop') =>
  Promise.all(Array.from({ length: times }, () => limiter.take(bucket, limit)))
const allowed = (answers: Allowance[]) => answers.filter((answer) => answer.allowed).length

describe('a limit of a minute', () => {
  it('lets in as many as it says, one by one and all at once', async () => {
    const limiter = limiterOn(redis)
    for (let taken = 1; taken <= 5; taken++) {
      expect(await limiter.take('slow', 5)).toEqual({
        allowed: true,
        limit: 5,
        remaining: 5 - taken,
        resetSeconds: 60,
      })
    }
    expect(await limiter.take('slow', 5)).toEqual({
      allowed: false,
      limit: 5,
      remaining: 0,
      resetSeconds: 60,
    })
    expect(allowed(await takeMany(limiter, 300, 100))).toBe(100)
  })

  it('says when the next one begins, and begins it then', async () => {
    const limiter = limiterOn(redis)
    now += 59_500
    expect(await limiter.take('shop', 1)).toMatchObject({ allowed: true, resetSeconds: 1 })
    expect(await limiter.take('shop', 1)).toMatchObject({ allowed: false, resetSeconds: 1 })
    now += 499
    expect((await limiter.take('shop', 1)).allowed).toBe(false)
    now += 1
    expect(await limiter.take('shop', 1)).toMatchObject({ allowed: true, resetSeconds: 60 })
  })

  it('is of its bucket', async () => {
    const limiter = limiterOn(redis)
    expect(allowed(await takeMany(limiter, 3, 2, 'a'))).toBe(2)
    expect(allowed(await takeMany(limiter, 3, 2, 'b'))).toBe(2)
  })

  it.each([1, 3, 100, 1_000, 5_000])('of %i is shared by three processes, within 5 %%', async (limit) => {
    const limiters = [limiterOn(redis), limiterOn(redis), limiterOn(redis)]
    const answers = await Promise.all(limiters.map((limiter) => takeMany(limiter, limit, limit)))
    const taken = allowed(answers.flat())
    expect(taken).toBeLessThanOrEqual(limit)
    expect(taken).toBeGreaterThanOrEqual(limit * 0.95)
    for (const each of answers) expect(allowed(each)).toBeGreaterThan(limit > 10 ? limit * 0.1 : -1)
  })

  it('tells what all processes left', async () => {
    const [one, other] = [limiterOn(redis), limiterOn(redis)]
    await takeMany(one, 60, 100)
    const { remaining } = await other.take('shop', 100)
    expect(remaining).toBeLessThanOrEqual(39)
    expect(remaining).toBeGreaterThanOrEqual(34)
  })

  it('asks Redis for slices, and no more once it is used up', async () => {
    let asked = 0
    const counted = new Proxy(redis, {
      get: (target, name) => {
        if (name === 'multi') asked++
        const member = Reflect.get(target, name) as unknown
        return typeof member === 'function' ? (member.bind(target) as unknown) : member
      },
    })
    const limiter = limiterOn(counted)
    await takeMany(limiter, 20_000, 10_000)
    expect(asked).toBeLessThanOrEqual(110)
    const before = asked
    await takeMany(limiter, 1_000, 10_000)
    expect(asked).toBe(before)
  })

  it('leaves nothing behind in Redis for long', async () => {
    await limiterOn(redis).take('shop', 10)
    const keys = await redis.keys(`${prefix}:*`)
    expect(keys).toHaveLength(1)
    expect(await redis.ttl(keys[0]!)).toBeGreaterThan(60)
    expect(await redis.ttl(keys[0]!)).toBeLessThanOrEqual(120)
  })
})

describe('while Redis is away', () => {
  it('each process counts by itself, and the next minute begins as ever', async () => {
    const nowhere = new Redis({
      port: 1,
      host: '127.0.0.1',
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      lazyConnect: true,
      retryStrategy: () => null,
    })
    nowhere.on('error', () => undefined)
    const [one, other] = [limiterOn(nowhere), limiterOn(nowhere)]
    expect(allowed(await takeMany(one, 150, 100))).toBe(100)
    expect(await one.take('shop', 100)).toMatchObject({ allowed: false, remaining: 0 })
    expect(allowed(await takeMany(other, 150, 100))).toBe(100)
    now += MINUTE
    expect(allowed(await takeMany(one, 150, 100))).toBe(100)
    nowhere.disconnect()
  })

  it('it forgets nothing that was taken before Redis went', async () => {
    const own = connectRedis({ url: inject('redisUrl'), name: 'tests', onError: () => undefined })
    await new Promise((resolve) => own.once('ready', resolve))
    const limiter = limiterOn(own)
    await takeMany(limiter, 60, 100)
    own.disconnect()
    expect(allowed(await takeMany(limiter, 100, 100))).toBe(40)
  })
})
