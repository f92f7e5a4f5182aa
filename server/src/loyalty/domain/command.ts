import type { OrderFacts } from './order.ts'

/** Of a customer that is known already: who it is was settled before. */
export type PurchaseCommand = {
  kind: 'purchase'
  storefront: string
  orderId: string
  facts: OrderFacts
  paid: boolean
  referrerId?: string | undefined
  flags: readonly string[]
  notes: Readonly<Record<string, unknown>>
}

export type SpendCommand = {
  kind: 'spend'
  storefront: string
  orderId: string
  amountMinor: number
  orderAmountMinor?: number | undefined
}

export type RegisterCommand = { kind: 'register'; referrerId?: string | undefined }
export type PayCommand = { kind: 'pay'; storefront: string; orderId: string }

/** Writes down what time has done, nothing else. */
export type SettleCommand = { kind: 'settle' }

export type LoyaltyCommand = PurchaseCommand | SpendCommand | RegisterCommand | PayCommand | SettleCommand

export type LoyaltyRefusalCode =
  | 'order-conflict'
  | 'order-not-found'
  | 'order-amount-required'
  | 'insufficient-bonuses'
  | 'spend-limit-exceeded'
  | 'amount-too-large'
  | 'currency-mismatch'
