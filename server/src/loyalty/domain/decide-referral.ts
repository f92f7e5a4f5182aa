import { isRefusal, refuse } from '../../kernel/refusal.ts'
import type { ReferralCommand } from './command.ts'
import { conclude, repeat, type Decided, type Desk } from './desk.ts'
import type { Order } from './order.ts'
import { reconcile } from './reconcile-order.ts'

/** Only somebody who has not bought yet can be brought, and never by himself. What looks like a trick waits for review. */
export function acceptReferral(
  { customer, referrer, doubt, events, now }: Desk,
  referrerId: string | undefined,
): void {
  const { account } = customer
  if (referrerId === undefined || referrer?.account.customerId !== referrerId) return
  if (account.referredBy !== null || account.ordersCount > 0 || referrerId === account.customerId) return
  if (referrer.account.referredBy === account.customerId) return
  customer.change({
    referredBy: referrerId,
    referral: doubt === undefined ? 'accepted' : 'review',
    referredAt: now,
    referralDoubt: doubt ?? null,
  })
  if (doubt !== undefined)
    events.push({
      type: 'referral.suspected',
      customerId: referrerId,
      friendId: account.customerId,
      because: doubt,
    })
}

/** Somebody has looked at it. Accepted, the friend's orders give what they would have given; the orders are handed in. */
export function decideReferral({ accept }: ReferralCommand, desk: Desk): Decided {
  const { customer, friendOrders } = desk
  const { referral, referredBy, customerId } = customer.account
  const wanted = accept ? ['accepted', 'qualified'] : ['rejected']
  if (wanted.includes(referral)) return repeat(desk, undefined)
  if (referral !== 'review' && referral !== 'rejected')
    return refuse('referral-not-found', { friendId: customerId })
  customer.change({ referral: accept ? 'accepted' : 'rejected' })
  const orders: Order[] = []
  for (const order of accept ? (friendOrders ?? []) : []) {
    const known = reconcile(desk, withReferrer(desk, order, referredBy!), 'referral')
    if (isRefusal(known)) return known
    orders.push(known)
  }
  if (orders.some(({ countedMinor }) => countedMinor !== null)) {
    customer.change({ referral: 'qualified' })
    desk.events.push({ type: 'referral.qualified', customerId: referredBy!, friendId: customerId })
  }
  return { ...conclude(desk, undefined), orders }
}

/** As if nobody had doubted: the fixed parts belong to the first order. */
function withReferrer(desk: Desk, order: Order, referrerId: string): Order {
  if (order.terms === null || order.facts === null) return order
  const { referrerBonusMinor, friendBonusMinor, leastOrderMinor } = desk.programOf(
    order.terms.programVersion,
  ).referral
  const fixed =
    order.terms.firstOrder === true && order.facts.amountMinor >= leastOrderMinor
      ? {
          ...(referrerBonusMinor > 0 && { referrerBonusMinor }),
          ...(friendBonusMinor > 0 && { friendBonusMinor }),
        }
      : {}
  return { ...order, referrerId, terms: { ...order.terms, ...fixed } }
}
