import type { components } from '@tapline/openapi'
import { formatMoney } from '../../../kernel/money.ts'
import type { BonusRule, LimitKind } from '../../domain/program.ts'
import type { PublishedProgram } from '../../ports/programs.ts'
import { timeOrNull } from './present.ts'

type Schemas = components['schemas']

/** All the rules with nothing left out, so that it can be read, changed and put back. */
export function presentProgram(program: PublishedProgram, currency: string): Schemas['Program'] {
  const money = (minor: number) => formatMoney(minor, currency)
  const { tierPolicy, referral, birthday, refunds } = program
  return {
    version: program.version,
    publishedAt: program.publishedAt.toISOString(),
    basePercent: program.basePercentBp / 100,
    tiers: program.tiers.map(({ name, thresholdMinor, percentBp }) => ({
      name,
      threshold: tierPolicy.by === 'orders' ? String(thresholdMinor) : money(thresholdMinor),
      percent: percentBp / 100,
    })),
    tierPolicy,
    referralPercent: program.referralPercentBp / 100,
    referral: {
      referrerBonus: money(referral.referrerBonusMinor),
      friendBonus: money(referral.friendBonusMinor),
      leastOrder: money(referral.leastOrderMinor),
      friendsPerDay: referral.friendsPerDay,
    },
    referralUrl: program.referralUrl,
    welcomeBonus: money(program.welcomeBonusMinor),
    birthday: {
      bonus: money(birthday.bonusMinor),
      daysBefore: birthday.daysBefore,
      expiryDays: birthday.expiryDays,
    },
    rules: program.rules.map((rule) => presentRule(rule, money)),
    exclusions: program.exclusions,
    expiryDays: program.expiryDays === 0 ? null : program.expiryDays,
    expiryMonths: program.expiryMonths,
    expiryEndOf: program.expiryEndOf,
    expiryReminderDays: program.expiryReminderDays,
    activationDelayDays: program.activationDelayDays,
    awardOn: program.awardOn,
    unpaidOrders: program.unpaidOrders,
    leastOrder: money(program.leastOrderMinor),
    maxSpendPercent: program.maxSpendPercentBp / 100,
    leastSpendOrder: money(program.leastSpendOrderMinor),
    rounding: program.rounding,
    refunds,
    limits: Object.fromEntries(
      (
        Object.entries(program.limits) as [
          LimitKind,
          { softMinor: number | null; hardMinor: number | null },
        ][]
      ).map(([kind, { softMinor, hardMinor }]) => [
        kind,
        {
          ...(softMinor === null ? {} : { soft: money(softMinor) }),
          ...(hardMinor === null ? {} : { hard: money(hardMinor) }),
        },
      ]),
    ),
  }
}

function presentRule(rule: BonusRule, money: (minor: number) => string): Schemas['BonusRule'] {
  const { id, name, match, startsAt, endsAt, firstOrder, tiers, leastOrderMinor, effect, budgetMinor } = rule
  return {
    id,
    name,
    ...(match === null ? {} : { match }),
    startsAt: timeOrNull(startsAt),
    endsAt: timeOrNull(endsAt),
    firstOrder,
    tiers,
    leastOrder: money(leastOrderMinor),
    effect:
      effect.kind === 'multiply'
        ? { multiply: effect.factorBp / 10_000 }
        : effect.kind === 'add-percent'
          ? { addPercent: effect.percentBp / 100 }
          : { bonus: money(effect.amountMinor) },
    ...(budgetMinor === null ? {} : { budget: money(budgetMinor) }),
  }
}
