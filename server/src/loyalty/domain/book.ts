import type { Instant } from '../../kernel/clock.ts'

const NEVER = Number.MAX_SAFE_INTEGER

export type Account = {
  customerId: string
  totalSpentMinor: number
  ordersCount: number
  tier: string | null
  referralCode: string
  referredBy: string | null
  /** When the customer's first order is beyond return; null before there is one. */
  firstOrderKeptAt: Instant | null
  welcomed: boolean
}

/** Bonuses earned together. While pending without `activatesAt`, it waits for an event. */
export type Lot = {
  id: string
  orderRef: string | null
  reason: string
  amountMinor: number
  remainingMinor: number
  state: 'pending' | 'active'
  activatesAt: Instant | null
  expiresAt: Instant | null
  expiryDays: number
  createdAt: Instant
}

/** An account with its open lots: all that a decision about a customer looks at. */
export type Book = { account: Account; lots: readonly Lot[] }

export type Movement = { lotId: string; amountMinor: number }

/** One line of the ledger, before it has its place in the chain. */
export type Entry = {
  id: string
  customerId: string
  kind: 'earn' | 'activate' | 'spend' | 'expire' | 'reverse'
  reason: string
  amountMinor: number
  movements: readonly Movement[]
  orderRef: string | null
  /** Unique in the project: what may happen only once. */
  effect: string | null
  programVersion: number | null
  details: Readonly<Record<string, unknown>>
  occurredAt: Instant
  opens?: Lot
  activation?: { lotId: string; activatesAt: Instant; expiresAt: Instant | null; state: Lot['state'] }
}

/** The book after an entry. Whatever changes lots is an entry, so replaying them gives the same lots. */
export function evolve(book: Book, entry: Entry): Book {
  if (entry.opens !== undefined) return { ...book, lots: [...book.lots, entry.opens] }
  if (entry.activation !== undefined) {
    const { lotId, ...change } = entry.activation
    return { ...book, lots: book.lots.map((lot) => (lot.id === lotId ? { ...lot, ...change } : lot)) }
  }
  const taken = new Map(entry.movements.map(({ lotId, amountMinor }) => [lotId, amountMinor]))
  const lots = book.lots.map((lot) => {
    const amountMinor = taken.get(lot.id)
    return amountMinor === undefined ? lot : { ...lot, remainingMinor: lot.remainingMinor + amountMinor }
  })
  return { ...book, lots }
}

/** Spendable at a moment, whether or not the ledger has been told of activation and expiry yet. */
export function isSpendable(lot: Lot, now: Instant): boolean {
  const active = lot.state === 'active' || (lot.activatesAt !== null && lot.activatesAt <= now)
  return active && (lot.expiresAt === null || lot.expiresAt > now) && lot.remainingMinor > 0
}

/** Numbers hold all of it to the last unit. Total and balance have to stay where they do. */
export function isExact({ account, lots }: Book): boolean {
  const balanceMinor = lots.reduce((sum, lot) => sum + lot.remainingMinor, 0)
  return Number.isSafeInteger(account.totalSpentMinor) && Number.isSafeInteger(balanceMinor)
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
