import { DAY_MS } from '../../kernel/clock.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { balanceOf, evolve, isSpendable, type Book, type Entry } from './book.ts'
import type { Decided } from './decide.ts'
import { Pen, type Decision } from './decision.ts'
import { emptyBook, type Shop } from './shop.fixture.ts'
import { endOf } from './reservation.ts'
import { dueAt, settleDue } from './settle-due.ts'

const HORIZONS = [0, 1, 10 * DAY_MS, 400 * DAY_MS]

/** Looks at each decision and at the books after it, and says what must never be. */
export function auditOf(shop: Shop) {
  const replayed = new Map<string, Book>()
  const ownerOf = new Map<string, string>()
  const effects = new Set<string>()
  const given = new Map<string, Ledger>()

  return (decided: Decided, who: string, tierBefore: string | null): string[] => {
    if (isRefusal(decided)) return []
    const problems = resultProblems(shop, decided, who)
    if (decided.repeated) return [...problems, ...repeatProblems(shop, decided)]
    for (const entry of decided.entries) {
      const { customerId, effect, movements, opens = [], changes = [] } = entry
      problems.push(...entryProblems(shop, entry))
      for (const { id } of opens) ownerOf.set(id, customerId)
      for (const id of [...movements.map(({ lotId }) => lotId), ...changes.map((change) => change.id)])
        if (ownerOf.get(id) !== customerId) problems.push(`${entry.id} names a lot of another`)
      if (effect !== null && effects.has(effect)) problems.push(`${effect} happened twice`)
      if (effect !== null) effects.add(effect)
      replayed.set(customerId, evolve(replayed.get(customerId) ?? emptyBook(customerId), entry))
      given.set(customerId, added(given.get(customerId), entry, isOfOwnOrder(shop, entry)))
    }
    for (const book of decided.books) {
      const { customerId } = book.account
      problems.push(...bookProblems(shop, book, replayed.get(customerId)))
      problems.push(...sourceProblems(shop, book, given.get(customerId)))
      problems.push(...timeProblems(shop, book))
    }
    return [...problems, ...orderProblems(decided), ...eventProblems(shop, decided, tierBefore)]
  }
}

/** What the ledger alone can know: what ended, and what was given without an order. */
type Ledger = { endedMinor: number; freeMinor: number; referredMinor: number }

function added(
  ledger: Ledger = { endedMinor: 0, freeMinor: 0, referredMinor: 0 },
  entry: Entry,
  ofOwnOrder: boolean,
): Ledger {
  const { kind, reason, amountMinor } = entry
  const ended = kind === 'expire' || (reason === 'cancelled' && !ofOwnOrder)
  const free = reason === 'welcome' || reason === 'birthday' || kind === 'adjust'
  return {
    endedMinor: ledger.endedMinor + (ended ? amountMinor : 0),
    freeMinor: ledger.freeMinor + (free ? amountMinor : 0),
    referredMinor:
      ledger.referredMinor + (reason === 'referral' && !ended && kind !== 'activate' ? amountMinor : 0),
  }
}

/** What is cancelled of those lots stays with the order. */
function isOfOwnOrder(shop: Shop, { movements: [first] }: Entry): boolean {
  return first !== undefined && shop.lotOf(first.lotId)?.reason === 'purchase'
}

/** The answer says what the books say: of a repeat too. */
function resultProblems(shop: Shop, { result, order }: Decision, who: string): string[] {
  const { available, tier } = shop.standing(who)
  const waits = shop.bookOf(who).lots.some((lot) => {
    const later =
      lot.state === 'pending' && lot.remainingMinor > 0 && (lot.activatesAt ?? Infinity) > shop.now()
    return lot.orderRef === order?.id && lot.reason === 'purchase' && later
  })
  const answers = {
    availableMinor: available,
    tier,
    ...(order?.terms && { earnedMinor: order.earnedMinor, pending: waits }),
  }
  const wrong = Object.entries(answers).filter(
    ([name, value]) => result[name as keyof typeof result] !== value,
  )
  return result.welcomeBonusMinor === undefined
    ? wrong.map(([name]) => `the answer is wrong about ${name}`)
    : []
}

function repeatProblems(shop: Shop, decision: Decision): string[] {
  const { entries, events, books, order, holds, budgets, used } = decision
  const silent = [entries, events, books, holds, Object.keys(budgets), Object.keys(used)].every(
    ({ length }) => length === 0,
  )
  const same = order === undefined || JSON.stringify(shop.orderOf(order)) === JSON.stringify(order)
  return silent && same ? [] : ['a repeat changes something']
}

function entryProblems(shop: Shop, entry: Entry): string[] {
  const { id, kind, amountMinor, movements, debtMinor, opens = [], changes = [], occurredAt } = entry
  const moved = sumOf(movements.map((movement) => movement.amountMinor))
  const lots = new Set(movements.map(({ lotId }) => lotId))
  const into = movements.every((movement) => movement.amountMinor > 0)
  const outOf = movements.every((movement) => movement.amountMinor < 0)
  const opened = opens.every(
    (lot) =>
      lot.amountMinor > 0 &&
      lot.remainingMinor === lot.amountMinor &&
      movements.find(({ lotId }) => lotId === lot.id)?.amountMinor === lot.amountMinor,
  )
  const fits: Record<Entry['kind'], () => boolean> = {
    earn: () => amountMinor > 0 && into && opens.length === 1 && movements.length === 1 && debtMinor === 0,
    activate: () => amountMinor === 0 && movements.length === 0 && changes.length > 0,
    refund: () => amountMinor > 0 && into && debtMinor === 0,
    release: () => amountMinor > 0 && into && debtMinor === 0,
    hold: () => amountMinor < 0 && outOf && debtMinor === 0,
    spend: () => amountMinor < 0 && outOf && debtMinor === 0,
    expire: () => amountMinor < 0 && outOf && debtMinor === 0,
    reverse: () => outOf && (amountMinor < 0 ? debtMinor >= 0 : amountMinor === 0 && debtMinor < 0),
    adjust: () => amountMinor !== 0 && (amountMinor > 0 ? into : outOf),
    transfer: () => true,
  }
  const wrong = [
    moved - debtMinor !== amountMinor && 'does not add up',
    !fits[kind]() && `is no ${kind}`,
    lots.size !== movements.length && 'names a lot twice',
    !opened && 'opens what it does not fill',
    occurredAt !== shop.now() && 'is of another time',
  ]
  return wrong.filter((problem) => problem !== false).map((problem) => `${id} ${problem}`)
}

function bookProblems(shop: Shop, book: Book, replayed: Book | undefined): string[] {
  const { account, lots, holds, history } = book
  const open = (some: Book['lots'] = []) =>
    JSON.stringify(
      some.filter(({ remainingMinor }) => remainingMinor !== 0).sort((a, b) => (a.id < b.id ? -1 : 1)),
    )
  const counted = shop
    .orders()
    .filter(({ customerId, countedMinor }) => customerId === account.customerId && countedMinor !== null)
  const inDays = (history ?? []).filter(({ spentMinor, orders }) => spentMinor !== 0 || orders !== 0)
  const spendable = lots.some((lot) => isSpendable(lot, shop.now()))
  const mayOwe = shop.programs().some(({ refunds }) => refunds.whenSpent === 'allow-debt')
  const wrong = [
    open(lots) !== open(replayed?.lots) && 'is not what its entries say',
    account.debtMinor !== (replayed?.account.debtMinor ?? 0) && 'owes not what its entries say',
    lots.some((lot) => lot.remainingMinor < 0 || lot.remainingMinor > lot.amountMinor) &&
      'has a lot out of bounds',
    !lots.every((lot) => Number.isSafeInteger(lot.remainingMinor)) && 'holds what is no whole number',
    account.debtMinor < 0 && 'is owed',
    account.debtMinor > 0 && spendable && 'owes and could pay',
    account.debtMinor > 0 && !mayOwe && 'owes though nobody may',
    holds.some(({ pins, amountMinor }) => -sumOf(pins.map((pin) => pin.amountMinor)) !== amountMinor) &&
      'has a hold that does not add up',
    holds.some((hold) => endOf(hold) <= shop.now()) && 'has a hold past its deadline',
    account.ordersCount !== counted.length && 'counts orders that are not there',
    account.totalSpentMinor !== sumOf(counted.map(({ countedMinor }) => countedMinor!)) &&
      'has spent what its orders do not say',
    history !== undefined &&
      sumOf(inDays.map(({ spentMinor }) => spentMinor)) !== account.totalSpentMinor &&
      'has another history',
  ]
  return wrong
    .filter((problem) => problem !== false)
    .map((problem) => `the book of ${account.customerId} ${problem}`)
}

/** What is there, is held and has ended is what orders and gifts have given, less what orders have taken. */
function sourceProblems(shop: Shop, { account, lots, holds }: Book, ledger: Ledger | undefined): string[] {
  const { endedMinor, freeMinor, referredMinor } = ledger ?? { endedMinor: 0, freeMinor: 0, referredMinor: 0 }
  const own = shop.orders().filter(({ customerId }) => customerId === account.customerId)
  const heldMinor = sumOf(holds.map(({ amountMinor }) => amountMinor))
  const hasMinor = sumOf(lots.map(({ remainingMinor }) => remainingMinor)) + heldMinor - account.debtMinor
  const shouldMinor =
    sumOf(
      own.map(
        (order) =>
          order.earnedMinor +
          order.forgivenMinor +
          order.lapsedMinor -
          order.spentMinor +
          order.returnedMinor,
      ),
    ) +
    freeMinor +
    referredMinor +
    endedMinor
  return hasMinor === shouldMinor
    ? []
    : [`the book of ${account.customerId} has ${hasMinor} where its sources say ${shouldMinor}`]
}

/** Settled once, there is nothing to settle; the next thing happens when dueAt() says so; and nobody's sleep changes it. */
function timeProblems(shop: Shop, written: Book): string[] {
  const problems: string[] = []
  const { customerId } = written.account
  const program = shop.program()
  const at = (now: number, from: Book) => {
    const pen = new Pen(from, { now, newId: (kind) => `${kind} ${now}` })
    const events = settleDue(pen, { program, timeZone: shop.timeZone, now })
    const changed = pen.entries.length + pen.changedHolds.size > 0
    const { remindedUntil: _one, ...account } = pen.account
    const { remindedUntil: _other, ...before } = from.account
    return {
      book: pen.book,
      isNew: changed || JSON.stringify(account) !== JSON.stringify(before),
      changes: changed || events.length > 0 || JSON.stringify(pen.account) !== JSON.stringify(from.account),
    }
  }
  // Bonuses that have just come back may be worth a reminder at once.
  const { book, isNew } = at(shop.now(), written)
  if (isNew) problems.push(`the book of ${customerId} was not settled`)
  const due = dueAt(book, { program, timeZone: shop.timeZone })
  if (due !== null && due <= shop.now()) problems.push(`the book of ${customerId} is due already`)
  if (due !== null && due > shop.now()) {
    if (at(due - 1, book).changes) problems.push(`the book of ${customerId} changes before it is due`)
    if (!at(due, book).changes) problems.push(`the book of ${customerId} is due for nothing`)
  }
  for (const horizon of HORIZONS) {
    const then = shop.now() + horizon
    let awake = book
    for (let step = 0; ; step++) {
      const next = dueAt(awake, { program, timeZone: shop.timeZone })
      if (next === null || next > then) break
      awake = at(next, awake).book
      if (step > 2000) return [...problems, `the book of ${customerId} never comes to rest`]
    }
    const asleep = at(then, book).book
    if (inShort(asleep, then) !== inShort(awake, then))
      problems.push(
        `the book of ${customerId} depends on when it was looked at: ${inShort(asleep, then)}, not ${inShort(awake, then)}`,
      )
  }
  return problems
}

function inShort({ account, lots, holds }: Book, now: number): string {
  const { availableMinor, pendingMinor } = balanceOf(lots, now, 0)
  const held = sumOf(holds.map(({ amountMinor }) => amountMinor))
  return JSON.stringify([availableMinor, pendingMinor, held, account.debtMinor, account.tier])
}

function orderProblems({ order, orders = [] }: Decision): string[] {
  return [...(order === undefined ? [] : [order]), ...orders].flatMap((one) => {
    const taken = -sumOf(one.spentFrom.map(({ amountMinor }) => amountMinor))
    const wrong = [
      one.returnedMinor > one.spentMinor && 'gave back more than was spent',
      [one.returnedMinor, one.spentMinor, one.earnedMinor, one.referredMinor].some((minor) => minor < 0) &&
        'is less than nothing',
      taken !== one.spentMinor && 'was paid from lots that do not add up',
      (one.countedMinor ?? 0) < 0 && 'counts less than nothing',
    ]
    return wrong
      .filter((problem) => problem !== false)
      .map((problem) => `the order ${one.orderId} ${problem}`)
  })
}

const TOLD: Record<Entry['kind'], string | null> = {
  earn: 'bonus.awarded',
  spend: 'bonus.spent',
  reverse: 'bonus.reversed',
  expire: 'bonus.expired',
  refund: 'bonus.refunded',
  hold: 'bonus.held',
  release: 'bonus.released',
  adjust: 'bonus.adjusted',
  activate: null,
  transfer: null,
}
/** Changes that nobody has to be told of. */
const SILENT = ['debt', 'cancelled', 'captured', 'erased']

/** Whoever listens to the events alone has to arrive at the same amounts. */
function eventProblems(
  shop: Shop,
  { entries, events, books }: Decision,
  tierBefore: string | null,
): string[] {
  const written = new Map<string, number>()
  const told = new Map<string, number>()
  const count = (map: Map<string, number>, key: string, amount: number) =>
    void map.set(key, (map.get(key) ?? 0) + amount)
  const expired = new Set(
    entries.flatMap(({ reason, movements }) =>
      reason === 'expiry' ? movements.map(({ lotId }) => lotId) : [],
    ),
  )
  const paidDebt = entries.some(({ reason }) => reason === 'debt')
  for (const { kind, reason, customerId, amountMinor, details } of entries) {
    const type = TOLD[kind]
    if (type !== null && !SILENT.includes(reason)) count(written, `${type} ${customerId}`, amountMinor)
    if (kind !== 'activate' || reason === 'scheduled') continue
    for (const lot of details.lots as { lotId: string; amountMinor: number }[])
      if (!expired.has(lot.lotId)) count(written, `bonus.activated ${customerId}`, lot.amountMinor)
  }
  const MINUS = ['bonus.spent', 'bonus.reversed', 'bonus.expired', 'bonus.held']
  const IGNORED = ['hold.expired', 'bonus.expiring']
  for (const event of events)
    if ('amountMinor' in event && !IGNORED.includes(event.type))
      count(
        told,
        `${event.type} ${event.customerId}`,
        event.amountMinor * (MINUS.includes(event.type) ? -1 : 1),
      )
  const problems = [...new Set([...written.keys(), ...told.keys()])]
    .filter((key) => (written.get(key) ?? 0) !== (told.get(key) ?? 0))
    .filter((key) => !(paidDebt && key.startsWith('bonus.activated')))
    .map((key) => `${key}: told ${told.get(key)}, written ${written.get(key)}`)
  const silent = entries.some(({ reason }) => SILENT.includes(reason))
  for (const { account, lots } of silent ? [] : books) {
    const available = balanceOf(lots, shop.now(), 0).availableMinor
    const last = events.findLast(
      (event) => 'availableMinor' in event && event.customerId === account.customerId,
    )
    if (last !== undefined && 'availableMinor' in last && last.availableMinor !== available)
      problems.push('the last event tells another balance')
  }
  const { customerId, tier } = books[0]!.account
  const changes = events
    .filter((event) => event.type === 'tier.changed')
    .filter((one) => one.customerId === customerId)
  const path = [tierBefore, ...changes.map(({ to }) => to)]
  if (changes.some(({ from, to }, at) => from !== path[at] || from === to))
    problems.push('a tier changed from what it was not')
  if (path.at(-1) !== tier) problems.push('nobody was told of the tier')
  return problems
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0)
}
