import type { components } from '@tapline/openapi'
import { parseMoney } from '../../../kernel/money.ts'
import { refuse, type Refusal } from '../../../kernel/refusal.ts'
import {
  DEFAULT_RULES,
  type BonusRule,
  type LineMatch,
  type Limits,
  type Rules,
} from '../../domain/program.ts'

type Input = components['schemas']['ProgramInput']
type Invalid = Refusal<'program-invalid'>

/** Says why a program is not possible; thrown through the reading, answered as a refusal. */
class Impossible extends Error {}

/** Contract to domain. What is left out takes its default, not its former value: a PUT says the whole. */
export function readProgram(input: Input, currency: string): Rules | Invalid {
  try {
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
  const { birthday = {}, referral = {}, refunds = {}, tierPolicy = {} } = input
  const byOrders = tierPolicy.by === 'orders'
  const tiers = (input.tiers ?? []).map(({ name, threshold, percent }) => ({
    name: name.trim(),
    thresholdMinor: byOrders ? wholeNumber(threshold) : money(threshold, "a tier's threshold"),
    percentBp: basisPoints(percent),
  }))
  const rules = (input.rules ?? []).map((rule) => readRule(rule, money))
  unique(tiers.map(({ name }) => name), 'two tiers have one name') // prettier-ignore
  unique(tiers.map(({ thresholdMinor }) => thresholdMinor), 'two tiers have one threshold') // prettier-ignore
  unique(rules.map(({ id }) => id), 'two rules have one id') // prettier-ignore
  const unknown = rules
    .flatMap((rule) => rule.tiers)
    .find((name) => !tiers.some((tier) => tier.name === name))
  const { referralUrl = null } = input
  if (referralUrl !== null && !URL.canParse(referralUrl))
    throw new Impossible('referralUrl is no address of the web')
  if (unknown !== undefined) throw new Impossible(`a rule names the tier ${unknown}, which is none`)
  return {
    basePercentBp: basisPoints(input.basePercent ?? 0),
    tiers,
    tierPolicy: {
      by: tierPolicy.by ?? 'spend',
      window: tierPolicy.window ?? { kind: 'all-time' },
      graceDays: tierPolicy.graceDays ?? 0,
      downgrade: tierPolicy.downgrade ?? 'to-earned',
    },
    referralPercentBp: basisPoints(input.referralPercent ?? 0),
    referral: {
      referrerBonusMinor: money(referral.referrerBonus, 'referral.referrerBonus'),
      friendBonusMinor: money(referral.friendBonus, 'referral.friendBonus'),
      leastOrderMinor: money(referral.leastOrder, 'referral.leastOrder'),
      friendsPerDay: referral.friendsPerDay ?? 0,
    },
    referralUrl,
    welcomeBonusMinor: money(input.welcomeBonus, 'welcomeBonus'),
    birthday: {
      bonusMinor: money(birthday.bonus, 'birthday.bonus'),
      daysBefore: birthday.daysBefore ?? 0,
      expiryDays: birthday.expiryDays ?? 0,
    },
    rules,
    exclusions: (input.exclusions ?? []).map(({ match, from }) => ({ match: readMatch(match), from })),
    expiryDays: input.expiryDays ?? 0,
    expiryMonths: input.expiryMonths ?? 0,
    expiryEndOf: input.expiryEndOf ?? 'none',
    expiryReminderDays: input.expiryReminderDays ?? DEFAULT_RULES.expiryReminderDays,
    activationDelayDays: input.activationDelayDays ?? 0,
    awardOn: input.awardOn ?? 'payment',
    unpaidOrders: input.unpaidOrders ?? 'pending',
    leastOrderMinor: money(input.leastOrder, 'leastOrder'),
    maxSpendPercentBp: basisPoints(input.maxSpendPercent ?? 100),
    leastSpendOrderMinor: money(input.leastSpendOrder, 'leastSpendOrder'),
    rounding: input.rounding ?? 'floor',
    refunds: {
      leastLifeDays: refunds.leastLifeDays ?? DEFAULT_RULES.refunds.leastLifeDays,
      whenSpent: refunds.whenSpent ?? DEFAULT_RULES.refunds.whenSpent,
    },
    limits: readLimits(input.limits ?? {}, money),
  }
}

type Money = (value: string | number | undefined, what: string) => number

function readRule(rule: components['schemas']['BonusRule'], money: Money): BonusRule {
  const { id, name = id, match, startsAt, endsAt, firstOrder = false, tiers = [], leastOrder, budget } = rule
  const [starts, ends] = [startsAt, endsAt].map((at) =>
    at === undefined || at === null ? null : Date.parse(at),
  )
  if (starts !== null && ends !== null && ends! <= starts!)
    throw new Impossible(`the rule ${id} ends before it begins`)
  return {
    id,
    name,
    match: match === undefined ? null : readMatch(match),
    startsAt: starts!,
    endsAt: ends!,
    firstOrder,
    tiers,
    leastOrderMinor: money(leastOrder, `leastOrder of the rule ${id}`),
    effect: readEffect(rule, money),
    budgetMinor: budget === undefined ? null : money(budget, `budget of the rule ${id}`),
  }
}

function readEffect({ id, effect }: components['schemas']['BonusRule'], money: Money): BonusRule['effect'] {
  if ('multiply' in effect)
    return {
      kind: 'multiply',
      factorBp: exactly(
        effect.multiply,
        10_000,
        `the multiplier of the rule ${id} has more than four decimals`,
      ),
    }
  if ('addPercent' in effect) return { kind: 'add-percent', percentBp: basisPoints(effect.addPercent) }
  return { kind: 'bonus', amountMinor: money(effect.bonus, `bonus of the rule ${id}`) }
}

function readMatch({
  skus = [],
  categories = [],
  delivery = false,
  sale = false,
}: components['schemas']['LineMatch']): LineMatch {
  return { skus, categories, delivery, sale }
}

function readLimits(input: components['schemas']['Limits'], money: Money): Limits {
  const limits: Limits = {}
  for (const [kind, { soft, hard }] of Object.entries(input)) {
    const softMinor = soft === undefined ? null : money(soft, `limits.${kind}.soft`)
    const hardMinor = hard === undefined ? null : money(hard, `limits.${kind}.hard`)
    if (softMinor !== null && hardMinor !== null && softMinor > hardMinor)
      throw new Impossible(`limits.${kind} is soft above what is hard`)
    limits[kind as keyof Limits] = { softMinor, hardMinor }
  }
  return limits
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
  return exactly(percent, 100, 'a percent has more than two decimals')
}

function exactly(value: number, units: number, otherwise: string): number {
  const whole = Math.round(value * units)
  if (Math.abs(value * units - whole) > 1e-6) throw new Impossible(otherwise)
  return whole
}
