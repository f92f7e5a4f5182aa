import { describe, expect, it } from 'vitest'
import { movingAverage, readBudget, type Signals } from './read-budget.ts'

const WELL: Signals = { fill: 0.1, commitMs: 5, loopDelayMs: 10, memoryShare: 0.2 }

function controller() {
  let at = 0
  let signals = WELL
  const budget = readBudget({ read: () => signals, now: () => at })
  return {
    budget,
    /** So many quarters of a second. */
    looks(count: number, seen: Partial<Signals> = {}) {
      signals = { ...WELL, ...seen }
      for (let look = 0; look < count; look++) {
        at += 250
        budget.look()
      }
      return budget.now()
    },
  }
}

describe('the read budget', () => {
  it('is whole while all is well', () => {
    const { looks, budget } = controller()
    expect(looks(40)).toBe(1)
    expect(budget.because()).toBeUndefined()
  })

  it.each([
    ['fill', 0.95],
    ['commitMs', 900],
    ['loopDelayMs', 500],
    ['memoryShare', 0.95],
  ] as const)('is halved at most twice a second while %s is over its limit', (signal, value) => {
    const { looks, budget } = controller()
    expect(looks(1, { [signal]: value })).toBe(0.5)
    expect(looks(1, { [signal]: value })).toBe(0.5)
    expect(looks(1, { [signal]: value })).toBe(0.25)
    expect(budget.because()).toBe(signal)
  })

  it('never ends, and comes back by a tenth a second', () => {
    const { looks, budget } = controller()
    expect(looks(100, { fill: 1 })).toBe(0.05)
    expect(looks(4)).toBeCloseTo(0.15)
    expect(looks(40)).toBe(1)
    expect(budget.because()).toBeUndefined()
  })
})

it('an average forgets what was slow', () => {
  const average = movingAverage()
  for (let count = 0; count < 30; count++) average.add(1_000)
  expect(average.value()).toBeGreaterThan(900)
  for (let count = 0; count < 40; count++) average.fade()
  expect(average.value()).toBeLessThan(20)
})
