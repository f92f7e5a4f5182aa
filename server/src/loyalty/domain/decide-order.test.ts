import { describe } from 'vitest'
import type { Rules } from './program.ts'
import { rule } from './rule.fixture.ts'
import { buys, publishes, refunds, registers, spends, tells } from './shop.fixture.ts'

const FIVE: Partial<Rules> = { basePercentBp: 500, expiryDays: 0 }
const SHIPPED: Partial<Rules> = { ...FIVE, awardOn: 'fulfilment' }

describe('the state of an order', () => {
  rule('is what a purchase would have been', FIVE, [tells('paid', { amount: 1000_00 })], {
    entries: ['anna earn purchase 5000'],
    anna: { available: 50_00, total: 1000_00, orders: 1 },
  })
  rule(
    'told again changes nothing',
    FIVE,
    [tells('paid', { amount: 1000_00 }), tells('paid', { amount: 1000_00 })],
    { repeated: true },
  )
  rule(
    'told late changes nothing',
    FIVE,
    [tells('fulfilled', { amount: 1000_00 }), tells('created', { amount: 1000_00 })],
    {
      repeated: true,
      result: { orderStatus: 'fulfilled' },
    },
  )
  rule(
    'brings the amount of a later stage',
    FIVE,
    [tells('created', { amount: 1000_00 }), tells('paid', { amount: 800_00 })],
    {
      result: { earnedMinor: 40_00 },
      anna: { available: 40_00, total: 800_00 },
    },
  )
  rule(
    'does not bring the amount of an earlier stage',
    FIVE,
    [tells('paid', { amount: 800_00 }), tells('created', { amount: 1000_00 })],
    {
      repeated: true,
      anna: { available: 40_00, total: 800_00 },
    },
  )
  rule(
    'keeps the terms that the order came under',
    FIVE,
    [
      tells('created', { amount: 1000_00 }),
      publishes({ basePercentBp: 1000 }),
      tells('paid', { amount: 800_00 }),
    ],
    {
      result: { earnedMinor: 40_00, percentBp: 500 },
    },
  )
  rule(
    'of one stage with two amounts is a conflict',
    FIVE,
    [tells('paid', { amount: 800_00 }), tells('paid', { amount: 1000_00 })],
    {
      refused: 'order-conflict',
    },
  )
  rule('needs the order or its facts', FIVE, [tells('paid')], { refused: 'order-not-found' })
  rule(
    'may say how much has come back in all',
    FIVE,
    [tells('paid', { amount: 1000_00, refunded: 400_00 })],
    {
      result: { earnedMinor: 30_00, orderStatus: 'partially_refunded' },
      anna: { total: 600_00 },
    },
  )
  rule(
    'does not say less of it than before',
    FIVE,
    [tells('paid', { amount: 1000_00, refunded: 400_00 }), tells('paid', { refunded: 300_00 })],
    {
      repeated: true,
    },
  )
  rule(
    'counts a refund that was told by itself only once',
    FIVE,
    [buys(1000_00), refunds({ amount: 400_00 }), tells('paid', { refunded: 400_00 })],
    {
      entries: [],
      anna: { available: 30_00 },
    },
  )
  rule('is not of more than the order', FIVE, [tells('paid', { amount: 1000_00, refunded: 1000_01 })], {
    refused: 'refund-too-large',
  })
  rule(
    'may say how bonuses have paid',
    { ...FIVE, welcomeBonusMinor: 300_00 },
    [registers(), tells('paid', { amount: 1000_00, payment: { amountMinor: 200_00 } })],
    {
      order: { spentMinor: 200_00, earnedMinor: 40_00 },
    },
  )
  rule(
    'says it once',
    { ...FIVE, welcomeBonusMinor: 300_00 },
    [registers(), ...[1, 2].map(() => tells('paid', { amount: 1000_00, payment: { amountMinor: 200_00 } }))],
    {
      repeated: true,
      anna: { available: 140_00 },
    },
  )
  rule(
    'leaves nothing behind when the bonuses do not suffice',
    FIVE,
    [tells('paid', { amount: 1000_00, payment: { amountMinor: 200_00 } })],
    {
      refused: 'insufficient-bonuses',
      anna: { orders: 0, total: 0 },
    },
  )
})

describe('an order that is awarded when it is fulfilled', () => {
  rule('waits until then', SHIPPED, [buys(1000_00)], {
    anna: { available: 0, pending: 50_00, orders: 1, total: 1000_00 },
  })
  rule('is awarded then', SHIPPED, [buys(1000_00), tells('fulfilled')], {
    anna: { available: 50_00, pending: 0 },
  })
  rule(
    'counts its delay from there',
    { ...SHIPPED, activationDelayDays: 14 },
    [buys(1000_00), tells('fulfilled')],
    { anna: { pending: 50_00 } },
  )
  rule('gives back what it waits with', SHIPPED, [buys(1000_00), refunds()], { anna: { pending: 0 } })
  rule(
    'earns less for bonuses that paid meanwhile',
    { ...SHIPPED, welcomeBonusMinor: 300_00 },
    [registers(), buys(1000_00), spends(200_00), tells('fulfilled')],
    {
      anna: { available: 140_00 },
    },
  )
})
