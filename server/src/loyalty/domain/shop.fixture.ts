import { DAY_MS } from '../../kernel/clock.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { balanceOf, type Book, type Entry, type Hold, type Lot } from './book.ts'
import { dayNumber } from './calendar.ts'
import type { LoyaltyCommand, Payment, PurchaseCommand, SpendCommand, StateCommand } from './command.ts'
import { decide, type Decided } from './decide.ts'
import type { Situation } from './decision.ts'
import type { LoyaltyEvent } from './event.ts'
import { withDay } from './judge-tier.ts'
import type { Order, OrderLine, Stage } from './order.ts'
import { FIRST_RULES, LIMIT_KINDS, type LimitKind, type Program, type Rules } from './program.ts'
import { settled } from './settle-due.ts'

export type Standing = {
  available: number
  pending: number
  held: number
  debt: number
  total: number
  orders: number
  tier: string | null
  referredBy: string | null
}

/** `keepsEmptyLots`: as between two commands of one slice; otherwise as after a reload, which brings open lots only. */
/** `keepsEmptyLots`: as between two commands of one slice; otherwise as after a reload, which brings open lots only. */
type Setup = { currency: string; wholeMinor: number; keepsEmptyLots: boolean; timeZone: string }

export type Shop = ReturnType<typeof openShop>

/** Runs commands through decide() and keeps the books as the engine does. What it hands in is frozen. */
export function openShop(rules: Partial<Rules> = {}, setup: Partial<Setup> = {}) {
  const { currency, wholeMinor, keepsEmptyLots, timeZone } = {
    currency: 'RUB',
    wholeMinor: 100,
    keepsEmptyLots: false,
    timeZone: 'Europe/Moscow',
    ...setup,
  }
  const books = new Map<string, Book>()
  const orders = new Map<string, Order>()
  const holds = new Map<string, Hold>()
  const lots = new Map<string, Lot>()
  const entries: Entry[] = []
  const events: LoyaltyEvent[] = []
  const budgets: Record<string, number> = {}
  const used = new Map<string, number>()
  let now = Date.UTC(2026, 0, 1)
  let program: Program = { ...FIRST_RULES, ...rules, version: 1 }
  const programs = new Map([[1, program]])
  let doubt: Situation['doubt']
  let ids = 0

  function bookOf(customerId: string): Book {
    const { history: _history, ...book } = books.get(customerId) ?? emptyBook(customerId)
    return program.tierPolicy.window.kind === 'all-time' ? book : { ...book, history: historyOf(customerId) }
  }

  function historyOf(customerId: string) {
    let history: Book['history'] = []
    for (const { customerId: owner, countedMinor, countedAt } of orders.values())
      if (owner === customerId && countedMinor !== null)
        history = withDay(history, countedAt!, timeZone, { spentMinor: countedMinor, orders: 1 })
    return history
  }

  function situationOf(customerId: string, command: LoyaltyCommand): Situation {
    const order = 'orderId' in command ? orders.get(keyOf(command)) : undefined
    const book = bookOf(customerId)
    const named = (order?.spentFrom ?? []).flatMap(({ lotId }) => lots.get(lotId) ?? [])
    const own = named.filter(
      ({ id }) => entriesOwner(id) === customerId && !book.lots.some((lot) => lot.id === id),
    )
    const referrerId =
      order?.referrerId ??
      book.account.referredBy ??
      ('referrerId' in command ? command.referrerId : undefined)
    return {
      book: { ...book, lots: [...book.lots, ...own] },
      referrer: referrerId === undefined || referrerId === customerId ? undefined : bookOf(referrerId),
      order,
      lots: new Map(named.map((lot) => [lot.id, lot])),
      hold: 'holdId' in command ? holds.get(command.holdId) : undefined,
      friendOrders: [...orders.values()].filter((one) => one.customerId === customerId),
      program,
      programOf: (version) => programs.get(version)!,
      doubt,
      budgets: Object.fromEntries(
        program.rules.flatMap(({ id, budgetMinor }) =>
          budgetMinor === null ? [] : [[id, Math.max(0, budgetMinor - (budgets[id] ?? 0))]],
        ),
      ),
      used: Object.fromEntries(LIMIT_KINDS.map((kind) => [kind, used.get(usedKey(kind, customerId)) ?? 0])),
      currency,
      wholeMinor,
      timeZone,
      now,
      newId: (kind: string) => `${kind}_${String(ids++).padStart(6, '0')}`,
    }
  }

  function usedKey(kind: LimitKind, customerId: string): string {
    return `${kind} ${kind.startsWith('customer') ? customerId : ''} ${dayNumber(now, timeZone)}`
  }

  function entriesOwner(lotId: string): string | undefined {
    return entries.find(({ opens }) => opens?.some(({ id }) => id === lotId))?.customerId
  }

  function run(customerId: string, command: LoyaltyCommand): Decided {
    const decided = decide(frozen(command), frozen(situationOf(customerId, command)))
    if (isRefusal(decided) || decided.repeated) return decided
    for (const written of decided.books) {
      for (const lot of written.lots) lots.set(lot.id, lot)
      const kept = keepsEmptyLots
        ? written.lots
        : written.lots.filter(({ remainingMinor }) => remainingMinor > 0)
      books.set(written.account.customerId, { ...written, lots: kept })
    }
    for (const order of [decided.order, ...(decided.orders ?? [])])
      if (order !== undefined) orders.set(keyOf(order), order)
    for (const hold of decided.holds) holds.set(hold.id, hold)
    for (const [rule, taken] of Object.entries(decided.budgets)) budgets[rule] = (budgets[rule] ?? 0) + taken
    for (const [kind, amount] of Object.entries(decided.used) as [LimitKind, number][]) {
      const key = usedKey(kind, customerId)
      used.set(key, (used.get(key) ?? 0) + amount)
    }
    entries.push(...decided.entries)
    events.push(...decided.events)
    return decided
  }

  /** As a read shows it: with all that time has done, written down or not. */
  function standing(customerId: string, at = now): Standing {
    const { account, lots: open, holds: held } = settled(bookOf(customerId), { program, timeZone, now: at })
    const { availableMinor, pendingMinor } = balanceOf(open, at, 0)
    const { totalSpentMinor, ordersCount, tier, referredBy, debtMinor } = account
    return {
      available: availableMinor,
      pending: pendingMinor,
      held: held.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
      debt: debtMinor,
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
    situationOf,
    orderOf: (key: { storefront: string; orderId: string }) => orders.get(keyOf(key)),
    orders: () => [...orders.values()],
    holdOf: (id: string) => holds.get(id),
    entries: entries as readonly Entry[],
    events: events as readonly LoyaltyEvent[],
    now: () => now,
    program: () => program,
    pass: (durationMs: number) => void (now += durationMs),
    doubtReferrals: (why: Situation['doubt']) => void (doubt = why),
    publish: (change: Partial<Rules>) => {
      program = { ...program, ...change, version: program.version + 1 }
      programs.set(program.version, program)
    },
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
    lines?: readonly OrderLine[]
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

/** What a shop says of an order as it is now. */
export function state(
  status: Stage | 'cancelled' | 'refunded',
  {
    order = 'A',
    storefront = 'tilda',
    amount,
    lines = [],
    refunded,
    payment,
    by,
  }: Named & {
    amount?: number
    lines?: readonly OrderLine[]
    refunded?: number
    payment?: Payment
    by?: string
  } = {},
): StateCommand {
  return {
    kind: 'state',
    storefront,
    orderId: order,
    facts: amount === undefined ? undefined : { amountMinor: amount, currency: 'RUB', lines },
    stage: status === 'cancelled' ? 'created' : status === 'refunded' ? 'paid' : status,
    cancelled: status === 'cancelled',
    refundedMinor: status === 'refunded' ? 'all' : refunded,
    payment,
    referrerId: by,
    flags: [],
    notes: {},
  }
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
    shop.run(who, state('paid', { order }))
export const tells =
  (
    status: Parameters<typeof state>[0],
    { who = 'anna', ...more }: Who & NonNullable<Parameters<typeof state>[1]> = {},
  ): Step =>
  (shop) =>
    shop.run(who, state(status, more))
type Back = Who & Named & { id?: string; amount?: number; lines?: { key: string; quantity: number }[] }
export const refunds =
  ({ who = 'anna', order = 'A', storefront = 'tilda', id = 'R', amount, lines }: Back = {}): Step =>
  (shop) =>
    shop.run(who, { kind: 'refund', storefront, orderId: order, refundId: id, amountMinor: amount, lines })
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
    tierLapsesAt: null,
    tierReviewAt: null,
    referralCode: `code-${customerId}`,
    referredBy: null,
    referral: 'none' as const,
    referredAt: null,
    referralDoubt: null,
    firstOrderKeptAt: null,
    firstOrderRef: null,
    welcomed: false,
    birthdayAt: null,
    debtMinor: 0,
    remindedUntil: null,
    mergedInto: null,
  }
  return { account, lots: [], holds: [] }
}

function keyOf({ storefront, orderId }: { storefront: string; orderId: string }): string {
  return `${storefront} ${orderId}`
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.values(value).forEach(frozen)
  return Object.freeze(value)
}
