import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apportion, shareOf } from './apportion.ts'

const seed = 20_260_101
const minor = fc.integer({ min: 0, max: 999_999_999_999_999 })

describe('a whole is parted', () => {
  const cases: [string, number, number[], number[]][] = [
    ['evenly where it can be', 90, [1, 1, 1], [30, 30, 30]],
    ['with the rest to the earlier among equals', 100, [1, 1, 1], [34, 33, 33]],
    ['with the rest to the largest remainder', 100, [1, 1, 4], [17, 17, 66]],
    ['by weight', 100, [0, 3, 1], [0, 75, 25]],
    ['into nothing where nothing weighs', 100, [0, 0], [0, 0]],
    ['into nothing of nothing', 0, [1, 2], [0, 0]],
    ['into no parts', 100, [], []],
    ['when it is smaller than its parts are many', 2, [1, 1, 1], [1, 1, 0]],
  ]
  it.each(cases)('%s', (_, whole, weights, parts) => {
    expect(apportion(whole, weights.map(BigInt))).toEqual(parts)
  })

  it('to the last unit, each part its exact share rounded up or down', () => {
    fc.assert(
      fc.property(minor, fc.array(minor, { minLength: 1, maxLength: 9 }), (whole, weights) => {
        const parts = apportion(whole, weights.map(BigInt))
        const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n)
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total === 0n ? 0 : whole)
        parts.forEach((part, at) => {
          const off = BigInt(part) * total - BigInt(whole) * BigInt(weights[at]!)
          expect(off > -total || total === 0n).toBe(true)
          expect(off < total || total === 0n).toBe(true)
        })
      }),
      { seed },
    )
  })

  it('whole and exact too where a part takes away from the others', () => {
    expect(apportion(50, [100n, -50n])).toEqual([100, -50])
    expect(apportion(33, [200n, -101n])).toEqual([67, -34])
    expect(apportion(10, [100n, -33n, -33n])).toEqual([30, -10, -10])
  })
})

describe('a share', () => {
  const cases: [string, number, number, number, number][] = [
    ['is floored', 100, 1, 3, 33],
    ['is all for the whole', 100, 3, 3, 100],
    ['is all for more than the whole', 100, 4, 3, 100],
    ['is nothing for nothing', 100, 0, 3, 0],
    ['is nothing for nothing of nothing: what did not come back is kept', 100, 0, 0, 0],
    ['is exact where a product does not fit a number', 999_999_999_999_999, 999_999_999_999_998, 999_999_999_999_999, 999_999_999_999_998],
  ] // prettier-ignore
  it.each(cases)('%s', (_, amount, part, whole, share) => expect(shareOf(amount, part, whole)).toBe(share))
})
