import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import type { Hold } from './book.ts'
import type { LoyaltyRefusalCode } from './command.ts'
import { isOpen } from './decision.ts'
import { holdById, type Desk } from './desk.ts'
import { notAllowed, payOrder, spendable } from './decide-spend.ts'
import type { Order } from './order.ts'
import {
  codeIn,
  endOf,
  flagOf,
  isOurs,
  isSuspect,
  type ReservationDoubt,
  type ReservationNews,
  type ToldReservation,
} from './reservation.ts'
import { expireDue, release, settleDebt } from './settle-due.ts'

/** What the code of an order comes to: nothing, a hold that pays for it, one that has paid already, or a doubt. */
export type Verdict = { pays: Hold } | { paid: Hold } | Doubted
type Doubted = { doubt: ReservationDoubt; hold: Hold | undefined }

/** Whether the bonuses that an order's code stands for are there, are its customer's, and are what the shop let off. */
export function judgeReservation(
  desk: Desk,
  order: Order,
  told: ToldReservation,
  amountMinor: number,
): Verdict | undefined {
  const code = codeIn(told)
  if (code === undefined) return undefined
  const { hold: found, isImported = false } = desk.reservation ?? {}
  // A promo code of which we know nothing is the shop's own affair.
  const isMeant = told.code !== undefined || found !== undefined || isImported || isOurs(code)
  if (!isMeant) return undefined
  if (found === undefined) return { doubt: 'unknown', hold: undefined }
  const isOwn = found.customerId === desk.customer.account.customerId
  const hold = isOwn ? (holdById({ ...desk, hold: found }, found.id) ?? found) : found
  if (hold.state === 'captured') return isFor(hold, order) ? { paid: hold } : { doubt: 'used', hold }
  const doubt = doubtOf(desk, order, hold, told, amountMinor)
  return doubt === undefined ? { pays: hold } : { doubt, hold }
}

function doubtOf(
  desk: Desk,
  order: Order,
  hold: Hold,
  { code, promoCode, discountMinor, isAfterDiscount }: ToldReservation,
  amountMinor: number,
): ReservationDoubt | undefined {
  if (hold.customerId !== desk.customer.account.customerId) return 'foreign'
  if (hold.confirmedAt === null) return hold.state === 'voided' ? 'released' : 'unconfirmed'
  // A code of the shop's own lets off its price whenever it comes: whoever had agreed to pay for it does, while there is something.
  if (desk.arrivedAt > endOf(hold) && desk.reservation?.isImported !== true) return 'expired'
  if (code !== undefined && promoCode !== undefined && code !== promoCode) return 'promo-code'
  if (discountMinor !== hold.amountMinor) return 'discount'
  // Paid with other bonuses, or told before without this discount: it is not theirs.
  const grossMinor = amountMinor + (isAfterDiscount ? discountMinor : 0)
  if (discountMinor > grossMinor) return 'discount'
  if (order.spentMinor > 0 || (order.facts !== null && order.facts.amountMinor !== grossMinor))
    return 'discount'
  // Told in time and looked at too late, or let go by a shopper who kept the discount: what was put aside is free again,
  // pays all the same, and may be gone.
  if (isOpen(hold) || sumOf(spendable(desk, order)) >= hold.amountMinor) return undefined
  return hold.state === 'voided' ? 'released' : 'expired'
}

/** The hold becomes this order's, and pays for it. The shop has given the discount: limits cannot undo it, only be told of. */
export function payByReservation(
  desk: Desk,
  order: Order,
  hold: Hold,
  told: ToldReservation,
): Order | Refusal<LoyaltyRefusalCode> {
  const { customer, now } = desk
  const { storefront, orderId } = order
  const { amountMinor } = hold
  const refused = notAllowed(desk, order, amountMinor, undefined)?.refused
  let lots = spendable(desk, order)
  if (isOpen(hold)) {
    release(customer, hold, 'captured', desk)
    // From the pinned lots, though they may have ended meanwhile.
    lots = hold.pins.flatMap(({ lotId, amountMinor: pin }) => {
      const lot = customer.lot(lotId)
      return lot === undefined ? [] : [{ ...lot, remainingMinor: -pin }]
    })
  }
  customer.put({ ...hold, storefront, orderId, state: 'captured', capturedMinor: amountMinor })
  const flags = refused === 'spend-limit-exceeded' ? [...order.flags, 'spent-more-than-share'] : order.flags
  const paid = payOrder(desk, { ...order, flags }, amountMinor, lots, 'return')
  if (isRefusal(paid)) return paid
  desk.events.push(...expireDue(customer, now), ...settleDebt(customer, now))
  if (refused === 'spend-limit-exceeded' || refused === 'limit-exceeded')
    tell(desk, paid, told, hold, 'over-limit')
  return paid
}

/** The order is kept, marked; the hold is let go, unless it belongs to another order. Told once. */
export function doubtOrder(desk: Desk, order: Order, { doubt, hold }: Doubted, told: ToldReservation): Order {
  if (isSuspect(order)) return order
  const { customer, now } = desk
  const isOwn = hold?.customerId === customer.account.customerId
  if (hold !== undefined && isOpen(hold)) {
    if (isOwn) {
      desk.events.push(
        ...release(customer, hold, 'voided', desk),
        ...expireDue(customer, now),
        ...settleDebt(customer, now),
      )
    } else desk.freed = hold
  }
  tell(desk, order, told, hold, doubt)
  return { ...order, flags: [...order.flags, flagOf(doubt)] }
}

function tell(
  desk: Desk,
  order: Order,
  told: ToldReservation,
  hold: Hold | undefined,
  because: ReservationNews,
): void {
  desk.events.push({
    type: 'reservation.doubted',
    customerId: desk.customer.account.customerId,
    orderId: order.orderId,
    storefront: order.storefront,
    because,
    reservation: codeIn(told) ?? null,
    heldMinor: hold?.amountMinor ?? null,
    discountMinor: told.discountMinor ?? null,
  })
}

function isFor(hold: Hold, order: Order): boolean {
  return hold.storefront === order.storefront && hold.orderId === order.orderId
}

function sumOf(lots: readonly { remainingMinor: number }[]): number {
  return lots.reduce((sum, { remainingMinor }) => sum + remainingMinor, 0)
}
