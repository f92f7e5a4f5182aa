import { DAY_MS, type Instant } from '../../kernel/clock.ts'
import { refuse, type Refusal } from '../../kernel/refusal.ts'
import { appraise, isAllBack, keptOf } from './appraise.ts'
import { inSpendingOrder, isSpendable, takeFrom, type Lot, type Movement } from './book.ts'
import type { LoyaltyRefusalCode } from './command.ts'
import type { Pen } from './decision.ts'
import { programOfOrder, type Desk } from './desk.ts'
import { judgeTier, reachedBy, withDay } from './judge-tier.ts'
import { isDue, type Order, type OrderFacts, type Terms } from './order.ts'
import { expiryAfter, lifeOf, tierFor, type Program } from './program.ts'
import { isSuspect } from './reservation.ts'
import { activate, expireDue, settleDebt } from './settle-due.ts'

export type Because = 'purchase' | 'return' | 'spend' | 'referral'

/** An order whose facts and terms are known. */
type Known = Order & { facts: OrderFacts; terms: Terms }

/**
 * Brings the books to what the order, as it is now, should have done to them. What is due is computed from the whole
 * order and its terms, never from one message about it, so that messages may come in any order and any number of times.
 */
export function reconcile(desk: Desk, order: Order, because: Because): Order | Refusal<LoyaltyRefusalCode> {
  const before = entriesOf(desk)
  const reconciled = isKnown(order) ? settle(desk, order, because) : settleUnknown(desk, order)
  if ('refused' in reconciled || entriesOf(desk) === before) return reconciled
  return { ...reconciled, revision: reconciled.revision + 1 }
}

function settle(desk: Desk, order: Known, because: Because): Order | Refusal<LoyaltyRefusalCode> {
  const program = programOfOrder(desk, order)
  const kept = keptOf(order, order.facts, appraise(order.facts, program, order.terms, order.spentMinor))
  const due = isDue(order, program)
  const suspect = isSuspect(order)
  const gives = !suspect && (due || program.unpaidOrders === 'pending')
  const given = giveBack(desk, order, program, order.spentMinor - kept.spentMinor)
  const counts = !suspect && (order.paidAt !== null || program.unpaidOrders === 'award')
  const earned = moveEarned(desk, { ...order, ...given }, program, gives ? kept.earnedMinor : 0, due, because)
  if ('refused' in earned) return earned
  const referredMinor = gives && order.referrerId !== null ? kept.referredMinor : 0
  const referred = moveReferred(desk, earned, program, referredMinor, due)
  const counted = recount(desk, referred, counts && !kept.isAllBack ? kept.moneyMinor : null)
  if (due) {
    schedule(desk, desk.customer, counted, desk.now + order.terms.activationDelayDays * DAY_MS)
    if (desk.friendOf !== undefined) schedule(desk, desk.friendOf, counted, keptFrom(desk, order.terms))
  }
  if (kept.isAllBack && desk.customer.account.firstOrderRef === order.id)
    desk.customer.change({ firstOrderRef: null })
  return counted
}

/** Only what was spent for it is known: it goes back when nothing will come. */
function settleUnknown(desk: Desk, order: Order): Order {
  return isAllBack(order) ? giveBack(desk, order, desk.program, order.spentMinor) : order
}

/** Spent bonuses go back to their own lots, last taken first; where a lot has too little life left they go beside it. */
function giveBack<O extends Order>(desk: Desk, order: O, program: Program, returnedMinor: number): O {
  const amountMinor = Math.min(returnedMinor, spentIn(order.spentFrom)) - order.returnedMinor
  if (amountMinor <= 0) return order
  const { customer, now, lots } = desk
  const leastUntil = now + program.refunds.leastLifeDays * DAY_MS
  const opens: Lot[] = []
  const movements: Movement[] = []
  for (const { lotId, amountMinor: back } of lastTakenFirst(
    order.spentFrom,
    order.returnedMinor,
    amountMinor,
  )) {
    const own = customer.lot(lotId)
    const origin = own ?? lots.get(lotId)
    const lives = origin?.expiresAt === null || (origin?.expiresAt ?? 0) >= leastUntil
    if (own !== undefined && (lives || program.refunds.leastLifeDays === 0)) {
      movements.push({ lotId, amountMinor: back })
      continue
    }
    const lot = customer.newLot({
      ...lifeOf(program),
      originId: lotId,
      orderRef: origin?.orderRef ?? null,
      reason: origin?.reason ?? 'refund',
      amountMinor: back,
      state: 'active',
      activatesAt: now,
      expiresAt: lives ? (origin?.expiresAt ?? null) : Math.max(origin?.expiresAt ?? 0, leastUntil),
    })
    opens.push(lot)
    movements.push({ lotId: lot.id, amountMinor: back })
  }
  customer.add({
    kind: 'refund',
    reason: 'order',
    amountMinor,
    movements,
    opens,
    orderRef: order.id,
    effect: effectOf('refund', order),
    programVersion: order.terms?.programVersion ?? null,
    details: { lots: opens.map(({ id, originId, expiresAt }) => ({ lotId: id, originId, expiresAt })) },
  })
  desk.events.push({ type: 'bonus.refunded', ...toldOf(customer, order, amountMinor) })
  desk.events.push(...expireDue(customer, now), ...settleDebt(customer, now))
  return { ...order, returnedMinor: order.returnedMinor + amountMinor }
}

function moveEarned(
  desk: Desk,
  order: Known,
  program: Program,
  targetMinor: number,
  due: boolean,
  because: Because,
): Known | Refusal<LoyaltyRefusalCode> {
  const { customer } = desk
  const wantedMinor = targetMinor - order.earnedMinor
  if (wantedMinor === 0) return order
  // What was let go is had already, what was cancelled is taken already.
  const evenMinor =
    wantedMinor > 0
      ? Math.min(wantedMinor, Math.max(0, order.forgivenMinor))
      : Math.max(wantedMinor, Math.min(0, order.forgivenMinor))
  const evened = { ...order, forgivenMinor: order.forgivenMinor - evenMinor }
  const changeMinor = wantedMinor - evenMinor
  if (changeMinor === 0) return { ...evened, earnedMinor: targetMinor }
  if (changeMinor > 0) {
    const activatesAt = due ? desk.now + order.terms.activationDelayDays * DAY_MS : null
    give(desk, customer, order, program, 'purchase', changeMinor, activatesAt)
    return { ...evened, earnedMinor: targetMinor }
  }
  if (because !== 'spend') {
    const lapsedMinor = Math.min(-changeMinor, Math.max(0, expiredOf(desk, order) - order.lapsedMinor))
    if (lapsedMinor > 0)
      return takeEarned(
        desk,
        { ...evened, lapsedMinor: order.lapsedMinor + lapsedMinor },
        program,
        targetMinor,
        lapsedMinor + changeMinor,
      )
  }
  const policy = because === 'spend' ? 'within-balance' : program.refunds.whenSpent
  const shortMinor = takeBack(desk, customer, order, 'purchase', -changeMinor, policy)
  if (because === 'spend' && shortMinor > 0)
    return refuse('insufficient-bonuses', { availableMinor: 0, missingMinor: shortMinor + order.spentMinor })
  return { ...evened, earnedMinor: targetMinor, forgivenMinor: evened.forgivenMinor + shortMinor }
}

/** What ended unspent is gone already: nobody gives it back a second time. */
function takeEarned(
  desk: Desk,
  order: Known,
  program: Program,
  targetMinor: number,
  changeMinor: number,
): Known {
  const shortMinor = takeBack(desk, desk.customer, order, 'purchase', -changeMinor, program.refunds.whenSpent)
  return { ...order, earnedMinor: targetMinor, forgivenMinor: order.forgivenMinor + shortMinor }
}

function expiredOf({ customer, expiredMinor = 0 }: Desk, { id }: Order): number {
  const justNow = customer.entries
    .filter(({ kind, reason }) => kind === 'expire' && reason === 'expiry')
    .flatMap(({ movements }) => movements)
    .filter(({ lotId }) => customer.lot(lotId)?.orderRef === id && customer.lot(lotId)?.reason === 'purchase')
  return expiredMinor + spentIn(justNow)
}

/** The referrer never owes: what is spent stays spent. */
function moveReferred(desk: Desk, order: Known, program: Program, targetMinor: number, due: boolean): Known {
  // Merged with his own friend, he has it in his own book; nothing more comes.
  const isOwn = order.referrerId === order.customerId
  const friendOf = desk.friendOf ?? (isOwn && targetMinor < order.referredMinor ? desk.customer : undefined)
  const changeMinor = targetMinor - order.referredMinor
  if (friendOf === undefined || changeMinor === 0) return order
  if (changeMinor > 0)
    give(desk, friendOf, order, program, 'referral', changeMinor, due ? keptFrom(desk, order.terms) : null)
  else takeBack(desk, friendOf, order, 'referral', -changeMinor, 'own-lots')
  return { ...order, referredMinor: targetMinor }
}

function give(
  desk: Desk,
  pen: Pen,
  order: Known,
  program: Program,
  reason: 'purchase' | 'referral',
  amountMinor: number,
  activatesAt: Instant | null,
): void {
  const { terms, facts } = order
  const life = { ...lifeOf(program), expiryDays: terms.expiryDays }
  const state = activatesAt !== null && activatesAt <= desk.now ? 'active' : 'pending'
  const expiresAt = activatesAt === null ? null : expiryAfter(activatesAt, life, desk.timeZone)
  const counts = { baseMinor: Math.max(0, facts.amountMinor - order.spentMinor), rounding: terms.rounding }
  const details =
    reason === 'purchase'
      ? { ...counts, percentBp: terms.percentBp, tier: terms.tier, spentMinor: order.spentMinor }
      : { ...counts, percentBp: terms.referralPercentBp, friendId: order.customerId }
  pen.earn(
    { ...life, orderRef: order.id, reason, amountMinor, state, activatesAt, expiresAt },
    { effect: effectOf(reason, order), programVersion: terms.programVersion, details },
  )
  if (state === 'active') desk.events.push(...settleDebt(pen, desk.now))
  desk.events.push({
    type: 'bonus.awarded',
    ...toldOf(pen, order, amountMinor),
    reason,
    pending: state === 'pending',
    activatesAt,
    expiresAt,
  })
}

/** From the order's own lots first, then by the policy; answers what could not be taken. */
function takeBack(
  desk: Desk,
  pen: Pen,
  order: Known,
  reason: 'purchase' | 'referral',
  amountMinor: number,
  policy: Program['refunds']['whenSpent'] | 'own-lots',
): number {
  const ofOrder = pen.lots.filter(
    (lot) => lot.orderRef === order.id && lot.reason === reason && lot.remainingMinor > 0,
  )
  const own = policy === 'only-pending' ? ofOrder.filter(({ state }) => state === 'pending') : ofOrder
  const reachesOthers = policy === 'within-balance' || policy === 'allow-debt'
  const others = reachesOthers
    ? pen.lots.filter((lot) => !ofOrder.includes(lot) && isSpendable(lot, desk.now))
    : []
  const movements = takeFrom([...inSpendingOrder(own), ...inSpendingOrder(others)], amountMinor)
  const takenMinor = spentIn(movements)
  const shortMinor = amountMinor - takenMinor
  const debtMinor = policy === 'allow-debt' ? shortMinor : 0
  if (takenMinor + debtMinor > 0) {
    pen.add({
      kind: 'reverse',
      reason,
      amountMinor: -takenMinor - debtMinor,
      movements,
      debtMinor,
      orderRef: order.id,
      effect: effectOf(`reverse-${reason}`, order),
      programVersion: order.terms.programVersion,
      details: { shouldMinor: amountMinor, spentMinor: order.spentMinor, policy },
    })
    desk.events.push({ type: 'bonus.reversed', ...toldOf(pen, order, takenMinor + debtMinor), debtMinor })
  }
  return shortMinor - debtMinor
}

/** What the order counts for in the total spend and in the days that tiers look at. */
function recount(desk: Desk, order: Known, targetMinor: number | null): Known {
  if (targetMinor === order.countedMinor) return order
  const { customer, now, timeZone } = desk
  const { account } = customer
  const reached = tierFor(desk.program, reachedBy(customer.book, desk))?.name ?? null
  const countedAt = order.countedAt ?? now
  const orders = (targetMinor === null ? 0 : 1) - (order.countedMinor === null ? 0 : 1)
  const spentMinor = (targetMinor ?? 0) - (order.countedMinor ?? 0)
  const ordersCount = account.ordersCount + orders
  customer.change({
    totalSpentMinor: account.totalSpentMinor + spentMinor,
    ordersCount,
    firstOrderKeptAt:
      ordersCount === 0 ? null : (account.firstOrderKeptAt ?? now + order.terms.activationDelayDays * DAY_MS),
  })
  customer.remember(withDay(customer.book.history, countedAt, timeZone, { spentMinor, orders }))
  if (orders > 0 && order.referrerId !== null && account.referral === 'accepted') {
    customer.change({ referral: 'qualified' })
    desk.events.push({ type: 'referral.qualified', customerId: order.referrerId, friendId: order.customerId })
  }
  // A tier that outlives what earned it, by grace or by policy, was not earned by what comes back now.
  const lessens = (spentMinor < 0 || orders < 0) && reached === account.tier
  desk.events.push(...judgeTier(customer, desk, lessens ? 'return' : 'purchase'))
  return { ...order, countedMinor: targetMinor, countedAt: targetMinor === null ? null : countedAt }
}

/** Lots that waited for the order to be due get their day; those whose day is now become spendable. */
function schedule(desk: Desk, pen: Pen, order: Order, activatesAt: Instant): void {
  const waiting = pen.lots.filter(
    (lot) =>
      lot.orderRef === order.id &&
      lot.state === 'pending' &&
      lot.activatesAt === null &&
      lot.remainingMinor > 0,
  )
  if (waiting.length === 0) return
  if (activatesAt <= desk.now) {
    activate(pen, waiting, desk.timeZone, activatesAt)
    const amountMinor = waiting.reduce((sum, { remainingMinor }) => sum + remainingMinor, 0)
    desk.events.push(...settleDebt(pen, desk.now))
    desk.events.push({
      type: 'bonus.activated',
      customerId: pen.account.customerId,
      amountMinor,
      availableMinor: pen.availableMinor(),
    })
    return
  }
  const changes = waiting.map((lot) => {
    const expiresAt = expiryAfter(activatesAt, lot, desk.timeZone)
    return { id: lot.id, state: 'pending' as const, activatesAt, expiresAt }
  })
  const lots = changes.map(({ id, expiresAt }) => ({ lotId: id, activatesAt, expiresAt }))
  pen.add({
    kind: 'activate',
    reason: 'scheduled',
    amountMinor: 0,
    orderRef: order.id,
    details: { lots },
    changes,
  })
}

/** A referrer's bonuses wait until the friend's first order is beyond return. */
function keptFrom({ customer, now }: Desk, terms: Terms): Instant {
  return Math.max(now, customer.account.firstOrderKeptAt ?? now + terms.activationDelayDays * DAY_MS)
}

/** The next of the spent bonuses to go back: the list of what was taken, from its end, past what went back already. */
function lastTakenFirst(spentFrom: readonly Movement[], skipMinor: number, amountMinor: number): Movement[] {
  const back: Movement[] = []
  let skip = skipMinor
  let rest = amountMinor
  for (const { lotId, amountMinor: taken } of [...spentFrom].reverse()) {
    const free = Math.max(0, -taken - skip)
    skip = Math.max(0, skip + taken)
    const part = Math.min(free, rest)
    rest -= part
    if (part > 0) back.push({ lotId, amountMinor: part })
  }
  return back
}

function spentIn(movements: readonly Movement[]): number {
  return -movements.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
}

/** Named by the order and how often it has changed: the last guard against doing the same twice. */
export function effectOf(kind: string, { id, revision }: Order): string {
  return revision === 0 ? `${kind}:${id}` : `${kind}:${id}#${revision}`
}

function toldOf(pen: Pen, { orderId, storefront }: Order, amountMinor: number) {
  return {
    customerId: pen.account.customerId,
    amountMinor,
    orderId,
    storefront,
    availableMinor: pen.availableMinor(),
  }
}

function isKnown(order: Order): order is Known {
  return order.facts !== null && order.terms !== null
}

function entriesOf({ customer, friendOf }: Desk): number {
  return customer.entries.length + (friendOf?.entries.length ?? 0)
}
