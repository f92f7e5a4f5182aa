import { DAY_MS } from '../../kernel/clock.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { balanceOf, type Book, type Entry } from './book.ts'
import type { LoyaltyCommand, PurchaseCommand, SpendCommand } from './command.ts'
import { decide, type Decided } from './decide.ts'
import type { Order } from './order.ts'
import { FIRST_RULES, type Program, type Rules } from './program.ts'

export type Standing = {
  available: number
  pending: number
  total: number
  orders: number
  tier: string | null
  referredBy: string | null
}

/** `keepsEmptyLots`: as between two commands of one slice; otherwise as after a reload, which brings open lots only. */
type Setup = { currency: string; wholeMinor: number; keepsEmptyLots: boolean }

export type Shop = ReturnType<typeof openShop>

/** Runs commands through decide() and keeps the books as the engine does. What it hands in is frozen. */
export function openShop(rules: Partial<Rules> = {}, setup: Partial<Setup> = {}) {
  const { currency, wholeMinor, keepsEmptyLots } = {
    currency: 'RUB',
    wholeMinor: 100,
    keepsEmptyLots: false,
    ...setup,
  }
  const books = new Map<string, Book>()
  const orders = new Map<string, Order>()
  const entries: Entry[] = []
  let now = Date.UTC(2026, 0, 1)
  let program: Program = { ...FIRST_RULES, ...rules, version: 1 }
  let ids = 0

  function bookOf(customerId: string): Book {
    return books.get(customerId) ?? emptyBook(customerId)
  }

  function run(customerId: string, command: LoyaltyCommand): Decided {
    const book = bookOf(customerId)
    const referrerId = book.account.referredBy ?? ('referrerId' in command ? command.referrerId : undefined)
    const situation = {
      book,
      referrer: referrerId === undefined || referrerId === customerId ? undefined : bookOf(referrerId),
      order: 'orderId' in command ? orders.get(keyOf(command)) : undefined,
      program,
      currency,
      wholeMinor,
      now,
      newId: (kind: string) => `${kind}_${String(ids++).padStart(6, '0')}`,
    }
    const decided = decide(frozen(command), frozen(situation))
    if (isRefusal(decided) || decided.repeated) return decided
    for (const written of decided.books) {
      const lots = keepsEmptyLots
        ? written.lots
        : written.lots.filter(({ remainingMinor }) => remainingMinor > 0)
      books.set(written.account.customerId, { ...written, lots })
    }
    if (decided.order !== undefined) orders.set(keyOf(decided.order), decided.order)
    entries.push(...decided.entries)
    return decided
  }

  function standing(customerId: string, at = now): Standing {
    const { account, lots } = bookOf(customerId)
    const { availableMinor, pendingMinor } = balanceOf(lots, at, 0)
    const { totalSpentMinor, ordersCount, tier, referredBy } = account
    return {
      available: availableMinor,
      pending: pendingMinor,
      total: totalSpentMinor,
      orders: ordersCount,
      tier,
      referredBy,
    }
  }

  return {
    run,
    standing,
    bookOf,
    orderOf: (key: { storefront: string; orderId: string }) => orders.get(keyOf(key)),
    orders: () => [...orders.values()],
    entries: entries as readonly Entry[],
    now: () => now,
    program: () => program,
    pass: (durationMs: number) => void (now += durationMs),
    publish: (change: Partial<Rules>) =>
      void (program = { ...program, ...change, version: program.version + 1 }),
  }
}

type Named = { order?: string; storefront?: string }

export function purchase(
  amountMinor: number,
  {
    order = 'A',
    storefront = 'tilda',
    by,
    currency = 'RUB',
    lines = [],
    paid = true,
  }: Named & {
    by?: string | undefined
    currency?: string
    lines?: readonly unknown[]
    paid?: boolean
  } = {},
): PurchaseCommand {
  const facts = { amountMinor, currency, lines }
  return { kind: 'purchase', storefront, orderId: order, facts, paid, referrerId: by, flags: [], notes: {} }
}

export function spend(
  amountMinor: number,
  { order = 'A', storefront = 'tilda', of }: Named & { of?: number | undefined } = {},
): SpendCommand {
  return { kind: 'spend', storefront, orderId: order, amountMinor, orderAmountMinor: of }
}

/** One sentence of a story; those about a customer answer what was decided. */
export type Step = (shop: Shop) => Decided | void
type Who = { who?: string }

export const buys =
  (amountMinor: number, { who = 'anna', ...more }: Who & Parameters<typeof purchase>[1] = {}): Step =>
  (shop) =>
    shop.run(who, purchase(amountMinor, more))
export const spends =
  (amountMinor: number, { who = 'anna', ...more }: Who & Parameters<typeof spend>[1] = {}): Step =>
  (shop) =>
    shop.run(who, spend(amountMinor, more))
export const pays =
  ({ who = 'anna', order = 'A' }: Who & { order?: string } = {}): Step =>
  (shop) =>
    shop.run(who, { kind: 'pay', storefront: 'tilda', orderId: order })
export const registers =
  ({ who = 'anna', by }: Who & { by?: string } = {}): Step =>
  (shop) =>
    shop.run(who, { kind: 'register', referrerId: by })
export const settles =
  ({ who = 'anna' }: Who = {}): Step =>
  (shop) =>
    shop.run(who, { kind: 'settle' })
export const passes =
  ({ days = 0, ms = 0 }: { days?: number; ms?: number }): Step =>
  (shop) =>
    shop.pass(days * DAY_MS + ms)
export const publishes =
  (change: Partial<Rules>): Step =>
  (shop) =>
    shop.publish(change)

export function emptyBook(customerId: string): Book {
  const account = {
    customerId,
    totalSpentMinor: 0,
    ordersCount: 0,
    tier: null,
    referralCode: `code-${customerId}`,
    referredBy: null,
    firstOrderKeptAt: null,
    welcomed: false,
  }
  return { account, lots: [] }
}

function keyOf({ storefront, orderId }: { storefront: string; orderId: string }): string {
  return `${storefront} ${orderId}`
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.values(value).forEach(frozen)
  return Object.freeze(value)
}
