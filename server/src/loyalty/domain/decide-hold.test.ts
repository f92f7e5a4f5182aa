import { describe, expect, it } from 'vitest'
import { DAY_MS } from '../../kernel/clock.ts'
import type { Rules } from './program.ts'
import { rule } from './rule.fixture.ts'
import {
  buys,
  captures,
  confirms,
  holds,
  openShop,
  passes,
  publishes,
  purchase,
  refunds,
  registers,
  settles,
  spends,
  tells,
  voids,
} from './shop.fixture.ts'

const WELCOME: Partial<Rules> = { basePercentBp: 500, welcomeBonusMinor: 300_00, expiryDays: 30 }
const NEVER = { ...WELCOME, expiryDays: 0 }

describe('a hold', () => {
  rule('puts bonuses aside', NEVER, [registers(), holds(200_00)], {
    hold: { amountMinor: 200_00, state: 'active', capturedMinor: 0 },
    entries: ['anna hold checkout -20000'],
    events: ['bonus.held'],
    anna: { available: 100_00, held: 200_00 },
  })
  rule(
    'leaves only the rest for another cart',
    NEVER,
    [registers(), holds(200_00), holds(200_00, { order: 'B' })],
    {
      refused: { refused: 'insufficient-bonuses', details: { availableMinor: 100_00, missingMinor: 100_00 } },
      anna: { available: 100_00, held: 200_00 },
    },
  )
  rule(
    'leaves only the rest for a spend',
    NEVER,
    [registers(), holds(200_00), spends(101_00, { order: 'B' })],
    {
      refused: 'insufficient-bonuses',
    },
  )
  rule('of the same wish is the same hold', NEVER, [registers(), holds(200_00), holds(200_00)], {
    repeated: true,
    anna: { held: 200_00 },
  })
  rule(
    'of another amount has to wait for the first to end',
    NEVER,
    [registers(), holds(200_00), holds(100_00)],
    {
      refused: 'hold-exists',
    },
  )
  rule(
    'keeps to the share of the order',
    { ...NEVER, maxSpendPercentBp: 3000 },
    [registers(), holds(30_01, { of: 100_00 })],
    {
      refused: { refused: 'spend-limit-exceeded', details: { mostMinor: 30_00 } },
    },
  )
  rule(
    'of another customer for the same order is a conflict',
    NEVER,
    [registers(), spends(1_00), registers({ who: 'boris' }), holds(1_00, { who: 'boris' })],
    {
      refused: 'order-conflict',
    },
  )
  rule(
    'for an order that was paid with bonuses is a conflict',
    NEVER,
    [registers(), spends(1_00), holds(1_00)],
    {
      refused: 'order-conflict',
    },
  )
  rule('does not exist for another customer', NEVER, [registers(), holds(1_00), captures({ who: 'boris' })], {
    refused: 'hold-not-found',
  })
})

describe('a hold that waits to be confirmed', () => {
  rule('is held already', NEVER, [registers(), holds(200_00, { asks: true })], {
    hold: { state: 'awaiting-confirmation' },
    anna: { available: 100_00, held: 200_00 },
  })
  rule('cannot be captured before', NEVER, [registers(), holds(200_00, { asks: true }), captures()], {
    refused: 'hold-unconfirmed',
    anna: { held: 200_00 },
  })
  rule('can be captured after', NEVER, [registers(), holds(200_00, { asks: true }), confirms(), captures()], {
    hold: { state: 'captured', capturedMinor: 200_00 },
    anna: { available: 100_00, held: 0 },
  })
  rule('is confirmed once', NEVER, [registers(), holds(200_00, { asks: true }), confirms(), confirms()], {
    repeated: true,
  })
  rule(
    'is too late after its deadline',
    NEVER,
    [registers(), holds(200_00, { asks: true }), passes({ days: 1 }), confirms()],
    {
      refused: 'hold-ended',
    },
  )
})

describe('a confirmed hold', () => {
  const confirmed = [registers(), holds(200_00, { asks: true }), confirms()]
  for (const spares of ['confirmed', 'promised'] as const)
    rule(
      `of an order is freed by its shop alone: not where ${spares} ones stay`,
      NEVER,
      [...confirmed, voids({ spares })],
      {
        refused: 'hold-ended',
        anna: { held: 200_00 },
      },
    )
  rule('is freed by its shop', NEVER, [...confirmed, voids()], { anna: { held: 0 } })
  rule('that waits is freed by anybody', NEVER, [...confirmed.slice(0, 2), voids({ spares: 'confirmed' })], {
    hold: { state: 'voided' },
    anna: { held: 0 },
  })
})

describe('a captured hold', () => {
  const held = [registers(), holds(200_00, { of: 1000_00 })]
  rule('is a spend of its order', NEVER, [...held, captures()], {
    entries: ['anna release captured 20000', 'anna spend order -20000'],
    events: ['bonus.spent'],
    order: { spentMinor: 200_00 },
    anna: { available: 100_00, held: 0 },
  })
  rule('lets go of what it does not take', NEVER, [...held, captures({ amount: 50_00 })], {
    order: { spentMinor: 50_00 },
    anna: { available: 250_00, held: 0 },
  })
  rule('is not more than was held', NEVER, [...held, captures({ amount: 200_01 })], {
    refused: { refused: 'hold-too-small', details: { mostMinor: 200_00 } },
    anna: { available: 100_00, held: 200_00 },
  })
  rule('is captured once', NEVER, [...held, captures(), captures()], {
    repeated: true,
    anna: { available: 100_00 },
  })
  rule('is not captured again for less', NEVER, [...held, captures(), captures({ amount: 1_00 })], {
    refused: 'hold-ended',
  })
  rule('cannot be voided', NEVER, [...held, captures(), voids()], { refused: 'hold-ended' })
  rule('lessens what its order had earned', NEVER, [...held, buys(1000_00), captures()], {
    order: { earnedMinor: 40_00, spentMinor: 200_00 },
    anna: { available: 140_00, total: 800_00 },
  })
  rule(
    'comes with its order',
    NEVER,
    [
      registers(),
      holds(200_00),
      (shop) => shop.run('anna', purchase(1000_00, { payment: { holdId: shop.holds()[0]!.id } })),
    ],
    {
      order: { earnedMinor: 40_00, spentMinor: 200_00 },
      anna: { available: 140_00, held: 0, total: 800_00 },
    },
  )
  rule(
    'comes with its order once',
    NEVER,
    [
      registers(),
      holds(200_00),
      ...[1, 2].map(
        () => (shop: ReturnType<typeof openShop>) =>
          shop.run('anna', purchase(1000_00, { payment: { holdId: shop.holds()[0]!.id } })),
      ),
    ],
    {
      repeated: true,
      anna: { available: 140_00 },
    },
  )
  rule(
    'does not pay for another order',
    NEVER,
    [
      registers(),
      holds(200_00),
      (shop) => shop.run('anna', purchase(1000_00, { order: 'B', payment: { holdId: shop.holds()[0]!.id } })),
    ],
    {
      refused: 'order-conflict',
      anna: { held: 200_00, orders: 0 },
    },
  )
  rule(
    "does not pay for another customer's order",
    NEVER,
    [
      registers(),
      holds(200_00),
      (shop) => shop.run('boris', purchase(1000_00, { payment: { holdId: shop.holds()[0]!.id } })),
    ],
    {
      refused: 'hold-not-found',
      anna: { held: 200_00 },
    },
  )
  rule('goes back with its order', NEVER, [...held, captures(), buys(1000_00), refunds()], {
    anna: { available: 300_00, total: 0, orders: 0 },
    order: { returnedMinor: 200_00 },
  })
})

describe('a voided hold', () => {
  rule('is available again', NEVER, [registers(), holds(200_00), voids()], {
    hold: { state: 'voided' },
    entries: ['anna release voided 20000'],
    events: ['bonus.released'],
    anna: { available: 300_00, held: 0 },
  })
  rule('is voided once', NEVER, [registers(), holds(200_00), voids(), voids()], { repeated: true })
  rule('cannot be captured', NEVER, [registers(), holds(200_00), voids(), captures()], {
    refused: 'hold-ended',
  })
  rule('makes room for another', NEVER, [registers(), holds(200_00), voids(), holds(300_00)], {
    anna: { available: 0, held: 300_00 },
  })
})

describe("a hold's deadline", () => {
  const held = [registers(), holds(200_00)]
  rule('leaves it until the last millisecond', NEVER, [...held, passes({ days: 1, ms: -1 }), captures()], {
    hold: { state: 'captured' },
  })
  rule('makes it available again with nobody settling', NEVER, [...held, passes({ days: 1 })], {
    anna: { available: 300_00, held: 0 },
  })
  rule(
    'lets another spend it with nobody settling',
    NEVER,
    [...held, passes({ days: 1 }), spends(300_00, { order: 'B' })],
    {
      anna: { available: 0, held: 0 },
      events: ['bonus.released', 'hold.expired', 'bonus.spent'],
    },
  )
  rule('forbids the capture with nobody settling', NEVER, [...held, passes({ days: 1 }), captures()], {
    refused: { refused: 'hold-ended', details: { holdId: 'hold_000003', state: 'expired' } },
    anna: { available: 300_00, held: 0 },
  })
  rule(
    'forbids the order that names it with nobody settling',
    NEVER,
    [
      ...held,
      passes({ days: 1 }),
      (shop) => shop.run('anna', purchase(1000_00, { payment: { holdId: shop.holds()[0]!.id } })),
    ],
    {
      refused: 'hold-ended',
      anna: { available: 300_00, orders: 0 },
    },
  )
  rule(
    'forbids the capture after it was settled',
    NEVER,
    [...held, passes({ days: 1 }), settles(), captures()],
    {
      refused: 'hold-ended',
      anna: { available: 300_00 },
    },
  )
  rule(
    'is past for a void too: nothing is given twice',
    NEVER,
    [...held, passes({ days: 1 }), voids(), settles()],
    {
      entries: ['anna release expired 20000'],
      anna: { available: 300_00, held: 0 },
    },
  )
})

describe('a hold and the expiry of its lots', () => {
  const late = [registers(), passes({ days: 29 }), holds(200_00, { days: 3 })]
  rule('keeps what it holds beyond their end', WELCOME, [...late, passes({ days: 2 })], {
    anna: { available: 0, held: 200_00 },
  })
  rule('lets it be captured beyond their end', WELCOME, [...late, passes({ days: 2 }), captures()], {
    entries: ['anna expire expiry -10000', 'anna release captured 20000', 'anna spend order -20000'],
    anna: { available: 0, held: 0 },
  })
  rule(
    'loses what a capture leaves of ended lots',
    WELCOME,
    [...late, passes({ days: 2 }), captures({ amount: 50_00 })],
    {
      order: { spentMinor: 50_00 },
      anna: { available: 0, held: 0 },
    },
  )
  rule('loses them when it is voided', WELCOME, [...late, passes({ days: 2 }), settles(), voids()], {
    entries: ['anna release voided 20000', 'anna expire expiry -20000'],
    events: ['bonus.released', 'bonus.expired'],
    anna: { available: 0, held: 0 },
  })
  rule('loses them at its deadline', WELCOME, [...late, passes({ days: 3 })], {
    anna: { available: 0, held: 0 },
  })
  rule(
    'gives back after a return for the least life, though the lot has ended',
    WELCOME,
    [...late, passes({ days: 2 }), captures(), buys(1000_00), refunds(), passes({ days: 14, ms: -1 })],
    {
      anna: { available: 200_00 },
    },
  )
})

it('a hold that was captured from several lots is given back to them, last taken first', () => {
  const shop = openShop({
    basePercentBp: 500,
    expiryDays: 60,
    refunds: { leastLifeDays: 1, whenSpent: 'within-balance' },
  })
  for (const step of [
    buys(1000_00),
    publishes({ expiryDays: 30 }),
    buys(1000_00, { order: 'B' }),
    holds(80_00, { order: 'C', of: 100_00 }),
    captures({ order: 'C' }),
    tells('paid', { order: 'C', amount: 100_00 }),
    refunds({ order: 'C', amount: 50_00 }),
  ])
    step(shop)
  const refund = shop.entries.findLast(({ kind }) => kind === 'refund')!
  const ends = refund.movements.map(({ lotId, amountMinor }) => [
    (shop.lotOf(lotId)!.expiresAt! - shop.now()) / DAY_MS,
    amountMinor,
  ])
  expect(ends).toEqual([
    [60, 30_00],
    [30, 10_00],
  ])
})
