import type { components } from '@tapline/client'
import { formatMoney, parseMoney } from './money.ts'
import { refuse, type Refusal } from './refusal.ts'
import type { Rounding } from './shares.ts'
import type { Instant } from './time.ts'

type Input = components['schemas']['ProgramInput']
type Shown = components['schemas']['Program']

export type Tier = { name: string; thresholdMinor: number; percentBp: number }

/** The rules that the small shop knows. Percents are whole hundredths of a percent. */
export type Rules = {
  basePercentBp: number
  tiers: Tier[]
  tiersBy: 'spend' | 'orders'
  welcomeBonusMinor: number
  expiryDays: number
  expiryReminderDays: number
  activationDelayDays: number
  awardOn: 'payment' | 'fulfilment'
  unpaidOrders: 'award' | 'pending' | 'ignore'
  leastOrderMinor: number
  maxSpendPercentBp: number
  leastSpendOrderMinor: number
  rounding: Rounding
  leastLifeDays: number
  whenSpent: 'within-balance' | 'allow-debt' | 'only-pending'
}
export type Program = Rules & { version: number; publishedAt: Instant }

/** What a new project begins with. */
export const FIRST_PROGRAM: Input = { basePercent: 5, expiryDays: 365 }

class Impossible extends Error {}

/** What is left out takes its default. Rules that the small shop does not know are refused rather than passed over. */
export function readProgram(input: Input, currency: string): Rules | Refusal {
  try {
    const unknown = unknownRule(input)
    if (unknown !== undefined) throw new Impossible(`@tapline/mocks does not model ${unknown}`)
    return read(input, currency)
  } catch (error) {
    if (error instanceof Impossible) return refuse('program-invalid', { because: error.message })
    throw error
  }
}

function read(input: Input, currency: string): Rules {
  const money = (value: string | number | undefined, what: string): number => {
    const minor = parseMoney(value ?? 0, currency)
    if (minor === undefined) throw new Impossible(`${what} is no amount of ${currency}`)
    return minor
  }
  const tiersBy = input.tierPolicy?.by ?? 'spend'
  const tiers = (input.tiers ?? []).map(({ name, threshold, percent }) => ({
    name: name.trim(),
    thresholdMinor: tiersBy === 'orders' ? wholeNumber(threshold) : money(threshold, "a tier's threshold"),
    percentBp: basisPoints(percent),
  }))
  unique(tiers.map(({ name }) => name), 'two tiers have one name') // prettier-ignore
  unique(tiers.map(({ thresholdMinor }) => thresholdMinor), 'two tiers have one threshold') // prettier-ignore
  return {
    basePercentBp: basisPoints(input.basePercent ?? 0),
    tiers,
    tiersBy,
    welcomeBonusMinor: money(input.welcomeBonus, 'welcomeBonus'),
    expiryDays: input.expiryDays ?? 0,
    expiryReminderDays: input.expiryReminderDays ?? 7,
    activationDelayDays: input.activationDelayDays ?? 0,
    awardOn: input.awardOn ?? 'payment',
    unpaidOrders: input.unpaidOrders ?? 'pending',
    leastOrderMinor: money(input.leastOrder, 'leastOrder'),
    maxSpendPercentBp: basisPoints(input.maxSpendPercent ?? 100),
    leastSpendOrderMinor: money(input.leastSpendOrder, 'leastSpendOrder'),
    rounding: input.rounding ?? 'floor',
    leastLifeDays: input.refunds?.leastLifeDays ?? 14,
    whenSpent: input.refunds?.whenSpent ?? 'within-balance',
  }
}

/** All the rules, with nothing left out, so that they can be read, changed and put back. */
export function presentProgram(program: Program, currency: string): Shown {
  const money = (minor: number) => formatMoney(minor, currency)
  const nothing = money(0)
  return {
    version: program.version,
    publishedAt: new Date(program.publishedAt).toISOString(),
    basePercent: program.basePercentBp / 100,
    tiers: program.tiers.map(({ name, thresholdMinor, percentBp }) => ({
      name,
      threshold: program.tiersBy === 'orders' ? String(thresholdMinor) : money(thresholdMinor),
      percent: percentBp / 100,
    })),
    tierPolicy: { by: program.tiersBy, window: { kind: 'all-time' }, graceDays: 0, downgrade: 'to-earned' },
    referralPercent: 0,
    referral: { referrerBonus: nothing, friendBonus: nothing, leastOrder: nothing, friendsPerDay: 0 },
    referralUrl: null,
    welcomeBonus: money(program.welcomeBonusMinor),
    birthday: { bonus: nothing, daysBefore: 0, expiryDays: 0 },
    rules: [],
    exclusions: [],
    expiryDays: program.expiryDays === 0 ? null : program.expiryDays,
    expiryMonths: 0,
    expiryEndOf: 'none',
    expiryReminderDays: program.expiryReminderDays,
    activationDelayDays: program.activationDelayDays,
    awardOn: program.awardOn,
    unpaidOrders: program.unpaidOrders,
    leastOrder: money(program.leastOrderMinor),
    maxSpendPercent: program.maxSpendPercentBp / 100,
    leastSpendOrder: money(program.leastSpendOrderMinor),
    rounding: program.rounding,
    refunds: { leastLifeDays: program.leastLifeDays, whenSpent: program.whenSpent },
    limits: {},
  }
}

/** The tier with the highest threshold that was reached. */
export function tierFor({ tiers }: Rules, reached: number): Tier | undefined {
  return ladder(tiers).findLast(({ thresholdMinor }) => thresholdMinor <= reached)
}

export function nextTierAfter({ tiers }: Rules, reached: number): Tier | undefined {
  return ladder(tiers).find(({ thresholdMinor }) => thresholdMinor > reached)
}

function ladder(tiers: readonly Tier[]): Tier[] {
  return [...tiers].sort((left, right) => left.thresholdMinor - right.thresholdMinor)
}

function unknownRule(input: Input): string | undefined {
  const { tierPolicy = {}, referral = {}, birthday = {} } = input
  const isAny = (...amounts: (string | number | undefined)[]) => amounts.some((one) => Number(one ?? 0) !== 0)
  const found: Record<string, boolean> = {
    rules: (input.rules ?? []).length > 0,
    exclusions: (input.exclusions ?? []).length > 0,
    limits: Object.keys(input.limits ?? {}).length > 0,
    referralPercent: isAny(input.referralPercent),
    referral: isAny(
      referral.referrerBonus,
      referral.friendBonus,
      referral.leastOrder,
      referral.friendsPerDay,
    ),
    referralUrl: (input.referralUrl ?? null) !== null,
    birthday: isAny(birthday.bonus, birthday.daysBefore, birthday.expiryDays),
    expiryMonths: isAny(input.expiryMonths),
    expiryEndOf: (input.expiryEndOf ?? 'none') !== 'none',
    'tierPolicy.window': (tierPolicy.window?.kind ?? 'all-time') !== 'all-time',
    'tierPolicy.graceDays': isAny(tierPolicy.graceDays),
    'tierPolicy.downgrade': (tierPolicy.downgrade ?? 'to-earned') !== 'to-earned',
  }
  return Object.entries(found).find(([, is]) => is)?.[0]
}

function wholeNumber(value: string | number): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new Impossible("a tier's threshold is no number of orders")
  return number
}

function unique(values: readonly unknown[], because: string): void {
  if (new Set(values).size < values.length) throw new Impossible(because)
}

function basisPoints(percent: number): number {
  const whole = Math.round(percent * 100)
  if (Math.abs(percent * 100 - whole) > 1e-6) throw new Impossible('a percent has more than two decimals')
  return whole
}
