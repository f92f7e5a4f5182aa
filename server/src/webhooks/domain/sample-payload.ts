import { DAY_MS, type Instant } from '../../kernel/clock.ts'
import type { EventType } from './event.ts'

const NONE = '00000000000000000000000000'
const customerId = `cus_${NONE}`
const friendId = `cus_${NONE.slice(1)}1`
const moved = { customerId, amountMinor: 24_500, availableMinor: 124_500 }
const ofOrder = { orderId: 'sample-1001', storefront: 'api' }
const ofHold = { ...ofOrder, holdId: `hld_${NONE}` }
const ofEndpoint = { endpointId: `whe_${NONE}`, url: 'https://shop.example/hooks/tapline', lastError: '503' }

/** What an event of this type may look like. The ids in it belong to nobody. */
export function samplePayload(type: EventType, now: Instant): Record<string, unknown> {
  const soon = now + 30 * DAY_MS
  const samples: Record<EventType, Record<string, unknown>> = {
    'bonus.awarded': {
      ...moved,
      ...ofOrder,
      reason: 'purchase',
      pending: false,
      activatesAt: now,
      expiresAt: now + 365 * DAY_MS,
    },
    'bonus.activated': moved,
    'bonus.spent': { ...moved, ...ofOrder },
    'bonus.held': { ...moved, ...ofHold, expiresAt: now + 1_800_000, awaitsConfirmation: false },
    'bonus.released': { ...moved, ...ofHold },
    'hold.expired': { ...moved, ...ofHold, at: now },
    'bonus.reversed': { ...moved, ...ofOrder, debtMinor: 0 },
    'bonus.refunded': { ...moved, ...ofOrder },
    'bonus.expiring': { ...moved, expiresAt: soon },
    'bonus.expired': moved,
    'bonus.adjusted': moved,
    'tier.changed': { customerId, from: null, to: 'Silver', percentBp: 200 },
    'tier.downgrading': { customerId, from: 'Silver', to: null, at: soon },
    'referral.qualified': { customerId, friendId },
    'referral.suspected': { customerId, friendId, because: 'velocity' },
    'reservation.doubted': {
      ...{ ...ofOrder, customerId, because: 'discount', reservation: 'BONUS22222222' },
      ...{ heldMinor: 50_000, discountMinor: 70_000 },
    },
    'limit.reached': {
      customerId,
      limit: 'customerEarnPerDay',
      hard: false,
      usedMinor: 1_000_000,
      mostMinor: 1_000_000,
      staff: null,
    },
    'customer.created': { customerId },
    'customer.merged': { customerId, from: friendId, mergeId: `mrg_${NONE}` },
    'customer.unmerged': { customerId, from: friendId, mergeId: `mrg_${NONE}` },
    'customer.erased': { customerId },
    'order.rejected': { ...ofOrder, inboxItemId: `inb_${NONE}`, action: 'purchase', code: 'order-conflict' },
    'books.broken': { customerIds: [customerId], problemsCount: 1 },
    'endpoint.failing': { ...ofEndpoint, failedSince: now - 900_000, heldCount: 12 },
    'endpoint.disabled': { ...ofEndpoint, reason: 'failing', heldCount: 12 },
    'endpoint.recovered': { ...ofEndpoint, failedSince: now - 900_000 },
    'webhook.test': {},
  }
  return samples[type]
}
