import { DAY_MS, type Instant } from '../../kernel/clock.ts'
import { addMonths, endOf, type CalendarUnit } from './calendar.ts'

/** Percents are whole hundredths of a percent (`Bp`): 5 % is 500. Days are of 24 hours unless they are said to be of the calendar. */
export type Program = {
  version: number
  basePercentBp: number
  tiers: Tier[]
  tierPolicy: TierPolicy
  referralPercentBp: number
  referral: ReferralPolicy
  /** Where friends are sent, with `{code}` for whose; null: the shop has no page for that. */
  referralUrl: string | null
  welcomeBonusMinor: number
  birthday: BirthdayPolicy
  /** Multipliers, extra percents and fixed bonuses: for articles, categories, dates, tiers, first orders. */
  rules: BonusRule[]
  exclusions: Exclusion[]
  /** With `expiryMonths` and `expiryEndOf` the life of a lot; all zero and none: never ends. */
  expiryDays: number
  expiryMonths: number
  expiryEndOf: 'none' | CalendarUnit
  /** How long before the end of a lot its owner is reminded; 0: never. */
  expiryReminderDays: number
  activationDelayDays: number
  /** What makes an order's bonuses real; the delay counts from there. */
  awardOn: 'payment' | 'fulfilment'
  /** What an order gets before that. */
  unpaidOrders: 'award' | 'pending' | 'ignore'
  /** Smaller orders earn nothing. */
  leastOrderMinor: number
  maxSpendPercentBp: number
  /** On smaller orders no bonuses can be spent. */
  leastSpendOrderMinor: number
  rounding: Rounding
  refunds: RefundPolicy
  limits: Limits
}

export type Tier = { name: string; thresholdMinor: number; percentBp: number }
export type Rounding = 'floor' | 'nearest' | 'none'
export type Rules = Omit<Program, 'version'>

/** `thresholdMinor` of a tier is a number of orders where tiers go by orders. */
export type TierPolicy = {
  by: 'spend' | 'orders'
  window: TierWindow
  /** How long a tier outlives what earned it. */
  graceDays: number
  downgrade: 'to-earned' | 'one-step' | 'never'
}
export type TierWindow =
  | { kind: 'all-time' }
  | { kind: 'rolling'; days: number }
  | { kind: 'calendar'; unit: 'month' | 'quarter' | 'year' }

/** Fixed bonuses come with the friend's first order; percents with each. */
export type ReferralPolicy = {
  referrerBonusMinor: number
  friendBonusMinor: number
  leastOrderMinor: number
  /** More new friends of one referrer in 24 hours wait for review; 0: any number. */
  friendsPerDay: number
}

export type BirthdayPolicy = { bonusMinor: number; daysBefore: number; expiryDays: number }

export type LineMatch = {
  skus: string[]
  categories: string[]
  delivery: boolean
  sale: boolean
}

export type BonusRule = {
  id: string
  name: string
  /** Null: the whole order. */
  match: LineMatch | null
  startsAt: Instant | null
  endsAt: Instant | null
  firstOrder: boolean
  /** Empty: everybody. */
  tiers: string[]
  leastOrderMinor: number
  effect:
    | { kind: 'multiply'; factorBp: number }
    | { kind: 'add-percent'; percentBp: number }
    | { kind: 'bonus'; amountMinor: number }
  /** The most that the rule may promise in all; null: no cap. */
  budgetMinor: number | null
}

export type Exclusion = { match: LineMatch; from: 'earning' | 'spending' | 'both' }

export type RefundPolicy = {
  /** What a returned bonus has to live at least, though its lot ends sooner. */
  leastLifeDays: number
  /** When the earned bonuses are spent already. */
  whenSpent: 'within-balance' | 'allow-debt' | 'only-pending'
}

/** A day's sums. Past `softMinor` somebody is told, past `hardMinor` nothing goes. Null: no limit. */
export type Limit = { softMinor: number | null; hardMinor: number | null }
export const LIMIT_KINDS = [
  'customerEarned',
  'customerSpent',
  'staffAdjusted',
  'projectEarned',
  'projectSpent',
  'projectAdjusted',
] as const
export type LimitKind = (typeof LIMIT_KINDS)[number]
export type Limits = Partial<Record<LimitKind, Limit>>

export const DEFAULT_RULES: Rules = {
  basePercentBp: 0,
  tiers: [],
  tierPolicy: { by: 'spend', window: { kind: 'all-time' }, graceDays: 0, downgrade: 'to-earned' },
  referralPercentBp: 0,
  referral: { referrerBonusMinor: 0, friendBonusMinor: 0, leastOrderMinor: 0, friendsPerDay: 0 },
  referralUrl: null,
  welcomeBonusMinor: 0,
  birthday: { bonusMinor: 0, daysBefore: 0, expiryDays: 0 },
  rules: [],
  exclusions: [],
  expiryDays: 0,
  expiryMonths: 0,
  expiryEndOf: 'none',
  expiryReminderDays: 7,
  activationDelayDays: 0,
  awardOn: 'payment',
  unpaidOrders: 'pending',
  leastOrderMinor: 0,
  maxSpendPercentBp: 10_000,
  leastSpendOrderMinor: 0,
  rounding: 'floor',
  refunds: { leastLifeDays: 14, whenSpent: 'within-balance' },
  limits: {},
}

/** What a new project begins with. */
export const FIRST_RULES: Rules = { ...DEFAULT_RULES, basePercentBp: 500, expiryDays: 365 }

export const WHOLE_BP = 10_000n

/** How long bonuses live, from the day they become spendable. */
export type Life = Pick<Program, 'expiryDays' | 'expiryMonths' | 'expiryEndOf'>

export function lifeOf({ expiryDays, expiryMonths, expiryEndOf }: Life): Life {
  return { expiryDays, expiryMonths, expiryEndOf }
}

/** Counted from the moment at which they can be spent, so that waiting costs the customer nothing. */
export function expiryAfter(activatesAt: Instant, life: Life, timeZone: string): Instant | null {
  const { expiryDays, expiryMonths, expiryEndOf } = life
  if (expiryDays === 0 && expiryMonths === 0 && expiryEndOf === 'none') return null
  const months = expiryMonths === 0 ? activatesAt : addMonths(activatesAt, expiryMonths, timeZone)
  const end = months + expiryDays * DAY_MS
  return expiryEndOf === 'none' ? end : endOf(expiryEndOf, end, timeZone)
}

/** The tier with the highest threshold that was reached. */
export function tierFor(program: Pick<Program, 'tiers'>, reachedMinor: number): Tier | undefined {
  let reached: Tier | undefined
  for (const tier of program.tiers) {
    if (tier.thresholdMinor > reachedMinor) continue
    if (reached === undefined || tier.thresholdMinor >= reached.thresholdMinor) reached = tier
  }
  return reached
}

export function nextTierAfter(program: Pick<Program, 'tiers'>, reachedMinor: number): Tier | undefined {
  return ladder(program).find(({ thresholdMinor }) => thresholdMinor > reachedMinor)
}

export function ladder({ tiers }: Pick<Program, 'tiers'>): Tier[] {
  return [...tiers].sort((left, right) => left.thresholdMinor - right.thresholdMinor)
}

/** `wholeMinor` is what one whole bonus has in minor units. Exact: the product does not fit a double. */
export function bonusesOn(
  baseMinor: number,
  percentBp: number,
  rounding: Rounding,
  wholeMinor: number,
): number {
  return rounded(BigInt(baseMinor) * BigInt(percentBp), WHOLE_BP, rounding, wholeMinor)
}

/** An exact fraction of minor units, rounded to whole bonuses or, where there is no rounding, floored to minor units. */
export function rounded(
  numerator: bigint,
  denominator: bigint,
  rounding: Rounding,
  wholeMinor: number,
): number {
  const step = rounding === 'none' ? 1n : BigInt(wholeMinor)
  const divisor = denominator * step
  const steps = rounding === 'nearest' ? (numerator * 2n + divisor) / (divisor * 2n) : numerator / divisor
  return Number(steps * step)
}

/** The most that may be paid with bonuses of an order. */
export function mostSpendable(orderAmountMinor: number, maxSpendPercentBp: number): number {
  return Number((BigInt(orderAmountMinor) * BigInt(maxSpendPercentBp)) / WHOLE_BP)
}
