import type { Instant } from '../../kernel/clock.ts'
import type { LimitKind } from './program.ts'
import type { ReservationNews } from './reservation.ts'

type About = { customerId: string }
type Moved = About & { amountMinor: number; availableMinor: number }
type OfOrder = { orderId: string; storefront: string }
type OfHold = OfOrder & { holdId: string }

/** A fact that others are told of. Amounts are minor units here; whoever shows them formats them. */
export type LoyaltyEvent =
  | (Moved & {
      type: 'bonus.awarded'
      reason: string
      orderId: string | null
      storefront: string | null
      pending: boolean
      activatesAt: Instant | null
      expiresAt: Instant | null
    })
  | (Moved & { type: 'bonus.activated' })
  | (Moved & OfOrder & { type: 'bonus.spent' })
  | (Moved &
      OfHold & {
        type: 'bonus.held'
        reservation: string | null
        expiresAt: Instant
        awaitsConfirmation: boolean
      })
  | (Moved & OfHold & { type: 'bonus.released' })
  | (Moved & OfHold & { type: 'hold.expired'; at: Instant })
  | (Moved & OfOrder & { type: 'bonus.reversed'; debtMinor: number })
  | (Moved & OfOrder & { type: 'bonus.refunded' })
  | (Moved & { type: 'bonus.expiring'; expiresAt: Instant })
  | (Moved & { type: 'bonus.expired' })
  | (Moved & { type: 'bonus.adjusted' })
  | (About & { type: 'tier.changed'; from: string | null; to: string | null; percentBp: number })
  | (About & { type: 'tier.downgrading'; from: string; to: string | null; at: Instant })
  | (About & { type: 'referral.qualified'; friendId: string })
  | (About & { type: 'referral.suspected'; friendId: string; because: string })
  | (About &
      OfOrder & {
        type: 'reservation.doubted'
        because: ReservationNews
        reservation: string | null
        heldMinor: number | null
        discountMinor: number | null
      })
  | (About & {
      type: 'limit.reached'
      limit: LimitKind
      hard: boolean
      usedMinor: number
      mostMinor: number
      staff: string | null
    })
