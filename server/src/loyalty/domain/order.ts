import type { Instant } from '../../kernel/clock.ts'
import type { Rounding } from './program.ts'

/** The rule that an order was counted with. What happens to the order later follows these terms, not today's program. */
export type Terms = {
  programVersion: number
  percentBp: number
  tier: string | null
  rounding: Rounding
  wholeMinor: number
  referralPercentBp: number
  expiryDays: number
  activationDelayDays: number
}

export type OrderFacts = {
  amountMinor: number
  currency: string
  lines: readonly unknown[]
}

export type Order = {
  id: string
  storefront: string
  orderId: string
  customerId: string
  /** `expected`: bonuses were spent for it, the order itself has not come. */
  status: 'expected' | 'created' | 'paid'
  facts: OrderFacts | null
  currency: string
  spentMinor: number
  earnedMinor: number
  /** What the referrer got for it. */
  referredMinor: number
  referrerId: string | null
  terms: Terms | null
  /** Its amount is part of the customer's total spend. */
  counted: boolean
  flags: readonly string[]
  /** Kept for people: name, marks, promo code. Decides nothing. */
  notes: Readonly<Record<string, unknown>>
  createdAt: Instant
  paidAt: Instant | null
}
