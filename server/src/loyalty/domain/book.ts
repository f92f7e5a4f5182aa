import type { Instant } from '../../kernel/clock.ts'
import type { Life } from './program.ts'

const NEVER = Number.MAX_SAFE_INTEGER

export type Account = {
  customerId: string
  totalSpentMinor: number
  ordersCount: number
  tier: string | null
  /** Set once the tier is no longer earned: until then it is kept. */
  tierLapsesAt: Instant | null
  /** When time alone may change the tier. */
  tierReviewAt: Instant | null
  referralCode: string
  referredBy: string | null
  referral: 'none' | 'accepted' | 'qualified' | 'review' | 'rejected'
  referredAt: Instant | null
  referralDoubt: string | null
  /** When the customer's first order is beyond return; null before there is one. */
  firstOrderKeptAt: Instant | null
  /** The order that has had what only a first one gets. */
  firstOrderRef: string | null
  welcomed: boolean
  birthdayAt: Instant | null
  debtMinor: number
  /** Lots that end until then have been announced. */
  remindedUntil: Instant | null
  mergedInto: string | null
  /** Nobody is left behind it: what still comes of old orders ends at once. */
  erased: boolean
}

/** Bonuses earned together. While pending without `activatesAt`, it waits for an event. */
export type Lot = Life & {
  id: string
  /** The lot that these bonuses were in before they came back or changed their owner. */
  originId: string | null
  orderRef: string | null
  reason: string
  amountMinor: number
  remainingMinor: number
  state: 'pending' | 'active'
  activatesAt: Instant | null
  expiresAt: Instant | null
  createdAt: Instant
}

/** Bonuses put aside for an order. They have left their lots, so that the lots' expiry cannot touch them. */
export type Hold = {
  id: string
  storefront: string
  orderId: string
  customerId: string
  amountMinor: number
  pins: readonly Movement[]
  state: 'awaiting-confirmation' | 'active' | 'captured' | 'voided' | 'expired'
  capturedMinor: number
  orderAmountMinor: number | null
  /** What the order will be known by that has no id yet; until it comes this is the `orderId` too. */
  reservation: string | null
  confirmedAt: Instant | null
  expiresAt: Instant
  createdAt: Instant
}

/** What was spent on one day of the project's calendar. */
export type DaySpend = { day: number; spentMinor: number; orders: number }

/**
 * An account with its open lots and holds: all that a decision about a customer looks at. Lots that are named by an
 * order at hand are there too, though empty. `history` is loaded where tiers look at a window of time.
 */
export type Book = {
  account: Account
  lots: readonly Lot[]
  holds: readonly Hold[]
  history?: readonly DaySpend[]
}

export type Movement = { lotId: string; amountMinor: number }

export type EntryKind =
  'earn' | 'activate' | 'hold' | 'release' | 'spend' | 'expire' | 'refund' | 'reverse' | 'transfer' | 'adjust'

/** One line of the ledger, before it has its place in the chain. The movements less the debt are the amount. */
export type Entry = {
  id: string
  customerId: string
  kind: EntryKind
  reason: string
  amountMinor: number
  movements: readonly Movement[]
  /** What it added to the debt, or took from it. */
  debtMinor: number
  orderRef: string | null
  /** Unique in the project: what may happen only once. */
  effect: string | null
  programVersion: number | null
  details: Readonly<Record<string, unknown>>
  occurredAt: Instant
  opens?: readonly Lot[]
  changes?: readonly LotChange[]
}

export type LotChange = Pick<Lot, 'id' | 'state' | 'activatesAt' | 'expiresAt'>

/** The book after an entry. Whatever changes lots or debt is an entry, so replaying them gives the same. */
export function evolve(book: Book, entry: Entry): Book {
  const lots = new Map(book.lots.map((lot) => [lot.id, lot]))
  applyTo(lots, entry)
  const account =
    entry.debtMinor === 0
      ? book.account
      : { ...book.account, debtMinor: book.account.debtMinor + entry.debtMinor }
  return { ...book, account, lots: [...lots.values()] }
}

/** What an entry does to lots. */
export function applyTo(lots: Map<string, Lot>, { opens = [], changes = [], movements }: Entry): void {
  const opened = new Set(opens.map(({ id }) => id))
  for (const lot of opens) lots.set(lot.id, lot)
  for (const { id, ...change } of changes) lots.set(id, { ...lots.get(id)!, ...change })
  for (const { lotId, amountMinor } of movements) {
    if (opened.has(lotId)) continue
    const lot = lots.get(lotId)!
    lots.set(lotId, { ...lot, remainingMinor: lot.remainingMinor + amountMinor })
  }
}

/** Spendable at a moment, whether or not the ledger has been told of activation and expiry yet. */
export function isSpendable(lot: Lot, now: Instant): boolean {
  const active = lot.state === 'active' || (lot.activatesAt !== null && lot.activatesAt <= now)
  return active && (lot.expiresAt === null || lot.expiresAt > now) && lot.remainingMinor > 0
}

/** Numbers hold all of it to the last unit. Total and balance have to stay where they do. */
export function isExact({ account, lots, holds }: Book): boolean {
  const openMinor = lots.reduce((sum, lot) => sum + lot.remainingMinor, 0)
  const balanceMinor = holds.reduce((sum, { amountMinor }) => sum + amountMinor, openMinor)
  return [account.totalSpentMinor, account.debtMinor, balanceMinor].every(Number.isSafeInteger)
}

export type Balance = { availableMinor: number; pendingMinor: number; expiringSoonMinor: number }

export function balanceOf(lots: readonly Lot[], now: Instant, soonMs: number): Balance {
  const balance = { availableMinor: 0, pendingMinor: 0, expiringSoonMinor: 0 }
  for (const lot of lots) {
    if (isSpendable(lot, now)) {
      balance.availableMinor += lot.remainingMinor
      if (lot.expiresAt !== null && lot.expiresAt <= now + soonMs)
        balance.expiringSoonMinor += lot.remainingMinor
    } else if (lot.state === 'pending' && (lot.activatesAt === null || lot.activatesAt > now)) {
      balance.pendingMinor += lot.remainingMinor
    }
  }
  return balance
}

/** Earliest expiry first, those that never expire last; among equals the oldest. */
export function inSpendingOrder(lots: readonly Lot[]): Lot[] {
  return [...lots].sort(
    (left, right) =>
      (left.expiresAt ?? NEVER) - (right.expiresAt ?? NEVER) ||
      left.createdAt - right.createdAt ||
      (left.id < right.id ? -1 : 1),
  )
}

/** Takes an amount from lots in their order; less is taken when they hold less. */
export function takeFrom(lots: readonly Lot[], amountMinor: number): Movement[] {
  const movements: Movement[] = []
  let rest = amountMinor
  for (const lot of lots) {
    if (rest === 0) break
    const taken = Math.min(rest, lot.remainingMinor)
    if (taken === 0) continue
    movements.push({ lotId: lot.id, amountMinor: -taken })
    rest -= taken
  }
  return movements
}
