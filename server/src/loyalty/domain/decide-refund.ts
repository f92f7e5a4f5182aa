import { canonicalJson } from '../../kernel/canonical-json.ts'
import { isRefusal, refuse } from '../../kernel/refusal.ts'
import { returnsOf } from './appraise.ts'
import type { RefundCommand } from './command.ts'
import { conclude, conflict, expectedOrder, repeat, type Decided, type Desk } from './desk.ts'
import type { Order, Refund } from './order.ts'
import { lineKey } from './order.ts'
import { reconcile } from './reconcile-order.ts'

const MOST_REFUNDS = 200

/** Goods came back. A refund that comes before its order waits with it. */
export function decideRefund(command: RefundCommand, desk: Desk): Decided {
  const { customer, now } = desk
  const order = desk.order ?? expectedOrder(command, desk)
  if (order.customerId !== customer.account.customerId) return conflict(order, ['customer'])
  const { refundId: id, amountMinor, lines, reason } = command
  const refund: Refund = {
    id,
    ...(amountMinor !== undefined && { amountMinor }),
    ...(lines !== undefined && { lines }),
    at: now,
    ...(reason !== undefined && { reason }),
  }
  const known = order.refunds.find((one) => one.id === id)
  if (known !== undefined) {
    return whatOf(known) === whatOf(refund)
      ? repeat(desk, order, { refund: known.result ?? resultOf(desk, order, order, id) })
      : refuse('refund-conflict', { refundId: id })
  }
  const refusal = tooMuch(order, refund)
  if (refusal !== undefined) return refusal
  const settled = reconcile(desk, { ...order, refunds: [...order.refunds, refund] }, 'return')
  if (isRefusal(settled)) return settled
  const result = resultOf(desk, order, settled, id)
  const told = settled.refunds.map((one) => (one.id === id ? { ...one, result } : one))
  return conclude(desk, { ...settled, refunds: told }, { refund: result })
}

function tooMuch(order: Order, refund: Refund) {
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
  const rest = restOf(order)
  return (refund.amountMinor ?? 0) > rest ? refuse('refund-too-large', { mostMinor: rest }) : undefined
}

function quantities(lines: readonly { key: string; quantity: number }[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { key, quantity } of lines) sums.set(key, (sums.get(key) ?? 0) + quantity)
  return sums
}

function restOf(order: Order): number {
  if (order.facts === null) return 0
  const { linesMinor, restMinor } = returnsOf(order, order.facts)
  return order.facts.amountMinor - linesMinor - restMinor
}

/** What this refund did: the difference between the order before and after it. */
function resultOf({ customer }: Desk, before: Order, after: Order, refundId: string) {
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
    debtMinor: customer.account.debtMinor,
  }
}

function whatOf({ amountMinor, lines }: Refund): string {
  return canonicalJson([amountMinor ?? null, lines ?? null])
}
