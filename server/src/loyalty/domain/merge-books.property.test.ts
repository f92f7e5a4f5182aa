import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyHistory, anyRules, tellAny } from './any-history.fixture.ts'
import { evolve, type Book, type Entry } from './book.ts'
import { mergeBooks, partBooks, type Part } from './merge-books.ts'
import { buys, holds, openShop, refunds, spends, type Shop } from './shop.fixture.ts'
import { settled } from './settle-due.ts'

const RUNS = 400
const seed = Number(process.env.TAPLINE_PROPERTY_SEED ?? 20_260_101)

function settingOf(shop: Shop) {
  let ids = 0
  return {
    program: shop.program(),
    timeZone: shop.timeZone,
    now: shop.now(),
    newId: (kind: string) => `merged_${kind}_${ids++}`,
  }
}

/** What goes back with somebody's orders, and all lots that these books have seen. */
function partOf(shop: Shop, customerId: string, was: Book, ...seen: Book[]): Part {
  const { totalSpentMinor, ordersCount } = was.account
  const orderRefs = shop.orders().filter((order) => order.customerId === customerId).map(({ id }) => id) // prettier-ignore
  const origins = seen.flatMap(({ account, lots }) => lots.map((lot) => [lot.id, { originId: lot.originId, customerId: account.customerId }] as const)) // prettier-ignore
  return { totalSpentMinor, ordersCount, orderRefs: new Set(orderRefs), origins: new Map(origins) }
}

/** All that two people have: what is open, what is held, less what they owe. */
function worth(...books: Book[]): number {
  return books.reduce((sum, { lots, holds, account }) => {
    const open = lots.reduce((all, { remainingMinor }) => all + remainingMinor, 0)
    const held = holds.reduce((all, { amountMinor }) => all + amountMinor, 0)
    return sum + open + held - account.debtMinor
  }, 0)
}

const openOf = ({ lots }: Book) =>
  lots
    .filter(({ remainingMinor }) => remainingMinor !== 0)
    .map((lot) => [lot.id, lot.remainingMinor, lot.state, lot.activatesAt, lot.expiresAt])
    .sort()

function expectWhole(before: Book, entries: readonly Entry[], after: Book): void {
  const replayed = entries.reduce(evolve, before)
  expect(openOf(replayed)).toEqual(openOf(after))
  expect(replayed.account.debtMinor).toBe(after.account.debtMinor)
  for (const { amountMinor, movements, debtMinor } of entries)
    expect(movements.reduce((sum, movement) => sum + movement.amountMinor, 0) - debtMinor).toBe(amountMinor)
}

it(
  'a merge neither makes nor loses bonuses, and undone at once leaves everybody what he had',
  { timeout: 120_000 },
  () => {
    let moved = 0
    let withHolds = 0
    fc.assert(
      fc.property(anyRules, anyHistory(40), (rules, happenings) => {
        const shop = openShop(rules)
        tellAny(shop, happenings, ({ who, command }) => void shop.run(who, command))
        const setting = settingOf(shop)
        const [from, into] = [shop.bookOf('anna'), shop.bookOf('boris')]
        const [was, stood] = [settled(from, setting), settled(into, setting)]

        const { pens, record } = mergeBooks(from, into, 'mrg_1', setting)
        const [source, target] = pens.map(({ book }) => book) as [Book, Book]
        expect(openOf(source)).toEqual([])
        expect(source.holds).toEqual([])
        expect(source.account).toMatchObject({
          debtMinor: 0,
          totalSpentMinor: 0,
          ordersCount: 0,
          mergedInto: 'boris',
        })
        expect(worth(source, target)).toBe(worth(was, stood))
        expectWhole(from, pens[0].entries, source)
        expectWhole(into, pens[1].entries, target)
        moved += openOf(was).length
        withHolds += was.holds.length

        const part = partOf(shop, 'anna', was, from, into, source, target)
        const undone = partBooks(source, target, record, part, 'mrg_1', setting)
        const [left, right] = undone.pens.map(({ book }) => book) as [Book, Book]
        expect(worth(left, right)).toBe(worth(was, stood))
        expectWhole(source, undone.pens[0].entries, left)
        expectWhole(target, undone.pens[1].entries, right)
        expect(left.account.mergedInto).toBeNull()
        for (const [after, before] of [
          [left, was],
          [right, stood],
        ] as const) {
          const { totalSpentMinor, ordersCount, referredBy, referral, welcomed } = before.account
          expect(after.account).toMatchObject({ totalSpentMinor, ordersCount, referredBy, referral })
          expect(after.account.welcomed || !welcomed).toBe(true)
        }
        // The other way round, undone again: what each once had from the other stays where it is.
        const turned = mergeBooks(right, left, 'mrg_2', setting)
        const [other, one] = turned.pens.map(({ book }) => book) as [Book, Book]
        const otherPart = partOf(shop, 'boris', right, from, into, source, target, left, right, other, one)
        const parted = partBooks(other, one, turned.record, otherPart, 'mrg_2', setting)
        const [boris, anna] = parted.pens.map(({ book }) => book) as [Book, Book]
        if (left.account.debtMinor === 0 && right.account.debtMinor === 0)
          expect([worth(anna), worth(boris)]).toEqual([worth(left), worth(right)])
        expect(worth(anna, boris)).toBe(worth(left, right))
        // A debt is paid with what the other had, and stays paid.
        if (was.account.debtMinor === 0 && stood.account.debtMinor === 0) {
          expect(worth(left)).toBe(worth(was))
          expect(left.holds.length + right.holds.length).toBe(target.holds.length)
        }
      }),
      { seed, numRuns: RUNS },
    )
    expect(moved > 0 && withHolds > 0).toBe(true)
  },
)

it('a debt goes along, and is paid with what the other has', () => {
  const shop = openShop({ basePercentBp: 1000, refunds: { leastLifeDays: 0, whenSpent: 'allow-debt' } })
  for (const step of [
    buys(1000_00),
    spends(100_00, { order: 'B', of: 500_00 }),
    refunds(),
    buys(400_00, { who: 'boris', order: 'C' }),
  ])
    step(shop)
  expect(shop.bookOf('anna').account.debtMinor).toBe(100_00)
  const { pens } = mergeBooks(shop.bookOf('anna'), shop.bookOf('boris'), 'mrg_1', settingOf(shop))
  expect(pens.map(({ account }) => account.debtMinor)).toEqual([0, 60_00])
  expect(pens[1].availableMinor()).toBe(0)
})

it('of two holds for one order the survivor keeps his own', () => {
  const shop = openShop({ basePercentBp: 1000 })
  for (const step of [
    buys(1000_00),
    buys(1000_00, { who: 'boris', order: 'B' }),
    holds(30_00, { order: 'X' }),
    holds(20_00, { who: 'boris', order: 'X' }),
  ])
    step(shop)
  const { pens } = mergeBooks(shop.bookOf('anna'), shop.bookOf('boris'), 'mrg_1', settingOf(shop))
  expect(pens[1].holds.map(({ amountMinor }) => amountMinor)).toEqual([20_00])
  expect(pens[1].availableMinor()).toBe(180_00)
})
