import { describe, expect, it } from 'vitest'
import type { Decision } from './decision.ts'
import type { Rules } from './program.ts'
import { decide } from './decide.ts'
import { rule } from './rule.fixture.ts'
import {
  buys,
  emptyBook,
  openShop,
  passes,
  pays,
  publishes,
  registers,
  settles,
  spends,
  type Standing,
  type Step,
} from './shop.fixture.ts'

const FIVE: Partial<Rules> = { basePercentBp: 500 }
const TIERS = [
  { name: 'gold', thresholdMinor: 3000_00, percentBp: 500 },
  { name: 'silver', thresholdMinor: 1000_00, percentBp: 200 },
]
const FRIENDS: Partial<Rules> = { basePercentBp: 0, referralPercentBp: 1000 }
const WAITING: Partial<Rules> = { basePercentBp: 500, activationDelayDays: 14, expiryDays: 30 }
const BONUSES: Partial<Rules> = { basePercentBp: 500, welcomeBonusMinor: 300_00, expiryDays: 0 }

describe('earning', () => {
  rule('gives the base percent', FIVE, [buys(1000_00)], {
    anna: { available: 50_00, pending: 0, total: 1000_00, orders: 1 },
  })
  rule('says what it gave', FIVE, [buys(1000_00)], {
    result: {
      orderId: 'A',
      orderStatus: 'paid',
      earnedMinor: 50_00,
      percentBp: 500,
      programVersion: 1,
      pending: false,
      availableMinor: 50_00,
    },
  })
  rule('writes one entry and tells one event', FIVE, [buys(1000_00)], {
    entries: ['anna earn purchase 5000'],
    events: ['bonus.awarded'],
  })
  rule('gives nothing for nothing, and yet it was an order', FIVE, [buys(0)], {
    entries: [],
    events: [],
    anna: { orders: 1, total: 0 },
  })
  rule('gives nothing at 0 %', { basePercentBp: 0 }, [buys(1000_00)], {
    entries: [],
    anna: { available: 0, total: 1000_00 },
  })
  rule('gives everything at 100 %', { basePercentBp: 10_000 }, [buys(1000_00)], {
    anna: { available: 1000_00 },
  })
  rule('floors to whole bonuses', { ...FIVE, rounding: 'floor' }, [buys(199_99)], {
    anna: { available: 9_00 },
  })
  rule('rounds .5 up to the nearest whole', { ...FIVE, rounding: 'nearest' }, [buys(190_00)], {
    anna: { available: 10_00 },
  })
  rule('rounds less than .5 down', { ...FIVE, rounding: 'nearest' }, [buys(189_99)], {
    anna: { available: 9_00 },
  })
  rule('keeps two decimals, floored', { ...FIVE, rounding: 'none' }, [buys(199_99)], {
    anna: { available: 9_99 },
  })
  rule('takes 7.77 % exactly', { basePercentBp: 777, rounding: 'none' }, [buys(1234_56)], {
    anna: { available: 95_92 },
  })
  rule('is exact at 15 digits', { basePercentBp: 777, rounding: 'none' }, [buys(999_999_999_998_018)], {
    anna: { available: 77_699_999_999_845, total: 999_999_999_998_018 },
  })
  rule('opens no lot for less than one bonus', FIVE, [buys(19_99)], {
    entries: [],
    result: { earnedMinor: 0, pending: false },
  })
  rule(
    'goes by the program of its day',
    FIVE,
    [buys(1000_00), publishes({ basePercentBp: 1000 }), buys(1000_00, { order: 'B' })],
    {
      result: { earnedMinor: 100_00, percentBp: 1000, programVersion: 2 },
      anna: { available: 150_00 },
    },
  )

  it('knows currencies without decimals', () => {
    const shop = openShop(FIVE, { currency: 'JPY', wholeMinor: 1 })
    buys(399, { currency: 'JPY' })(shop)
    expect(shop.standing('anna').available).toBe(19)
  })
})

describe('tiers', () => {
  const tiered = { ...FIVE, tiers: TIERS }
  rule('let the order that crosses the threshold earn as before', tiered, [buys(1000_00)], {
    result: { earnedMinor: 50_00, tier: 'silver' },
    events: ['bonus.awarded', 'tier.changed'],
  })
  rule('are reached at the threshold, not beyond it', tiered, [buys(999_99), buys(1, { order: 'B' })], {
    anna: { tier: 'silver' },
  })
  rule('are not reached before it', tiered, [buys(999_99)], { anna: { tier: null } })
  rule('add their percent from the next order on', tiered, [buys(1000_00), buys(100_00, { order: 'B' })], {
    result: { earnedMinor: 7_00, percentBp: 700 },
  })
  rule(
    'count by the highest threshold, however they are listed',
    tiered,
    [buys(3000_00), buys(100_00, { order: 'B' })],
    {
      result: { earnedMinor: 10_00, percentBp: 1000, tier: 'gold' },
    },
  )
  rule(
    'look at money paid, not at what bonuses paid',
    { ...tiered, welcomeBonusMinor: 1_00 },
    [registers(), spends(1_00), buys(1000_00)],
    {
      anna: { total: 999_00, tier: null },
    },
  )
  rule(
    'are lost again when a later spend takes the total below',
    { ...tiered, welcomeBonusMinor: 1_00 },
    [registers(), buys(1000_00), spends(1_00)],
    {
      anna: { total: 999_00, tier: null },
      events: ['bonus.spent', 'bonus.reversed', 'tier.changed'],
    },
  )
  rule(
    'keep the percent that an unpaid order came with',
    { ...tiered, unpaidOrders: 'ignore' },
    [buys(100_00, { paid: false }), buys(1000_00, { order: 'B' }), pays()],
    {
      result: { earnedMinor: 5_00, percentBp: 500 },
    },
  )
})

describe('referral', () => {
  const now = FRIENDS
  const later = { ...FRIENDS, activationDelayDays: 14 }
  rule('gives the referrer a percent of the order', now, [buys(1000_00, { by: 'boris' })], {
    entries: ['boris earn referral 10000'],
    events: ['bonus.awarded', 'referral.qualified'],
    boris: { available: 100_00, total: 0, orders: 0 },
    anna: { available: 0, referredBy: 'boris' },
  })
  rule(
    'gives it for each further order too',
    now,
    [buys(1000_00, { by: 'boris' }), buys(500_00, { order: 'B' })],
    {
      boris: { available: 150_00 },
      events: ['bonus.awarded'],
    },
  )
  rule('is remembered from registration', now, [registers({ by: 'boris' }), buys(1000_00)], {
    boris: { available: 100_00 },
  })
  rule(
    'waits until the first order is kept',
    later,
    [buys(1000_00, { by: 'boris' }), passes({ days: 14, ms: -1 }), settles({ who: 'boris' })],
    {
      boris: { available: 0, pending: 100_00 },
    },
  )
  rule('comes when the first order is kept', later, [buys(1000_00, { by: 'boris' }), passes({ days: 14 })], {
    boris: { available: 100_00, pending: 0 },
  })
  rule(
    'does not wait for the second order: the first decides',
    later,
    [
      buys(1000_00, { by: 'boris' }),
      passes({ days: 10 }),
      buys(1000_00, { order: 'B' }),
      passes({ days: 4 }),
    ],
    {
      boris: { available: 200_00, pending: 0 },
    },
  )
  rule(
    'comes at once after the first order was kept',
    later,
    [buys(1000_00, { by: 'boris' }), passes({ days: 15 }), buys(500_00, { order: 'B' })],
    {
      boris: { available: 150_00, pending: 0 },
    },
  )
  rule('is not for oneself', now, [buys(1000_00, { by: 'anna' })], {
    anna: { available: 0, referredBy: null },
  })
  rule(
    'does not go back and forth',
    now,
    [registers({ who: 'boris', by: 'anna' }), buys(1000_00, { by: 'boris' })],
    {
      anna: { referredBy: null },
      boris: { available: 0, referredBy: 'anna' },
    },
  )
  rule(
    'is too late after the first order',
    now,
    [buys(1000_00), buys(1000_00, { order: 'B', by: 'boris' })],
    {
      anna: { referredBy: null },
      boris: { available: 0 },
    },
  )
  rule('belongs to whoever came first', now, [registers({ by: 'boris' }), buys(1000_00, { by: 'vera' })], {
    anna: { referredBy: 'boris' },
    boris: { available: 100_00 },
  })
  rule(
    'gives nothing on the part paid with bonuses',
    { ...now, welcomeBonusMinor: 200_00 },
    [registers({ by: 'boris' }), spends(200_00), buys(1000_00)],
    {
      boris: { available: 80_00 },
    },
  )
  rule(
    'takes that part back from the referrer when the spend comes later',
    { ...now, welcomeBonusMinor: 200_00 },
    [registers({ by: 'boris' }), buys(1000_00), spends(200_00)],
    {
      boris: { available: 80_00 },
      order: { referredMinor: 80_00 },
      events: ['bonus.spent', 'bonus.reversed'],
    },
  )
  rule(
    'leaves the referrer what he has spent already',
    { ...now, welcomeBonusMinor: 200_00 },
    [registers({ by: 'boris' }), buys(1000_00), spends(90_00, { who: 'boris', order: 'B' }), spends(200_00)],
    {
      boris: { available: 0 },
      order: { referredMinor: 80_00 },
    },
  )
  rule(
    'never touches other bonuses of the referrer',
    { ...now, welcomeBonusMinor: 200_00 },
    [
      registers({ by: 'boris' }),
      buys(1000_00),
      spends(100_00, { who: 'boris', order: 'B' }),
      registers({ who: 'boris' }),
      spends(200_00),
    ],
    {
      boris: { available: 200_00 },
    },
  )
  rule('of an unpaid order waits for the payment', now, [buys(1000_00, { by: 'boris', paid: false })], {
    boris: { available: 0, pending: 100_00 },
  })
  rule('of an order paid later comes then', now, [buys(1000_00, { by: 'boris', paid: false }), pays()], {
    boris: { available: 100_00, pending: 0 },
    events: ['referral.qualified', 'bonus.activated'],
  })
  rule(
    'of an order paid later waits until it is kept',
    later,
    [buys(1000_00, { by: 'boris', paid: false }), passes({ days: 20 }), pays(), passes({ days: 13 })],
    {
      boris: { available: 0, pending: 100_00 },
    },
  )
})

describe('welcome bonus', () => {
  rule('is given on registration', BONUSES, [registers()], {
    result: { welcomeBonusMinor: 300_00, availableMinor: 300_00 },
    entries: ['anna earn welcome 30000'],
    events: ['bonus.awarded'],
  })
  rule('is given once', BONUSES, [registers(), registers()], {
    result: { welcomeBonusMinor: 0 },
    entries: [],
    anna: { available: 300_00 },
  })
  rule(
    'can be spent at once, whatever the activation delay',
    { ...BONUSES, activationDelayDays: 14 },
    [registers(), spends(300_00)],
    {
      anna: { available: 0, pending: 0 },
    },
  )
  rule('expires too', { ...BONUSES, expiryDays: 30 }, [registers(), passes({ days: 30 })], {
    anna: { available: 0 },
  })
  rule(
    'is not given afterwards to those who registered without',
    FIVE,
    [registers(), publishes({ welcomeBonusMinor: 300_00 }), registers()],
    {
      anna: { available: 0 },
    },
  )
})

describe('time', () => {
  const welcome = { ...BONUSES, expiryDays: 30 }
  rule(
    'keeps bonuses pending for the activation delay',
    WAITING,
    [buys(1000_00), passes({ days: 14, ms: -1 })],
    {
      anna: { available: 0, pending: 50_00 },
    },
  )
  rule(
    'does not let pending bonuses be spent',
    WAITING,
    [buys(1000_00), passes({ days: 14, ms: -1 }), spends(1, { order: 'B' })],
    {
      refused: { refused: 'insufficient-bonuses', details: { availableMinor: 0, missingMinor: 1 } },
    },
  )
  rule(
    'makes them spendable on the millisecond, with no job run',
    WAITING,
    [buys(1000_00), passes({ days: 14 }), spends(50_00, { order: 'B' })],
    {
      entries: ['anna activate purchase 0', 'anna spend order -5000'],
      events: ['bonus.activated', 'bonus.spent'],
    },
  )
  rule(
    'counts expiry from the activation',
    WAITING,
    [buys(1000_00), passes({ days: 44, ms: -1 }), spends(50_00, { order: 'B' })],
    {
      anna: { available: 0 },
    },
  )
  rule(
    'lets bonuses be spent in their last millisecond',
    welcome,
    [registers(), passes({ days: 30, ms: -1 }), spends(300_00)],
    {
      anna: { available: 0 },
    },
  )
  rule(
    'does not let them be spent one later, with no job run',
    welcome,
    [registers(), passes({ days: 30 }), spends(1)],
    {
      refused: { refused: 'insufficient-bonuses', details: { availableMinor: 0, missingMinor: 1 } },
    },
  )
  rule(
    'writes an expiry down with whatever comes next',
    welcome,
    [registers(), passes({ days: 30 }), buys(1000_00)],
    {
      entries: ['anna expire expiry -30000', 'anna earn purchase 5000'],
      anna: { available: 50_00 },
    },
  )
  rule(
    'expires only what was not spent',
    welcome,
    [registers(), spends(100_00), passes({ days: 30 }), settles()],
    {
      entries: ['anna expire expiry -20000'],
      events: ['bonus.expired'],
    },
  )
  rule('is written down once', welcome, [registers(), passes({ days: 30 }), settles(), settles()], {
    entries: [],
    events: [],
  })
  rule(
    'tells nobody of an activation that expired meanwhile',
    WAITING,
    [buys(1000_00), passes({ days: 44 }), settles()],
    {
      entries: ['anna activate purchase 0', 'anna expire expiry -5000'],
      events: ['bonus.expired'],
    },
  )
  rule(
    'never ends bonuses without expiry',
    BONUSES,
    [registers(), passes({ days: 36_500 }), spends(300_00)],
    { anna: { available: 0 } },
  )
  rule(
    'settles the books of a referrer before giving',
    { ...FRIENDS, welcomeBonusMinor: 1_00, expiryDays: 1 },
    [registers({ who: 'boris' }), passes({ days: 1 }), buys(1000_00, { by: 'boris' })],
    {
      entries: ['boris expire expiry -100', 'boris earn referral 10000'],
    },
  )
})

describe('spending', () => {
  rule('takes bonuses and says what is left', BONUSES, [registers(), spends(120_00)], {
    result: { orderId: 'A', orderStatus: 'expected', spentMinor: 120_00, availableMinor: 180_00 },
    entries: ['anna spend order -12000'],
    events: ['bonus.spent'],
  })
  rule('takes all there is, to the last unit', BONUSES, [registers(), spends(300_00)], {
    anna: { available: 0 },
  })
  rule('says how much is missing', BONUSES, [registers(), spends(300_01)], {
    refused: { refused: 'insufficient-bonuses', details: { availableMinor: 300_00, missingMinor: 1 } },
  })
  rule(
    'leaves no order behind when refused: the id stays free',
    BONUSES,
    [registers(), spends(300_01), spends(299_99)],
    {
      anna: { available: 1 },
    },
  )
  rule(
    'keeps to the share of the order',
    { ...BONUSES, maxSpendPercentBp: 3000 },
    [registers(), spends(30_01, { of: 100_00 })],
    {
      refused: { refused: 'spend-limit-exceeded', details: { mostMinor: 30_00 } },
    },
  )
  rule(
    'allows the whole share',
    { ...BONUSES, maxSpendPercentBp: 3000 },
    [registers(), spends(30_00, { of: 100_00 })],
    {
      anna: { available: 270_00 },
    },
  )
  rule(
    'floors the share to the minor unit',
    { ...BONUSES, maxSpendPercentBp: 3333 },
    [registers(), spends(34, { of: 1_00 })],
    {
      refused: { refused: 'spend-limit-exceeded', details: { mostMinor: 33 } },
    },
  )
  rule(
    'is never more than the order, where its amount is given',
    BONUSES,
    [registers(), spends(100_01, { of: 100_00 })],
    {
      refused: { refused: 'spend-limit-exceeded', details: { mostMinor: 100_00 } },
    },
  )
  rule(
    'needs the amount where the share is limited and the order unknown',
    { ...BONUSES, maxSpendPercentBp: 3000 },
    [registers(), spends(1_00)],
    {
      refused: { refused: 'order-amount-required', details: { maxSpendPercent: 30 } },
    },
  )
  rule(
    'takes the amount of an order that is known',
    { ...BONUSES, maxSpendPercentBp: 3000 },
    [registers(), buys(100_00), spends(30_01)],
    {
      refused: { refused: 'spend-limit-exceeded', details: { mostMinor: 30_00 } },
    },
  )
  rule(
    'does not believe another amount than the order has',
    BONUSES,
    [registers(), buys(100_00), spends(1_00, { of: 200_00 })],
    {
      refused: {
        refused: 'order-conflict',
        details: { orderId: 'A', storefront: 'tilda', differs: ['orderAmount'] },
      },
    },
  )
  rule(
    'goes by the limit of today',
    BONUSES,
    [registers(), publishes({ maxSpendPercentBp: 0 }), spends(1, { of: 100_00 })],
    {
      refused: { refused: 'spend-limit-exceeded', details: { mostMinor: 0 } },
    },
  )
})

describe('lots', () => {
  function movementsOf(given: Partial<Rules>, ...when: Step[]) {
    const shop = openShop(given)
    const amounts = (when.map((step) => step(shop)).at(-1) as Decision).entries.at(-1)!.movements
    const opened = shop.entries.flatMap(({ opens }) => opens?.map(({ id }) => id) ?? [])
    return amounts.map(({ lotId, amountMinor }) => [opened.indexOf(lotId), amountMinor])
  }
  const growing = [
    publishes({ expiryDays: 20 }),
    buys(1000_00),
    publishes({ expiryDays: 10 }),
    buys(1000_00, { order: 'B' }),
  ]

  it('are spent earliest expiry first', () => {
    expect(movementsOf(FIVE, ...growing, spends(60_00, { order: 'C' }))).toEqual([
      [1, -50_00],
      [0, -10_00],
    ])
  })

  it('that never expire are spent last', () => {
    const never = [publishes({ expiryDays: 0 }), buys(1000_00, { order: 'N' })]
    expect(movementsOf(FIVE, ...never, ...growing, spends(120_00, { order: 'C' }))).toEqual([
      [2, -50_00],
      [1, -50_00],
      [0, -20_00],
    ])
  })

  it('that expire together are spent oldest first', () => {
    const together = [
      buys(1000_00),
      passes({ days: 1 }),
      publishes({ expiryDays: 364 }),
      buys(1000_00, { order: 'B' }),
    ]
    expect(movementsOf(FIVE, ...together, spends(60_00, { order: 'C' }))).toEqual([
      [0, -50_00],
      [1, -10_00],
    ])
  })

  it('past their expiry are passed over', () => {
    expect(movementsOf(FIVE, ...growing, passes({ days: 10 }), spends(50_00, { order: 'C' }))).toEqual([
      [0, -50_00],
    ])
  })
})

describe('an order and its spend', () => {
  const dry = { ...BONUSES, activationDelayDays: 14 }
  rule(
    'earn on the money alone when the spend is first',
    BONUSES,
    [registers(), spends(200_00), buys(1000_00)],
    {
      result: { earnedMinor: 40_00, spentMinor: 200_00, orderStatus: 'paid' },
      anna: { available: 140_00, total: 800_00, orders: 1 },
    },
  )
  rule('end the same when the order is first', BONUSES, [registers(), buys(1000_00), spends(200_00)], {
    result: { earnedMinor: 40_00, spentMinor: 200_00, orderStatus: 'paid' },
    anna: { available: 140_00, total: 800_00, orders: 1 },
    entries: ['anna spend order -20000', 'anna reverse purchase -1000'],
    events: ['bonus.spent', 'bonus.reversed'],
  })
  rule('take the excess from what still waits', dry, [registers(), buys(1000_00), spends(200_00)], {
    anna: { available: 100_00, pending: 40_00 },
  })
  rule('leave nothing waiting when bonuses paid it all', dry, [registers(), buys(100_00), spends(100_00)], {
    result: { earnedMinor: 0, pending: false },
    anna: { available: 200_00, pending: 0, total: 0 },
  })
  rule(
    'give the excess back from other bonuses when it was spent already',
    BONUSES,
    [buys(1000_00), spends(50_00, { order: 'B' }), registers(), spends(200_00)],
    {
      entries: ['anna spend order -20000', 'anna reverse purchase -1000'],
      anna: { available: 90_00 },
    },
  )
  rule(
    'are refused together when nothing can give the excess back',
    BONUSES,
    [buys(1000_00), spends(50_00, { order: 'B' }), spends(200_00)],
    {
      refused: { refused: 'insufficient-bonuses', details: { availableMinor: 0, missingMinor: 200_00 } },
    },
  )
  rule('do not pay with the bonuses that the paying takes away', FIVE, [buys(1000_00), spends(50_00)], {
    refused: { refused: 'insufficient-bonuses', details: { availableMinor: 0, missingMinor: 50_00 } },
  })
  rule(
    'know of no conflict when rounding eats the difference',
    BONUSES,
    [registers(), buys(1010_00), spends(1_00)],
    {
      entries: ['anna spend order -100'],
      result: { earnedMinor: 50_00 },
    },
  )
  rule(
    'leave alone what waits for another order',
    BONUSES,
    [
      buys(1000_00),
      spends(50_00, { order: 'B' }),
      publishes({ activationDelayDays: 14, expiryDays: 1 }),
      buys(9000_00, { order: 'C' }),
      publishes({ expiryDays: 0 }),
      registers(),
      spends(200_00),
    ],
    { anna: { available: 90_00, pending: 450_00 } },
  )
  rule(
    'are marked when more was spent than the share that the program allows of what the order turned out to be',
    { ...BONUSES, maxSpendPercentBp: 3000 },
    [registers(), spends(200_00, { of: 1000_00 }), buys(300_00)],
    { order: { flags: ['spent-more-than-share'] } },
  )
  rule(
    'are marked when more was spent than the order turned out to be',
    BONUSES,
    [registers(), spends(200_00), buys(150_00)],
    {
      order: { flags: ['spent-more-than-amount'], earnedMinor: 0 },
      anna: { available: 100_00, total: 0, orders: 1 },
    },
  )
  rule(
    'belong to one customer: the order',
    BONUSES,
    [registers(), spends(1_00), buys(100_00, { who: 'boris' })],
    {
      refused: {
        refused: 'order-conflict',
        details: { orderId: 'A', storefront: 'tilda', differs: ['customer'] },
      },
    },
  )
  rule(
    'belong to one customer: the spend',
    BONUSES,
    [buys(100_00, { who: 'boris' }), registers(), spends(1_00)],
    {
      refused: {
        refused: 'order-conflict',
        details: { orderId: 'A', storefront: 'tilda', differs: ['customer'] },
      },
    },
  )
})

describe('an unpaid order', () => {
  const unpaid = buys(1000_00, { paid: false })
  const awarded = { ...FIVE, unpaidOrders: 'award' } as const
  const pending = { ...FIVE, unpaidOrders: 'pending' } as const
  const ignored = { ...FIVE, unpaidOrders: 'ignore' } as const
  const done: Partial<Standing> = { available: 50_00, pending: 0, total: 1000_00, orders: 1 }

  rule('that is awarded gets its bonuses and counts', awarded, [unpaid], {
    result: { orderStatus: 'created' },
    anna: done,
  })
  rule('that is awarded changes nothing but its status when paid', awarded, [unpaid, pays()], {
    result: { orderStatus: 'paid' },
    entries: [],
    anna: done,
  })
  rule(
    'that is pending gets them without a day and does not count',
    pending,
    [unpaid, passes({ days: 999 })],
    {
      anna: { available: 0, pending: 50_00, total: 0, orders: 0 },
    },
  )
  rule('that is pending says so', pending, [unpaid], { result: { pending: true, earnedMinor: 50_00 } })
  rule('that is pending comes alive when paid', pending, [unpaid, pays()], {
    anna: done,
    events: ['bonus.activated'],
  })
  rule('that is pending comes alive by a repeat that is paid', pending, [unpaid, buys(1000_00)], {
    anna: done,
  })
  rule(
    'that is pending starts its delay with the payment',
    { ...WAITING, unpaidOrders: 'pending' },
    [unpaid, passes({ days: 99 }), pays(), passes({ days: 14, ms: -1 })],
    {
      anna: { available: 0, pending: 50_00, total: 1000_00 },
    },
  )
  rule(
    'that is pending starts its expiry with the activation',
    { ...WAITING, unpaidOrders: 'pending' },
    [unpaid, passes({ days: 99 }), pays(), passes({ days: 44 }), settles()],
    {
      entries: ['anna activate purchase 0', 'anna expire expiry -5000'],
    },
  )
  rule('that is ignored gets nothing', ignored, [unpaid], {
    result: { earnedMinor: 0 },
    anna: { available: 0, pending: 0, orders: 0 },
  })
  rule('that is ignored gets everything when paid', ignored, [unpaid, pays()], {
    anna: done,
    entries: ['anna earn purchase 5000'],
  })
  rule('that is ignored gets everything by a repeat that is paid', ignored, [unpaid, buys(1000_00)], {
    anna: done,
  })
  rule(
    'keeps the program that it came under',
    ignored,
    [unpaid, publishes({ basePercentBp: 9000, unpaidOrders: 'award' }), pays()],
    {
      result: { programVersion: 1, percentBp: 500 },
      anna: done,
    },
  )
  rule(
    'does not earn on what bonuses paid in between',
    { ...ignored, welcomeBonusMinor: 200_00 },
    [registers(), unpaid, spends(200_00), pays()],
    {
      anna: { available: 40_00, total: 800_00 },
    },
  )
  rule(
    'gives back from its own waiting bonuses',
    { ...pending, welcomeBonusMinor: 200_00 },
    [registers(), unpaid, spends(200_00), pays()],
    {
      anna: { available: 40_00, pending: 0, total: 800_00 },
    },
  )
  rule('is paid once', pending, [unpaid, pays(), pays()], { repeated: true, anna: done })
  rule('has to exist', pending, [pays()], {
    refused: { refused: 'order-not-found', details: { orderId: 'A', storefront: 'tilda' } },
  })
  rule('has to have come: a spend alone is none', BONUSES, [registers(), spends(1_00), pays()], {
    refused: { refused: 'order-not-found', details: { orderId: 'A', storefront: 'tilda' } },
  })
  rule('is not paid on the account of another', pending, [unpaid, pays({ who: 'boris' })], {
    refused: {
      refused: 'order-conflict',
      details: { orderId: 'A', storefront: 'tilda', differs: ['customer'] },
    },
  })
})

describe('the same order again', () => {
  const lines = [
    { name: 'Tea', quantity: 1, totalMinor: 400_00 },
    { totalMinor: 600_00, name: 'Cup', quantity: 1 },
  ] as const
  const conflict = (...differs: string[]) => ({
    refused: { refused: 'order-conflict', details: { orderId: 'A', storefront: 'tilda', differs } },
  })
  rule('is a repeat', FIVE, [buys(1000_00), buys(1000_00)], {
    repeated: true,
    result: { earnedMinor: 50_00, orderStatus: 'paid' },
    anna: { available: 50_00, orders: 1 },
  })
  rule('is a repeat also when it says unpaid now', FIVE, [buys(1000_00), buys(1000_00, { paid: false })], {
    repeated: true,
    result: { orderStatus: 'paid' },
  })
  rule(
    'is a repeat with its lines in another order',
    FIVE,
    [buys(1000_00, { lines }), buys(1000_00, { lines: [...lines].reverse() })],
    { repeated: true },
  )
  rule(
    'is a repeat when fields are written in another order',
    FIVE,
    [
      buys(1000_00, { lines }),
      buys(1000_00, { lines: [{ totalMinor: 400_00, quantity: 1, name: 'Tea' }, lines[1]] }),
    ],
    { repeated: true },
  )
  rule(
    'is a repeat after the program changed',
    FIVE,
    [buys(1000_00), publishes({ basePercentBp: 900 }), buys(1000_00)],
    { repeated: true, result: { percentBp: 500 } },
  )
  rule(
    'writes nothing down, not even what time has done',
    { ...FIVE, expiryDays: 1 },
    [buys(1000_00), passes({ days: 1 }), buys(1000_00)],
    {
      repeated: true,
      result: { earnedMinor: 50_00, availableMinor: 0 },
    },
  )
  rule('with another amount is a conflict', FIVE, [buys(1000_00), buys(1000_01)], conflict('amount'))
  rule(
    'with other lines is a conflict',
    FIVE,
    [buys(1000_00, { lines }), buys(1000_00, { lines: [lines[0], lines[0]] })],
    conflict('lines'),
  )
  rule(
    'of another customer is a conflict',
    FIVE,
    [buys(1000_00), buys(1000_00, { who: 'boris' })],
    conflict('customer'),
  )
  rule(
    'names all that differs',
    FIVE,
    [buys(1000_00), buys(1_00, { who: 'boris', lines })],
    conflict('customer', 'amount', 'lines'),
  )
  rule(
    'that is unpaid and differs is a conflict',
    FIVE,
    [buys(1000_00, { paid: false }), buys(1000_01)],
    conflict('amount'),
  )
  rule(
    'in another storefront is another order',
    FIVE,
    [buys(1000_00), buys(1000_00, { storefront: 'api' })],
    { anna: { available: 100_00, orders: 2 } },
  )
  rule('spent for again is a repeat', BONUSES, [registers(), spends(100_00), spends(100_00)], {
    repeated: true,
    anna: { available: 200_00 },
  })
  rule(
    'spent for again after it came is a repeat',
    BONUSES,
    [registers(), spends(100_00), buys(200_00), spends(100_00)],
    { repeated: true, anna: { available: 205_00 } },
  )
  rule(
    'spent for otherwise is a conflict',
    BONUSES,
    [registers(), spends(100_00), spends(100_01)],
    conflict('amount'),
  )
  rule('in another currency is refused', FIVE, [buys(1000_00, { currency: 'KZT' })], {
    refused: { refused: 'currency-mismatch', details: { currency: 'KZT', expected: 'RUB' } },
  })
})

describe('amounts beyond what a number holds exactly', () => {
  const most = 999_999_999_999_999
  const many = (count: number, more: Parameters<typeof buys>[1] = {}) =>
    Array.from({ length: count }, (_, at) => buys(most, { order: `order-${at}`, ...more }))

  rule('are refused as a total', { basePercentBp: 0 }, many(10), {
    refused: { refused: 'amount-too-large' },
    anna: { orders: 9 },
  })
  rule(
    'are refused as a total of orders paid later',
    { basePercentBp: 0 },
    [...many(10, { paid: false }), ...Array.from({ length: 10 }, (_, at) => pays({ order: `order-${at}` }))],
    {
      refused: { refused: 'amount-too-large' },
      anna: { orders: 9 },
    },
  )
  rule('are refused as a balance', { basePercentBp: 20_000 }, many(5), {
    refused: { refused: 'amount-too-large' },
    anna: { orders: 4 },
  })
})

it('keeps the first referrer even when handed the book of another', () => {
  const shop = openShop(FRIENDS)
  const { account, ...rest } = emptyBook('anna')
  const book = { ...rest, account: { ...account, referredBy: 'boris' } }
  const command = { kind: 'register', referrerId: 'vera' } as const
  const decided = decide(command, { ...shop.situationOf('anna', command), book, referrer: emptyBook('vera') })
  expect(decided).toMatchObject({ books: [{ account: { referredBy: 'boris' } }, {}] })
})

it('looks at nothing but what it is handed', () => {
  const command = { kind: 'register' } as const
  const situation = { ...openShop(FIVE).situationOf('anna', command), newId: (kind: string) => kind }
  expect(decide(command, situation)).toEqual(decide(command, situation))
})
