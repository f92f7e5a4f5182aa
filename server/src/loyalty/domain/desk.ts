import { refuse, type Refusal } from '../../kernel/refusal.ts'
import { returnsOf } from './appraise.ts'
import type { Hold } from './book.ts'
import type { LoyaltyRefusalCode } from './command.ts'
import { Pen, type Decision, type Result, type Situation } from './decision.ts'
import type { LoyaltyEvent } from './event.ts'
import { statusOf, type Order, type OrderStatus } from './order.ts'
import type { LimitKind, Program } from './program.ts'
import { settleDue } from './settle-due.ts'

export type Decided = Decision | Refusal<LoyaltyRefusalCode>

/** Where a decision is made: the two books with a pen each, and what has been noted down so far. */
export type Desk = Situation & {
  customer: Pen
  friendOf: Pen | undefined
  events: LoyaltyEvent[]
  takenBudgets: Record<string, number>
  usedNow: Partial<Record<LimitKind, number>>
  freed?: Hold | undefined
}

export function openDesk(situation: Situation): Desk {
  const customer = new Pen(situation.book, situation)
  const friendOf = situation.referrer === undefined ? undefined : new Pen(situation.referrer, situation)
  const events = settleDue(customer, situation)
  if (friendOf !== undefined) events.push(...settleDue(friendOf, situation))
  return { ...situation, customer, friendOf, events, takenBudgets: {}, usedNow: {} }
}

export function conclude(desk: Desk, order: Order | undefined, more: Partial<Result> = {}): Decision {
  const { customer, friendOf, events, takenBudgets, usedNow } = desk
  const pens = friendOf === undefined ? [customer] : [customer, friendOf]
  return {
    entries: pens.flatMap(({ entries }) => entries),
    events,
    books: pens.map(({ book }) => book),
    order,
    holds: pens.flatMap(({ changedHolds }) => [...changedHolds.values()]),
    freed: desk.freed,
    budgets: takenBudgets,
    used: usedNow,
    result: { ...resultOf(desk, order), ...more },
    repeated: false,
  }
}

/** What time has done meanwhile shows in the answer, but is not written down: a repeat writes nothing. */
export function repeat(desk: Desk, order: Order | undefined, more: Partial<Result> = {}): Decision {
  const decision = conclude(desk, order, more)
  return { ...decision, entries: [], events: [], books: [], holds: [], budgets: {}, used: {}, repeated: true }
}

export function orderStatus(order: Order): OrderStatus {
  if (order.facts === null) return statusOf(order, 0)
  const { linesMinor, restMinor } = returnsOf(order, order.facts)
  return statusOf(order, linesMinor + restMinor)
}

export function conflict({ orderId, storefront }: Order, differs: string[]): Refusal<LoyaltyRefusalCode> {
  return refuse('order-conflict', { orderId, storefront, differs })
}

/** An order that is known only because bonuses are wanted for it, or came back from it. */
export function expectedOrder(
  { storefront, orderId }: { storefront: string; orderId: string },
  { customer, currency, newId, now }: Desk,
): Order {
  return {
    id: newId('order'),
    storefront,
    orderId,
    customerId: customer.account.customerId,
    facts: null,
    factsStage: 'created',
    currency,
    paidAt: null,
    fulfilledAt: null,
    cancelledAt: null,
    refunds: [],
    refundedMinor: 0,
    terms: null,
    spentMinor: 0,
    spentFrom: [],
    returnedMinor: 0,
    earnedMinor: 0,
    referredMinor: 0,
    referrerId: null,
    forgivenMinor: 0,
    lapsedMinor: 0,
    countedMinor: null,
    countedAt: null,
    revision: 0,
    flags: [],
    notes: {},
    createdAt: now,
  }
}

/** What the day still allows; the smaller of the customer's, or staff member's, and the project's. */
export function mostToday({ program: { limits }, used, usedNow }: Desk, kinds: readonly LimitKind[]): number {
  const rests = kinds.map((kind) => {
    const hardMinor = limits[kind]?.hardMinor ?? null
    return hardMinor === null ? Infinity : Math.max(0, hardMinor - (used[kind] ?? 0) - (usedNow[kind] ?? 0))
  })
  return Math.min(...rests)
}

/** Counts against the day's limits, and tells somebody where one is reached. */
export function use(
  desk: Desk,
  kinds: readonly LimitKind[],
  amountMinor: number,
  staff: string | null = null,
): void {
  for (const kind of kinds) {
    const limit = desk.program.limits[kind]
    if (limit === undefined) continue
    const before = (desk.used[kind] ?? 0) + (desk.usedNow[kind] ?? 0)
    desk.usedNow[kind] = (desk.usedNow[kind] ?? 0) + amountMinor
    const { softMinor } = limit
    if (softMinor !== null && before <= softMinor && before + amountMinor > softMinor)
      tellLimit(desk, kind, false, before + amountMinor, staff)
  }
}

export function tellLimit(
  desk: Desk,
  limit: LimitKind,
  hard: boolean,
  usedMinor: number,
  staff: string | null = null,
): void {
  const most = desk.program.limits[limit]
  if (most === undefined) return
  const { softMinor, hardMinor } = most
  const { customerId } = desk.customer.account
  desk.events.push({
    type: 'limit.reached',
    customerId,
    limit,
    hard,
    usedMinor,
    mostMinor: (hard ? hardMinor : softMinor)!,
    staff,
  })
}

/** As it is at this moment: what was read of it may have run out since. */
export function holdById({ customer, hold }: Desk, holdId: string): Hold | undefined {
  const open = customer.changedHolds.get(holdId) ?? customer.holds.find(({ id }) => id === holdId)
  const isOwn = hold?.id === holdId && hold.customerId === customer.account.customerId
  return open ?? (isOwn ? hold : undefined)
}

export function programOfOrder({ programOf, program }: Desk, order: Order): Program {
  return order.terms === null ? program : programOf(order.terms.programVersion)
}

function resultOf({ customer }: Desk, order: Order | undefined): Result {
  const result: Result = { availableMinor: customer.availableMinor(), tier: customer.account.tier }
  if (order === undefined) return result
  Object.assign(result, {
    orderId: order.orderId,
    orderStatus: orderStatus(order),
    spentMinor: order.spentMinor - order.returnedMinor,
  })
  if (order.terms === null) return result
  const { percentBp, programVersion } = order.terms
  const pending = customer.lots.some(
    (lot) =>
      lot.orderRef === order.id &&
      lot.reason === 'purchase' &&
      lot.state === 'pending' &&
      lot.remainingMinor > 0,
  )
  return Object.assign(result, { earnedMinor: order.earnedMinor, percentBp, programVersion, pending })
}
