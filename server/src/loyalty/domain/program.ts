/** Percents are whole hundredths of a percent (`Bp`): 5 % is 500. Days are of 24 hours. */
export type Program = {
  version: number
  basePercentBp: number
  tiers: Tier[]
  referralPercentBp: number
  welcomeBonusMinor: number
  /** 0: never. */
  expiryDays: number
  activationDelayDays: number
  maxSpendPercentBp: number
  rounding: Rounding
  unpaidOrders: 'award' | 'pending' | 'ignore'
}

export type Tier = { name: string; thresholdMinor: number; percentBp: number }
export type Rounding = 'floor' | 'nearest' | 'none'
export type Rules = Omit<Program, 'version'>

export const FIRST_RULES: Rules = {
  basePercentBp: 500,
  tiers: [],
  referralPercentBp: 0,
  welcomeBonusMinor: 0,
  expiryDays: 365,
  activationDelayDays: 0,
  maxSpendPercentBp: 10_000,
  rounding: 'floor',
  unpaidOrders: 'pending',
}

export const WHOLE_BP = 10_000n

/** The tier with the highest threshold that the total spend has reached. */
export function tierFor(program: Pick<Program, 'tiers'>, totalSpentMinor: number): Tier | undefined {
  let reached: Tier | undefined
  for (const tier of program.tiers) {
    if (tier.thresholdMinor > totalSpentMinor) continue
    if (reached === undefined || tier.thresholdMinor >= reached.thresholdMinor) reached = tier
  }
  return reached
}

export function nextTierAfter(program: Pick<Program, 'tiers'>, totalSpentMinor: number): Tier | undefined {
  return [...program.tiers]
    .sort((left, right) => left.thresholdMinor - right.thresholdMinor)
    .find(({ thresholdMinor }) => thresholdMinor > totalSpentMinor)
}

/** `wholeMinor` is what one whole bonus has in minor units. Exact: the product does not fit a double. */
export function bonusesOn(
  baseMinor: number,
  percentBp: number,
  rounding: Rounding,
  wholeMinor: number,
): number {
  const step = rounding === 'none' ? 1n : BigInt(wholeMinor)
  const product = BigInt(baseMinor) * BigInt(percentBp)
  const divisor = WHOLE_BP * step
  const steps = rounding === 'nearest' ? (product * 2n + divisor) / (divisor * 2n) : product / divisor
  return Number(steps * step)
}

/** The most that may be paid with bonuses of an order. */
export function mostSpendable(orderAmountMinor: number, maxSpendPercentBp: number): number {
  return Number((BigInt(orderAmountMinor) * BigInt(maxSpendPercentBp)) / WHOLE_BP)
}
