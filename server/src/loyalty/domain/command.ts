import type { Instant } from '../../kernel/clock.ts'
import type { OrderFacts, Stage } from './order.ts'
import type { ToldReservation } from './reservation.ts'

type OfOrder = { storefront: string; orderId: string }

/** How bonuses pay for an order together with it: by a hold, or at once. */
export type Payment = { holdId: string } | { amountMinor: number }

/** Of a customer that is known already: who it is was settled before. */
export type PurchaseCommand = OfOrder & {
  kind: 'purchase'
  facts: OrderFacts
  paid: boolean
  payment?: Payment | undefined
  told?: ToldReservation | undefined
  referrerId?: string | undefined
  flags: readonly string[]
  notes: Readonly<Record<string, unknown>>
}

/** The order as it is now, whatever was told of it before. */
export type StateCommand = OfOrder & {
  kind: 'state'
  facts?: OrderFacts | undefined
  stage: Stage
  cancelled: boolean
  /** Gross that has come back in all; `all`: everything. */
  refundedMinor?: number | 'all' | undefined
  payment?: Payment | undefined
  referrerId?: string | undefined
  flags: readonly string[]
  notes: Readonly<Record<string, unknown>>
}

/** Goods came back: an amount of the gross, lines, or all of it. */
export type RefundCommand = OfOrder & {
  kind: 'refund'
  refundId: string
  amountMinor?: number | undefined
  lines?: readonly { key: string; quantity: number }[] | undefined
  reason?: string | undefined
}

export type SpendCommand = OfOrder & {
  kind: 'spend'
  amountMinor: number
  orderAmountMinor?: number | undefined
}

export type HoldCommand = OfOrder & {
  kind: 'hold'
  amountMinor: number
  orderAmountMinor?: number | undefined
  lines?: OrderFacts['lines'] | undefined
  expiresInMs: number
  awaitsConfirmation: boolean
  /** The order has no id yet: then it is the `orderId`. */
  reservation?: string | undefined
}
/** What stays held: all that was confirmed, or what was for an order with an id, whose shop may have lowered a price for it. */
export type Spared = 'confirmed' | 'promised'
export type HoldStepCommand = OfOrder &
  (
    | { kind: 'confirm-hold'; holdId: string }
    | { kind: 'capture-hold'; holdId: string; amountMinor?: number | undefined }
    | { kind: 'void-hold'; holdId: string; spares?: Spared | undefined }
  )

export type RegisterCommand = { kind: 'register'; referrerId?: string | undefined }

export type AdjustCommand = {
  kind: 'adjust'
  /** Signed. */
  amountMinor: number
  reason: string
  staff: string
  expiresAt?: Instant | undefined
  /** What makes it happen once. */
  effectId: string
}

/** Of a pending lot: its day is now, or never. */
export type LotCommand = { kind: 'activate-lot' | 'cancel-lot'; lotId: string }

export type ReferralCommand = { kind: 'judge-referral'; accept: boolean }
export type BirthdayCommand = { kind: 'birthday'; year: number }

/** Everything that is left ends: the customer is being erased. */
export type ForfeitCommand = { kind: 'forfeit' }

/** Writes down what time has done, nothing else. */
export type SettleCommand = { kind: 'settle' }

export type LoyaltyCommand =
  | PurchaseCommand
  | StateCommand
  | RefundCommand
  | SpendCommand
  | HoldCommand
  | HoldStepCommand
  | RegisterCommand
  | AdjustCommand
  | LotCommand
  | ReferralCommand
  | BirthdayCommand
  | ForfeitCommand
  | SettleCommand

export type LoyaltyRefusalCode =
  | 'order-conflict'
  | 'customer-merged'
  | 'customer-erased'
  | 'order-not-found'
  | 'order-amount-required'
  | 'insufficient-bonuses'
  | 'spend-limit-exceeded'
  | 'amount-too-large'
  | 'currency-mismatch'
  | 'refund-conflict'
  | 'refund-too-large'
  | 'refund-line-unknown'
  | 'refunds-too-many'
  | 'hold-exists'
  | 'hold-not-found'
  | 'hold-ended'
  | 'hold-unconfirmed'
  | 'hold-too-small'
  | 'lot-not-found'
  | 'lot-not-pending'
  | 'limit-exceeded'
  | 'referral-not-found'

/** What the API says no to before the engine is asked. */
export type LoyaltyEdgeRefusalCode =
  | 'entry-not-found'
  | 'amount-invalid'
  | 'refund-ambiguous'
  | 'refund-id-required'
  | 'refunded-amount-required'
  | 'payment-ambiguous'
  | 'promo-codes-exhausted'
  | 'expiry-past'
