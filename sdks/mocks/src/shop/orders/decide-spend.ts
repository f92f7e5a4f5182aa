import { expectedOrder, type Desk } from '../books/desk.ts'
import { inSpendingOrder, isSpendable, sum, takeFrom } from '../books/lots.ts'
import { conclude, conflict, orderOf, repeat, type Decided } from '../decided.ts'
import type { Spend } from '../read/command.ts'
import { refuse, type Refusal } from '../refusal.ts'
import type { Lot, Order } from '../state.ts'
import { isAllBack, payable } from './appraise.ts'
import { reconcile } from './reconcile.ts'

export function decideSpend(desk: Desk, command: Spend): Decided {
  const { amountMinor, orderAmountMinor } = command
  const order = orderOf(desk, command) ?? expectedOrder(command, desk)
  if (order.customerId !== desk.customerId) return conflict(order, ['customer'])
  if (order.spentMinor > 0)
    return order.spentMinor === amountMinor ? repeat(desk, order) : conflict(order, ['amount'])
  const refusal =
    notAllowed(desk, order, amountMinor, orderAmountMinor) ??
    payOrder(desk, order, amountMinor, spendable(desk, order), 'spend')
  return refusal ?? conclude(desk, order)
}

/** Together with its order. The same again is no second spend. */
export function payFromBalance(desk: Desk, order: Order, amountMinor: number): Refusal | undefined {
  if (order.spentMinor > 0) return order.spentMinor === amountMinor ? undefined : conflict(order, ['spent'])
  if (amountMinor === 0) return undefined
  return (
    notAllowed(desk, order, amountMinor, undefined) ??
    payOrder(desk, order, amountMinor, spendable(desk, order), 'spend')
  )
}

/** Whether the program lets this much of the order be paid with bonuses; the balance is another question. */
export function notAllowed(
  { program }: Desk,
  order: Order,
  amountMinor: number,
  orderAmountMinor: number | undefined,
): Refusal | undefined {
  if (isAllBack(order)) return conflict(order, ['status'])
  const { facts } = order
  if (facts !== null && orderAmountMinor !== undefined && orderAmountMinor !== facts.amountMinor)
    return conflict(order, ['orderAmount'])
  const whole = facts?.amountMinor ?? orderAmountMinor
  if (whole === undefined) {
    const isLimited = program.maxSpendPercentBp < 10_000 || program.leastSpendOrderMinor > 0
    return isLimited
      ? refuse('order-amount-required', { maxSpendPercent: program.maxSpendPercentBp / 100 })
      : undefined
  }
  const { mostMinor } = payable(whole, program)
  return amountMinor > mostMinor ? refuse('spend-limit-exceeded', { mostMinor }) : undefined
}

/** Takes bonuses from these lots for the order. Whatever it had earned on that part it should not have. */
export function payOrder(
  desk: Desk,
  order: Order,
  amountMinor: number,
  lots: readonly Pick<Lot, 'id' | 'remainingMinor'>[],
  because: 'spend' | 'news',
): Refusal | undefined {
  const { program } = desk
  const availableMinor = sum(lots.map(({ remainingMinor }) => remainingMinor))
  if (availableMinor < amountMinor)
    return refuse('insufficient-bonuses', { availableMinor, missingMinor: amountMinor - availableMinor })
  const movements = takeFrom(lots, amountMinor)
  desk.add({
    kind: 'spend',
    reason: 'order',
    amountMinor: -amountMinor,
    movements,
    orderRef: order.id,
    programVersion: program.version,
    details: {
      orderAmountMinor: order.facts?.amountMinor ?? null,
      maxSpendPercentBp: program.maxSpendPercentBp,
    },
  })
  const { orderId, storefront } = order
  desk.events.push({ type: 'bonus.spent', ...desk.moved(amountMinor), orderId, storefront })
  order.spentMinor = amountMinor
  order.spentFrom = movements
  return reconcile(desk, order, because)
}

/** An order is never paid with what itself has earned. */
export function spendable({ lots, now }: Desk, order: Order): Lot[] {
  return inSpendingOrder(lots.filter((lot) => isSpendable(lot, now) && lot.orderRef !== order.id))
}
