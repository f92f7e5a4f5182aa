/** Rounding as the server rounds: exact fractions, floored, and what is left over goes where it is due first. */

export type Rounding = 'floor' | 'nearest' | 'none'

const WHOLE_BP = 10_000n

/** A percent (in hundredths of a percent) of an amount, in whole bonuses or, without rounding, in minor units. */
export function percentOf(
  baseMinor: number,
  percentBp: number,
  rounding: Rounding,
  wholeMinor: number,
): number {
  const step = rounding === 'none' ? 1n : BigInt(wholeMinor)
  const divisor = WHOLE_BP * step
  const exact = BigInt(baseMinor) * BigInt(percentBp)
  const steps = rounding === 'nearest' ? (exact * 2n + divisor) / (divisor * 2n) : exact / divisor
  return Number(steps * step)
}

/** The part of an amount that belongs to a part of a whole. */
export function shareOf(amountMinor: number, part: number, whole: number): number {
  if (part <= 0) return 0
  if (part >= whole) return amountMinor
  return Number((BigInt(amountMinor) * BigInt(part)) / BigInt(whole))
}

/** Parts that add up to the last unit; among equal remainders the earlier gets one more. */
export function apportion(wholeMinor: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n)
  if (total === 0n) return weights.map(() => 0)
  const shares = weights.map((weight, index) => {
    const exact = BigInt(wholeMinor) * BigInt(weight)
    return { index, floor: Number(exact / total), remainder: exact % total }
  })
  const parts = shares.map(({ floor }) => floor)
  let rest = wholeMinor - parts.reduce((sum, part) => sum + part, 0)
  shares.sort(
    (left, right) =>
      Number(right.remainder > left.remainder) - Number(right.remainder < left.remainder) ||
      left.index - right.index,
  )
  for (const { index } of shares) {
    if (rest === 0) break
    parts[index]!++
    rest--
  }
  return parts
}
