import { expectedOrder, type Desk } from '../books/desk.ts'
import { conclude, conflict, orderOf, repeat, type Decided } from '../decided.ts'
import { lineKey } from '../read/command.ts'
import { refuse, type Refusal } from '../refusal.ts'
import type { Order, OrderKey, Refunded, RefundResult } from '../state.ts'
import { returnedOf } from './appraise.ts'
import { reconcile } from './reconcile.ts'

export type RefundWish = OrderKey & Pick<Refunded, 'amountMinor' | 'lines' | 'reason'> & { refundId: string }

const MOST_REFUNDS = 200

/** Goods came back. A refund that comes before its order waits with it. */
export function decideRefund(desk: Desk, wish: RefundWish): Decided {
  const { refundId: id, amountMinor, lines, reason } = wish
  const order = orderOf(desk, wish) ?? expectedOrder(wish, desk)
  if (order.customerId !== desk.customerId) return conflict(order, ['customer'])
  const refund: Refunded = {
    id,
    ...(amountMinor !== undefined && { amountMinor }),
    ...(lines !== undefined && { lines }),
    ...(reason !== undefined && { reason }),
    at: desk.now,
  }
  const known = order.refunds.find((one) => one.id === id)
  if (known !== undefined) {
    return whatOf(known) === whatOf(refund)
      ? repeat(desk, order, { refund: known.result ?? resultOf(desk, order, order, id) })
      : refuse('refund-conflict', { refundId: id })
  }
  const refusal = tooMuch(order, refund)
  if (refusal !== undefined) return refusal
  const before = structuredClone(order)
  order.refunds.push(refund)
  const unsettled = reconcile(desk, order, 'news')
  if (unsettled !== undefined) return unsettled
  refund.result = resultOf(desk, before, order, id)
  return conclude(desk, order, { refund: refund.result })
}

function tooMuch(order: Order, refund: Refunded): Refusal | undefined {
  const { facts } = order
  if (order.refunds.length >= MOST_REFUNDS) return refuse('refunds-too-many', { most: MOST_REFUNDS })
  if (facts === null) return undefined
  if (refund.lines !== undefined) {
    const ordered = quantities(facts.lines.map((line) => ({ key: lineKey(line), quantity: line.quantity })))
    const back = quantities([...order.refunds, refund].flatMap(({ lines = [] }) => lines))
    for (const { key } of refund.lines) {
      const has = ordered.get(key)
      if (has === undefined) return refuse('refund-line-unknown', { line: key })
      if (back.get(key)! > has + 1e-9)
        return refuse('refund-too-large', { mostMinor: restOf(order), line: key, ordered: has })
    }
  }
  const mostMinor = restOf(order)
  return (refund.amountMinor ?? 0) > mostMinor ? refuse('refund-too-large', { mostMinor }) : undefined
}

function quantities(lines: readonly { key: string; quantity: number }[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { key, quantity } of lines) sums.set(key, (sums.get(key) ?? 0) + quantity)
  return sums
}

function restOf(order: Order): number {
  return order.facts === null ? 0 : order.facts.amountMinor - returnedOf(order, order.facts)
}

/** What this refund did: the difference between the order before and after it. */
function resultOf({ book }: Desk, before: Order, after: Order, refundId: string): RefundResult {
  const amountMinor = restOf(before) - restOf(after)
  const bonusesReturnedMinor = after.returnedMinor - before.returnedMinor
  return {
    refundId,
    amountMinor,
    moneyMinor: Math.max(0, amountMinor - bonusesReturnedMinor),
    bonusesReturnedMinor,
    bonusesReversedMinor:
      before.earnedMinor -
      after.earnedMinor -
      (after.forgivenMinor - before.forgivenMinor) -
      (after.lapsedMinor - before.lapsedMinor),
    forgivenMinor: Math.max(0, after.forgivenMinor) - Math.max(0, before.forgivenMinor),
    debtMinor: book.account.debtMinor,
  }
}

function whatOf({ amountMinor, lines }: Refunded): string {
  return JSON.stringify([amountMinor ?? null, lines?.map(({ key, quantity }) => [key, quantity]) ?? null])
}
