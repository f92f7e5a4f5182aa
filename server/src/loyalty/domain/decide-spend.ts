import { isRefusal, refuse, type Refusal } from '../../kernel/refusal.ts'
import { isAllBack, payable } from './appraise.ts'
import { inSpendingOrder, isSpendable, takeFrom, type Lot } from './book.ts'
import type { LoyaltyRefusalCode, SpendCommand } from './command.ts'
import { conclude, conflict, expectedOrder, mostToday, repeat, use, type Decided, type Desk } from './desk.ts'
import type { Order, OrderFacts } from './order.ts'
import { reconcile } from './reconcile-order.ts'

type Refused = Refusal<LoyaltyRefusalCode>

export function decideSpend(command: SpendCommand, desk: Desk): Decided {
  const { order } = desk
  const known = order ?? expectedOrder(command, desk)
  if (known.customerId !== desk.customer.account.customerId) return conflict(known, ['customer'])
  if (known.spentMinor > 0)
    return known.spentMinor === command.amountMinor ? repeat(desk, known) : conflict(known, ['amount'])
  const refusal = notAllowed(desk, known, command.amountMinor, command.orderAmountMinor)
  if (refusal !== undefined) return refusal
  const paid = payOrder(desk, known, command.amountMinor, spendable(desk, known))
  return isRefusal(paid) ? paid : conclude(desk, paid)
}

/** Together with its order. The same again is no second spend. */
export function payFromBalance(desk: Desk, order: Order, amountMinor: number): Order | Refused {
  if (order.spentMinor > 0) return order.spentMinor === amountMinor ? order : conflict(order, ['spent'])
  if (amountMinor === 0) return order
  return (
    notAllowed(desk, order, amountMinor, undefined) ??
    payOrder(desk, order, amountMinor, spendable(desk, order))
  )
}

/** Whether the program lets this much of the order be paid with bonuses; the balance is another question. */
export function notAllowed(
  desk: Desk,
  order: Order,
  amountMinor: number,
  orderAmountMinor: number | undefined,
  lines: OrderFacts['lines'] = [],
): Refused | undefined {
  const { program } = desk
  if (isAllBack(order)) return conflict(order, ['status'])
  if (order.facts !== null && orderAmountMinor !== undefined && orderAmountMinor !== order.facts.amountMinor)
    return conflict(order, ['orderAmount'])
  const facts =
    order.facts ?? (orderAmountMinor === undefined ? undefined : { amountMinor: orderAmountMinor, lines })
  if (facts === undefined) {
    const isLimited = program.maxSpendPercentBp < 10_000 || program.leastSpendOrderMinor > 0
    if (isLimited)
      return refuse('order-amount-required', { maxSpendPercent: program.maxSpendPercentBp / 100 })
  } else {
    const { mostMinor } = payable(facts, program)
    if (amountMinor > mostMinor) return refuse('spend-limit-exceeded', { mostMinor })
  }
  const todayMinor = mostToday(desk, ['customerSpent', 'projectSpent'])
  return amountMinor > todayMinor
    ? refuse('limit-exceeded', { limit: 'spent', mostMinor: todayMinor })
    : undefined
}

/** Takes bonuses from these lots for the order. Whatever it had earned on that part it should not have. */
export function payOrder(
  desk: Desk,
  order: Order,
  amountMinor: number,
  lots: readonly Lot[],
  because: 'spend' | 'return' = 'spend',
): Order | Refused {
  const { customer, program } = desk
  const availableMinor = lots.reduce((sum, { remainingMinor }) => sum + remainingMinor, 0)
  if (availableMinor < amountMinor)
    return refuse('insufficient-bonuses', { availableMinor, missingMinor: amountMinor - availableMinor })
  const movements = takeFrom(lots, amountMinor)
  customer.add({
    kind: 'spend',
    reason: 'order',
    amountMinor: -amountMinor,
    movements,
    orderRef: order.id,
    effect: `spend:${order.id}`,
    programVersion: program.version,
    details: {
      orderAmountMinor: order.facts?.amountMinor ?? null,
      maxSpendPercentBp: program.maxSpendPercentBp,
    },
  })
  use(desk, ['customerSpent', 'projectSpent'], amountMinor)
  const { orderId, storefront, customerId } = order
  desk.events.push({
    type: 'bonus.spent',
    customerId,
    amountMinor,
    orderId,
    storefront,
    availableMinor: customer.availableMinor(),
  })
  return reconcile(desk, { ...order, spentMinor: amountMinor, spentFrom: movements }, because)
}

/** An order is never paid with what itself has earned. */
export function spendable({ customer, now }: Desk, order: Order): Lot[] {
  return inSpendingOrder(customer.lots.filter((lot) => isSpendable(lot, now) && lot.orderRef !== order.id))
}
