import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS } from '../../kernel/clock.ts'
import { afterAttempt, HEALTHY, type Health, type Turned } from './health.ts'

fc.configureGlobal({ seed: Number(process.env.TAPLINE_PROPERTY_SEED ?? 20_260_101) })

const START = 1_800_000_000_000
const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

type Outcome = Parameters<typeof afterAttempt>[1]

const TAKEN: Outcome = { error: null, status: 204, retryAfterMs: null }
const FAILED: Outcome = { error: '500', status: 500, retryAfterMs: null }
const TIMEOUT: Outcome = { error: 'timeout', status: null, retryAfterMs: null }
const THROTTLED: Outcome = { error: '429', status: 429, retryAfterMs: null }
const GONE: Outcome = { error: '410', status: 410, retryAfterMs: null }

type Step = readonly [afterMs: number, outcome: Outcome]

function live(steps: readonly Step[], health: Health = HEALTHY, from = START) {
  let now = from
  const turns: Turned[] = []
  for (const [afterMs, outcome] of steps) {
    now += afterMs
    const after = afterAttempt(health, outcome, now)
    health = after.health
    if (after.turned !== null) turns.push(after.turned)
  }
  return { health, turns, now }
}

const times = (count: number, ...steps: Step[]) => Array.from({ length: count }, () => steps).flat()
const down = live(times(10, [SECOND_MS, FAILED]))

describe('the breaker', () => {
  it('opens at the tenth failure of a quarter of an hour', () => {
    expect(live(times(9, [SECOND_MS, FAILED])).turns).toEqual([])
    expect(down.turns).toEqual(['failing'])
    expect(down.health).toEqual({
      state: 'failing',
      failedSince: START + SECOND_MS,
      lastSuccessAt: null,
      lastFailureAt: START + 10 * SECOND_MS,
      lastError: '500',
      windowFrom: null,
      windowCount: 0,
      windowFailed: 0,
      nextProbeAt: START + 10 * SECOND_MS + 5 * MINUTE_MS,
      pausedUntil: null,
    })
  })

  it('opens with nine of ten, not with eight', () => {
    expect(live([[0, TAKEN], ...times(9, [SECOND_MS, FAILED])]).turns).toEqual(['failing'])
    expect(live([...times(2, [0, TAKEN]), ...times(8, [SECOND_MS, FAILED])]).turns).toEqual([])
  })

  it('two successes ask for twenty attempts', () => {
    expect(live([...times(2, [0, TAKEN]), ...times(17, [SECOND_MS, FAILED])]).turns).toEqual([])
    expect(live([...times(2, [0, TAKEN]), ...times(18, [SECOND_MS, FAILED])]).turns).toEqual(['failing'])
  })

  it('stays closed for ten failures that take longer than a quarter of an hour', () => {
    expect(live(times(500, [2 * MINUTE_MS, FAILED])).turns).toEqual([])
  })

  it('a new window begins after a quarter of an hour, at once not before', () => {
    const nine = times(9, [0, FAILED])
    expect(live([...nine, [15 * MINUTE_MS - 1, FAILED]]).turns).toEqual(['failing'])
    expect(live([...nine, [15 * MINUTE_MS, FAILED]]).turns).toEqual([])
  })

  it('half of the attempts taken keep it closed for ever', () => {
    const { health, turns } = live(times(2_000, [SECOND_MS, FAILED], [SECOND_MS, TAKEN]))
    expect(turns).toEqual([])
    expect(health.state).toBe('ok')
    expect(health.windowCount).toBeLessThanOrEqual(900)
  })

  it('one in three taken, in any order and at any pace, keeps it closed', () => {
    const three = fc.shuffledSubarray([TAKEN, FAILED, TIMEOUT], { minLength: 3, maxLength: 3 })
    const pace = fc.integer({ min: 0, max: 20 * MINUTE_MS })
    fc.assert(
      fc.property(fc.array(fc.tuple(three, pace), { minLength: 4, maxLength: 100 }), (groups) => {
        const steps = groups.flatMap(([group, afterMs]) => group.map((outcome): Step => [afterMs, outcome]))
        expect(live(steps).turns).toEqual([])
      }),
    )
  })
})

describe('a failing endpoint', () => {
  it('is asked again five minutes after every failed probe', () => {
    const probed = live([[5 * MINUTE_MS, TIMEOUT]], down.health, down.now)
    expect(probed.turns).toEqual([])
    expect(probed.health.nextProbeAt).toBe(probed.now + 5 * MINUTE_MS)
    expect(probed.health).toMatchObject({ state: 'failing', lastError: 'timeout', windowCount: 0 })
    expect(probed.health.failedSince).toBe(down.health.failedSince)
  })

  it('recovers with one success, and begins to count anew', () => {
    const up = live([[5 * MINUTE_MS, TAKEN]], down.health, down.now)
    expect(up.turns).toEqual(['recovered'])
    expect(up.health).toMatchObject({
      state: 'ok',
      failedSince: null,
      lastSuccessAt: up.now,
      nextProbeAt: null,
      windowCount: 0,
    })
    expect(live(times(9, [SECOND_MS, FAILED]), up.health, up.now).turns).toEqual([])
    expect(live(times(10, [SECOND_MS, FAILED]), up.health, up.now).turns).toEqual(['failing'])
  })

  it('is given up after five days', () => {
    const probes = (5 * DAY_MS) / (5 * MINUTE_MS)
    const late = live(times(probes - 1, [5 * MINUTE_MS, FAILED]), down.health, down.now)
    expect(late.turns).toEqual([])
    expect(live([[5 * MINUTE_MS, FAILED]], late.health, late.now).turns).toEqual(['given-up'])
  })

  it('one success in five days begins them anew', () => {
    const days = times((4 * DAY_MS) / HOUR_MS, [HOUR_MS, FAILED])
    expect(live([...days, [0, TAKEN], ...days]).turns).toEqual([])
  })
})

describe('what is asked too rarely for the breaker', () => {
  it('is given up after five days, too', () => {
    expect(live(times(6, [20 * HOUR_MS, FAILED])).turns).toEqual([])
    expect(live(times(7, [20 * HOUR_MS, FAILED])).turns).toEqual(['given-up'])
  })

  it('is not given up for two accidents in a week', () => {
    expect(live([[0, FAILED], [6 * DAY_MS, FAILED]]).turns).toEqual([]) // prettier-ignore
    expect(live([[0, FAILED], [11 * HOUR_MS, FAILED], [6 * DAY_MS, FAILED]]).turns).toEqual([]) // prettier-ignore
    expect(live([[0, FAILED], [12 * HOUR_MS, FAILED], [6 * DAY_MS, FAILED]]).turns).toEqual(['given-up']) // prettier-ignore
  })
})

describe('410', () => {
  it('is gone at once', () => {
    expect(live([[0, GONE]]).turns).toEqual(['gone'])
    expect(live([[0, GONE]], down.health, down.now).turns).toEqual(['gone'])
  })

  it('is gone even when it would have been given up', () => {
    const late = live(times(6, [20 * HOUR_MS, FAILED]))
    expect(live([[20 * HOUR_MS, GONE]], late.health, late.now).turns).toEqual(['gone'])
  })
})

describe('a pause', () => {
  it('429 without a time pauses for a minute, with one for that long', () => {
    expect(live([[0, THROTTLED]]).health.pausedUntil).toBe(START + MINUTE_MS)
    expect(live([[0, { ...THROTTLED, retryAfterMs: 5 * SECOND_MS }]]).health.pausedUntil).toBe(
      START + 5 * SECOND_MS,
    )
  })

  it('503 pauses only when it says for how long', () => {
    const unavailable = { error: '503', status: 503, retryAfterMs: null }
    expect(live([[0, unavailable]]).health.pausedUntil).toBeNull()
    expect(live([[0, { ...unavailable, retryAfterMs: HOUR_MS }]]).health.pausedUntil).toBe(START + HOUR_MS)
    expect(live([[0, { ...FAILED, retryAfterMs: HOUR_MS }]]).health.pausedUntil).toBeNull()
  })

  it('429 does not count to the breaker, 503 does', () => {
    const throttled = live(times(100, [SECOND_MS, THROTTLED]))
    expect(throttled.turns).toEqual([])
    expect(throttled.health).toMatchObject({ state: 'ok', windowCount: 0, lastError: '429' })
    const full = { error: '503', status: 503, retryAfterMs: SECOND_MS }
    expect(live(times(10, [SECOND_MS, full])).turns).toEqual(['failing'])
  })

  it('a throttled attempt among nine failures does not open it', () => {
    expect(live([...times(9, [0, FAILED]), [0, THROTTLED]]).turns).toEqual([])
    expect(live([...times(9, [0, FAILED]), [0, THROTTLED], [0, FAILED]]).turns).toEqual(['failing'])
  })

  it('a success that was on its way does not lift it; its end does', () => {
    const paused = live([[0, THROTTLED]])
    expect(live([[SECOND_MS, TAKEN]], paused.health, paused.now).health.pausedUntil).toBe(START + MINUTE_MS)
    expect(live([[MINUTE_MS, TAKEN]], paused.health, paused.now).health.pausedUntil).toBeNull()
  })

  it('a shorter one does not cut a longer one short', () => {
    const long = live([[0, { ...THROTTLED, retryAfterMs: HOUR_MS }]])
    expect(live([[0, THROTTLED]], long.health, long.now).health.pausedUntil).toBe(START + HOUR_MS)
  })

  it('no probe goes out during one', () => {
    const probed = live([[0, { ...THROTTLED, retryAfterMs: HOUR_MS }]], down.health, down.now)
    expect(probed.health.nextProbeAt).toBe(probed.now + HOUR_MS)
    const shortly = live([[0, THROTTLED]], down.health, down.now)
    expect(shortly.health.nextProbeAt).toBe(shortly.now + 5 * MINUTE_MS)
  })
})

describe('any history', () => {
  const retryAfterMs = fc.option(fc.integer({ min: SECOND_MS, max: DAY_MS }))
  const outcome = fc.oneof(
    { weight: 1, arbitrary: fc.constant(TAKEN) },
    { weight: 60, arbitrary: fc.constantFrom(FAILED, TIMEOUT) },
    { weight: 1, arbitrary: retryAfterMs.map((ms) => ({ error: '429', status: 429, retryAfterMs: ms })) },
    { weight: 1, arbitrary: retryAfterMs.map((ms) => ({ error: '503', status: 503, retryAfterMs: ms })) },
  )
  const pace = fc.oneof(
    { weight: 2, arbitrary: fc.integer({ min: 0, max: MINUTE_MS }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 12 * HOUR_MS }) },
  )
  const history = fc.array(fc.tuple(pace, outcome), { minLength: 20, maxLength: 150, size: 'max' })

  it('turns by turns, and says what it is', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(history, (steps) => {
        let health = HEALTHY
        let now = START
        let expected: 'failing' | 'recovered' = 'failing'
        for (const [afterMs, result] of steps) {
          now += afterMs
          const after = afterAttempt(health, result, now)
          health = after.health
          if (after.turned !== null) seen.add(after.turned)
          if (after.turned === 'failing' || after.turned === 'recovered') {
            expect(after.turned).toBe(expected)
            expected = expected === 'failing' ? 'recovered' : 'failing'
          } else if (after.turned === 'given-up') {
            expect(now - health.failedSince!).toBeGreaterThanOrEqual(5 * DAY_MS)
            if (health.state === 'failing') expected = 'recovered'
          }
          expect(health.nextProbeAt !== null).toBe(health.state === 'failing')
          expect(health.failedSince === null).toBe(result.error === null)
          if (health.nextProbeAt !== null)
            expect(health.nextProbeAt).toBeGreaterThanOrEqual(health.pausedUntil ?? 0)
          expect(health.windowFailed).toBeLessThanOrEqual(health.windowCount)
        }
      }),
      { numRuns: 400 },
    )
    expect([...seen].sort()).toEqual(['failing', 'given-up', 'recovered'])
  })
})
