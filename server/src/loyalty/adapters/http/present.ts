import type { components } from '@tapline/openapi'
import { formatMoney } from '../../../kernel/money.ts'
import type { Refusal } from '../../../kernel/refusal.ts'
import { balanceOf, type Account, type Lot } from '../../domain/book.ts'
import type { Result } from '../../domain/decision.ts'
import type { Order } from '../../domain/order.ts'
import { nextTierAfter, tierFor, type Program } from '../../domain/program.ts'
import type { RecordedEntry } from '../../ports/ledger.ts'
import type { PublishedProgram } from '../../ports/programs.ts'

type Schemas = components['schemas']

const SOON_MS = 30 * 86_400_000

/** Domain to contract: minor units become decimal strings, instants RFC 3339, basis points percents. */
export function presentResult(result: Result, currency: string, customerId: string): Schemas['Result'] {
  const money = (minor: number) => formatMoney(minor, currency)
  const { earnedMinor, spentMinor, percentBp, availableMinor, welcomeBonusMinor, ...rest } = result
  return {
    customerId,
    ...rest,
    available: money(availableMinor),
    ...(earnedMinor === undefined ? {} : { earned: money(earnedMinor) }),
    ...(spentMinor === undefined ? {} : { spent: money(spentMinor) }),
    ...(percentBp === undefined ? {} : { percent: percentBp / 100 }),
    ...(welcomeBonusMinor === undefined ? {} : { welcomeBonus: money(welcomeBonusMinor) }),
  }
}

/** `missingMinor: 4000` becomes `missing: "40.00"`. */
export function presentRefusal(refusal: Refusal, currency: string): Refusal {
  if (refusal.details === undefined) return refusal
  const details = Object.entries(refusal.details).map(([name, value]) =>
    name.endsWith('Minor') && typeof value === 'number'
      ? [name.slice(0, -'Minor'.length), formatMoney(value, currency)]
      : [name, value],
  )
  return { ...refusal, details: Object.fromEntries(details) as Refusal['details'] }
}

export function presentProgram(program: PublishedProgram, currency: string): Schemas['Program'] {
  return {
    version: program.version,
    publishedAt: program.publishedAt.toISOString(),
    basePercent: program.basePercentBp / 100,
    tiers: program.tiers.map(({ name, thresholdMinor, percentBp }) => ({
      name,
      threshold: formatMoney(thresholdMinor, currency),
      percent: percentBp / 100,
    })),
    referralPercent: program.referralPercentBp / 100,
    welcomeBonus: formatMoney(program.welcomeBonusMinor, currency),
    expiryDays: program.expiryDays === 0 ? null : program.expiryDays,
    activationDelayDays: program.activationDelayDays,
    maxSpendPercent: program.maxSpendPercentBp / 100,
    rounding: program.rounding,
    unpaidOrders: program.unpaidOrders,
  }
}

export function presentOrder(order: Order): Schemas['Order'] {
  const money = (minor: number) => formatMoney(minor, order.currency)
  const { utm } = order.notes as { utm?: Record<string, string> }
  return {
    id: order.id,
    orderId: order.orderId,
    storefront: order.storefront,
    status: order.status,
    customerId: order.customerId,
    amount: order.facts === null ? null : money(order.facts.amountMinor),
    currency: order.currency,
    spent: money(order.spentMinor),
    earned: money(order.earnedMinor),
    percent: order.terms === null ? null : order.terms.percentBp / 100,
    programVersion: order.terms?.programVersion ?? null,
    flags: [...order.flags],
    ...(utm === undefined ? {} : { utm }),
    lines: (order.facts?.lines ?? []).map((line) => {
      const { totalMinor, ...rest } = line as { totalMinor: number }
      return { ...rest, total: money(totalMinor) }
    }),
    createdAt: new Date(order.createdAt).toISOString(),
    paidAt: order.paidAt === null ? null : new Date(order.paidAt).toISOString(),
  }
}

export function presentEntry(entry: RecordedEntry, currency: string): Schemas['Entry'] {
  return {
    id: entry.id,
    kind: entry.kind,
    reason: entry.reason,
    amount: formatMoney(entry.amountMinor, currency),
    orderId: entry.orderId,
    storefront: entry.storefront,
    programVersion: entry.programVersion,
    lots: entry.movements.map(({ lotId, amountMinor }) => ({
      lotId,
      amount: formatMoney(amountMinor, currency),
    })),
    details: entry.details,
    accountSequence: entry.sequence,
    previousHash: entry.previousHash,
    hash: entry.hash,
    occurredAt: new Date(entry.occurredAt).toISOString(),
  }
}

export type Standing = { account: Account; lots: readonly Lot[]; now: number }

/** What a customer has and is at this moment. */
export function presentStanding({ account, lots, now }: Standing, program: Program, currency: string) {
  const money = (minor: number) => formatMoney(minor, currency)
  const { availableMinor, pendingMinor, expiringSoonMinor } = balanceOf(lots, now, SOON_MS)
  const tier = tierFor(program, account.totalSpentMinor)
  const next = nextTierAfter(program, account.totalSpentMinor)
  return {
    bonuses: {
      available: money(availableMinor),
      pending: money(pendingMinor),
      held: money(0),
      expiringSoon: money(expiringSoonMinor),
    },
    tier: {
      name: tier?.name ?? null,
      percent: (tier?.percentBp ?? 0) / 100,
      earnPercent: (program.basePercentBp + (tier?.percentBp ?? 0)) / 100,
      nextTier: next?.name ?? null,
      toNextTier: next === undefined ? null : money(next.thresholdMinor - account.totalSpentMinor),
    },
    referralCode: account.referralCode,
    referredBy: account.referredBy,
    totalSpent: money(account.totalSpentMinor),
    ordersCount: account.ordersCount,
  }
}
