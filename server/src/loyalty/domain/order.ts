import type { Instant } from '../../kernel/clock.ts'
import type { Movement } from './book.ts'
import type { Program, Rounding } from './program.ts'

/** The rule that an order was counted with: a version of the program, and what it said of this customer at that moment. */
export type Terms = {
  programVersion: number
  percentBp: number
  tier: string | null
  rounding: Rounding
  wholeMinor: number
  referralPercentBp: number
  expiryDays: number
  activationDelayDays: number
  /** When the terms were taken: dated rules are judged by it. */
  at?: Instant
  firstOrder?: boolean
  /** The fixed parts of a referral, with the friend's first order. */
  friendBonusMinor?: number
  referrerBonusMinor?: number
  /** What was left of the budgets of capped rules. */
  budgets?: Readonly<Record<string, number>>
  /** What the day's limits left to be earned. */
  mostEarnedMinor?: number
}

export type OrderLine = {
  externalId?: string
  sku?: string
  name?: string
  quantity: number
  totalMinor: number
  category?: string
  delivery?: boolean
  sale?: boolean
}

export type OrderFacts = {
  /** Gross, before bonuses. */
  amountMinor: number
  /** What the storefront said, where it says what is left after bonuses. */
  toldMinor?: number
  currency: string
  lines: readonly OrderLine[]
}

/** Goods that came back: an amount of the gross, lines by quantity, or everything that is left. */
export type Refund = {
  id: string
  amountMinor?: number
  lines?: readonly { key: string; quantity: number }[]
  at: Instant
  reason?: string
  /** What it did when it came: told again to whoever asks again. */
  result?: RefundResult
}

/** What goes back for goods that came back: the money part is the shop's to pay. */
export type RefundResult = {
  refundId: string
  amountMinor: number
  moneyMinor: number
  bonusesReturnedMinor: number
  bonusesReversedMinor: number
  forgivenMinor: number
  debtMinor: number
}

export const STAGES = ['created', 'paid', 'fulfilled'] as const
export type Stage = (typeof STAGES)[number]

export type OrderStatus = 'expected' | Stage | 'cancelled' | 'refunded' | 'partially_refunded'

export type Order = {
  id: string
  storefront: string
  orderId: string
  customerId: string
  facts: OrderFacts | null
  /** What stage the facts were told with: those of a later one replace them, those of an earlier one come too late. */
  factsStage: Stage
  currency: string
  paidAt: Instant | null
  fulfilledAt: Instant | null
  cancelledAt: Instant | null
  refunds: readonly Refund[]
  /** What the shop says has come back in all, however it came to that. */
  refundedMinor: number
  terms: Terms | null
  /** Taken from the customer for it, whatever came back later. */
  spentMinor: number
  /** Where it was taken from, in that order. */
  spentFrom: readonly Movement[]
  /** Of the spent ones, those that went back. */
  returnedMinor: number
  /** What the customer has for it by now. */
  earnedMinor: number
  /** What the referrer has for it by now. */
  referredMinor: number
  referrerId: string | null
  /** What should have been taken back and could not be; below zero, what was cancelled and is not to be taken again. */
  forgivenMinor: number
  /** What need not be taken back, because it had ended unspent. */
  lapsedMinor: number
  /** Its part of the customer's total spend; null while it does not count. */
  countedMinor: number | null
  countedAt: Instant | null
  /** Grows with every change of its bonuses, so that each change is an effect of its own. */
  revision: number
  flags: readonly string[]
  /** Kept for people: name, marks, promo code. Decides nothing. */
  notes: Readonly<Record<string, unknown>>
  createdAt: Instant
}

/** Where an order stands, from what is known of it: whatever came first, the same. `wholeMinor`: how much of it has come back. */
export function statusOf(order: Order, returnedGrossMinor: number): OrderStatus {
  if (order.cancelledAt !== null) return 'cancelled'
  if (order.facts === null) return 'expected'
  const { amountMinor } = order.facts
  if (returnedGrossMinor > 0 || order.refunds.some(isWhole))
    return returnedGrossMinor >= amountMinor ? 'refunded' : 'partially_refunded'
  return order.fulfilledAt !== null ? 'fulfilled' : order.paidAt !== null ? 'paid' : 'created'
}

export function isWhole({ amountMinor, lines }: Refund): boolean {
  return amountMinor === undefined && lines === undefined
}

/** Whether the order's bonuses are more than a promise. */
export function isDue(order: Order, program: Pick<Program, 'awardOn' | 'unpaidOrders'>): boolean {
  if (program.unpaidOrders === 'award') return true
  return (program.awardOn === 'fulfilment' ? order.fulfilledAt : order.paidAt) !== null
}

/** What names a line for a refund. */
export function lineKey({ sku, externalId, name }: Partial<OrderLine>): string {
  return sku ?? externalId ?? name ?? ''
}

export function rankOf(stage: Stage): number {
  return STAGES.indexOf(stage)
}
