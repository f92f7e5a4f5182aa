import { describe, expect, it } from 'vitest'
import {
  balanceOf,
  evolve,
  inSpendingOrder,
  isExact,
  isSpendable,
  takeFrom,
  type Entry,
  type Lot,
} from './book.ts'
import { emptyBook } from './shop.fixture.ts'

const lot = (change: Partial<Lot> = {}): Lot => ({
  id: 'lot_1',
  orderRef: null,
  reason: 'purchase',
  amountMinor: 100,
  remainingMinor: 100,
  state: 'active',
  activatesAt: 0,
  expiresAt: null,
  originId: null,
  expiryDays: 0,
  expiryMonths: 0,
  expiryEndOf: 'none',
  createdAt: 0,
  ...change,
})

const entry = (change: Partial<Entry>): Entry => ({
  id: 'entry_1',
  customerId: 'anna',
  kind: 'spend',
  reason: 'order',
  amountMinor: 0,
  movements: [],
  debtMinor: 0,
  orderRef: null,
  effect: null,
  programVersion: null,
  details: {},
  occurredAt: 0,
  ...change,
})

describe('a lot is spendable', () => {
  const cases: [string, Partial<Lot>, boolean][] = [
    ['when active and without expiry', {}, true],
    ['until the millisecond before its expiry', { expiresAt: 101 }, true],
    ['not at its expiry', { expiresAt: 100 }, false],
    ['not when empty', { remainingMinor: 0 }, false],
    ['not while pending', { state: 'pending', activatesAt: 101 }, false],
    ['from its activation on, written down or not', { state: 'pending', activatesAt: 100 }, true],
    ['not while it waits for an event', { state: 'pending', activatesAt: null }, false],
    [
      'not when it expired before its activation was written down',
      { state: 'pending', activatesAt: 50, expiresAt: 100 },
      false,
    ],
  ]
  it.each(cases)('%s', (_, change, spendable) => expect(isSpendable(lot(change), 100)).toBe(spendable))
})

it('a balance tells apart what can be spent, what waits and what soon expires', () => {
  const lots = [
    lot({ remainingMinor: 1 }),
    lot({ remainingMinor: 20, expiresAt: 110 }),
    lot({ remainingMinor: 300, expiresAt: 111 }),
    lot({ remainingMinor: 4000, expiresAt: 100 }),
    lot({ remainingMinor: 50_000, state: 'pending', activatesAt: null }),
    lot({ remainingMinor: 600_000, state: 'pending', activatesAt: 101 }),
    lot({ remainingMinor: 7_000_000, state: 'pending', activatesAt: 100 }),
    lot({ remainingMinor: 80_000_000, state: 'pending', activatesAt: 50, expiresAt: 100 }),
  ]
  expect(balanceOf(lots, 100, 10)).toEqual({
    availableMinor: 7_000_321,
    pendingMinor: 650_000,
    expiringSoonMinor: 20,
  })
})

it('lots are spent by expiry, then age, then id; those that never expire last', () => {
  const lots = [
    lot({ id: 'never' }),
    lot({ id: 'late', expiresAt: 300 }),
    lot({ id: 'young', expiresAt: 200, createdAt: 2 }),
    lot({ id: 'old-b', expiresAt: 200, createdAt: 1 }),
    lot({ id: 'old-a', expiresAt: 200, createdAt: 1 }),
  ]
  expect(inSpendingOrder(lots).map(({ id }) => id)).toEqual(['old-a', 'old-b', 'young', 'late', 'never'])
  expect(lots[0]?.id).toBe('never')
})

describe('taking from lots', () => {
  const lots = [
    lot({ id: 'a', remainingMinor: 30 }),
    lot({ id: 'b', remainingMinor: 0 }),
    lot({ id: 'c', remainingMinor: 50 }),
  ]
  const cases: [string, number, [string, number][]][] = [
    ['takes nothing for nothing', 0, []],
    ['takes part of the first', 29, [['a', -29]]],
    ['stops where it is enough', 30, [['a', -30]]],
    ['goes on, past the empty', 31, [['a', -30], ['c', -1]]],
    ['takes less when there is less', 99, [['a', -30], ['c', -50]]],
  ] // prettier-ignore
  it.each(cases)('%s', (_, amountMinor, taken) => {
    expect(takeFrom(lots, amountMinor).map((movement) => [movement.lotId, movement.amountMinor])).toEqual(
      taken,
    )
  })
})

it('a book follows its entries', () => {
  const opened = evolve(
    emptyBook('anna'),
    entry({ kind: 'earn', opens: [lot({ state: 'pending', activatesAt: null })] }),
  )
  const other = evolve(opened, entry({ kind: 'earn', opens: [lot({ id: 'lot_2' })] }))
  const change = { id: 'lot_1', activatesAt: 5, expiresAt: 9, state: 'active' as const }
  const active = evolve(other, entry({ kind: 'activate', changes: [change] }))
  const spent = evolve(active, entry({ movements: [{ lotId: 'lot_1', amountMinor: -40 }] }))
  expect(spent.lots).toEqual([
    lot({ activatesAt: 5, expiresAt: 9, remainingMinor: 60 }),
    lot({ id: 'lot_2' }),
  ])
  expect(opened.lots).toEqual([lot({ state: 'pending', activatesAt: null })])
})

it('a debt follows its entries', () => {
  const owing = evolve(emptyBook('anna'), entry({ kind: 'reverse', amountMinor: -7, debtMinor: 7 }))
  expect(owing.account.debtMinor).toBe(7)
  expect(evolve(owing, entry({ kind: 'reverse', debtMinor: -5 })).account.debtMinor).toBe(2)
})

it('a book is exact up to the last safe integer', () => {
  const { account } = emptyBook('anna')
  const most = Number.MAX_SAFE_INTEGER
  const holding = (...amounts: number[]) => ({
    account,
    holds: [],
    lots: amounts.map((remainingMinor) => lot({ remainingMinor })),
  })
  expect(isExact(holding(most - 1, 1))).toBe(true)
  expect(isExact(holding(most, 1))).toBe(false)
  expect(isExact({ ...holding(), account: { ...account, totalSpentMinor: most } })).toBe(true)
  expect(isExact({ ...holding(), account: { ...account, totalSpentMinor: most + 1 } })).toBe(false)
})
