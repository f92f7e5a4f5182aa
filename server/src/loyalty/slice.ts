import type { Instant } from '../kernel/clock.ts'
import type { Book, Hold, Lot } from './domain/book.ts'
import { canonicalEntry } from './domain/canonical-entry.ts'
import type { Decision } from './domain/decision.ts'
import { orderStatus } from './domain/desk.ts'
import type { LoyaltyEvent } from './domain/event.ts'
import type { Order } from './domain/order.ts'
import type { LimitKind, Program } from './domain/program.ts'
import { dueAt } from './domain/settle-due.ts'
import type { Alert, Changes, ChainedEntry, ChainEnd, OrderKey } from './ports/ledger.ts'

/** Books in memory for the length of a transaction, and what is to be written of them. */
export type Slice = {
  books: Map<string, Book & ChainEnd>
  orders: Map<string, Order>
  holds: Map<string, Hold>
  /** By the code that orders bring. */
  reservations: Map<string, { holdId: string | undefined; isImported: boolean }>
  named: Map<string, Lot>
  /** By order. */
  expired: Map<string, number>
  budgets: Map<string, number>
  uses: Map<string, number>
  program: Program
  programOf: (version: number) => Program
  now: Instant
  day: number
  written: Written
}

export type Written = {
  lots: Map<string, Lot & { customerId: string }>
  accounts: Set<string>
  orders: Map<string, Order>
  holds: Map<string, Hold>
  budgets: Map<string, number>
  uses: Map<string, { kind: LimitKind; subject: string; usedMinor: number }>
  /** Imported codes that came with an order before they were given to anybody. */
  spoiled: Set<string>
  entries: ChainedEntry[]
  events: VersionedEvent[]
}

/** With the place in the ledger that the customer's book had come to. */
export type VersionedEvent = LoyaltyEvent & { version: number | null }

const ALERTS: ReadonlySet<LoyaltyEvent['type']> = new Set([
  'limit.reached',
  'referral.suspected',
  'reservation.doubted',
])
const NEXT_LOOK_MS = 60_000

export function nothingWritten(): Written {
  return {
    lots: new Map(),
    accounts: new Set(),
    orders: new Map(),
    holds: new Map(),
    budgets: new Map(),
    uses: new Map(),
    spoiled: new Set(),
    entries: [],
    events: [],
  }
}

/** Puts a decision on the books, each entry in its place in the chain. */
export function applyTo(
  { sha256 }: { sha256: (text: string) => string },
  projectId: string,
  slice: Slice,
  decision: Decision,
  customerId: string,
  staff: string,
): void {
  const { books, written } = slice
  const touchedLots = new Set(
    decision.entries.flatMap(({ movements, changes = [], opens = [] }) => [
      ...movements.map(({ lotId }) => lotId),
      ...changes.map(({ id }) => id),
      ...opens.map(({ id }) => id),
    ]),
  )
  const ends = new Map(
    decision.books.map(({ account }) => [account.customerId, books.get(account.customerId)!]),
  )
  for (const entry of decision.entries) {
    const { sequence: last, lastHash: previousHash } = ends.get(entry.customerId)!
    const sequence = last + 1
    const hash = sha256(canonicalEntry(projectId, sequence, previousHash, entry))
    written.entries.push({ ...entry, sequence, previousHash, hash })
    ends.set(entry.customerId, { ...ends.get(entry.customerId)!, sequence, lastHash: hash })
  }
  for (const { kind, reason, movements, customerId: owner } of decision.entries) {
    if (kind !== 'expire' || reason !== 'expiry') continue
    const lotOf = new Map(
      decision.books.find(({ account }) => account.customerId === owner)!.lots.map((lot) => [lot.id, lot]),
    )
    for (const { lotId, amountMinor } of movements) {
      const lot = lotOf.get(lotId)
      if (lot?.orderRef && lot.reason === 'purchase')
        slice.expired.set(lot.orderRef, (slice.expired.get(lot.orderRef) ?? 0) - amountMinor)
    }
  }
  for (const book of decision.books) {
    const owner = book.account.customerId
    for (const lot of book.lots)
      if (touchedLots.has(lot.id)) written.lots.set(lot.id, { ...lot, customerId: owner })
    const { sequence, lastHash } = ends.get(owner)!
    books.set(owner, { ...book, sequence, lastHash })
    written.accounts.add(owner)
  }
  for (const order of [decision.order, ...(decision.orders ?? [])]) {
    if (order === undefined) continue
    slice.orders.set(orderKey(order), order)
    written.orders.set(orderKey(order), order)
  }
  for (const hold of decision.holds) {
    slice.holds.set(hold.id, hold)
    written.holds.set(hold.id, hold)
  }
  for (const [ruleId, usedMinor] of Object.entries(decision.budgets)) {
    slice.budgets.set(ruleId, (slice.budgets.get(ruleId) ?? 0) + usedMinor)
    written.budgets.set(ruleId, (written.budgets.get(ruleId) ?? 0) + usedMinor)
  }
  for (const [name, usedMinor] of Object.entries(decision.used)) {
    const kind = name as LimitKind
    const subject = subjectOf(kind, customerId, staff)
    const key = useKey(kind, subject)
    slice.uses.set(key, (slice.uses.get(key) ?? 0) + usedMinor)
    written.uses.set(key, { kind, subject, usedMinor: (written.uses.get(key)?.usedMinor ?? 0) + usedMinor })
  }
  const versionOf = (owner: string) => ends.get(owner)?.sequence ?? books.get(owner)?.sequence ?? null
  written.events.push(...decision.events.map((event) => ({ ...event, version: versionOf(event.customerId) })))
}

export function changesOf(
  { newId }: { newId: (kind: 'alert') => string },
  { books, written, program, day, now }: Slice,
  timeZone: string,
): Changes {
  const accounts = [...written.accounts].map((customerId) => {
    const book = books.get(customerId)!
    const { account, sequence, lastHash, lots } = book
    const openMinor = lots.reduce((sum, lot) => sum + lot.remainingMinor, 0)
    return {
      ...account,
      sequence,
      lastHash,
      balanceMinor: openMinor - account.debtMinor,
      dueAt: laterThan(now, dueAt(book, { program, timeZone })),
    }
  })
  const alerts = written.events.flatMap((event): Alert[] => {
    if (!ALERTS.has(event.type)) return []
    const { type, customerId, version: _version, ...details } = event
    return [{ id: newId('alert'), type, customerId, details }]
  })
  return {
    accounts,
    lots: [...written.lots.values()],
    orders: [...written.orders.values()].map((order) => ({ ...order, status: orderStatus(order) })),
    holds: [...written.holds.values()],
    entries: written.entries,
    budgets: [...written.budgets].map(([ruleId, usedMinor]) => ({ ruleId, usedMinor })),
    uses: [...written.uses.values()].map((use) => ({ ...use, day })),
    alerts,
  }
}

/** What is due was just settled: what is left of it waits a little, so that nobody turns on the spot. */
function laterThan(now: Instant, due: Instant | null): Instant | null {
  return due !== null && due <= now ? now + NEXT_LOOK_MS : due
}

export function subjectOf(kind: LimitKind, customerId: string, staff: string): string {
  return kind.startsWith('customer') ? customerId : kind.startsWith('staff') ? staffSubject(staff) : ''
}

export function staffSubject(staff: string): string {
  return `staff:${staff}`
}

export function useKey(kind: string, subject: string): string {
  return `${kind} ${subject}`
}

export function orderKey({ storefront, orderId }: OrderKey): string {
  return `${storefront} ${orderId}`
}
