import { describe } from 'vitest'
import type { Rules } from './program.ts'
import { rule } from './rule.fixture.ts'
import { buys, doubts, judges, passes, publishes, refunds, registers, spends } from './shop.fixture.ts'

const GIFTS: Partial<Rules> = {
  basePercentBp: 0,
  expiryDays: 0,
  referral: { referrerBonusMinor: 30_00, friendBonusMinor: 20_00, leastOrderMinor: 100_00, friendsPerDay: 0 },
}
const LATER = { ...GIFTS, activationDelayDays: 14 }
const came = registers({ by: 'boris' })
const buy = (amountMinor: number, order: string) => buys(amountMinor, { order })

describe('the fixed parts of a referral', () => {
  rule('come with the first order, to both', GIFTS, [came, buy(100_00, 'A')], {
    anna: { available: 20_00 },
    boris: { available: 30_00 },
  })
  rule('do not come with the second', GIFTS, [came, buy(100_00, 'A'), buy(100_00, 'B')], {
    anna: { available: 20_00 },
    boris: { available: 30_00 },
  })
  rule('do not come with a small order', GIFTS, [came, buy(99_99, 'A')], {
    anna: { available: 0 },
    boris: { available: 0 },
  })
  rule('go back with the order', GIFTS, [came, buy(100_00, 'A'), refunds()], {
    anna: { available: 0 },
    boris: { available: 0 },
  })
  rule('go back in part with a part of it', GIFTS, [came, buy(100_00, 'A'), refunds({ amount: 50_00 })], {
    anna: { available: 10_00 },
    boris: { available: 15_00 },
  })
  rule(
    'come again when the first order came back whole',
    GIFTS,
    [came, buy(100_00, 'A'), refunds(), buy(100_00, 'B')],
    {
      anna: { available: 20_00 },
      boris: { available: 30_00 },
    },
  )
  rule('wait until the first order is kept', LATER, [came, buy(100_00, 'A'), passes({ days: 14, ms: -1 })], {
    anna: { pending: 20_00 },
    boris: { available: 0, pending: 30_00 },
  })
  rule(
    'leave the referrer what he has spent',
    GIFTS,
    [came, buy(100_00, 'A'), spends(10_00, { who: 'boris', order: 'S' }), refunds()],
    {
      boris: { available: 0, debt: 0 },
    },
  )
})

describe('a referral that is doubted', () => {
  const doubted = [doubts('same-contact'), came]
  rule('tells somebody', GIFTS, doubted, { events: ['referral.suspected'] })
  rule('gives nothing', GIFTS, [...doubted, buy(100_00, 'A')], {
    anna: { available: 0 },
    boris: { available: 0, pending: 0 },
  })
  rule(
    'gives what it would have given when it is accepted',
    GIFTS,
    [...doubted, buy(100_00, 'A'), judges(true)],
    {
      anna: { available: 20_00 },
      boris: { available: 30_00 },
    },
  )
  rule(
    'gives by the terms of then',
    GIFTS,
    [
      ...doubted,
      buy(100_00, 'A'),
      publishes({
        referral: { referrerBonusMinor: 1_00, friendBonusMinor: 1_00, leastOrderMinor: 0, friendsPerDay: 0 },
      }),
      judges(true),
    ],
    {
      boris: { available: 30_00 },
    },
  )
  rule(
    'gives for what is left of the order',
    GIFTS,
    [...doubted, buy(100_00, 'A'), refunds({ amount: 50_00 }), judges(true)],
    {
      boris: { available: 15_00 },
    },
  )
  rule('gives nothing when it is rejected', GIFTS, [...doubted, buy(100_00, 'A'), judges(false)], {
    boris: { available: 0 },
  })
  rule('gives nothing later either', GIFTS, [...doubted, judges(false), buy(100_00, 'A')], {
    anna: { available: 0 },
    boris: { available: 0 },
  })
  rule('may be accepted after all', GIFTS, [...doubted, buy(100_00, 'A'), judges(false), judges(true)], {
    boris: { available: 30_00 },
  })
  rule('is accepted once', GIFTS, [...doubted, buy(100_00, 'A'), judges(true), judges(true)], {
    repeated: true,
    boris: { available: 30_00 },
  })
  rule('is rejected once', GIFTS, [...doubted, judges(false), judges(false)], { repeated: true })
  rule('has to be there to be judged', GIFTS, [registers(), judges(true)], { refused: 'referral-not-found' })
  rule('is beyond doubt when it was accepted', GIFTS, [came, judges(false)], {
    refused: 'referral-not-found',
  })
})
