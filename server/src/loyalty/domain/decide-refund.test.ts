import { describe, expect, it } from 'vitest'
import { DAY_MS } from '../../kernel/clock.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { auditOf } from './books-audit.fixture.ts'
import type { Rules } from './program.ts'
import { rule } from './rule.fixture.ts'
import {
  adjusts,
  buys,
  cancels,
  openShop,
  passes,
  pays,
  publishes,
  refunds,
  registers,
  settles,
  spends,
  tells,
} from './shop.fixture.ts'

const FIVE: Partial<Rules> = { basePercentBp: 500, expiryDays: 0 }
const BONUSES: Partial<Rules> = { ...FIVE, welcomeBonusMinor: 300_00 }
const owing: Partial<Rules> = { ...FIVE, refunds: { leastLifeDays: 14, whenSpent: 'allow-debt' } }
const spentAll = [buys(1000_00), spends(50_00, { order: 'B' }), refunds()]

describe('a refund', () => {
  rule('takes back what the order earned', FIVE, [buys(1000_00), refunds()], {
    entries: ['anna reverse purchase -5000'],
    result: {
      orderStatus: 'refunded',
      refund: {
        amountMinor: 1000_00,
        moneyMinor: 1000_00,
        bonusesReversedMinor: 50_00,
        bonusesReturnedMinor: 0,
        forgivenMinor: 0,
        debtMinor: 0,
      },
    },
    anna: { available: 0, total: 0, orders: 0 },
  })
  rule('of a part takes back that part', FIVE, [buys(1000_00), refunds({ amount: 300_00 })], {
    result: { orderStatus: 'partially_refunded', earnedMinor: 35_00 },
    anna: { available: 35_00, total: 700_00, orders: 1 },
  })
  rule(
    'takes from the customer no more than the exact share, floored',
    FIVE,
    [buys(1000_00), refunds({ amount: 333_33 })],
    {
      result: { earnedMinor: 33_34 },
    },
  )
  rule('gives back what was spent', BONUSES, [registers(), buys(1000_00), spends(200_00), refunds()], {
    result: {
      refund: {
        amountMinor: 1000_00,
        moneyMinor: 800_00,
        bonusesReturnedMinor: 200_00,
        bonusesReversedMinor: 40_00,
      },
    },
    anna: { available: 300_00 },
  })
  rule(
    'of a part gives back its share of what was spent',
    BONUSES,
    [registers(), buys(1000_00), spends(200_00), refunds({ amount: 250_00 })],
    {
      result: { refund: { moneyMinor: 200_00, bonusesReturnedMinor: 50_00, bonusesReversedMinor: 10_00 } },
      anna: { available: 180_00, total: 600_00 },
    },
  )
  rule(
    'goes by the terms of the order, not by the program of today',
    FIVE,
    [buys(1000_00), publishes({ basePercentBp: 1000 }), refunds({ amount: 500_00 })],
    {
      result: { earnedMinor: 25_00 },
      anna: { available: 25_00 },
    },
  )
  rule(
    'told again is the same',
    FIVE,
    [buys(1000_00), refunds({ amount: 100_00 }), refunds({ amount: 100_00 })],
    {
      repeated: true,
      // Whoever lost the first answer has to know what to pay out.
      result: { refund: { amountMinor: 100_00, moneyMinor: 100_00, bonusesReversedMinor: 5_00 } },
      anna: { available: 45_00 },
    },
  )
  rule(
    'takes nothing back of what expired unspent',
    { basePercentBp: 1000, expiryDays: 30, refunds: { leastLifeDays: 14, whenSpent: 'allow-debt' } },
    [buys(1000_00), passes({ days: 31 }), buys(800_00, { order: 'B' }), refunds()],
    {
      result: { refund: { moneyMinor: 1000_00, bonusesReversedMinor: 0, forgivenMinor: 0, debtMinor: 0 } },
      anna: { available: 80_00, debt: 0 },
    },
  )
  rule(
    'takes what expired into account once, part by part',
    { basePercentBp: 1000, expiryDays: 30 },
    [
      buys(1000_00),
      spends(60_00, { order: 'S', of: 1000_00 }),
      passes({ days: 31 }),
      buys(800_00, { order: 'B' }),
      refunds({ amount: 500_00 }),
      refunds({ id: 'R2', amount: 500_00 }),
    ],
    { result: { refund: { bonusesReversedMinor: 50_00 } }, anna: { available: 20_00 } },
  )
  rule(
    'told again otherwise is a conflict',
    FIVE,
    [buys(1000_00), refunds({ amount: 100_00 }), refunds({ amount: 100_01 })],
    {
      refused: 'refund-conflict',
    },
  )
  rule(
    'is not more than is left',
    FIVE,
    [buys(1000_00), refunds({ amount: 600_00 }), refunds({ id: 'S', amount: 400_01 })],
    {
      refused: { refused: 'refund-too-large', details: { mostMinor: 400_00 } },
    },
  )
  rule('before its order waits with it', FIVE, [refunds({ amount: 300_00 }), buys(1000_00)], {
    result: { earnedMinor: 35_00, orderStatus: 'partially_refunded' },
    anna: { available: 35_00, total: 700_00 },
  })
  rule(
    'of bonuses whose order never came gives them back',
    BONUSES,
    [registers(), spends(200_00), refunds()],
    {
      anna: { available: 300_00 },
    },
  )
  rule('of another customer is a conflict', FIVE, [buys(1000_00), refunds({ who: 'boris' })], {
    refused: 'order-conflict',
  })
  rule('of an unpaid order takes its pending bonuses', FIVE, [buys(1000_00, { paid: false }), refunds()], {
    anna: { pending: 0 },
  })
  rule(
    'of an unpaid order stays true when it is paid',
    FIVE,
    [buys(1000_00, { paid: false }), refunds({ amount: 500_00 }), pays()],
    {
      anna: { available: 25_00, total: 500_00 },
    },
  )
})

describe('a refund of lines', () => {
  const lines = [
    { sku: 'tea', quantity: 2, totalMinor: 400_00 },
    { sku: 'cup', quantity: 1, totalMinor: 600_00, sale: true },
  ]
  const noSale: Partial<Rules> = {
    ...FIVE,
    exclusions: [{ match: { skus: [], categories: [], delivery: false, sale: true }, from: 'earning' }],
  }
  rule(
    'takes back what they earned',
    noSale,
    [buys(1000_00, { lines }), refunds({ lines: [{ key: 'tea', quantity: 1 }] })],
    {
      result: { earnedMinor: 10_00, refund: { amountMinor: 200_00, bonusesReversedMinor: 10_00 } },
    },
  )
  rule(
    'that earned nothing takes nothing',
    noSale,
    [buys(1000_00, { lines }), refunds({ lines: [{ key: 'cup', quantity: 1 }] })],
    {
      result: { earnedMinor: 20_00, refund: { amountMinor: 600_00, bonusesReversedMinor: 0 } },
    },
  )
  rule(
    'has to name lines of the order',
    FIVE,
    [buys(1000_00, { lines }), refunds({ lines: [{ key: 'pot', quantity: 1 }] })],
    {
      refused: 'refund-line-unknown',
    },
  )
  rule(
    'is not of more than was ordered',
    FIVE,
    [
      buys(1000_00, { lines }),
      refunds({ lines: [{ key: 'tea', quantity: 1 }] }),
      refunds({ id: 'S', lines: [{ key: 'tea', quantity: 2 }] }),
    ],
    {
      refused: 'refund-too-large',
    },
  )
  rule(
    'of all lines is the whole',
    FIVE,
    [
      buys(1000_00, { lines }),
      refunds({ lines: [{ key: 'tea', quantity: 2 }] }),
      refunds({ id: 'S', lines: [{ key: 'cup', quantity: 1 }] }),
    ],
    {
      result: { orderStatus: 'refunded', earnedMinor: 0 },
      anna: { available: 0, orders: 0, total: 0 },
    },
  )
})

describe('what was earned and is spent already', () => {
  rule(
    'is taken from other bonuses',
    BONUSES,
    [buys(1000_00), spends(50_00, { order: 'B' }), registers(), refunds()],
    {
      anna: { available: 250_00 },
      order: { forgivenMinor: 0 },
    },
  )
  rule('is let go where there are none', FIVE, spentAll, {
    result: { refund: { bonusesReversedMinor: 0, forgivenMinor: 50_00, debtMinor: 0 } },
    anna: { available: 0, debt: 0 },
  })
  rule('is owed where the program allows it', owing, spentAll, {
    entries: ['anna reverse purchase -5000'],
    result: { refund: { bonusesReversedMinor: 50_00, forgivenMinor: 0, debtMinor: 50_00 } },
    anna: { available: 0, debt: 50_00 },
  })
  rule(
    'is owed by the terms of the order, not of today',
    owing,
    [
      buys(1000_00),
      spends(50_00, { order: 'B' }),
      publishes({ refunds: { leastLifeDays: 14, whenSpent: 'within-balance' } }),
      refunds(),
    ],
    {
      anna: { debt: 50_00 },
    },
  )
  rule('is paid by the next bonuses', owing, [...spentAll, buys(1600_00, { order: 'C' })], {
    entries: ['anna earn purchase 8000', 'anna reverse debt 0'],
    anna: { available: 30_00, debt: 0 },
  })
  rule('is paid in parts', owing, [...spentAll, adjusts(20_00)], { anna: { available: 0, debt: 30_00 } })
  rule(
    'is paid by bonuses when they become spendable, and not before',
    { ...owing, activationDelayDays: 3 },
    [
      buys(1000_00),
      passes({ days: 3 }),
      spends(50_00, { order: 'B' }),
      refunds(),
      buys(2000_00, { order: 'C' }),
    ],
    {
      anna: { available: 0, pending: 100_00, debt: 50_00 },
    },
  )
  rule('is paid by bonuses that came and went while nobody looked', { ...owing, activationDelayDays: 3 }, [
    buys(1000_00),
    passes({ days: 3 }),
    spends(50_00, { order: 'B' }),
    refunds(),
    publishes({ expiryDays: 2 }),
    buys(2000_00, { order: 'C' }),
    passes({ days: 30 }),
    settles(),
  ], { anna: { available: 0, debt: 0 }, entries: ['anna activate purchase 0', 'anna reverse debt 0', 'anna expire expiry -5000'] }) // prettier-ignore
  rule(
    'is left where only pending bonuses may be taken',
    { ...FIVE, refunds: { leastLifeDays: 0, whenSpent: 'only-pending' } },
    [buys(1000_00), refunds()],
    {
      anna: { available: 50_00 },
      order: { forgivenMinor: 50_00 },
    },
  )
  rule(
    'is taken while pending where only those may be',
    { ...FIVE, activationDelayDays: 3, refunds: { leastLifeDays: 0, whenSpent: 'only-pending' } },
    [buys(1000_00), refunds()],
    {
      anna: { available: 0, pending: 0 },
    },
  )
})

describe('what was let go', () => {
  const more = { order: 'A', amount: 1000_00 }
  rule('is not given again when less came back than it seemed', FIVE, [
    tells('created', { order: 'A', amount: 500_00 }),
    tells('paid', { order: 'A' }),
    spends(25_00, { order: 'B' }),
    refunds({ amount: 250_00 }),
    tells('fulfilled', more),
  ], { result: { earnedMinor: 37_50 }, order: { forgivenMinor: 0 }, anna: { available: 12_50 } }) // prettier-ignore
})

describe('a lot that was cancelled', () => {
  const waits: Partial<Rules> = {
    ...FIVE,
    activationDelayDays: 14,
    welcomeBonusMinor: 300_00,
    rounding: 'none',
  }
  const cancelled = [registers(), buys(1000_00), cancels()]
  rule('is gone', waits, cancelled, {
    anna: { available: 300_00, pending: 0 },
    entries: ['anna reverse cancelled -5000'],
  })
  rule('is not taken a second time when the goods come back', waits, [...cancelled, refunds()], {
    result: { refund: { bonusesReversedMinor: 0, forgivenMinor: 0 } },
    anna: { available: 300_00, pending: 0 },
  })
  rule(
    'is not taken a second time by parts',
    waits,
    [...cancelled, refunds({ amount: 400_00 }), refunds({ id: 'S', amount: 600_00 })],
    {
      anna: { available: 300_00 },
    },
  )
  rule('does not come back by another message', waits, [...cancelled, tells('fulfilled')], {
    anna: { pending: 0 },
  })
})

describe('bonuses that go back', () => {
  const month = { ...BONUSES, expiryDays: 30 }
  const spent = [registers(), spends(200_00), buys(1000_00)]
  rule(
    'go back to their own lot',
    month,
    [...spent, passes({ days: 16 }), refunds(), passes({ days: 14, ms: -1 })],
    { anna: { available: 300_00 } },
  )
  rule('end with their own lot', month, [...spent, passes({ days: 16 }), refunds(), passes({ days: 14 })], {
    anna: { available: 0 },
  })
  rule(
    'live for a while at least, though their lot ends sooner',
    month,
    [...spent, passes({ days: 17 }), refunds(), passes({ days: 14, ms: -1 })],
    {
      anna: { available: 200_00 },
    },
  )
  rule('end after that while', month, [...spent, passes({ days: 17 }), refunds(), passes({ days: 14 })], {
    anna: { available: 0 },
  })
  rule(
    'live for a while though their lot has ended',
    { ...month, basePercentBp: 0 },
    [...spent, passes({ days: 300 }), refunds(), passes({ days: 13 })],
    {
      anna: { available: 200_00 },
    },
  )
  rule(
    'end at once with their lot where the program wants no such while',
    { ...month, refunds: { leastLifeDays: 0, whenSpent: 'within-balance' } },
    [...spent, passes({ days: 300 }), refunds()],
    {
      anna: { available: 0 },
    },
  )
  rule('can be spent again', BONUSES, [...spent, refunds(), spends(300_00, { order: 'B' })], {
    anna: { available: 0 },
  })
})

describe('an order that is cancelled', () => {
  rule('keeps nothing', BONUSES, [registers(), spends(200_00), buys(1000_00), tells('cancelled')], {
    result: { orderStatus: 'cancelled' },
    anna: { available: 300_00, total: 0, orders: 0 },
  })
  rule('is cancelled once', FIVE, [buys(1000_00), tells('cancelled'), tells('cancelled')], { repeated: true })
  rule(
    'stays cancelled',
    FIVE,
    [buys(1000_00), tells('cancelled'), tells('fulfilled', { amount: 1000_00 })],
    {
      result: { orderStatus: 'cancelled', earnedMinor: 0 },
      anna: { available: 0, orders: 0 },
    },
  )
  rule('before it came earns nothing', FIVE, [tells('cancelled', { amount: 1000_00 }), buys(1000_00)], {
    anna: { available: 0, orders: 0 },
  })
  rule(
    'is not paid with bonuses any more',
    BONUSES,
    [registers(), buys(1000_00), tells('cancelled'), spends(1_00)],
    {
      refused: 'order-conflict',
    },
  )
})

it('what was spent from three lots goes back to three, though one of them has ended', () => {
  const shop = openShop({ basePercentBp: 1000, expiryDays: 100 })
  const audit = auditOf(shop)
  const told = [
    buys(1000_00, { order: 'slow' }),
    publishes({ expiryDays: 40 }),
    buys(1000_00, { order: 'middling' }),
    publishes({ expiryDays: 20 }),
    buys(1000_00, { order: 'quick' }),
    spends(250_00, { order: 'paid', of: 500_00 }),
    passes({ days: 21 }),
    tells('paid', { order: 'paid', amount: 500_00 }),
    refunds({ order: 'paid' }),
  ]
  for (const step of told) {
    const decided = step(shop)
    if (decided === undefined) continue
    expect(isRefusal(decided)).toBe(false)
    expect(audit(decided, 'anna', null)).toEqual([])
  }
  const back = shop.entries.findLast(({ kind }) => kind === 'refund')!.movements
  const lots = back.map(({ lotId, amountMinor }) => {
    const { reason, orderRef, originId, expiresAt } = shop.lotOf(lotId)!
    const from = shop.orders().find(({ id }) => id === orderRef)?.orderId
    return [from, reason, amountMinor, (expiresAt! - shop.now()) / DAY_MS, originId === null]
  })
  expect(lots).toEqual([
    ['slow', 'purchase', 50_00, 79, true],
    ['middling', 'purchase', 100_00, 19, true],
    ['quick', 'purchase', 100_00, 14, false],
  ])
  expect(shop.standing('anna').available).toBe(300_00)
})
