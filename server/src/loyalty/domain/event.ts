/** A fact that others are told of. Amounts are minor units here; whoever shows them formats them. */
export type LoyaltyEvent =
  | {
      type: 'bonus.awarded'
      customerId: string
      reason: string
      amountMinor: number
      orderId: string | null
      storefront: string | null
      pending: boolean
      activatesAt: number | null
      expiresAt: number | null
      availableMinor: number
    }
  | { type: 'bonus.activated'; customerId: string; amountMinor: number; availableMinor: number }
  | {
      type: 'bonus.spent'
      customerId: string
      amountMinor: number
      orderId: string
      storefront: string
      availableMinor: number
    }
  | {
      type: 'bonus.reversed'
      customerId: string
      amountMinor: number
      orderId: string
      storefront: string
      availableMinor: number
    }
  | { type: 'bonus.expired'; customerId: string; amountMinor: number; availableMinor: number }
  | { type: 'tier.changed'; customerId: string; from: string | null; to: string | null; percentBp: number }
  | { type: 'referral.qualified'; customerId: string; friendId: string }
