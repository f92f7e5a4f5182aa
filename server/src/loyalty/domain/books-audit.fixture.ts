import { isRefusal } from '../../kernel/refusal.ts'
import { evolve, isSpendable, type Book, type Entry } from './book.ts'
import type { Decided } from './decide.ts'
import type { Decision } from './decision.ts'
import { emptyBook, type Shop } from './shop.fixture.ts'

/** Looks at each decision and at the books after it, and says what must never be. */
export function auditOf(shop: Shop) {
  const replayed = new Map<string, Book>()
  const ownerOf = new Map<string, string>()
  const effects = new Set<string>()

  return (decided: Decided, who: string, tierBefore: string | null): string[] => {
    if (isRefusal(decided)) return []
    const problems = resultProblems(shop, decided, who)
    if (decided.repeated) return [...problems, ...repeatProblems(shop, decided)]
    for (const entry of decided.entries) {
      problems.push(...entryProblems(shop, entry))
      if (entry.opens !== undefined) ownerOf.set(entry.opens.id, entry.customerId)
      const lots = [...entry.movements.map(({ lotId }) => lotId), entry.activation?.lotId].filter(
        (id) => id !== undefined,
      )
      for (const id of lots)
        if (ownerOf.get(id) !== entry.customerId) problems.push(`${entry.id} names a lot of another`)
      if (entry.effect !== null && effects.has(entry.effect)) problems.push(`${entry.effect} happened twice`)
      if (entry.effect !== null) effects.add(entry.effect)
      replayed.set(
        entry.customerId,
        evolve(replayed.get(entry.customerId) ?? emptyBook(entry.customerId), entry),
      )
    }
    for (const book of decided.books)
      problems.push(...bookProblems(book, replayed.get(book.account.customerId)))
    return [...problems, ...eventProblems(shop, decided, tierBefore)]
  }
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

function repeatProblems(shop: Shop, { entries, events, books, order }: Decision): string[] {
  const silent = entries.length === 0 && events.length === 0 && books.length === 0
  const same = order !== undefined && JSON.stringify(shop.orderOf(order)) === JSON.stringify(order)
  return silent && same ? [] : ['a repeat changes something']
}

function entryProblems(
  shop: Shop,
  { id, kind, amountMinor, movements, opens, activation, occurredAt }: Entry,
): string[] {
  const moved = movements.reduce((sum, movement) => sum + movement.amountMinor, 0)
  const lots = new Set(movements.map(({ lotId }) => lotId))
  const fits = {
    earn: () =>
      amountMinor > 0 && opens?.amountMinor === amountMinor && movements.length === 1 && lots.has(opens.id),
    activate: () => amountMinor === 0 && movements.length === 0 && activation !== undefined,
    debit: () =>
      amountMinor < 0 &&
      movements.every((movement) => movement.amountMinor < 0) &&
      lots.size === movements.length,
  }
  const wrong = [
    moved !== amountMinor && 'does not add up',
    !(kind === 'earn' || kind === 'activate' ? fits[kind] : fits.debit)() && `is no ${kind}`,
    occurredAt !== shop.now() && 'is of another time',
  ]
  return wrong.filter((problem) => problem !== false).map((problem) => `${id} ${problem}`)
}

function bookProblems({ account, lots }: Book, replayed: Book | undefined): string[] {
  const open = (some: Book['lots'] = []) =>
    JSON.stringify(some.filter(({ remainingMinor }) => remainingMinor !== 0))
  const wrong = [
    open(lots) !== open(replayed?.lots) && 'is not what its entries say',
    lots.some((lot) => lot.remainingMinor < 0 || lot.remainingMinor > lot.amountMinor) &&
      'has a lot out of bounds',
    !lots.every((lot) => Number.isSafeInteger(lot.remainingMinor)) && 'holds what is no whole number',
    account.totalSpentMinor < 0 && 'has spent less than nothing',
  ]
  return wrong
    .filter((problem) => problem !== false)
    .map((problem) => `the book of ${account.customerId} ${problem}`)
}

const TOLD = {
  earn: 'bonus.awarded',
  spend: 'bonus.spent',
  reverse: 'bonus.reversed',
  expire: 'bonus.expired',
} as const

/** Whoever listens to the events alone has to arrive at the same amounts. */
function eventProblems(
  shop: Shop,
  { entries, events, books }: Decision,
  tierBefore: string | null,
): string[] {
  const expired = new Set(
    entries.flatMap(({ kind, movements }) => (kind === 'expire' ? movements.map(({ lotId }) => lotId) : [])),
  )
  const written = entries.flatMap(({ kind, customerId, amountMinor, activation, details }) => {
    if (kind !== 'activate') return `${TOLD[kind]} ${customerId} ${Math.abs(amountMinor)}`
    const silent = activation!.state === 'pending' || expired.has(activation!.lotId)
    return silent ? [] : `bonus.activated ${customerId} ${Number(details.amountMinor)}`
  })
  const told = events.flatMap((event) =>
    'amountMinor' in event ? `${event.type} ${event.customerId} ${event.amountMinor}` : [],
  )
  const problems =
    JSON.stringify(written.sort()) === JSON.stringify(told.sort()) ? [] : ['events do not tell the entries']
  for (const { account, lots } of books) {
    const available = lots.reduce(
      (sum, lot) => (isSpendable(lot, shop.now()) ? sum + lot.remainingMinor : sum),
      0,
    )
    const last = events.findLast(
      (event) => 'availableMinor' in event && event.customerId === account.customerId,
    )
    if (last !== undefined && 'availableMinor' in last && last.availableMinor !== available)
      problems.push('the last event tells another balance')
  }
  const changes = events.filter((event) => event.type === 'tier.changed')
  const path = [tierBefore, ...changes.map(({ to }) => to)]
  if (changes.some(({ from, to }, at) => from !== path[at] || from === to))
    problems.push('a tier changed from what it was not')
  if (path.at(-1) !== (books[0]?.account.tier ?? null)) problems.push('nobody was told of the tier')
  return problems
}
