import { DAY_MS, type Instant } from '../../kernel/clock.ts'
import { inSpendingOrder, isSpendable, takeFrom, type Book, type Hold, type Lot } from './book.ts'
import { dayNumber, startOfDay } from './calendar.ts'
import { Pen, type Situation } from './decision.ts'
import type { LoyaltyEvent } from './event.ts'
import { passTime } from './judge-tier.ts'
import { expiryAfter, type Program } from './program.ts'
import { endOf } from './reservation.ts'

export type Moment = Pick<Situation, 'program' | 'timeZone' | 'now'>

/** Nobody wants a reminder at night. */
const REMINDING_HOUR = 10

/** Writes down what time has done to a book: what became spendable, holds that ran out, what expired, tiers that lapsed. Every decision begins with it. */
export function settleDue(pen: Pen, moment: Moment): LoyaltyEvent[] {
  return [
    ...momentsOf(pen, moment).flatMap((at) => passMoment(pen, { ...moment, now: at })),
    ...remind(pen, moment),
    ...passTime(pen, moment),
  ]
}

function passMoment(pen: Pen, moment: Moment): LoyaltyEvent[] {
  const { now } = moment
  return [
    ...activateDue(pen, moment),
    ...pen.holds
      .filter((hold) => endOf(hold) <= now)
      .flatMap((hold) => release(pen, hold, 'expired', moment)),
    ...expireDue(pen, now),
    ...settleDebt(pen, now),
  ]
}

/** Where there is a debt, bonuses pay it when they come, and not only if somebody looks before they end. */
function momentsOf({ account, lots, holds }: Pen, { now }: Moment): Instant[] {
  if (account.debtMinor === 0) return [now]
  const coming = lots.flatMap(({ state, activatesAt }) => (state === 'pending' ? (activatesAt ?? now) : now))
  const moments = [...coming, ...holds.map(endOf), now].filter((at) => at <= now)
  return [...new Set(moments)].sort((left, right) => left - right)
}

/** The book as it is at a moment, written down or not. */
export function settled(book: Book, moment: Moment): Book {
  let ids = 0
  const pen = new Pen(book, { now: moment.now, newId: () => `~${ids++}` })
  settleDue(pen, moment)
  return pen.book
}

/** When time will next change something here; null when it never does. */
export function dueAt(
  { account, lots, holds }: Book,
  { program, timeZone }: Pick<Moment, 'program' | 'timeZone'>,
): Instant | null {
  let due = Infinity
  let firstEnd = Infinity
  for (const lot of lots) {
    if (lot.remainingMinor === 0) continue
    const at = lot.state === 'pending' ? lot.activatesAt : lot.expiresAt
    if (at !== null && at < due) due = at
    if (isRemindable(lot, account.remindedUntil, program)) firstEnd = Math.min(firstEnd, lot.expiresAt)
  }
  if (firstEnd !== Infinity) due = Math.min(due, remindingDay(firstEnd, program, timeZone))
  for (const hold of holds) due = Math.min(due, endOf(hold))
  for (const at of [account.tierReviewAt, account.tierLapsesAt]) if (at !== null && at < due) due = at
  return due === Infinity ? null : due
}

function activateDue(pen: Pen, { now, timeZone }: Moment): LoyaltyEvent[] {
  const due = pen.lots.filter(
    (lot) =>
      lot.state === 'pending' && lot.remainingMinor > 0 && lot.activatesAt !== null && lot.activatesAt <= now,
  )
  if (due.length === 0) return []
  let alive = 0
  for (const group of groupBy(due, ({ orderRef, reason }) => `${orderRef} ${reason}`)) {
    activate(pen, group, timeZone)
    for (const { id } of group) {
      const { expiresAt, remainingMinor } = pen.lot(id)!
      if (expiresAt === null || expiresAt > now) alive += remainingMinor
    }
  }
  return alive === 0 ? [] : [{ type: 'bonus.activated', ...toldOf(pen, alive) }]
}

/** Lots of one origin become spendable, each from its own day on. */
export function activate(pen: Pen, lots: readonly Lot[], timeZone: string, at?: Instant): void {
  const changes = lots.map((lot) => {
    const activatesAt = at ?? lot.activatesAt!
    const expiresAt = lot.expiresAt ?? expiryAfter(activatesAt, lot, timeZone)
    return { id: lot.id, state: 'active' as const, activatesAt, expiresAt }
  })
  const { orderRef, reason } = lots[0]!
  const activated = changes.map(({ id, activatesAt, expiresAt }) => ({
    lotId: id,
    amountMinor: pen.lot(id)!.remainingMinor,
    activatesAt,
    expiresAt,
  }))
  pen.add({ kind: 'activate', reason, amountMinor: 0, orderRef, details: { lots: activated }, changes })
}

/** Gives held bonuses back to their lots; those that ended meanwhile expire with what else is due. */
export function release(
  pen: Pen,
  hold: Hold,
  state: 'captured' | 'voided' | 'expired',
  { now }: Moment,
): LoyaltyEvent[] {
  pen.add({
    kind: 'release',
    reason: state,
    amountMinor: hold.amountMinor,
    movements: hold.pins.map(({ lotId, amountMinor }) => ({ lotId, amountMinor: -amountMinor })),
    details: { holdId: hold.id },
  })
  pen.put({ ...hold, state })
  if (state === 'captured') return []
  const { id: holdId, orderId, storefront, amountMinor } = hold
  const released = { ...toldOf(pen, amountMinor), holdId, orderId, storefront }
  const events: LoyaltyEvent[] = [{ type: 'bonus.released', ...released }]
  return state === 'expired' ? [...events, { type: 'hold.expired', ...released, at: now }] : events
}

export function expireDue(pen: Pen, now: Instant): LoyaltyEvent[] {
  const due = pen.lots.filter(
    (lot) =>
      lot.state === 'active' && lot.remainingMinor > 0 && lot.expiresAt !== null && lot.expiresAt <= now,
  )
  if (due.length === 0) return []
  const amountMinor = due.reduce((sum, { remainingMinor }) => sum + remainingMinor, 0)
  const [{ orderRef }] = due as [Lot]
  pen.add({
    kind: 'expire',
    reason: 'expiry',
    amountMinor: -amountMinor,
    movements: due.map(({ id, remainingMinor }) => ({ lotId: id, amountMinor: -remainingMinor })),
    orderRef: due.every((lot) => lot.orderRef === orderRef) ? orderRef : null,
    details: { expired: due.map(({ id, expiresAt }) => ({ lotId: id, expiresAt })) },
  })
  return [{ type: 'bonus.expired', ...toldOf(pen, amountMinor) }]
}

/** Whoever owes pays with the first bonuses that can be spent. */
export function settleDebt(pen: Pen, now: Instant): LoyaltyEvent[] {
  const { debtMinor } = pen.account
  if (debtMinor === 0) return []
  const movements = takeFrom(inSpendingOrder(pen.lots.filter((lot) => isSpendable(lot, now))), debtMinor)
  const paidMinor = -movements.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  if (paidMinor === 0) return []
  pen.add({
    kind: 'reverse',
    reason: 'debt',
    amountMinor: 0,
    movements,
    debtMinor: -paidMinor,
    details: { paidMinor },
  })
  return []
}

function remind(pen: Pen, { program, timeZone, now }: Moment): LoyaltyEvent[] {
  const { remindedUntil, customerId } = pen.account
  const soon = pen.lots.filter(
    (lot): lot is Lot & { expiresAt: Instant } =>
      lot.remainingMinor > 0 &&
      isRemindable(lot, remindedUntil, program) &&
      lot.expiresAt - (program.expiryReminderDays + 1) * DAY_MS <= now &&
      isSpendable(lot, now) &&
      remindingDay(lot.expiresAt, program, timeZone) <= now,
  )
  if (soon.length === 0) return []
  const ends = soon.map(({ expiresAt }) => expiresAt)
  pen.change({ remindedUntil: Math.max(...ends) })
  return [
    {
      type: 'bonus.expiring',
      customerId,
      amountMinor: soon.reduce((sum, { remainingMinor }) => sum + remainingMinor, 0),
      expiresAt: Math.min(...ends),
      availableMinor: pen.availableMinor(),
    },
  ]
}

/** Never for bonuses that were given for less time than the reminder is early. */
function isRemindable(
  lot: Lot,
  remindedUntil: Instant | null,
  { expiryReminderDays }: Program,
): lot is Lot & { expiresAt: Instant } {
  if (expiryReminderDays === 0 || lot.state !== 'active' || lot.expiresAt === null) return false
  if (remindedUntil !== null && lot.expiresAt <= remindedUntil) return false
  return lot.expiresAt - expiryReminderDays * DAY_MS > (lot.activatesAt ?? lot.createdAt)
}

function remindingDay(expiresAt: Instant, { expiryReminderDays }: Program, timeZone: string): Instant {
  return startOfDay(dayNumber(expiresAt, timeZone) - expiryReminderDays, timeZone, REMINDING_HOUR)
}

function toldOf(pen: Pen, amountMinor: number) {
  return { customerId: pen.account.customerId, amountMinor, availableMinor: pen.availableMinor() }
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return [...groups.values()]
}
