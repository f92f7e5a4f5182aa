/** Parts a whole by weights to the last unit: floors first, then one more to the largest remainders, the earlier first among equals. */
export function apportion(wholeMinor: number, weights: readonly bigint[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  if (total === 0n) return weights.map(() => 0)
  const whole = BigInt(wholeMinor)
  const shares = weights.map((weight, index) => {
    // A rule that takes away weighs less than nothing: its floor is below it too.
    const remainder = (((whole * weight) % total) + total) % total
    return { index, floor: (whole * weight - remainder) / total, remainder }
  })
  let rest = Number(whole - shares.reduce((sum, { floor }) => sum + floor, 0n))
  const parts = shares.map(({ floor }) => Number(floor))
  const byRemainder = [...shares].sort(
    (left, right) =>
      Number(right.remainder > left.remainder) - Number(right.remainder < left.remainder) ||
      left.index - right.index,
  )
  for (const { index } of byRemainder) {
    if (rest === 0) break
    parts[index]!++
    rest--
  }
  return parts
}

/** The part of an amount that belongs to a part of a whole: floored, all of it for the whole. */
export function shareOf(amountMinor: number, partMinor: number, wholeMinor: number): number {
  if (partMinor <= 0) return 0
  if (partMinor >= wholeMinor) return amountMinor
  return Number((BigInt(amountMinor) * BigInt(partMinor)) / BigInt(wholeMinor))
}
