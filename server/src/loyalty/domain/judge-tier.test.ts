import { describe, expect, it } from 'vitest'
import type { Rules, TierPolicy } from './program.ts'
import { rule } from './rule.fixture.ts'
import {
  buys,
  openShop,
  passes,
  publishes,
  refunds,
  registers,
  settles,
  spends,
  tells,
  type Step,
} from './shop.fixture.ts'

const TIERS = [
  { name: 'bronze', thresholdMinor: 500_00, percentBp: 100 },
  { name: 'silver', thresholdMinor: 1000_00, percentBp: 200 },
  { name: 'gold', thresholdMinor: 3000_00, percentBp: 500 },
]
const tiered = (policy: Partial<TierPolicy> = {}, more: Partial<Rules> = {}): Partial<Rules> => ({
  basePercentBp: 0,
  tiers: TIERS,
  tierPolicy: { by: 'spend', window: { kind: 'all-time' }, graceDays: 0, downgrade: 'to-earned', ...policy },
  ...more,
})
const rolling = (days: number, policy: Partial<TierPolicy> = {}) =>
  tiered({ window: { kind: 'rolling', days }, ...policy })
const buy = (amountMinor: number, order: string) => buys(amountMinor, { order })

describe('a tier', () => {
  rule('rises at once', tiered(), [buy(1000_00, 'A')], { anna: { tier: 'silver' }, events: ['tier.changed'] })
  rule('skips what lies between', tiered(), [buy(3000_00, 'A')], { anna: { tier: 'gold' } })
  rule(
    'may go by the number of orders',
    tiered({ by: 'orders' }, { tiers: [{ name: 'regular', thresholdMinor: 2, percentBp: 0 }] }),
    [buy(1, 'A'), buy(1, 'B')],
    {
      anna: { tier: 'regular' },
    },
  )
  rule('by orders does not look at money', tiered({ by: 'orders' }), [buy(9000_00, 'A')], {
    anna: { tier: null },
  })
  rule(
    'is lost at once when the goods come back',
    tiered({ graceDays: 30 }),
    [buy(1000_00, 'A'), refunds()],
    {
      anna: { tier: null },
      events: ['tier.changed'],
    },
  )
  rule('is lost by a part that comes back', tiered(), [buy(1000_00, 'A'), refunds({ amount: 1 })], {
    anna: { tier: 'bronze' },
  })
  rule(
    'by orders is lost by the order that comes back whole',
    tiered({ by: 'orders', graceDays: 9 }, { tiers: [{ name: 'regular', thresholdMinor: 2, percentBp: 0 }] }),
    [buy(1, 'A'), buy(1, 'B'), refunds({ order: 'B' })],
    {
      anna: { tier: null },
    },
  )
  rule(
    'that the program no longer has is left at once',
    tiered({ graceDays: 30 }),
    [buy(1000_00, 'A'), publishes({ tiers: TIERS.slice(0, 1) }), settles()],
    {
      anna: { tier: 'bronze' },
    },
  )
  rule(
    'that never falls stays when thresholds rise',
    tiered({ downgrade: 'never' }),
    [
      buy(1000_00, 'A'),
      publishes({ tiers: TIERS.map((tier) => ({ ...tier, thresholdMinor: tier.thresholdMinor * 9 })) }),
      settles(),
    ],
    {
      anna: { tier: 'silver' },
    },
  )
})

describe('a rolling window', () => {
  rule('sees its last day whole', rolling(30), [buy(1000_00, 'A'), passes({ days: 29 })], {
    anna: { tier: 'silver' },
  })
  // The first of January, three in the morning: the day ends in 21 hours.
  rule(
    'sees until the end of the day',
    rolling(30),
    [buy(1000_00, 'A'), passes({ days: 30, ms: -3 * 3_600_000 - 1 })],
    {
      anna: { tier: 'silver' },
    },
  )
  rule(
    'forgets with the start of the next, with nobody settling',
    rolling(30),
    [buy(1000_00, 'A'), passes({ days: 30, ms: -3 * 3_600_000 })],
    {
      anna: { tier: null },
    },
  )
  rule(
    'keeps what newer days earned',
    rolling(30),
    [buy(1000_00, 'A'), passes({ days: 20 }), buy(600_00, 'B'), passes({ days: 20 })],
    {
      anna: { tier: 'bronze' },
    },
  )
  rule('adds days together', rolling(30), [buy(600_00, 'A'), passes({ days: 20 }), buy(400_00, 'B')], {
    anna: { tier: 'silver' },
  })
  rule(
    'takes a return from the day of its order',
    rolling(30),
    [buy(1000_00, 'A'), passes({ days: 20 }), buy(600_00, 'B'), refunds(), passes({ days: 20 })],
    {
      anna: { tier: 'bronze' },
    },
  )
  rule(
    'lets the next order earn less with nobody settling',
    rolling(30),
    [buy(1000_00, 'A'), passes({ days: 40 }), buy(100_00, 'B')],
    {
      result: { percentBp: 0, earnedMinor: 0 },
    },
  )
})

describe('a calendar window', () => {
  const monthly = tiered({ window: { kind: 'calendar', unit: 'month' } })
  const yearly = tiered({ window: { kind: 'calendar', unit: 'year' } })
  const quarterly = tiered({ window: { kind: 'calendar', unit: 'quarter' } })
  rule(
    'lasts to the end of the month',
    monthly,
    [buy(1000_00, 'A'), passes({ days: 31, ms: -3 * 3_600_000 - 1 })],
    { anna: { tier: 'silver' } },
  )
  rule('begins anew with the month', monthly, [buy(1000_00, 'A'), passes({ days: 31, ms: -3 * 3_600_000 })], {
    anna: { tier: null },
  })
  rule('may be a quarter', quarterly, [buy(1000_00, 'A'), passes({ days: 89 })], { anna: { tier: 'silver' } })
  rule('may be a quarter that has ended', quarterly, [buy(1000_00, 'A'), passes({ days: 90 })], {
    anna: { tier: null },
  })
  rule('may be a year', yearly, [buy(1000_00, 'A'), passes({ days: 364 })], { anna: { tier: 'silver' } })
  rule('may be a year that has ended', yearly, [buy(1000_00, 'A'), passes({ days: 365 })], {
    anna: { tier: null },
  })
})

describe('grace', () => {
  const kind = rolling(30, { graceDays: 14 })
  rule('keeps a tier that is no longer earned', kind, [buy(1000_00, 'A'), passes({ days: 43 })], {
    anna: { tier: 'silver' },
  })
  rule('ends, with nobody settling', kind, [buy(1000_00, 'A'), passes({ days: 44 })], {
    anna: { tier: null },
  })
  rule('is announced', kind, [buy(1000_00, 'A'), passes({ days: 30 }), settles()], {
    events: ['tier.downgrading'],
  })
  rule(
    'is announced once',
    kind,
    [buy(1000_00, 'A'), passes({ days: 30 }), settles(), passes({ days: 5 }), settles()],
    { events: [] },
  )
  rule('is not announced when it is over', kind, [buy(1000_00, 'A'), passes({ days: 50 }), settles()], {
    events: ['tier.changed'],
  })
  rule(
    'ends well when the tier is earned again',
    kind,
    [buy(1000_00, 'A'), passes({ days: 35 }), buy(1000_00, 'B'), passes({ days: 20 })],
    {
      anna: { tier: 'silver' },
    },
  )
  rule(
    'is not ended by the return of something else',
    kind,
    [buy(1000_00, 'A'), passes({ days: 35 }), buy(10_00, 'B'), refunds({ order: 'B' })],
    {
      anna: { tier: 'silver' },
    },
  )
  rule(
    'is not ended by bonuses that pay for an order after it came',
    { ...kind, welcomeBonusMinor: 1_00, expiryDays: 0 },
    [registers(), buy(1000_00, 'A'), passes({ days: 35 }), buy(10_00, 'B'), spends(1_00, { order: 'B' })],
    {
      anna: { tier: 'silver' },
    },
  )
})

describe('falling', () => {
  const slow = rolling(30, { downgrade: 'one-step' })
  rule('goes to what is earned', rolling(30), [buy(3000_00, 'A'), passes({ days: 31 })], {
    anna: { tier: null },
  })
  rule('goes one step a window', slow, [buy(3000_00, 'A'), passes({ days: 31 })], {
    anna: { tier: 'silver' },
  })
  rule('goes on a window later', slow, [buy(3000_00, 'A'), passes({ days: 61 })], {
    anna: { tier: 'bronze' },
  })
  rule('goes down all steps with nobody settling', slow, [buy(3000_00, 'A'), passes({ days: 91 })], {
    anna: { tier: null },
  })
  rule(
    'never happens where it never shall',
    rolling(30, { downgrade: 'never' }),
    [buy(3000_00, 'A'), passes({ days: 999 })],
    {
      anna: { tier: 'gold' },
    },
  )
  rule(
    'never happens by a late return of something else',
    rolling(30, { downgrade: 'never' }),
    [buy(3000_00, 'A'), passes({ days: 99 }), buy(1_00, 'B'), refunds({ order: 'B' })],
    {
      anna: { tier: 'gold' },
    },
  )
  rule('that began stops where the program says never from now on', rolling(30, { graceDays: 14 }), [
    buy(1000_00, 'A'),
    passes({ days: 31 }),
    settles(),
    publishes(rolling(30, { downgrade: 'never' })),
    passes({ days: 99 }),
    settles(),
  ], { anna: { tier: 'silver' } }) // prettier-ignore
})

it('a tier is the same whether somebody looked each day or never', () => {
  const story: Step[] = [
    buy(3000_00, 'A'),
    passes({ days: 10 }),
    buy(1000_00, 'B'),
    tells('paid', { order: 'C', amount: 500_00 }),
  ]
  const looked = (often: boolean) => {
    const shop = openShop(rolling(30, { graceDays: 5, downgrade: 'one-step' }))
    for (const step of story) step(shop)
    return Array.from({ length: 120 }, () => {
      passes({ days: 1 })(shop)
      if (often) settles()(shop)
      return shop.standing('anna').tier
    })
  }
  expect(looked(false)).toEqual(looked(true))
  expect(new Set(looked(true))).toEqual(new Set(['gold', 'silver', 'bronze', null]))
})
