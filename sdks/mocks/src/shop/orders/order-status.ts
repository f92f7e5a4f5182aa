import type { components } from '@tapline/client'
import type { Order } from '../state.ts'
import { isWhole, returnedOf } from './appraise.ts'

/** Where an order stands, from what is known of it: whatever came first, the same. */
export function statusOf(order: Order): components['schemas']['OrderStatus'] {
  const { facts, cancelledAt, fulfilledAt, paidAt, refunds } = order
  if (cancelledAt !== null) return 'cancelled'
  if (facts === null) return 'expected'
  const back = returnedOf(order, facts)
  if (back > 0 || refunds.some(isWhole)) return back >= facts.amountMinor ? 'refunded' : 'partially_refunded'
  return fulfilledAt !== null ? 'fulfilled' : paidAt !== null ? 'paid' : 'created'
}
