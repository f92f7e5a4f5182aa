import { isRefusal, refuse, type Refusal } from '../../kernel/refusal.ts'
import { takeFrom, type Hold } from './book.ts'
import type { HoldCommand, HoldStepCommand, LoyaltyRefusalCode, Spared } from './command.ts'
import { isOpen } from './decision.ts'
import { conclude, conflict, expectedOrder, holdById, repeat, type Decided, type Desk } from './desk.ts'
import { notAllowed, payOrder, spendable } from './decide-spend.ts'
import type { Order } from './order.ts'
import { isOver } from './reservation.ts'
import { expireDue, release, settleDebt } from './settle-due.ts'

type Refused = Refusal<LoyaltyRefusalCode>

/** Puts bonuses aside for an order that may come. One open hold an order; the same wish again is the same hold. */
export function decideHold(command: HoldCommand, desk: Desk): Decided {
  const { customer, now } = desk
  const { storefront, orderId, amountMinor, orderAmountMinor, lines, expiresInMs, awaitsConfirmation } =
    command
  const order = desk.order ?? expectedOrder(command, desk)
  if (order.customerId !== customer.account.customerId) return conflict(order, ['customer'])
  if (order.spentMinor > 0) return conflict(order, ['spent'])
  const open = customer.holds.find((hold) => hold.storefront === storefront && hold.orderId === orderId)
  if (open !== undefined)
    return open.amountMinor === amountMinor
      ? repeat(desk, desk.order, { hold: open })
      : refuse('hold-exists', { holdId: open.id })
  const refusal = notAllowed(desk, order, amountMinor, orderAmountMinor, lines)
  if (refusal !== undefined) return refusal
  const lots = spendable(desk, order)
  const availableMinor = lots.reduce((sum, { remainingMinor }) => sum + remainingMinor, 0)
  if (availableMinor < amountMinor)
    return refuse('insufficient-bonuses', { availableMinor, missingMinor: amountMinor - availableMinor })
  const hold: Hold = {
    id: desk.newId('hold'),
    storefront,
    orderId,
    customerId: customer.account.customerId,
    amountMinor,
    pins: takeFrom(lots, amountMinor),
    state: awaitsConfirmation ? 'awaiting-confirmation' : 'active',
    capturedMinor: 0,
    orderAmountMinor: orderAmountMinor ?? null,
    reservation: command.reservation ?? null,
    confirmedAt: awaitsConfirmation ? null : now,
    expiresAt: now + expiresInMs,
    createdAt: now,
  }
  customer.add({
    kind: 'hold',
    reason: 'checkout',
    amountMinor: -amountMinor,
    movements: hold.pins,
    orderRef: desk.order?.id ?? null,
    effect: `hold:${hold.id}`,
    programVersion: desk.program.version,
    details: { holdId: hold.id, storefront, orderId, expiresAt: hold.expiresAt },
  })
  customer.put(hold)
  const { customerId } = customer.account
  desk.events.push({
    type: 'bonus.held',
    customerId,
    amountMinor,
    availableMinor: customer.availableMinor(),
    holdId: hold.id,
    orderId,
    storefront,
    reservation: hold.reservation,
    expiresAt: hold.expiresAt,
    awaitsConfirmation,
  })
  return conclude(desk, desk.order, { hold })
}

export function decideHoldStep(command: HoldStepCommand, desk: Desk): Decided {
  const hold = holdById(desk, command.holdId)
  if (hold === undefined) return refuse('hold-not-found', { holdId: command.holdId })
  switch (command.kind) {
    case 'confirm-hold':
      return confirm(desk, hold)
    case 'capture-hold':
      return capture(desk, hold, command.amountMinor)
    case 'void-hold':
      return cancel(desk, hold, command.spares)
  }
}

function confirm(desk: Desk, hold: Hold): Decided {
  if (hold.state === 'active' || hold.state === 'captured') return repeat(desk, desk.order, { hold })
  if (!isOpen(hold) || isOver(hold, desk.now)) return ended(hold)
  const confirmed: Hold = { ...hold, state: 'active', confirmedAt: desk.now }
  desk.customer.put(confirmed)
  return conclude(desk, desk.order, { hold: confirmed })
}

function capture(desk: Desk, hold: Hold, amountMinor = hold.amountMinor): Decided {
  const order = desk.order ?? expectedOrder(hold, desk)
  if (hold.state === 'captured')
    return hold.capturedMinor === amountMinor ? repeat(desk, order, { hold }) : ended(hold)
  const paid = captureFor(desk, order, hold, amountMinor)
  return isRefusal(paid) ? paid : conclude(desk, paid, { hold: desk.customer.changedHolds.get(hold.id)! })
}

function cancel(desk: Desk, hold: Hold, spares: Spared | undefined): Decided {
  if (hold.state === 'voided' || hold.state === 'expired') return repeat(desk, desk.order, { hold })
  if (!isOpen(hold)) return ended(hold)
  const isSpared = spares === 'confirmed' || (spares === 'promised' && hold.reservation === null)
  if (isSpared && hold.state === 'active')
    return isOver(hold, desk.now) ? ended(hold) : refuse('hold-ended', { holdId: hold.id, state: 'active' })
  const { customer, now } = desk
  desk.events.push(
    ...release(customer, hold, 'voided', desk),
    ...expireDue(customer, now),
    ...settleDebt(customer, now),
  )
  return conclude(desk, desk.order, { hold: { ...hold, state: 'voided' } })
}

/** The order names the hold that pays for it. Named again, it is the same payment. */
export function payByHold(desk: Desk, order: Order, holdId: string): Order | Refused {
  const hold = holdById(desk, holdId)
  if (hold === undefined) return refuse('hold-not-found', { holdId })
  const isFree = hold.reservation !== null && hold.orderId === hold.reservation && isOpen(hold)
  if (!isFree && (hold.storefront !== order.storefront || hold.orderId !== order.orderId))
    return conflict(order, ['hold'])
  if (hold.state === 'captured' && order.spentMinor === hold.capturedMinor) return order
  return captureFor(desk, order, hold, hold.amountMinor)
}

function captureFor(desk: Desk, order: Order, hold: Hold, amountMinor: number): Order | Refused {
  const { customer, now } = desk
  if (order.spentMinor > 0) return conflict(order, ['spent'])
  if (!isOpen(hold) || isOver(hold, now)) return ended(hold)
  if (hold.state === 'awaiting-confirmation') return refuse('hold-unconfirmed', { holdId: hold.id })
  if (amountMinor > hold.amountMinor) return refuse('hold-too-small', { mostMinor: hold.amountMinor })
  const refusal = notAllowed(
    desk,
    order,
    amountMinor,
    order.facts === null ? (hold.orderAmountMinor ?? undefined) : undefined,
  )
  if (refusal !== undefined) return refusal
  release(customer, hold, 'captured', desk)
  const { storefront, orderId } = order
  customer.put({ ...hold, storefront, orderId, state: 'captured', capturedMinor: amountMinor })
  // From the pinned lots, though they may have ended meanwhile.
  const pinned = hold.pins.flatMap(({ lotId, amountMinor: pin }) => {
    const lot = customer.lot(lotId)
    return lot === undefined ? [] : [{ ...lot, remainingMinor: -pin }]
  })
  const paid = payOrder(desk, order, amountMinor, pinned, 'return')
  if (isRefusal(paid)) return paid
  desk.events.push(...expireDue(customer, now), ...settleDebt(customer, now))
  return paid
}

/** One that may still be an order's, but is nobody else's, has expired for everybody else. */
function ended(hold: Hold): Refused {
  return refuse('hold-ended', { holdId: hold.id, state: isOpen(hold) ? 'expired' : hold.state })
}
