import { isOpen, type Desk } from '../books/desk.ts'
import { expireDue, release, settleDebt } from '../books/settle-time.ts'
import type { Payment } from '../orders/decide-order.ts'
import type { Purchase } from '../read/command.ts'
import type { Hold } from '../state.ts'

const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const OURS = new RegExp(`^BONUS[${ALPHABET}]{8}$`)

export function newReservation(): string {
  const letters = Array.from({ length: 8 }, () => ALPHABET[Math.floor(Math.random() * ALPHABET.length)])
  return `BONUS${letters.join('')}`
}

/** How the code of an order pays for it; otherwise the mark of an order whose discount no bonuses stand behind. */
export function payByCode(desk: Desk, purchase: Purchase): { payment?: Payment; flags: string[] } {
  const { reservation, promoCode, storefront, orderId } = purchase
  const code = reservation ?? promoCode
  // The customer's own first: the desk has a copy, which is what will be kept.
  const holds = [desk.book, ...desk.shop.state.books.values()].flatMap((book) => book.holds)
  const hold = code === undefined ? undefined : holds.find((one) => one.reservation === code)
  if (hold === undefined) {
    const isMeant = reservation !== undefined || (code !== undefined && OURS.test(code))
    return { flags: isMeant ? [tell(desk, purchase, undefined, 'unknown')] : [] }
  }
  const doubt = doubtOf(desk, hold, purchase)
  if (doubt === undefined) {
    Object.assign(hold, { storefront, orderId })
    return { payment: { holdId: hold.id }, flags: [] }
  }
  if (isOpen(hold) && hold.customerId === desk.customerId) {
    release(desk, hold, 'voided')
    expireDue(desk)
    settleDebt(desk)
  }
  return { flags: [tell(desk, purchase, hold, doubt)] }
}

/** Answers the mark that the order gets. */
function tell(desk: Desk, purchase: Purchase, hold: Hold | undefined, because: string): string {
  const { orderId, storefront, reservation, promoCode, discountMinor = null } = purchase
  desk.events.push({
    ...{ type: 'reservation.doubted', customerId: desk.customerId, orderId, storefront, because },
    ...{ reservation: reservation ?? promoCode ?? null, heldMinor: hold?.amountMinor ?? null, discountMinor },
    currency: desk.shop.state.currency,
  })
  return `reservation-${because}`
}

function doubtOf(desk: Desk, hold: Hold, purchase: Purchase): string | undefined {
  const { storefront, orderId, reservation, promoCode, discountMinor } = purchase
  if (hold.state === 'captured')
    return hold.storefront === storefront && hold.orderId === orderId ? undefined : 'used'
  if (hold.customerId !== desk.customerId) return 'foreign'
  if (hold.state === 'voided') return 'released'
  if (hold.state === 'awaiting-confirmation') return 'unconfirmed'
  if (hold.state === 'expired') return 'expired'
  if (reservation !== undefined && promoCode !== undefined && reservation !== promoCode) return 'promo-code'
  return discountMinor === hold.amountMinor ? undefined : 'discount'
}
