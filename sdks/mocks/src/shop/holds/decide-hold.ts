import { expectedOrder, isOpen, type Desk } from '../books/desk.ts'
import { sum, takeFrom } from '../books/lots.ts'
import { expireDue, release, settleDebt } from '../books/settle-time.ts'
import { conclude, conflict, orderOf, repeat, type Decided } from '../decided.ts'
import { notAllowed, payOrder, spendable } from '../orders/decide-spend.ts'
import { refuse, type Refusal } from '../refusal.ts'
import type { Hold, Order, OrderKey } from '../state.ts'

export type HoldWish = OrderKey & {
  amountMinor: number
  orderAmountMinor: number | undefined
  expiresInMs: number
  awaitsConfirmation: boolean
  reservation?: string | undefined
}

/** Puts bonuses aside for an order that may come. One open hold an order; the same wish again is the same hold. */
export function decideHold(desk: Desk, wish: HoldWish): Decided {
  const { customerId, now } = desk
  const { storefront, orderId, amountMinor, orderAmountMinor, awaitsConfirmation } = wish
  const known = orderOf(desk, wish)
  const order = known ?? expectedOrder(wish, desk)
  if (order.customerId !== customerId) return conflict(order, ['customer'])
  if (order.spentMinor > 0) return conflict(order, ['spent'])
  const open = desk.openHolds.find((hold) => hold.storefront === storefront && hold.orderId === orderId)
  if (open !== undefined)
    return open.amountMinor === amountMinor
      ? repeat(desk, known, { hold: open })
      : refuse('hold-exists', { holdId: open.id })
  const refusal = notAllowed(desk, order, amountMinor, orderAmountMinor)
  if (refusal !== undefined) return refusal
  const lots = spendable(desk, order)
  const availableMinor = sum(lots.map(({ remainingMinor }) => remainingMinor))
  if (availableMinor < amountMinor)
    return refuse('insufficient-bonuses', { availableMinor, missingMinor: amountMinor - availableMinor })
  const hold: Hold = {
    id: desk.shop.newId('hold'),
    storefront,
    orderId,
    customerId,
    amountMinor,
    pins: takeFrom(lots, amountMinor),
    state: awaitsConfirmation ? 'awaiting-confirmation' : 'active',
    capturedMinor: 0,
    orderAmountMinor: orderAmountMinor ?? null,
    reservation: wish.reservation ?? null,
    expiresAt: now + wish.expiresInMs,
    createdAt: now,
  }
  const { id: holdId, expiresAt } = hold
  desk.add({
    kind: 'hold',
    reason: 'checkout',
    amountMinor: -amountMinor,
    movements: hold.pins,
    orderRef: known?.id ?? null,
    programVersion: desk.program.version,
    details: { holdId, storefront, orderId, expiresAt },
  })
  desk.book.holds.push(hold)
  const told = { ...desk.moved(amountMinor), holdId, orderId, storefront, expiresAt, awaitsConfirmation }
  desk.events.push({ type: 'bonus.held', ...told })
  return conclude(desk, known, { hold })
}

export function confirmHold(desk: Desk, hold: Hold): Decided {
  if (hold.state === 'active' || hold.state === 'captured') return repeat(desk, undefined, { hold })
  if (!isOpen(hold)) return ended(hold)
  hold.state = 'active'
  return conclude(desk, undefined, { hold })
}

export function captureHold(desk: Desk, hold: Hold, amountMinor = hold.amountMinor): Decided {
  const order = orderOf(desk, hold) ?? expectedOrder(hold, desk)
  if (hold.state === 'captured')
    return hold.capturedMinor === amountMinor ? repeat(desk, order, { hold }) : ended(hold)
  return capture(desk, order, hold, amountMinor) ?? conclude(desk, order, { hold })
}

export function voidHold(desk: Desk, hold: Hold): Decided {
  if (hold.state === 'voided' || hold.state === 'expired') return repeat(desk, undefined, { hold })
  if (!isOpen(hold)) return ended(hold)
  release(desk, hold, 'voided')
  expireDue(desk)
  settleDebt(desk)
  return conclude(desk, undefined, { hold })
}

/** The order names the hold that pays for it. Named again, it is the same payment. */
export function payByHold(desk: Desk, order: Order, holdId: string): Refusal | undefined {
  const hold = desk.book.holds.find(({ id }) => id === holdId)
  if (hold === undefined) return refuse('hold-not-found', { holdId })
  if (hold.storefront !== order.storefront || hold.orderId !== order.orderId) return conflict(order, ['hold'])
  if (hold.state === 'captured' && order.spentMinor === hold.capturedMinor) return undefined
  return capture(desk, order, hold, hold.amountMinor)
}

function capture(desk: Desk, order: Order, hold: Hold, amountMinor: number): Refusal | undefined {
  if (order.spentMinor > 0) return conflict(order, ['spent'])
  if (!isOpen(hold)) return ended(hold)
  if (hold.state === 'awaiting-confirmation') return refuse('hold-unconfirmed', { holdId: hold.id })
  if (amountMinor > hold.amountMinor) return refuse('hold-too-small', { mostMinor: hold.amountMinor })
  const said = order.facts === null ? (hold.orderAmountMinor ?? undefined) : undefined
  const refusal = notAllowed(desk, order, amountMinor, said)
  if (refusal !== undefined) return refusal
  release(desk, hold, 'captured')
  hold.capturedMinor = amountMinor
  // From the pinned lots, though they may have ended meanwhile.
  const pinned = hold.pins.map(({ lotId, amountMinor: pin }) => ({ id: lotId, remainingMinor: -pin }))
  const unpaid = payOrder(desk, order, amountMinor, pinned, 'news')
  if (unpaid !== undefined) return unpaid
  expireDue(desk)
  settleDebt(desk)
  return undefined
}

function ended({ id: holdId, state }: Hold): Refusal {
  return refuse('hold-ended', { holdId, state })
}
