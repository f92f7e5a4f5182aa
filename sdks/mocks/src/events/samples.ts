import type { EventOf, TaplineEventType } from '@tapline/client'

/** What an event of a type says when nobody says otherwise. A type of the contract without a line does not compile. */
export function dataFor<Type extends TaplineEventType>(type: Type): EventOf<Type>['data'] {
  return structuredClone(SAMPLES[type]) as EventOf<Type>['data']
}

const CUSTOMER = 'cus_01JD3Z8X5T0000000000000000'
const FRIEND = 'cus_01JD3Z8X5T0000000000000001'
const moved = { customerId: CUSTOMER, amount: '245.00', available: '1245.00', currency: 'RUB' }
const ofOrder = { ...moved, orderId: '1001', storefront: 'api' }
const ofHold = { ...ofOrder, holdId: 'hld_01JD3Z8X5T0000000000000000' }
const merged = { customerId: CUSTOMER, mergeId: 'mrg_01JD3Z8X5T0000000000000000' }
const ofEndpoint = { endpointId: 'whe_01JD3Z8X5T0000000000000000', url: 'https://shop.example/hooks/tapline' }
const failing = { ...ofEndpoint, failedSince: '2026-01-01T09:00:00.000Z', lastError: '503', heldCount: 3 }

const SAMPLES = {
  'bonus.awarded': {
    ...ofOrder,
    reason: 'purchase',
    pending: false,
    activatesAt: '2026-01-01T09:00:00.000Z',
    expiresAt: '2027-01-01T09:00:00.000Z',
  },
  'bonus.activated': moved,
  'bonus.spent': ofOrder,
  'bonus.held': { ...ofHold, expiresAt: '2026-01-01T09:30:00.000Z', awaitsConfirmation: false },
  'bonus.released': ofHold,
  'hold.expired': { ...ofHold, at: '2026-01-01T09:30:00.000Z' },
  'bonus.reversed': { ...ofOrder, debt: '0.00' },
  'bonus.refunded': ofOrder,
  'bonus.expiring': { ...moved, expiresAt: '2026-01-08T09:00:00.000Z' },
  'bonus.expired': moved,
  'bonus.adjusted': moved,
  'tier.changed': { customerId: CUSTOMER, from: null, to: 'Silver', percent: 7 },
  'tier.downgrading': { customerId: CUSTOMER, from: 'Silver', to: null, at: '2026-02-01T09:00:00.000Z' },
  'referral.qualified': { customerId: CUSTOMER, friendId: FRIEND },
  'referral.suspected': { customerId: CUSTOMER, friendId: FRIEND, because: 'same-contact' },
  'reservation.doubted': {
    ...{ customerId: CUSTOMER, orderId: '1001', storefront: 'tilda', because: 'discount' },
    ...{ reservation: 'BONUS7K3M9QXA', held: '500.00', discount: '700.00', currency: 'RUB' },
  },
  'limit.reached': {
    customerId: CUSTOMER,
    limit: 'customerEarned',
    hard: false,
    used: '5100.00',
    most: '5000.00',
    staff: null,
  },
  'customer.created': { customerId: CUSTOMER },
  'customer.merged': { ...merged, mergedId: FRIEND },
  'customer.unmerged': { ...merged, unmergedId: FRIEND },
  'customer.erased': { customerId: CUSTOMER },
  'order.rejected': {
    orderId: '1001',
    storefront: 'api',
    inboxItemId: 'inb_01JD3Z8X5T0000000000000000',
    action: 'purchase',
    code: 'customer-conflict',
  },
  'books.broken': { customerIds: [CUSTOMER], problemsCount: 1 },
  'endpoint.failing': failing,
  'endpoint.disabled': { ...ofEndpoint, reason: 'failing', lastError: '503', heldCount: 3 },
  'endpoint.recovered': { ...ofEndpoint, failedSince: '2026-01-01T09:00:00.000Z' },
  'webhook.test': { message: 'It works.' },
} as const satisfies { [Type in TaplineEventType]: EventOf<Type>['data'] }
