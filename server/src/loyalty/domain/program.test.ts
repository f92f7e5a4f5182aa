import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bonusesOn, mostSpendable, nextTierAfter, tierFor, type Rounding } from './program.ts'

describe('bonuses on an amount', () => {
  const cases: [
    baseMinor: number,
    percentBp: number,
    rounding: Rounding,
    wholeMinor: number,
    bonusesMinor: number,
  ][] = [
    [1000_00, 500, 'floor', 100, 50_00],
    [199_99, 500, 'floor', 100, 9_00],
    [0, 500, 'nearest', 100, 0],
    [1000_00, 0, 'nearest', 100, 0],
    [190_00, 500, 'nearest', 100, 10_00],
    [189_99, 500, 'nearest', 100, 9_00],
    [199_99, 500, 'none', 100, 9_99],
    [1, 9999, 'none', 100, 0],
    [1234_56, 777, 'none', 100, 95_92],
    [399, 500, 'floor', 1, 19],
    [390, 500, 'nearest', 1, 20],
    [10_000, 500, 'nearest', 1000, 1000],
    [999_999_999_998_018, 777, 'none', 100, 77_699_999_999_845],
    [999_999_999_999_999, 20_000, 'none', 100, 1_999_999_999_999_998],
  ]
  it.each(cases)(
    'of %i at %i bp, %s to %i: %i',
    (baseMinor, percentBp, rounding, wholeMinor, bonusesMinor) => {
      expect(bonusesOn(baseMinor, percentBp, rounding, wholeMinor)).toBe(bonusesMinor)
    },
  )

  it('are off by less than a whole one, and by no more than half to the nearest', () => {
    const base = fc.integer({ min: 0, max: 999_999_999_999_999 })
    fc.assert(
      fc.property(
        base,
        fc.integer({ min: 0, max: 20_000 }),
        fc.constantFrom(1, 100, 1000),
        (baseMinor, percentBp, whole) => {
          const exact = BigInt(baseMinor) * BigInt(percentBp)
          const off = (rounding: Rounding) =>
            exact - BigInt(bonusesOn(baseMinor, percentBp, rounding, whole)) * 10_000n
          const wholeBonus = BigInt(whole) * 10_000n
          expect(off('none') >= 0n && off('none') < 10_000n).toBe(true)
          expect(off('floor') >= 0n && off('floor') < wholeBonus).toBe(true)
          expect(off('nearest') * 2n > -wholeBonus - 1n && off('nearest') * 2n < wholeBonus).toBe(true)
        },
      ),
      { seed: 20_260_101 },
    )
  })
})

describe('tiers', () => {
  const tiers = [
    { name: 'gold', thresholdMinor: 300, percentBp: 3 },
    { name: 'start', thresholdMinor: 0, percentBp: 1 },
    { name: 'silver', thresholdMinor: 100, percentBp: 2 },
  ]
  const cases: [totalMinor: number, tier: string, next: string | undefined][] = [
    [0, 'start', 'silver'],
    [99, 'start', 'silver'],
    [100, 'silver', 'gold'],
    [299, 'silver', 'gold'],
    [300, 'gold', undefined],
  ]
  it.each(cases)('at %i: %s, then %s', (totalMinor, tier, next) => {
    expect(tierFor({ tiers }, totalMinor)?.name).toBe(tier)
    expect(nextTierAfter({ tiers }, totalMinor)?.name).toBe(next)
  })

  it('may be none', () => {
    expect(tierFor({ tiers: [] }, 100)).toBeUndefined()
    expect(tierFor({ tiers: tiers.slice(0, 1) }, 299)).toBeUndefined()
  })
})

describe('the share that may be paid with bonuses', () => {
  const cases: [orderMinor: number, shareBp: number, mostMinor: number][] = [
    [100_00, 3000, 30_00],
    [1_00, 3333, 33],
    [99_99, 10_000, 99_99],
    [99_99, 0, 0],
    [999_999_999_999_997, 9999, 999_899_999_999_997],
  ]
  it.each(cases)('of %i at %i bp: %i', (orderMinor, shareBp, mostMinor) => {
    expect(mostSpendable(orderMinor, shareBp)).toBe(mostMinor)
  })
})
