import { canonicalJson } from '../../kernel/canonical-json.ts'
import { DAY_MS, type Instant } from '../../kernel/clock.ts'
import { isRefusal, refuse, type Refusal } from '../../kernel/refusal.ts'
import { inSpendingOrder, isExact, isSpendable, takeFrom, type Lot } from './book.ts'
import type {
  LoyaltyCommand,
  LoyaltyRefusalCode,
  PurchaseCommand,
  RegisterCommand,
  SpendCommand,
} from './command.ts'
import { Pen, type Decision, type Result, type Situation } from './decision.ts'
import type { LoyaltyEvent } from './event.ts'
import type { Order, Terms } from './order.ts'
import { bonusesOn, mostSpendable, tierFor } from './program.ts'
import { activate, expiryAfter, settleDue } from './settle-due.ts'

export type Decided = Decision | Refusal<LoyaltyRefusalCode>

/** What a command does to the books, or why it may not: pure, and the whole of the loyalty rules. */
export function decide(command: LoyaltyCommand, situation: Situation): Decided {
  const decided = judge(command, openDesk(situation))
  return isRefusal(decided) || decided.books.every(isExact) ? decided : refuse('amount-too-large')
}

function judge(command: LoyaltyCommand, desk: Desk): Decided {
  switch (command.kind) {
    case 'purchase':
      return decidePurchase(command, desk)
    case 'spend':
      return decideSpend(command, desk)
    case 'pay':
      return decidePayment(desk)
    case 'register':
      return decideRegistration(command, desk)
    case 'settle':
      return conclude(desk, undefined)
  }
}

/** The two books with a pen each, and the events so far. */
type Desk = Situation & { customer: Pen; friendOf: Pen | undefined; events: LoyaltyEvent[] }

function openDesk(situation: Situation): Desk {
  const customer = new Pen(situation.book, situation)
  const friendOf = situation.referrer === undefined ? undefined : new Pen(situation.referrer, situation)
  const events = settleDue(customer, situation.now)
  if (friendOf !== undefined) events.push(...settleDue(friendOf, situation.now))
  return { ...situation, customer, friendOf, events }
}

function decidePurchase(command: PurchaseCommand, desk: Desk): Decided {
  const { order, customer, currency, program } = desk
  if (command.facts.currency !== currency) {
    return refuse('currency-mismatch', { currency: command.facts.currency, expected: currency })
  }
  if (order !== undefined && order.facts !== null) {
    const differing = differences(order, command, customer.book.account.customerId)
    if (differing.length > 0) return conflict(order, differing)
    return order.status === 'created' && command.paid ? decidePayment(desk) : repeat(desk, order)
  }
  if (order !== undefined && order.customerId !== customer.book.account.customerId)
    return conflict(order, ['customer'])

  acceptReferral(desk, command.referrerId)
  const tier = tierFor(program, customer.book.account.totalSpentMinor)
  const terms: Terms = {
    programVersion: program.version,
    percentBp: program.basePercentBp + (tier?.percentBp ?? 0),
    tier: tier?.name ?? null,
    rounding: program.rounding,
    wholeMinor: desk.wholeMinor,
    referralPercentBp: program.referralPercentBp,
    expiryDays: program.expiryDays,
    activationDelayDays: program.activationDelayDays,
  }
  const spentMinor = order?.spentMinor ?? 0
  const known: Order = {
    id: order?.id ?? desk.newId('order'),
    storefront: command.storefront,
    orderId: command.orderId,
    customerId: customer.book.account.customerId,
    status: command.paid ? 'paid' : 'created',
    facts: command.facts,
    currency,
    spentMinor,
    earnedMinor: 0,
    referredMinor: 0,
    referrerId: customer.book.account.referredBy,
    terms,
    counted: false,
    flags: [...command.flags, ...spendFlags(spentMinor, command.facts.amountMinor, program)],
    notes: command.notes,
    createdAt: order?.createdAt ?? desk.now,
    paidAt: command.paid ? desk.now : null,
  }
  if (command.paid || program.unpaidOrders === 'award')
    return conclude(desk, count(desk, award(desk, known, terms, 'now'), terms))
  return conclude(desk, program.unpaidOrders === 'pending' ? award(desk, known, terms, 'when-paid') : known)
}

/** An order that came unpaid is now paid: its bonuses begin their way, and it counts. */
function decidePayment(desk: Desk): Decided {
  const { order, customer, now } = desk
  if (order === undefined || order.facts === null || order.terms === null) return refuse('order-not-found')
  if (order.customerId !== customer.book.account.customerId) return conflict(order, ['customer'])
  if (order.status === 'paid') return repeat(desk, order)
  const paid: Order = { ...order, status: 'paid', paidAt: now }
  if (order.counted) return conclude(desk, paid)
  const { terms } = order
  const waits = [customer, desk.friendOf].some((pen) =>
    pen?.book.lots.some((lot) => lot.orderRef === order.id && lot.activatesAt === null),
  )
  if (!waits && order.earnedMinor === 0 && order.referredMinor === 0)
    return conclude(desk, count(desk, award(desk, paid, terms, 'now'), terms))
  const counted = count(desk, paid, terms)
  schedule(desk, customer, paid, now + terms.activationDelayDays * DAY_MS)
  if (desk.friendOf !== undefined) schedule(desk, desk.friendOf, paid, referralActivation(desk, terms))
  return conclude(desk, counted)
}

function decideSpend(command: SpendCommand, desk: Desk): Decided {
  const { order, customer, program, now } = desk
  if (order !== undefined) {
    if (order.customerId !== customer.book.account.customerId) return conflict(order, ['customer'])
    if (order.spentMinor > 0)
      return order.spentMinor === command.amountMinor ? repeat(desk, order) : conflict(order, ['amount'])
  }
  const orderAmountMinor = order?.facts?.amountMinor ?? command.orderAmountMinor
  if (
    order?.facts &&
    command.orderAmountMinor !== undefined &&
    command.orderAmountMinor !== orderAmountMinor
  ) {
    return conflict(order, ['orderAmount'])
  }
  if (orderAmountMinor === undefined && program.maxSpendPercentBp < 10_000) {
    return refuse('order-amount-required', { maxSpendPercent: program.maxSpendPercentBp / 100 })
  }
  const most =
    orderAmountMinor === undefined ? undefined : mostSpendable(orderAmountMinor, program.maxSpendPercentBp)
  if (most !== undefined && command.amountMinor > most)
    return refuse('spend-limit-exceeded', { mostMinor: most })

  const known: Order = order ?? expectedOrder(command, desk)
  const after: Order = { ...known, spentMinor: command.amountMinor }
  const lessened = known.facts === null ? after : lessenAward(desk, after)
  if (isRefusal(lessened)) return lessened

  const spendable = inSpendingOrder(customer.book.lots.filter((lot) => isSpendable(lot, now)))
  const availableMinor = customer.availableMinor()
  if (availableMinor < command.amountMinor) {
    return refuse('insufficient-bonuses', {
      availableMinor,
      missingMinor: command.amountMinor - availableMinor,
    })
  }
  customer.add({
    kind: 'spend',
    reason: 'order',
    amountMinor: -command.amountMinor,
    movements: takeFrom(spendable, command.amountMinor),
    orderRef: after.id,
    effect: `spend:${after.id}`,
    programVersion: program.version,
    details: { orderAmountMinor: orderAmountMinor ?? null, maxSpendPercentBp: program.maxSpendPercentBp },
  })
  desk.events.push({
    type: 'bonus.spent',
    customerId: after.customerId,
    amountMinor: command.amountMinor,
    orderId: after.orderId,
    storefront: after.storefront,
    availableMinor: customer.availableMinor(),
  })
  return conclude(desk, lessened)
}

function decideRegistration(command: RegisterCommand, desk: Desk): Decided {
  const { customer, program, now } = desk
  acceptReferral(desk, command.referrerId)
  const welcomeBonusMinor = customer.book.account.welcomed ? 0 : program.welcomeBonusMinor
  customer.change({ welcomed: true })
  if (welcomeBonusMinor > 0) {
    const expiresAt = expiryAfter(now, program.expiryDays)
    customer.earn(
      {
        orderRef: null,
        reason: 'welcome',
        amountMinor: welcomeBonusMinor,
        state: 'active',
        activatesAt: now,
        expiresAt,
        expiryDays: program.expiryDays,
      },
      { effect: `welcome:${customer.book.account.customerId}`, programVersion: program.version },
    )
    desk.events.push(
      awarded(customer, 'welcome', welcomeBonusMinor, undefined, {
        pending: false,
        activatesAt: now,
        expiresAt,
      }),
    )
  }
  return {
    ...conclude(desk, undefined),
    result: { welcomeBonusMinor, availableMinor: customer.availableMinor() },
  }
}

/** A spend that came first named the order's amount; the order itself may turn out smaller. */
function spendFlags(
  spentMinor: number,
  amountMinor: number,
  { maxSpendPercentBp }: Situation['program'],
): string[] {
  if (spentMinor > amountMinor) return ['spent-more-than-amount']
  return spentMinor > mostSpendable(amountMinor, maxSpendPercentBp) ? ['spent-more-than-share'] : []
}

/** Money that earns: what was paid with bonuses earns nothing. */
function paidPart(order: Order): number {
  return Math.max(0, (order.facts?.amountMinor ?? 0) - order.spentMinor)
}

type When = 'now' | 'when-paid'

/** Gives the bonuses of an order to the customer and, where there is one, to the referrer. */
function award(desk: Desk, order: Order, terms: Terms, when: When): Order {
  const { customer, friendOf, now } = desk
  const baseMinor = paidPart(order)
  const earnedMinor = bonusesOn(baseMinor, terms.percentBp, terms.rounding, terms.wholeMinor)
  const referredMinor =
    friendOf === undefined || order.referrerId === null
      ? 0
      : bonusesOn(baseMinor, terms.referralPercentBp, terms.rounding, terms.wholeMinor)
  const keptAt = now + terms.activationDelayDays * DAY_MS
  const activatesAt = when === 'when-paid' ? null : keptAt
  const counts = {
    baseMinor,
    percentBp: terms.percentBp,
    tier: terms.tier,
    rounding: terms.rounding,
    spentMinor: order.spentMinor,
  }
  give(desk, customer, order, terms, {
    reason: 'purchase',
    amountMinor: earnedMinor,
    activatesAt,
    details: counts,
  })
  if (friendOf !== undefined && referredMinor > 0) {
    const kept = when === 'when-paid' ? null : Math.max(now, customer.book.account.firstOrderKeptAt ?? keptAt)
    const details = {
      baseMinor,
      percentBp: terms.referralPercentBp,
      rounding: terms.rounding,
      friendId: order.customerId,
    }
    give(desk, friendOf, order, terms, {
      reason: 'referral',
      amountMinor: referredMinor,
      activatesAt: kept,
      details,
    })
  }
  return { ...order, earnedMinor, referredMinor }
}

type Gift = {
  reason: string
  amountMinor: number
  activatesAt: Instant | null
  details: Record<string, unknown>
}

function give(
  desk: Desk,
  pen: Pen,
  order: Order,
  terms: Terms,
  { reason, amountMinor, activatesAt, details }: Gift,
): void {
  if (amountMinor === 0) return
  const state = activatesAt !== null && activatesAt <= desk.now ? 'active' : 'pending'
  const expiresAt = activatesAt === null ? null : expiryAfter(activatesAt, terms.expiryDays)
  pen.earn(
    { orderRef: order.id, reason, amountMinor, state, activatesAt, expiresAt, expiryDays: terms.expiryDays },
    { effect: `${reason}:${order.id}`, programVersion: terms.programVersion, details },
  )
  desk.events.push(
    awarded(pen, reason, amountMinor, order, { pending: state === 'pending', activatesAt, expiresAt }),
  )
}

function awarded(
  pen: Pen,
  reason: string,
  amountMinor: number,
  order: Order | undefined,
  lot: { pending: boolean; activatesAt: Instant | null; expiresAt: Instant | null },
): LoyaltyEvent {
  return {
    type: 'bonus.awarded',
    customerId: pen.book.account.customerId,
    reason,
    amountMinor,
    orderId: order?.orderId ?? null,
    storefront: order?.storefront ?? null,
    ...lot,
    availableMinor: pen.availableMinor(),
  }
}

/** Adds an order to the total spend. The tier that it leads to holds from the next order on. */
function count(desk: Desk, order: Order, terms: Terms): Order {
  const { customer, now } = desk
  const { account } = customer.book
  customer.change({
    totalSpentMinor: account.totalSpentMinor + paidPart(order),
    ordersCount: account.ordersCount + 1,
    firstOrderKeptAt: account.firstOrderKeptAt ?? now + terms.activationDelayDays * DAY_MS,
  })
  if (account.ordersCount === 0 && order.referrerId !== null) {
    desk.events.push({ type: 'referral.qualified', customerId: order.referrerId, friendId: order.customerId })
  }
  judgeTier(desk)
  return { ...order, counted: true }
}

function judgeTier({ customer, program, events }: Desk): void {
  const { account } = customer.book
  const tier = tierFor(program, account.totalSpentMinor)
  const to = tier?.name ?? null
  if (to === account.tier) return
  customer.change({ tier: to })
  const percentBp = program.basePercentBp + (tier?.percentBp ?? 0)
  events.push({ type: 'tier.changed', customerId: account.customerId, from: account.tier, to, percentBp })
}

/** A spend that comes after its order: the part now paid with bonuses should have earned nothing. */
function lessenAward(desk: Desk, order: Order): Order | Refusal<LoyaltyRefusalCode> {
  const { customer, friendOf } = desk
  const terms = order.terms!
  const baseMinor = paidPart(order)
  const earnedMinor =
    order.earnedMinor === 0 ? 0 : bonusesOn(baseMinor, terms.percentBp, terms.rounding, terms.wholeMinor)
  const excessMinor = order.earnedMinor - earnedMinor
  if (excessMinor > 0) {
    const shortMinor = takeBack(desk, customer, order, 'purchase', excessMinor)
    if (shortMinor > 0) {
      return refuse('insufficient-bonuses', {
        availableMinor: 0,
        missingMinor: shortMinor + order.spentMinor,
      })
    }
  }
  let { referredMinor } = order
  if (friendOf !== undefined && referredMinor > 0) {
    const rightMinor = bonusesOn(baseMinor, terms.referralPercentBp, terms.rounding, terms.wholeMinor)
    const shortMinor = takeBack(desk, friendOf, order, 'referral', referredMinor - rightMinor)
    referredMinor = rightMinor + shortMinor
  }
  if (order.counted) {
    customer.change({ totalSpentMinor: customer.book.account.totalSpentMinor - order.spentMinor })
    judgeTier(desk)
  }
  return { ...order, earnedMinor, referredMinor }
}

/** From the order's own lot first, then from what else can be spent; answers what could not be taken. */
function takeBack(desk: Desk, pen: Pen, order: Order, reason: string, amountMinor: number): number {
  if (amountMinor <= 0) return 0
  const own = pen.book.lots.filter((lot) => lot.orderRef === order.id && lot.reason === reason)
  const others =
    reason === 'purchase'
      ? pen.book.lots.filter((lot) => !own.includes(lot) && isSpendable(lot, desk.now))
      : []
  const movements = takeFrom([...own, ...inSpendingOrder(others)], amountMinor)
  const takenMinor = -movements.reduce((sum, movement) => sum + movement.amountMinor, 0)
  if (takenMinor > 0) {
    pen.add({
      kind: 'reverse',
      reason,
      amountMinor: -takenMinor,
      movements,
      orderRef: order.id,
      effect: `reverse-${reason}:${order.id}`,
      programVersion: order.terms!.programVersion,
      details: { because: 'paid-with-bonuses', spentMinor: order.spentMinor },
    })
    desk.events.push({
      type: 'bonus.reversed',
      customerId: pen.book.account.customerId,
      amountMinor: takenMinor,
      orderId: order.orderId,
      storefront: order.storefront,
      availableMinor: pen.availableMinor(),
    })
  }
  return amountMinor - takenMinor
}

/** Lots that waited for the payment get their day; those whose day is now become spendable. */
function schedule(desk: Desk, pen: Pen, order: Order, activatesAt: Instant): void {
  const waiting = (lot: Lot) =>
    lot.orderRef === order.id && lot.state === 'pending' && lot.activatesAt === null && lot.remainingMinor > 0
  for (const lot of pen.book.lots.filter(waiting)) {
    if (activatesAt <= desk.now) {
      activate(pen, lot, activatesAt)
      const amountMinor = lot.remainingMinor
      desk.events.push({
        type: 'bonus.activated',
        customerId: pen.book.account.customerId,
        amountMinor,
        availableMinor: pen.availableMinor(),
      })
    } else {
      pen.add({
        kind: 'activate',
        reason: 'scheduled',
        amountMinor: 0,
        orderRef: order.id,
        details: { lotId: lot.id, activatesAt },
        activation: {
          lotId: lot.id,
          activatesAt,
          expiresAt: expiryAfter(activatesAt, lot.expiryDays),
          state: 'pending',
        },
      })
    }
  }
}

function referralActivation({ customer, now }: Desk, terms: Terms): Instant {
  return Math.max(now, customer.book.account.firstOrderKeptAt ?? now + terms.activationDelayDays * DAY_MS)
}

/** Only somebody who has not bought yet can be brought, and never by himself. */
function acceptReferral({ customer, referrer }: Desk, referrerId: string | undefined): void {
  const { account } = customer.book
  if (referrerId === undefined || referrer?.account.customerId !== referrerId) return
  if (account.referredBy !== null || account.ordersCount > 0 || referrerId === account.customerId) return
  if (referrer.account.referredBy === account.customerId) return
  customer.change({ referredBy: referrerId })
}

function expectedOrder(command: SpendCommand, { customer, currency, newId, now }: Desk): Order {
  return {
    id: newId('order'),
    storefront: command.storefront,
    orderId: command.orderId,
    customerId: customer.book.account.customerId,
    status: 'expected',
    facts: null,
    currency,
    spentMinor: 0,
    earnedMinor: 0,
    referredMinor: 0,
    referrerId: null,
    terms: null,
    counted: false,
    flags: [],
    notes: {},
    createdAt: now,
    paidAt: null,
  }
}

function differences(order: Order, command: PurchaseCommand, customerId: string): string[] {
  const { amountMinor, lines } = order.facts!
  const sorted = (facts: readonly unknown[]) => canonicalJson(facts.map(lineFacts).sort())
  return [
    ...(order.customerId === customerId ? [] : ['customer']),
    ...(amountMinor === command.facts.amountMinor ? [] : ['amount']),
    ...(sorted(lines) === sorted(command.facts.lines) ? [] : ['lines']),
  ]
}

/** What a line costs, and of what: a new name for the same article is no other order. */
function lineFacts(line: unknown): string {
  const { sku, externalId, name, quantity, totalMinor } = line as Record<string, unknown>
  return canonicalJson([sku ?? externalId ?? name ?? null, quantity ?? null, totalMinor ?? null])
}

function conflict(order: Order, differing: string[]): Refusal<LoyaltyRefusalCode> {
  return refuse('order-conflict', {
    orderId: order.orderId,
    storefront: order.storefront,
    differs: differing,
  })
}

/** What time has done meanwhile shows in the answer, but is not written down: a repeat writes nothing. */
function repeat(desk: Desk, order: Order): Decision {
  return { ...conclude(desk, order), entries: [], events: [], books: [], repeated: true }
}

function conclude({ customer, friendOf, events }: Desk, order: Order | undefined): Decision {
  const result: Result = { availableMinor: customer.availableMinor(), tier: customer.book.account.tier }
  if (order !== undefined) {
    Object.assign(result, { orderId: order.orderId, orderStatus: order.status, spentMinor: order.spentMinor })
    if (order.terms !== null) {
      const lots = customer.book.lots.filter((lot) => lot.orderRef === order.id && lot.reason === 'purchase')
      const { percentBp, programVersion } = order.terms
      const pending = lots.some((lot) => lot.state === 'pending' && lot.remainingMinor > 0)
      Object.assign(result, { earnedMinor: order.earnedMinor, percentBp, programVersion, pending })
    }
  }
  const books = friendOf === undefined ? [customer.book] : [customer.book, friendOf.book]
  const entries = friendOf === undefined ? customer.entries : [...customer.entries, ...friendOf.entries]
  return { entries, events, books, order, result, repeated: false }
}
