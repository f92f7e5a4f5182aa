import { describe } from 'vitest'
import type { BonusRule, Rules } from './program.ts'
import { rule } from './rule.fixture.ts'
import { buys, passes, refunds, registers, spends } from './shop.fixture.ts'

const RULE: BonusRule = {
  id: 'gift',
  name: 'Gift',
  match: null,
  startsAt: null,
  endsAt: null,
  firstOrder: false,
  tiers: [],
  leastOrderMinor: 0,
  effect: { kind: 'bonus', amountMinor: 30_00 },
  budgetMinor: 50_00,
}
const GIFT: Partial<Rules> = { basePercentBp: 0, expiryDays: 0, rules: [RULE] }
const order = (name: string, who = 'anna') => buys(100_00, { order: name, who })

describe('a budget', () => {
  rule('pays while there is some', GIFT, [order('A')], { anna: { available: 30_00 } })
  rule('pays what is left of it', GIFT, [order('A'), order('B')], {
    result: { earnedMinor: 20_00 },
    anna: { available: 50_00 },
  })
  rule('pays nothing when it is used up', GIFT, [order('A'), order('B'), order('C')], {
    result: { earnedMinor: 0 },
  })
  rule('is one for all customers', GIFT, [order('A', 'boris'), order('B', 'boris'), order('C')], {
    anna: { available: 0 },
  })
  rule('does not grow by returns', GIFT, [order('A'), order('B'), refunds({ order: 'A' }), order('C')], {
    result: { earnedMinor: 0 },
  })
  rule('is taken from once by an order told twice', GIFT, [order('A'), order('A'), order('B')], {
    result: { earnedMinor: 20_00 },
  })
})

const FIVE: Partial<Rules> = { basePercentBp: 500, expiryDays: 0 }
const most = (
  kind: 'customerEarned' | 'projectEarned' | 'customerSpent' | 'projectSpent',
  hardMinor: number | null,
  softMinor: number | null = null,
): Partial<Rules> => ({ ...FIVE, welcomeBonusMinor: 0, limits: { [kind]: { softMinor, hardMinor } } })
const big = (name: string, who = 'anna') => buys(1000_00, { order: name, who })

describe("a day's limit", () => {
  rule('lets a customer earn what is left of it', most('customerEarned', 70_00), [big('A'), big('B')], {
    result: { earnedMinor: 20_00 },
    events: ['limit.reached', 'bonus.awarded'],
  })
  rule(
    'lets another customer earn his own',
    most('customerEarned', 70_00),
    [big('A', 'boris'), big('B', 'boris'), big('C')],
    {
      result: { earnedMinor: 50_00 },
    },
  )
  rule('may be one for the project', most('projectEarned', 70_00), [big('A', 'boris'), big('B')], {
    result: { earnedMinor: 20_00 },
  })
  rule(
    'is a new one the next day',
    most('customerEarned', 70_00),
    [big('A'), big('B'), passes({ days: 1 }), big('C')],
    {
      result: { earnedMinor: 50_00 },
    },
  )
  rule(
    'does not let an order earn more by a later return',
    most('customerEarned', 40_00),
    [big('A'), refunds({ amount: 500_00 })],
    {
      result: { earnedMinor: 20_00 },
    },
  )
  rule(
    'refuses a spend beyond it',
    { ...most('customerSpent', 100_00), welcomeBonusMinor: 300_00 },
    [registers(), spends(60_00), spends(40_01, { order: 'B' })],
    {
      refused: { refused: 'limit-exceeded', details: { limit: 'spent', mostMinor: 40_00 } },
    },
  )
  rule(
    'allows a spend up to it',
    { ...most('projectSpent', 100_00), welcomeBonusMinor: 300_00 },
    [registers(), spends(60_00), spends(40_00, { order: 'B' })],
    {
      anna: { available: 200_00 },
    },
  )
  rule('that is soft only tells, once', most('customerEarned', null, 60_00), [big('A'), big('B'), big('C')], {
    result: { earnedMinor: 50_00 },
    events: ['bonus.awarded'],
  })
  rule('that is soft tells when it is passed', most('customerEarned', null, 60_00), [big('A'), big('B')], {
    events: ['limit.reached', 'bonus.awarded'],
  })
})
