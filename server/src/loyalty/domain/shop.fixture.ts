import { DAY_MS } from '../../kernel/clock.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { balanceOf, type Book, type Entry, type Hold, type Lot, type Movement } from './book.ts'
import { dayNumber } from './calendar.ts'
import type {
  LoyaltyCommand,
  Payment,
  PurchaseCommand,
  Spared,
  SpendCommand,
  StateCommand,
} from './command.ts'
import { decide, type Decided } from './decide.ts'
import type { Situation } from './decision.ts'
import type { LoyaltyEvent } from './event.ts'
import { withDay } from './judge-tier.ts'
import type { Order, OrderLine, Stage } from './order.ts'
import { FIRST_RULES, LIMIT_KINDS, type LimitKind, type Program, type Rules } from './program.ts'
import { codeIn } from './reservation.ts'
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
  const ownerOf = new Map<string, string>()
  const entries: Entry[] = []
  const events: LoyaltyEvent[] = []
  const budgets: Record<string, number> = {}
  const used = new Map<string, number>()
  let now = Date.UTC(2026, 0, 1)
  let program: Program = { ...FIRST_RULES, ...rules, version: 1 }
  const programs = new Map([[1, program]])
  let doubt: Situation['doubt']
  let waitedMs = 0
  let ids = 0

  function bookOf(customerId: string): Book {
    const { history: _history, ...kept } = books.get(customerId) ?? emptyBook(customerId)
    const pinned = kept.holds.flatMap(({ pins }) => pins)
    const book = withLots(kept, customerId, pinned)
    return program.tierPolicy.window.kind === 'all-time' ? book : { ...book, history: historyOf(customerId) }
  }

  /** Lots that are named somewhere come with the book, though they are empty. */
  function withLots(book: Book, customerId: string, named: readonly Movement[]): Book {
    const ids = new Set(named.map(({ lotId }) => lotId))
    for (const { id } of book.lots) ids.delete(id)
    const more = [...ids].filter((id) => ownerOf.get(id) === customerId).map((id) => lots.get(id)!)
    return more.length === 0 ? book : { ...book, lots: [...book.lots, ...more] }
  }

  function orderFor(command: LoyaltyCommand): Order | undefined {
    if ('orderId' in command) return orders.get(keyOf(command))
    const orderRef = 'lotId' in command ? lots.get(command.lotId)?.orderRef : undefined
    return [...orders.values()].find(({ id }) => id === orderRef)
  }

  function historyOf(customerId: string) {
    let history: Book['history'] = []
    for (const { customerId: owner, countedMinor, countedAt } of orders.values())
      if (owner === customerId && countedMinor !== null)
        history = withDay(history, countedAt!, timeZone, { spentMinor: countedMinor, orders: 1 })
    return history
  }

  function situationOf(customerId: string, command: LoyaltyCommand): Situation {
    const order = orderFor(command)
    const from = order?.spentFrom ?? []
    const asked = 'lotId' in command ? [{ lotId: command.lotId, amountMinor: 0 }] : []
    const book = withLots(bookOf(customerId), customerId, [...from, ...asked])
    const referrerId =
      order?.referrerId ??
      book.account.referredBy ??
      ('referrerId' in command ? command.referrerId : undefined)
    return {
      book,
      referrer: referrerId === undefined || referrerId === customerId ? undefined : bookOf(referrerId),
      order,
      lots: new Map(from.map(({ lotId }) => [lotId, lots.get(lotId)!])),
      expiredMinor: expiredOf(order, customerId),
      hold: holds.get(holdOf(command) ?? ''),
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
      reservation: reservationIn(command),
      arrivedAt: now - waitedMs,
      newId: (kind: string) => `${kind}_${String(ids++).padStart(6, '0')}`,
    }
  }

  function reservationIn(command: LoyaltyCommand): Situation['reservation'] {
    const code = command.kind === 'purchase' && command.told ? codeIn(command.told) : undefined
    const hold = code === undefined ? undefined : [...holds.values()].find((one) => one.reservation === code)
    return { hold, isImported: false }
  }

  function expiredOf(order: Order | undefined, customerId: string): number {
    const ended = entries.filter(
      (one) => one.customerId === customerId && one.kind === 'expire' && one.reason === 'expiry',
    )
    return -ended
      .flatMap(({ movements }) => movements)
      .filter(
        ({ lotId }) => lots.get(lotId)?.orderRef === order?.id && lots.get(lotId)?.reason === 'purchase',
      )
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  }

  function usedKey(kind: LimitKind, customerId: string): string {
    return `${kind} ${kind.startsWith('customer') ? customerId : ''} ${dayNumber(now, timeZone)}`
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
    for (const { opens = [], customerId: owner } of decided.entries)
      for (const { id } of opens) ownerOf.set(id, owner)
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
    holds: () => [...holds.values()],
    lotOf: (id: string) => lots.get(id),
    entries: entries as readonly Entry[],
    events: events as readonly LoyaltyEvent[],
    now: () => now,
    program: () => program,
    programs: () => [...programs.values()],
    timeZone,
    wholeMinor,
    pass: (durationMs: number) => void (now += durationMs),
    /** What is told from now on had waited that long. */
    arriveLate: (durationMs: number) => void (waitedMs = durationMs),
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
    payment,
    told,
  }: Named & {
    by?: string | undefined
    currency?: string
    lines?: readonly OrderLine[]
    paid?: boolean
    payment?: Payment
    told?: PurchaseCommand['told']
  } = {},
): PurchaseCommand {
  const facts = { amountMinor, currency, lines }
  return {
    kind: 'purchase',
    storefront,
    orderId: order,
    facts,
    paid,
    payment,
    told,
    referrerId: by,
    flags: [],
    notes: {},
  }
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
    currency = 'RUB',
  }: Named & {
    amount?: number
    lines?: readonly OrderLine[]
    refunded?: number
    payment?: Payment
    by?: string | undefined
    currency?: string
  } = {},
): StateCommand {
  return {
    kind: 'state',
    storefront,
    orderId: order,
    facts: amount === undefined ? undefined : { amountMinor: amount, currency, lines },
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
type OfHold = Who & Named & { id?: string }
export const holds =
  (
    amountMinor: number,
    {
      who = 'anna',
      order: orderId = 'A',
      storefront = 'tilda',
      of,
      days = 1,
      asks = false,
    }: Who & Named & { of?: number; days?: number; asks?: boolean } = {},
  ): Step =>
  (shop) =>
    shop.run(who, {
      kind: 'hold',
      storefront,
      orderId,
      amountMinor,
      orderAmountMinor: of,
      expiresInMs: days * DAY_MS,
      awaitsConfirmation: asks,
    })
export const confirms =
  (which: OfHold = {}): Step =>
  (shop) =>
    shop.run(which.who ?? 'anna', { kind: 'confirm-hold', ...holdIn(shop, which) })
export const voids =
  (which: OfHold & { spares?: Spared } = {}): Step =>
  (shop) =>
    shop.run(which.who ?? 'anna', { kind: 'void-hold', ...holdIn(shop, which), spares: which.spares })
export const captures =
  (which: OfHold & { amount?: number } = {}): Step =>
  (shop) =>
    shop.run(which.who ?? 'anna', {
      kind: 'capture-hold',
      ...holdIn(shop, which),
      amountMinor: which.amount,
    })
export const adjusts =
  (
    amountMinor: number,
    {
      who = 'anna',
      id = `${amountMinor}`,
      staff = 'shop',
      days,
    }: Who & { id?: string; staff?: string; days?: number } = {},
  ): Step =>
  (shop) =>
    shop.run(who, {
      kind: 'adjust',
      amountMinor,
      reason: 'goodwill',
      staff,
      effectId: id,
      expiresAt: days === undefined ? undefined : shop.now() + days * DAY_MS,
    })
/** Of the newest lot of an order. */
export const activates = (which: Who & { order?: string } = {}): Step => ofLot('activate-lot', which)
export const cancels = (which: Who & { order?: string } = {}): Step => ofLot('cancel-lot', which)
export const judges =
  (accept: boolean, { who = 'anna' }: Who = {}): Step =>
  (shop) =>
    shop.run(who, { kind: 'judge-referral', accept })
export const celebrates =
  (year: number, { who = 'anna' }: Who = {}): Step =>
  (shop) =>
    shop.run(who, { kind: 'birthday', year })
export const forfeits =
  ({ who = 'anna' }: Who = {}): Step =>
  (shop) =>
    shop.run(who, { kind: 'forfeit' })
export const doubts =
  (why: Situation['doubt']): Step =>
  (shop) =>
    shop.doubtReferrals(why)
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

/** The last hold of an order, or the one that is named. */
function holdIn(shop: Shop, { order: orderId = 'A', storefront = 'tilda', id }: OfHold) {
  const last = shop.holds().findLast((hold) => hold.orderId === orderId && hold.storefront === storefront)
  return { storefront, orderId, holdId: id ?? last?.id ?? 'none' }
}

function ofLot(
  kind: 'activate-lot' | 'cancel-lot',
  { who = 'anna', order = 'A' }: Who & { order?: string },
): Step {
  return (shop) => {
    const orderRef = shop.orderOf({ storefront: 'tilda', orderId: order })?.id
    const opened = shop.entries.flatMap(({ opens = [], customerId }) => (customerId === who ? opens : []))
    const lotId = opened.findLast((lot) => lot.orderRef === orderRef)?.id ?? 'none'
    return shop.run(who, { kind, lotId })
  }
}

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
    erased: false,
  }
  return { account, lots: [], holds: [] }
}

function holdOf(command: LoyaltyCommand): string | undefined {
  if ('holdId' in command) return command.holdId
  const payment = 'payment' in command ? command.payment : undefined
  return payment !== undefined && 'holdId' in payment ? payment.holdId : undefined
}

function keyOf({ storefront, orderId }: { storefront: string; orderId: string }): string {
  return `${storefront} ${orderId}`
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.values(value).forEach(frozen)
  return Object.freeze(value)
}
