import { Pen, type Situation } from './decision.ts'
import type { Account, Book, Hold, Lot, Movement } from './book.ts'
import { judgeTier } from './judge-tier.ts'
import type { LoyaltyEvent } from './event.ts'
import { release, settleDebt, settleDue } from './settle-due.ts'

type Setting = Pick<Situation, 'program' | 'timeZone' | 'now' | 'newId'>

/** What a merge moved, enough to move it back. */
export type MergeRecord = {
  /** Each lot, and what it became. */
  lots: [from: string, into: string][]
  /** Lots that were the survivor's already: an undo leaves them, wherever they once came from. */
  own: string[]
  holds: string[]
  debtMinor: number
  /** The accounts as they were. */
  from: Account
  into: Account
}

export type Moved = { pens: [from: Pen, into: Pen]; events: LoyaltyEvent[] }

/** Everything that `from` has becomes `into`'s, as entries in both books: gone from one, opened in the other. */
export function mergeBooks(
  from: Book,
  into: Book,
  mergeId: string,
  setting: Setting,
): Moved & { record: MergeRecord } {
  const [source, target] = [new Pen(from, setting), new Pen(into, setting)]
  const events = [...settleDue(source, setting), ...settleDue(target, setting)]
  // Of two holds for one order the survivor's own stays.
  for (const hold of source.holds.filter((one) => target.holds.some((other) => isOfSameOrder(one, other))))
    events.push(...release(source, hold, 'voided', setting))
  const record: MergeRecord = {
    lots: [],
    own: target.lots.map(({ id }) => id),
    holds: source.holds.map(({ id }) => id),
    debtMinor: source.account.debtMinor,
    from: source.account,
    into: target.account,
  }
  const moving = source.lots.map(({ id }) => id)
  const opened = carry(source, target, source.holds, moving, record.debtMinor, mergeId)
  record.lots = [...opened]
  target.remember(together(from.history, into.history))
  target.change(joined(source.account, target.account))
  source.change({ ...NOTHING, mergedInto: target.account.customerId })
  events.push(...settleDebt(target, setting.now), ...judgeTier(target, setting, 'purchase'))
  return { pens: [source, target], events, record }
}

/** What of the orders goes back with them. */
export type Part = {
  totalSpentMinor: number
  ordersCount: number
  orderRefs: ReadonlySet<string>
  /** Where the survivor's lots came from, and where those came from, by id. */
  origins: ReadonlyMap<string, Origin>
}

export type Origin = Pick<Lot, 'originId'> & { customerId: string }

/** Moves back what is left of what a merge moved, and what its orders have earned since. What else came since stays. */
export function partBooks(
  from: Book,
  into: Book,
  record: MergeRecord,
  part: Part,
  mergeId: string,
  setting: Setting,
): Moved {
  const [source, target] = [new Pen(from, setting), new Pen(into, setting)]
  const events = settleDue(target, setting)
  source.change({ mergedInto: null })
  const came = new Map(record.lots.map(([old, now]) => [now, old]))
  const holds = target.holds.filter(({ id }) => record.holds.includes(id))
  const held = new Set(holds.flatMap(({ pins }) => pins.map(({ lotId }) => lotId)))
  const ofOrders = target.lots.filter(
    (lot) => lot.orderRef !== null && part.orderRefs.has(lot.orderRef) && lot.reason !== 'referral',
  )
  const own = new Set(record.own)
  const moving = target.lots
    .filter(
      (lot) =>
        !own.has(lot.id) &&
        (came.has(lot.id) ||
          held.has(lot.id) ||
          ofOrders.includes(lot) ||
          descends(lot, source.account.customerId, own, part.origins)),
    )
    .map(({ id }) => id)
  carry(target, source, holds, moving, Math.min(record.debtMinor, target.account.debtMinor), mergeId)
  const { totalSpentMinor, ordersCount } = part
  const was = record.from
  source.change({
    totalSpentMinor,
    ordersCount,
    tier: was.tier,
    referredBy: was.referredBy,
    referral: was.referral,
    referredAt: was.referredAt,
    referralDoubt: was.referralDoubt,
    firstOrderKeptAt: ordersCount === 0 ? null : (was.firstOrderKeptAt ?? setting.now),
    firstOrderRef: was.firstOrderRef,
    welcomed: was.welcomed,
    birthdayAt: was.birthdayAt,
  })
  const now = target.account
  const stays = now.referredBy === joined(was, record.into).referredBy
  target.change({
    totalSpentMinor: now.totalSpentMinor - totalSpentMinor,
    ordersCount: now.ordersCount - ordersCount,
    firstOrderRef: now.firstOrderRef === was.firstOrderRef ? record.into.firstOrderRef : now.firstOrderRef,
    firstOrderKeptAt: now.ordersCount - ordersCount === 0 ? null : now.firstOrderKeptAt,
    ...(stays && {
      referredBy: record.into.referredBy,
      referral: record.into.referral,
      referredAt: record.into.referredAt,
      referralDoubt: record.into.referralDoubt,
    }),
  })
  for (const pen of [source, target])
    events.push(...settleDebt(pen, setting.now), ...judgeTier(pen, setting, 'return'))
  return { pens: [source, target], events }
}

/** Whether bonuses came back beside a lot of this customer since; a lot that the survivor had before ends the search. */
function descends(
  { originId }: Pick<Lot, 'originId'>,
  customerId: string,
  own: ReadonlySet<string>,
  origins: Part['origins'],
): boolean {
  for (let id = originId; id !== null && !own.has(id);) {
    const origin = origins.get(id)
    if (origin === undefined) return false
    if (origin.customerId === customerId) return true
    id = origin.originId
  }
  return false
}

/** Takes lots, the bonuses of holds, and debt out of one book and opens them in the other; answers what each lot became. */
function carry(
  source: Pen,
  target: Pen,
  holds: readonly Hold[],
  lotIds: readonly string[],
  debtMinor: number,
  mergeId: string,
): Map<string, string> {
  for (const hold of holds) {
    source.add({
      kind: 'release',
      reason: 'merged',
      amountMinor: hold.amountMinor,
      movements: hold.pins.map(({ lotId, amountMinor }) => ({ lotId, amountMinor: -amountMinor })),
      details: { holdId: hold.id, mergeId },
    })
  }
  const pinned = holds.flatMap(({ pins }) => pins.map(({ lotId }) => lotId))
  const moving = [...new Set([...lotIds, ...pinned])].flatMap((id) => source.lot(id) ?? [])
  const open = moving.filter(({ remainingMinor }) => remainingMinor > 0)
  const opens = open.map((lot): Lot => {
    const { id, remainingMinor, createdAt, ...rest } = lot
    return { ...target.newLot({ ...rest, originId: id, amountMinor: remainingMinor }), createdAt }
  })
  const became = new Map(open.map(({ id }, index) => [id, opens[index]!.id]))
  const sumMinor = open.reduce((sum, { remainingMinor }) => sum + remainingMinor, 0)
  if (sumMinor > 0 || debtMinor > 0) {
    const details = { mergeId, with: target.account.customerId }
    const out: Movement[] = open.map(({ id, remainingMinor }) => ({
      lotId: id,
      amountMinor: -remainingMinor,
    }))
    const back: Movement[] = opens.map(({ id, amountMinor }) => ({ lotId: id, amountMinor }))
    source.add({
      kind: 'transfer',
      reason: 'merge',
      amountMinor: -sumMinor + debtMinor,
      movements: out,
      debtMinor: -debtMinor,
      details,
    })
    target.add({
      kind: 'transfer',
      reason: 'merge',
      amountMinor: sumMinor - debtMinor,
      movements: back,
      debtMinor,
      opens,
      details: { mergeId, with: source.account.customerId },
    })
  }
  for (const hold of holds) {
    const pins = hold.pins.map(({ lotId, amountMinor }) => ({ lotId: became.get(lotId)!, amountMinor }))
    target.add({
      kind: 'hold',
      reason: 'merged',
      amountMinor: -hold.amountMinor,
      movements: pins,
      details: { holdId: hold.id, mergeId },
    })
    source.drop(hold.id)
    target.put({ ...hold, customerId: target.account.customerId, pins })
  }
  return became
}

const NOTHING: Partial<Account> = {
  totalSpentMinor: 0,
  ordersCount: 0,
  tier: null,
  tierLapsesAt: null,
  tierReviewAt: null,
  firstOrderRef: null,
  firstOrderKeptAt: null,
}

function joined(from: Account, into: Account): Partial<Account> {
  // Whoever brought the other himself has brought nobody.
  const [own, others] = [
    into.referredBy === from.customerId ? null : into.referredBy,
    from.referredBy === into.customerId ? null : from.referredBy,
  ]
  const brought = own !== null ? into : others !== null ? from : undefined
  return {
    totalSpentMinor: into.totalSpentMinor + from.totalSpentMinor,
    ordersCount: into.ordersCount + from.ordersCount,
    referredBy: brought?.referredBy ?? null,
    referral: brought?.referral ?? 'none',
    referredAt: brought?.referredAt ?? null,
    referralDoubt: brought?.referralDoubt ?? null,
    firstOrderKeptAt: earlier(into.firstOrderKeptAt, from.firstOrderKeptAt),
    firstOrderRef: into.firstOrderRef ?? from.firstOrderRef,
    welcomed: into.welcomed || from.welcomed,
    birthdayAt: later(into.birthdayAt, from.birthdayAt),
  }
}

function together(one: Book['history'], other: Book['history']): Book['history'] {
  if (one === undefined || other === undefined) return other ?? one
  const days = new Map(one.map((day) => [day.day, day]))
  for (const { day, spentMinor, orders } of other) {
    const known = days.get(day) ?? { day, spentMinor: 0, orders: 0 }
    days.set(day, { day, spentMinor: known.spentMinor + spentMinor, orders: known.orders + orders })
  }
  return [...days.values()]
}

function earlier(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other)
}

function later(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other)
}

function isOfSameOrder(one: Hold, other: Hold): boolean {
  return one.storefront === other.storefront && one.orderId === other.orderId
}
