import type { Instant } from '../../kernel/clock.ts'
import type { Hold } from './book.ts'
import type { Order } from './order.ts'

// No letters that are mistaken for another when read aloud or typed from paper.
export const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const OURS = new RegExp(`^BONUS[${ALPHABET}]{8}$`)
/** A storefront's order may be told late: Tilda gives each try five seconds, and comes twice more, a minute apart. */
const LATE_MS = 150_000

/** What an order says of the hold that was made before it had an id. */
export type ToldReservation = {
  code: string | undefined
  promoCode: string | undefined
  discountMinor: number | undefined
  /** Its amount is what is left after the discount. */
  isAfterDiscount: boolean
}

/** What is known of the code that an order brings. */
export type FoundReservation = {
  hold: Hold | undefined
  /** Among the shop's own codes that were imported. */
  isImported: boolean
}

export type ReservationDoubt =
  'unknown' | 'foreign' | 'unconfirmed' | 'expired' | 'released' | 'used' | 'discount' | 'promo-code'

/** Told of beside the order, which keeps what it got. */
export type ReservationNews = ReservationDoubt | 'over-limit'

/** As codes are compared. */
export function keyOfCode(code: string | null | undefined): string | undefined {
  return code?.trim().toUpperCase() || undefined
}

export function newReservation(pick: (below: number) => number): string {
  return `BONUS${Array.from({ length: 8 }, () => ALPHABET[pick(ALPHABET.length)]).join('')}`
}

export function isOurs(code: string): boolean {
  return OURS.test(code)
}

/** The code that counts: the one told apart, else the promo code. */
export function codeIn({ code, promoCode }: ToldReservation): string | undefined {
  return code ?? promoCode
}

/** Until then an order may come; a hold for a known order is over at its deadline. */
export function endOf({ expiresAt, reservation }: Hold): Instant {
  return reservation === null ? expiresAt : expiresAt + LATE_MS
}

/** Nobody confirms or captures it by itself any more, though an order on its way may still have it. */
export function isOver({ expiresAt }: Hold, now: Instant): boolean {
  return expiresAt <= now
}

const FLAG = 'reservation-'

export function flagOf(doubt: ReservationDoubt): string {
  return `${FLAG}${doubt}`
}

/** The shop gave a discount that no bonuses stand behind: such an order earns nothing and counts for nothing. */
export function isSuspect({ flags }: Pick<Order, 'flags'>): boolean {
  return flags.some((flag) => flag.startsWith(FLAG))
}
