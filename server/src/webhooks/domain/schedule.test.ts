import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_ATTEMPTS, waitMs } from './schedule.ts'

fc.configureGlobal({ seed: Number(process.env.TAPLINE_PROPERTY_SEED ?? 20_260_101) })

const HOUR_MS = 3_600_000
const longest = (attempts: number) => waitMs({ attempts, retryAfterMs: null, random: 1 })
const shortest = (attempts: number) => waitMs({ attempts, retryAfterMs: null, random: 0 })

describe('waitMs', () => {
  it('follows the schedule of eleven attempts', () => {
    const waits = Array.from({ length: 11 }, (_, attempts) => longest(attempts)! / 1000)
    expect(waits).toEqual([0, 5, 60, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400])
    expect(MAX_ATTEMPTS).toBe(11)
  })

  it('ends after the eleventh, whatever the other side asks for', () => {
    expect(waitMs({ attempts: 11, retryAfterMs: 5_000, random: 0.5 })).toBeUndefined()
    expect(longest(12)).toBeUndefined()
  })

  it('waits at least half of the planned time', () => {
    expect(shortest(1)).toBe(2_500)
    expect(shortest(10)).toBe(12 * HOUR_MS)
  })

  it('waits as long as it was asked to, when that is longer', () => {
    expect(waitMs({ attempts: 1, retryAfterMs: 90_000, random: 0.5 })).toBe(90_000)
    expect(waitMs({ attempts: 6, retryAfterMs: 90_000, random: 1 })).toBe(5 * HOUR_MS)
  })

  it('is never asked to wait for longer than a day', () => {
    expect(waitMs({ attempts: 1, retryAfterMs: 400 * HOUR_MS, random: 0 })).toBe(24 * HOUR_MS)
  })

  it('stays between half of the plan and the plan, and never under what was asked', () => {
    const made = fc.record({
      attempts: fc.integer({ min: 0, max: 10 }),
      retryAfterMs: fc.option(fc.integer({ min: 1_000, max: 24 * HOUR_MS })),
      random: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    })
    fc.assert(
      fc.property(made, (given) => {
        const wait = waitMs(given)!
        expect(wait).toBeGreaterThanOrEqual(Math.max(shortest(given.attempts)!, given.retryAfterMs ?? 0))
        expect(wait).toBeLessThanOrEqual(Math.max(longest(given.attempts)!, given.retryAfterMs ?? 0))
      }),
    )
  })
})
