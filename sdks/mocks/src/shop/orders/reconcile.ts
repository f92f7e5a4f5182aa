import type { Desk } from '../books/desk.ts'
import { inSpendingOrder, isSpendable, sum, takeFrom, takenBy } from '../books/lots.ts'
import { activate, expireDue, expiryAfter, judgeTier, settleDebt } from '../books/settle-time.ts'
import { refuse, type Refusal } from '../refusal.ts'
import { DAY_MS, type Lot, type Movement, type Order, type OrderFacts, type Terms } from '../state.ts'
import { appraise, isAllBack, keptOf } from './appraise.ts'

type Because = 'news' | 'spend'
type Known = Order & { facts: OrderFacts; terms: Terms }

/**
 * Brings the books to what the order, as it is now, should have done to them. What is due comes from the whole order and
 * its terms, never from one message about it, so that messages may come in any order and any number of times.
 */
export function reconcile(desk: Desk, order: Order, because: Because): Refusal | undefined {
  if (!isKnown(order)) {
    // Only what was spent for it is known: it goes back when nothing will come.
    if (isAllBack(order)) giveBack(desk, order, order.spentMinor)
    return undefined
  }
  const { program } = order.terms
  const { wholeMinor } = desk.shop.state
  const kept = keptOf(order, order.facts, appraise(order.facts, order.terms, order.spentMinor, wholeMinor))
  const due = isDue(order)
  giveBack(desk, order, order.spentMinor - kept.spentMinor)
  // A discount that no bonuses stand behind.
  const isSuspect = order.flags.some((flag) => flag.startsWith('reservation-'))
  const gives = !isSuspect && (due || program.unpaidOrders === 'pending')
  const refusal = moveEarned(desk, order, gives ? kept.earnedMinor : 0, due, because)
  if (refusal !== undefined) return refusal
  const counts = !isSuspect && (order.paidAt !== null || program.unpaidOrders === 'award')
  recount(desk, order, counts && !kept.isAllBack ? kept.moneyMinor : null)
  if (due) schedule(desk, order, desk.now + program.activationDelayDays * DAY_MS)
  return undefined
}

/** Whether the order's bonuses are more than a promise. */
function isDue({ terms: { program }, paidAt, fulfilledAt }: Known): boolean {
  if (program.unpaidOrders === 'award') return true
  return (program.awardOn === 'fulfilment' ? fulfilledAt : paidAt) !== null
}

/** Spent bonuses go back to their own lots, last taken first; where a lot has too little life left they go beside it. */
function giveBack(desk: Desk, order: Order, returnedMinor: number): void {
  const amountMinor = Math.min(returnedMinor, takenBy(order.spentFrom)) - order.returnedMinor
  if (amountMinor <= 0) return
  const { now } = desk
  const { leastLifeDays, expiryDays } = order.terms?.program ?? desk.program
  const leastUntil = now + leastLifeDays * DAY_MS
  const opens: Lot[] = []
  const movements: Movement[] = []
  for (const { lotId, amountMinor: back } of lastTakenFirst(order, amountMinor)) {
    const origin = desk.lot(lotId)
    const lives = origin?.expiresAt === null || (origin?.expiresAt ?? 0) >= leastUntil
    if (origin !== undefined && (lives || leastLifeDays === 0)) {
      movements.push({ lotId, amountMinor: back })
      continue
    }
    const lot = desk.newLot({
      expiryDays,
      originId: lotId,
      orderRef: origin?.orderRef ?? null,
      reason: origin?.reason ?? 'refund',
      amountMinor: back,
      state: 'active',
      activatesAt: now,
      expiresAt: Math.max(origin?.expiresAt ?? 0, leastUntil),
    })
    opens.push(lot)
    // What it holds stands in it already; the ledger names it as well.
    movements.push({ lotId: lot.id, amountMinor: back })
  }
  desk.add({
    kind: 'refund',
    reason: 'order',
    amountMinor,
    movements,
    opens,
    orderRef: order.id,
    programVersion: order.terms?.program.version ?? null,
    details: { lots: opens.map(({ id, originId, expiresAt }) => ({ lotId: id, originId, expiresAt })) },
  })
  desk.events.push({ type: 'bonus.refunded', ...toldOf(desk, order, amountMinor) })
  expireDue(desk)
  settleDebt(desk)
  order.returnedMinor += amountMinor
}

function moveEarned(
  desk: Desk,
  order: Known,
  targetMinor: number,
  due: boolean,
  because: Because,
): Refusal | undefined {
  const wantedMinor = targetMinor - order.earnedMinor
  if (wantedMinor === 0) return undefined
  // What was let go is had already, what was cancelled is taken already.
  const evenMinor =
    wantedMinor > 0
      ? Math.min(wantedMinor, Math.max(0, order.forgivenMinor))
      : Math.max(wantedMinor, Math.min(0, order.forgivenMinor))
  order.forgivenMinor -= evenMinor
  order.earnedMinor = targetMinor
  const changeMinor = wantedMinor - evenMinor
  if (changeMinor > 0) give(desk, order, changeMinor, due)
  if (changeMinor >= 0) return undefined
  // What expired unspent is gone already: nobody gives it back a second time.
  const lapsedMinor =
    because === 'spend' ? 0 : Math.min(-changeMinor, Math.max(0, expiredOf(desk, order) - order.lapsedMinor))
  order.lapsedMinor += lapsedMinor
  const takenMinor = -changeMinor - lapsedMinor
  const policy = because === 'spend' ? 'within-balance' : order.terms.program.whenSpent
  const shortMinor = takeBack(desk, order, takenMinor, policy)
  if (because === 'spend' && shortMinor > 0)
    return refuse('insufficient-bonuses', { availableMinor: 0, missingMinor: shortMinor + order.spentMinor })
  order.forgivenMinor += shortMinor
  return undefined
}

function expiredOf({ book }: Desk, { id }: Order): number {
  const own = new Set(
    book.lots.filter(({ orderRef, reason }) => orderRef === id && reason === 'purchase').map((lot) => lot.id),
  )
  const expired = book.entries.filter(({ kind, reason }) => kind === 'expire' && reason === 'expiry')
  return takenBy(expired.flatMap(({ movements }) => movements).filter(({ lotId }) => own.has(lotId)))
}

function give(desk: Desk, order: Known, amountMinor: number, due: boolean): void {
  const { terms, facts } = order
  const { program, percentBp, tier } = terms
  const activatesAt = due ? desk.now + program.activationDelayDays * DAY_MS : null
  const state = activatesAt !== null && activatesAt <= desk.now ? 'active' : 'pending'
  const expiresAt = activatesAt === null ? null : expiryAfter(activatesAt, program.expiryDays)
  const { expiryDays, rounding } = program
  const reason = 'purchase'
  const baseMinor = Math.max(0, facts.amountMinor - order.spentMinor)
  desk.earn(
    { expiryDays, orderRef: order.id, reason, amountMinor, state, activatesAt, expiresAt },
    {
      programVersion: program.version,
      details: { baseMinor, rounding, percentBp, tier, spentMinor: order.spentMinor },
    },
  )
  if (state === 'active') settleDebt(desk)
  desk.events.push({
    type: 'bonus.awarded',
    ...toldOf(desk, order, amountMinor),
    reason,
    pending: state === 'pending',
    activatesAt,
    expiresAt,
  })
}

/** From the order's own lots first, then by the policy; answers what could not be taken. */
function takeBack(
  desk: Desk,
  order: Known,
  amountMinor: number,
  policy: Terms['program']['whenSpent'],
): number {
  if (amountMinor === 0) return 0
  const ofOrder = desk.lots.filter(
    (lot) => lot.orderRef === order.id && lot.reason === 'purchase' && lot.remainingMinor > 0,
  )
  const own = policy === 'only-pending' ? ofOrder.filter(({ state }) => state === 'pending') : ofOrder
  const others =
    policy === 'only-pending'
      ? []
      : desk.lots.filter((lot) => !ofOrder.includes(lot) && isSpendable(lot, desk.now))
  const movements = takeFrom([...inSpendingOrder(own), ...inSpendingOrder(others)], amountMinor)
  const takenMinor = takenBy(movements)
  const shortMinor = amountMinor - takenMinor
  const debtMinor = policy === 'allow-debt' ? shortMinor : 0
  if (takenMinor + debtMinor > 0) {
    desk.add({
      kind: 'reverse',
      reason: 'purchase',
      amountMinor: -takenMinor - debtMinor,
      movements,
      debtMinor,
      orderRef: order.id,
      programVersion: order.terms.program.version,
      details: { shouldMinor: amountMinor, spentMinor: order.spentMinor, policy },
    })
    desk.events.push({ type: 'bonus.reversed', ...toldOf(desk, order, takenMinor + debtMinor), debtMinor })
  }
  return shortMinor - debtMinor
}

/** What the order counts for in the total spend that tiers look at. */
function recount(desk: Desk, order: Known, targetMinor: number | null): void {
  if (targetMinor === order.countedMinor) return
  const { account } = desk.book
  account.ordersCount += (targetMinor === null ? 0 : 1) - (order.countedMinor === null ? 0 : 1)
  account.totalSpentMinor += (targetMinor ?? 0) - (order.countedMinor ?? 0)
  order.countedMinor = targetMinor
  judgeTier(desk)
}

/** Lots that waited for the order to be due get their day; those whose day is now become spendable. */
function schedule(desk: Desk, order: Order, activatesAt: number): void {
  const waiting = desk.lots.filter(
    (lot) =>
      lot.orderRef === order.id &&
      lot.state === 'pending' &&
      lot.activatesAt === null &&
      lot.remainingMinor > 0,
  )
  if (waiting.length === 0) return
  if (activatesAt <= desk.now) {
    activate(desk, waiting, activatesAt)
    const amountMinor = sum(waiting.map(({ remainingMinor }) => remainingMinor))
    settleDebt(desk)
    desk.events.push({ type: 'bonus.activated', ...desk.moved(amountMinor) })
    return
  }
  for (const lot of waiting) {
    lot.activatesAt = activatesAt
    lot.expiresAt = expiryAfter(activatesAt, lot.expiryDays)
  }
  const lots = waiting.map(({ id, expiresAt }) => ({ lotId: id, activatesAt, expiresAt }))
  desk.add({ kind: 'activate', reason: 'scheduled', amountMinor: 0, orderRef: order.id, details: { lots } })
}

function lastTakenFirst({ spentFrom, returnedMinor }: Order, amountMinor: number): Movement[] {
  const back: Movement[] = []
  let skip = returnedMinor
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

function toldOf(desk: Desk, { orderId, storefront }: Order, amountMinor: number) {
  return { ...desk.moved(amountMinor), orderId, storefront }
}

function isKnown(order: Order): order is Known {
  return order.facts !== null && order.terms !== null
}
