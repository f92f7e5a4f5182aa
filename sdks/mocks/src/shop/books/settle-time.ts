import { tierFor } from '../program.ts'
import { DAY_MS, type Hold, type Instant, type Lot, type Shop } from '../state.ts'
import { Desk } from './desk.ts'
import { remind, remindable } from './remind.ts'
import { inSpendingOrder, isSpendable, sum, takeFrom, takenBy } from './lots.ts'

/** Writes down what time has done to every book: what became spendable, holds that ran out, what expires and expired. */
export function settleTime(shop: Shop): void {
  const now = shop.now()
  const program = shop.state.programs.at(-1)!
  for (const [customerId, book] of shop.state.books) {
    const { lots, holds } = book
    const isDue =
      lots.some((lot) => isActivating(lot, now) || isExpired(lot, now)) ||
      holds.some((hold) => isOverdue(hold, now)) ||
      remindable({ book, program, now, shop }).length > 0
    if (!isDue) continue
    const desk = new Desk(shop, customerId)
    activateDue(desk)
    for (const hold of desk.openHolds.filter((one) => isOverdue(one, now))) release(desk, hold, 'expired')
    expireDue(desk)
    settleDebt(desk)
    remind(desk)
    judgeTier(desk)
    desk.commit()
  }
}

/** Lots of one origin become spendable, each from its own day on. */
export function activate(desk: Desk, lots: readonly Lot[], at?: Instant): void {
  for (const lot of lots) {
    lot.activatesAt = at ?? lot.activatesAt!
    lot.state = 'active'
    lot.expiresAt ??= expiryAfter(lot.activatesAt, lot.expiryDays)
  }
  const { orderRef, reason } = lots[0]!
  const activated = lots.map(({ id, remainingMinor, activatesAt, expiresAt }) => {
    return { lotId: id, amountMinor: remainingMinor, activatesAt, expiresAt }
  })
  desk.add({ kind: 'activate', reason, amountMinor: 0, orderRef, details: { lots: activated } })
}

/** Gives held bonuses back to their lots. */
export function release(desk: Desk, hold: Hold, state: 'captured' | 'voided' | 'expired'): void {
  desk.add({
    kind: 'release',
    reason: state,
    amountMinor: hold.amountMinor,
    movements: hold.pins.map(({ lotId, amountMinor }) => ({ lotId, amountMinor: -amountMinor })),
    details: { holdId: hold.id },
  })
  hold.state = state
  if (state === 'captured') return
  const { id: holdId, orderId, storefront, amountMinor } = hold
  const released = { ...desk.moved(amountMinor), holdId, orderId, storefront }
  desk.events.push({ type: 'bonus.released', ...released })
  if (state === 'expired') desk.events.push({ type: 'hold.expired', ...released, at: desk.now })
}

export function expireDue(desk: Desk): void {
  const due = desk.lots.filter((lot) => isExpired(lot, desk.now))
  if (due.length === 0) return
  const amountMinor = sum(due.map(({ remainingMinor }) => remainingMinor))
  const { orderRef } = due[0]!
  desk.add({
    kind: 'expire',
    reason: 'expiry',
    amountMinor: -amountMinor,
    movements: due.map(({ id, remainingMinor }) => ({ lotId: id, amountMinor: -remainingMinor })),
    orderRef: due.every((lot) => lot.orderRef === orderRef) ? orderRef : null,
    details: { expired: due.map(({ id, expiresAt }) => ({ lotId: id, expiresAt })) },
  })
  desk.events.push({ type: 'bonus.expired', ...desk.moved(amountMinor) })
}

/** Whoever owes pays with the first bonuses that can be spent. */
export function settleDebt(desk: Desk): void {
  const { debtMinor } = desk.book.account
  if (debtMinor === 0) return
  const lots = inSpendingOrder(desk.lots.filter((lot) => isSpendable(lot, desk.now)))
  const movements = takeFrom(lots, debtMinor)
  const paidMinor = takenBy(movements)
  if (paidMinor === 0) return
  desk.add({
    kind: 'reverse',
    reason: 'debt',
    amountMinor: 0,
    movements,
    debtMinor: -paidMinor,
    details: { paidMinor },
  })
}

/** The tier is what was reached by now; it rises and falls at once. */
export function judgeTier({ book: { account }, program, events, customerId }: Desk): void {
  const reached = tierNow(program, account)
  const from = account.tier
  const to = reached?.name ?? null
  if (from === to) return
  account.tier = to
  const percentBp = program.basePercentBp + (reached?.percentBp ?? 0)
  events.push({ type: 'tier.changed', customerId, from, to, percentBp })
}

export function expiryAfter(activatesAt: Instant, expiryDays: number): Instant | null {
  return expiryDays === 0 ? null : activatesAt + expiryDays * DAY_MS
}

export function reachedBy(program: Desk['program'], account: Desk['book']['account']): number {
  return program.tiersBy === 'spend' ? account.totalSpentMinor : account.ordersCount
}

export function tierNow(program: Desk['program'], account: Desk['book']['account']) {
  return tierFor(program, reachedBy(program, account))
}

function activateDue(desk: Desk): void {
  const due = desk.lots.filter((lot) => isActivating(lot, desk.now))
  if (due.length === 0) return
  const origins = new Map<string, Lot[]>()
  for (const lot of due) {
    const origin = `${lot.orderRef} ${lot.reason}`
    origins.set(origin, [...(origins.get(origin) ?? []), lot])
  }
  for (const lots of origins.values()) activate(desk, lots)
  const alive = due.filter(({ expiresAt }) => expiresAt === null || expiresAt > desk.now)
  const amountMinor = sum(alive.map(({ remainingMinor }) => remainingMinor))
  if (amountMinor > 0) desk.events.push({ type: 'bonus.activated', ...desk.moved(amountMinor) })
}

function isActivating({ state, remainingMinor, activatesAt }: Lot, now: Instant): boolean {
  return state === 'pending' && remainingMinor > 0 && activatesAt !== null && activatesAt <= now
}

function isExpired({ state, remainingMinor, expiresAt }: Lot, now: Instant): boolean {
  return state === 'active' && remainingMinor > 0 && expiresAt !== null && expiresAt <= now
}

function isOverdue({ state, expiresAt }: Hold, now: Instant): boolean {
  return (state === 'active' || state === 'awaiting-confirmation') && expiresAt <= now
}
