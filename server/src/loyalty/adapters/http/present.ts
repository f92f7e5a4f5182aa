import { codeOfHold } from '../code-of-hold.ts'
import type { components } from '@tapline/openapi'
import { formatMoney } from '../../../kernel/money.ts'
import type { Refusal } from '../../../kernel/refusal.ts'
import type { Appraisal } from '../../domain/appraise.ts'
import { returnsOf } from '../../domain/appraise.ts'
import type { Hold, Lot } from '../../domain/book.ts'
import type { Result } from '../../domain/decision.ts'
import { orderStatus } from '../../domain/desk.ts'
import { lineKey, type Order, type OrderFacts } from '../../domain/order.ts'
import type { Program } from '../../domain/program.ts'
import type { RecordedEntry, Referral } from '../../ports/ledger.ts'
import type { Quoted } from '../../quote-order.ts'

type Schemas = components['schemas']

/** Domain to contract: minor units become decimal strings, instants RFC 3339, basis points percents. */
export function presentResult(
  result: Result,
  currency: string,
  customerId: string,
): Schemas['Result'] & { hold?: Schemas['Hold'] } {
  const money = (minor: number) => formatMoney(minor, currency)
  const { earnedMinor, spentMinor, percentBp, availableMinor, welcomeBonusMinor, refund, hold, ...rest } =
    result
  return {
    customerId,
    ...rest,
    available: money(availableMinor),
    ...(earnedMinor === undefined ? {} : { earned: money(earnedMinor) }),
    ...(spentMinor === undefined ? {} : { spent: money(spentMinor) }),
    ...(percentBp === undefined ? {} : { percent: percentBp / 100 }),
    ...(welcomeBonusMinor === undefined ? {} : { welcomeBonus: money(welcomeBonusMinor) }),
    ...(refund === undefined ? {} : { refund: presentRefund(result, refund, currency) }),
    ...(hold === undefined ? {} : { hold: presentHold(hold, currency) }),
  }
}

function presentRefund(
  { orderId, orderStatus: status, availableMinor }: Result,
  refund: NonNullable<Result['refund']>,
  currency: string,
): Schemas['Refund'] {
  const money = (minor: number) => formatMoney(minor, currency)
  return {
    refundId: refund.refundId,
    orderId: orderId!,
    orderStatus: status!,
    amount: money(refund.amountMinor),
    money: money(refund.moneyMinor),
    bonusesReturned: money(refund.bonusesReturnedMinor),
    bonusesReversed: money(refund.bonusesReversedMinor),
    forgiven: money(refund.forgivenMinor),
    debt: money(refund.debtMinor),
    available: money(availableMinor),
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

export function presentOrder(order: Order): Schemas['Order'] {
  const money = (minor: number) => formatMoney(minor, order.currency)
  const { utm } = order.notes as { utm?: Record<string, string> }
  const back = order.facts === null ? undefined : returnsOf(order, order.facts)
  return {
    id: order.id,
    orderId: order.orderId,
    storefront: order.storefront,
    status: orderStatus(order),
    customerId: order.customerId,
    amount: order.facts === null ? null : money(order.facts.amountMinor),
    currency: order.currency,
    spent: money(order.spentMinor),
    returned: money(order.returnedMinor),
    // Below zero it is what was cancelled by hand.
    earned: money(order.earnedMinor + Math.min(0, order.forgivenMinor)),
    forgiven: money(Math.max(0, order.forgivenMinor)),
    refunded: money(back === undefined ? 0 : back.linesMinor + back.restMinor),
    refunds: order.refunds.map(({ id, amountMinor, lines, at, reason }) => ({
      refundId: id,
      amount: amountMinor === undefined ? null : money(amountMinor),
      ...(lines === undefined ? {} : { items: lines.map(({ key, quantity }) => ({ item: key, quantity })) }),
      ...(reason === undefined ? {} : { reason }),
      at: time(at),
    })),
    percent: order.terms === null ? null : order.terms.percentBp / 100,
    programVersion: order.terms?.programVersion ?? null,
    flags: [...order.flags],
    ...(utm === undefined ? {} : { utm }),
    lines: (order.facts?.lines ?? []).map(({ totalMinor, ...line }) => ({
      ...line,
      total: money(totalMinor),
    })),
    createdAt: time(order.createdAt),
    paidAt: timeOrNull(order.paidAt),
    fulfilledAt: timeOrNull(order.fulfilledAt),
    cancelledAt: timeOrNull(order.cancelledAt),
  }
}

export function presentHold(hold: Hold, currency: string): Schemas['Hold'] {
  return {
    id: hold.id,
    customerId: hold.customerId,
    orderId: hold.orderId,
    storefront: hold.storefront,
    amount: formatMoney(hold.amountMinor, currency),
    captured: formatMoney(hold.capturedMinor, currency),
    state: hold.state,
    code: codeOfHold(hold.id),
    reservation: hold.reservation,
    expiresAt: time(hold.expiresAt),
    createdAt: time(hold.createdAt),
  }
}

export function presentLot(lot: Lot, currency: string): Schemas['Lot'] {
  return {
    id: lot.id,
    originId: lot.originId,
    reason: lot.reason,
    amount: formatMoney(lot.amountMinor, currency),
    remaining: formatMoney(lot.remainingMinor, currency),
    state: lot.state,
    activatesAt: timeOrNull(lot.activatesAt),
    expiresAt: timeOrNull(lot.expiresAt),
    createdAt: time(lot.createdAt),
  }
}

export function presentEntry(entry: RecordedEntry, currency: string): Schemas['Entry'] {
  const { debtMinor } = entry
  return {
    id: entry.id,
    kind: entry.kind,
    reason: entry.reason,
    amount: formatMoney(entry.amountMinor, currency),
    ...(debtMinor === 0 ? {} : { debt: formatMoney(debtMinor, currency) }),
    orderId: entry.orderId,
    storefront: entry.storefront,
    programVersion: entry.programVersion,
    lots: presentMovements(entry, currency),
    details: entry.details,
    accountSequence: entry.sequence,
    previousHash: entry.previousHash,
    hash: entry.hash,
    occurredAt: time(entry.occurredAt),
  }
}

export function presentMovements({ movements }: Pick<RecordedEntry, 'movements'>, currency: string) {
  return movements.map(({ lotId, amountMinor }) => ({ lotId, amount: formatMoney(amountMinor, currency) }))
}

export function presentReferral({
  friendId,
  referrerId,
  state,
  doubt,
  referredAt,
}: Referral): Schemas['Referral'] {
  return {
    customerId: friendId,
    referrerId,
    state: state as Schemas['Referral']['state'],
    doubt: doubt as Schemas['Referral']['doubt'],
    referredAt: timeOrNull(referredAt),
  }
}

export function presentQuote(quoted: Quoted, facts: OrderFacts): Schemas['Quote'] {
  const { terms, appraisal, spend, program, currency } = quoted
  const money = (minor: number) => formatMoney(minor, currency)
  return {
    customerId: quoted.customerId,
    percent: terms.percentBp / 100,
    tier: terms.tier,
    programVersion: terms.programVersion,
    earned: money(appraisal.earnedMinor),
    pending: quoted.pending,
    activatesAt: timeOrNull(quoted.activatesAt),
    expiresAt: timeOrNull(quoted.expiresAt),
    spend: {
      amount: money(spend.amountMinor),
      most: money(spend.mostMinor),
      limitedBy: spend.limitedBy,
      available: money(spend.availableMinor),
      possible: spend.amountMinor <= spend.mostMinor,
    },
    ...presentAppraisal(appraisal, facts, program, currency),
    nothingBecause: appraisal.nothingBecause,
    at: time(quoted.now),
  }
}

export function presentAppraisal(
  { parts, lines }: Appraisal,
  facts: OrderFacts,
  program: Program,
  currency: string,
): { parts: Schemas['RulePart'][]; lines: Schemas['AppraisedLine'][] } {
  const money = (minor: number) => formatMoney(minor, currency)
  return {
    parts: parts.map(({ rule, percentBp, amountMinor }) => ({
      rule,
      name: program.rules.find(({ id }) => id === rule)?.name ?? null,
      percent: percentBp === null ? null : percentBp / 100,
      amount: money(amountMinor),
    })),
    lines: lines.map((line) => ({
      item: line.index === null ? null : lineKey(facts.lines[line.index]!) || String(line.index + 1),
      amount: money(line.grossMinor),
      spent: money(line.spentMinor),
      base: money(line.baseMinor),
      percent: line.percentBp / 100,
      earned: money(line.earnedMinor),
      leftOut: line.leftOut,
      payable: line.payable,
      rules: [...line.rules],
    })),
  }
}

export function time(at: number): string {
  return new Date(at).toISOString()
}

export function timeOrNull(at: number | null): string | null {
  return at === null ? null : time(at)
}
