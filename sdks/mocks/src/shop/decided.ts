import type { components } from '@tapline/client'
import type { Desk } from './books/desk.ts'
import { formatMoney } from './money.ts'
import { statusOf } from './orders/order-status.ts'
import { refuse, type Refusal } from './refusal.ts'
import { keyOf, type Hold, type Order, type OrderKey, type RefundResult } from './state.ts'

type Schemas = components['schemas']

/** What came of a command that was not refused. */
export type Done = {
  repeated: boolean
  result: Schemas['Result']
  order?: Order
  hold?: Hold
  refund?: Schemas['Refund']
}
export type Decided = Done | Refusal
type More = { hold?: Hold; refund?: RefundResult }

/** Puts it on the books. */
export function conclude(desk: Desk, order: Order | undefined, more: More = {}): Done {
  desk.commit(order)
  return done(desk, order, more, false)
}

/** A repeat writes nothing and tells how things stand. */
export function repeat(desk: Desk, order: Order | undefined, more: More = {}): Done {
  return done(desk, order, more, true)
}

export function conflict({ orderId, storefront }: OrderKey, differs: string[]): Refusal {
  return refuse('order-conflict', { orderId, storefront, differs })
}

/** The order to write on, or undefined when it is not known. */
export function orderOf(desk: Desk, key: OrderKey): Order | undefined {
  const order = desk.shop.state.orders.get(keyOf(key))
  return order === undefined ? undefined : structuredClone(order)
}

function done(desk: Desk, order: Order | undefined, { hold, refund }: More, repeated: boolean): Done {
  const result = resultOf(desk, order)
  const shown = refund === undefined || order === undefined ? undefined : refundOf(desk, order, refund)
  return {
    repeated,
    result: { ...result, ...(shown && { refund: shown }) },
    ...(order && { order }),
    ...(hold && { hold }),
    ...(shown && { refund: shown }),
  }
}

function resultOf(desk: Desk, order: Order | undefined): Schemas['Result'] {
  const { customerId, book, shop } = desk
  const money = (minor: number) => formatMoney(minor, shop.state.currency)
  const result = { customerId, available: money(desk.availableMinor()), tier: book.account.tier }
  if (order === undefined) return result
  const { orderId, spentMinor, returnedMinor, terms, earnedMinor } = order
  const ofOrder = {
    ...result,
    orderId,
    orderStatus: statusOf(order),
    spent: money(spentMinor - returnedMinor),
  }
  if (terms === null) return ofOrder
  const pending = desk.lots.some(
    (lot) =>
      lot.orderRef === order.id &&
      lot.reason === 'purchase' &&
      lot.state === 'pending' &&
      lot.remainingMinor > 0,
  )
  const { percentBp, program } = terms
  return {
    ...ofOrder,
    earned: money(earnedMinor),
    percent: percentBp / 100,
    programVersion: program.version,
    pending,
  }
}

function refundOf(desk: Desk, order: Order, refund: RefundResult): Schemas['Refund'] {
  const money = (minor: number) => formatMoney(minor, desk.shop.state.currency)
  return {
    refundId: refund.refundId,
    orderId: order.orderId,
    orderStatus: statusOf(order),
    amount: money(refund.amountMinor),
    money: money(refund.moneyMinor),
    bonusesReturned: money(refund.bonusesReturnedMinor),
    bonusesReversed: money(refund.bonusesReversedMinor),
    forgiven: money(refund.forgivenMinor),
    debt: money(refund.debtMinor),
    available: money(desk.availableMinor()),
  }
}
