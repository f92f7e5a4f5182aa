import { describe } from 'vitest'
import type { Rules } from './program.ts'
import { rule } from './rule.fixture.ts'
import {
  buys,
  captures,
  doubts,
  holds,
  judges,
  type openShop,
  passes,
  pays,
  publishes,
  purchase,
  refunds,
  registers,
  settles,
  spends,
  tells,
} from './shop.fixture.ts'

const FIVE: Partial<Rules> = { basePercentBp: 500, expiryDays: 0 }
const WELCOME: Partial<Rules> = { ...FIVE, welcomeBonusMinor: 300_00 }

/** What owners and developers say of other systems, each shown not to be so here. The marks are those of the collection. */
describe('it does not happen here that', () => {
  // S41
  rule('a replayed order earns twice', FIVE, [buys(1000_00), buys(1000_00), buys(1000_00)], {
    repeated: true,
    anna: { available: 50_00, orders: 1 },
  })
  // S41b
  rule('an order that is marked completed again earns again', FIVE, [
    tells('paid', { amount: 1000_00 }),
    tells('fulfilled'),
    tells('paid'),
    tells('fulfilled'),
  ], { repeated: true, anna: { available: 50_00, orders: 1 } }) // prettier-ignore
  // S43
  rule('a till that was offline sends its orders again and doubles them', FIVE, [
    buys(1000_00),
    buys(500_00, { order: 'B' }),
    passes({ days: 2 }),
    buys(1000_00),
    buys(500_00, { order: 'B' }),
  ], { repeated: true, anna: { available: 75_00, orders: 2 } }) // prettier-ignore
  // S42b: one after the other here, since each decides on the books that the one before has left.
  rule(
    'two carts spend one balance',
    WELCOME,
    [registers(), spends(300_00), spends(300_00, { order: 'B' })],
    {
      refused: { refused: 'insufficient-bonuses', details: { availableMinor: 0, missingMinor: 300_00 } },
      anna: { available: 0 },
    },
  )
  // S48
  rule('somebody buys, returns, and keeps the bonuses', FIVE, [buys(1000_00), refunds()], {
    anna: { available: 0 },
  })
  // S48
  rule('a return takes the bonuses a second time', FIVE, [
    buys(1000_00),
    buys(1000_00, { order: 'B' }),
    refunds(),
    refunds({ id: 'again', amount: 0 }),
    tells('refunded'),
    tells('cancelled'),
  ], { anna: { available: 50_00 } }) // prettier-ignore
  // S48b
  rule(
    'the part paid with bonuses is paid out in money',
    WELCOME,
    [registers(), spends(200_00), buys(1000_00), refunds()],
    {
      result: { refund: { moneyMinor: 800_00, bonusesReturnedMinor: 200_00 } },
      anna: { available: 300_00 },
    },
  )
  // S48c
  rule('a cancellation and a refund together leave a wrong balance', WELCOME, [
    registers(),
    spends(200_00),
    buys(1000_00),
    refunds({ amount: 400_00 }),
    tells('cancelled'),
  ], { anna: { available: 300_00, total: 0, orders: 0 } }) // prettier-ignore
  // S40
  rule('what was spent of a lot is taken again when the lot ends', { ...FIVE, expiryDays: 30 }, [
    buys(1000_00),
    passes({ days: 20 }),
    buys(1000_00, { order: 'B' }),
    spends(40_00, { order: 'C' }),
    passes({ days: 10 }),
  ], { anna: { available: 50_00 } }) // prettier-ignore
  // S49, S37a
  rule('bonuses can be spent after they have ended, until a job has run', { ...WELCOME, expiryDays: 30 }, [
    registers(),
    passes({ days: 30 }),
    spends(1),
  ], { refused: 'insufficient-bonuses' }) // prettier-ignore
  // S37b
  rule('returned bonuses never end', { ...WELCOME, basePercentBp: 0, expiryDays: 30 }, [
    registers(),
    spends(200_00),
    refunds(),
    passes({ days: 30 }),
  ], { anna: { available: 0 } }) // prettier-ignore
  // S50
  rule('thirds leave a rest of a hundredth', { ...FIVE, rounding: 'none' }, [
    buys(100_00),
    refunds({ id: '1', amount: 33_33 }),
    refunds({ id: '2', amount: 33_33 }),
    refunds({ id: '3', amount: 33_34 }),
  ], { result: { earnedMinor: 0 }, anna: { available: 0, total: 0, orders: 0 } }) // prettier-ignore
  // S51
  rule('the history of an order that earns and spends shows only the difference', WELCOME, [
    registers(),
    (shop) => shop.run('anna', purchase(1000_00, { payment: { amountMinor: 100_00 } })),
  ], { entries: ['anna spend order -10000', 'anna earn purchase 4500'] }) // prettier-ignore
  // S51
  rule(
    'a draft that nobody has paid gives something to spend',
    { ...FIVE, unpaidOrders: 'ignore' },
    [buys(1000_00, { paid: false })],
    {
      entries: [],
      anna: { available: 0, pending: 0, total: 0, orders: 0 },
    },
  )
  // S51
  rule('a draft that was never paid takes the welcome of a first order away', { ...FIVE, unpaidOrders: 'ignore' }, [
    buys(1000_00, { paid: false }),
    tells('cancelled'),
    buys(1000_00, { order: 'B' }),
  ], { order: { terms: { firstOrder: true } } }) // prettier-ignore
  // S47
  rule(
    'somebody refers himself',
    { basePercentBp: 0, referralPercentBp: 1000 },
    [buys(1000_00, { by: 'anna' })],
    {
      anna: { available: 0, referredBy: null },
    },
  )
  // S47
  rule('a referral pays before the return window is over', { basePercentBp: 0, referralPercentBp: 1000, activationDelayDays: 14 }, [
    buys(1000_00, { by: 'boris' }),
    passes({ days: 14, ms: -1 }),
  ], { boris: { available: 0, pending: 100_00 } }) // prettier-ignore
  // S47
  rule('a referral pays for an order that came back', { basePercentBp: 0, referralPercentBp: 1000, activationDelayDays: 14 }, [
    buys(1000_00, { by: 'boris' }),
    refunds(),
    passes({ days: 15 }),
  ], { boris: { available: 0, pending: 0 } }) // prettier-ignore
  // S47
  rule('a throwaway account pays before somebody has looked', { basePercentBp: 0, referralPercentBp: 1000 }, [
    doubts('same-contact'),
    registers({ by: 'boris' }),
    buys(1000_00),
  ], { boris: { available: 0, pending: 0 } }) // prettier-ignore
  // S47: and the honest lose nothing by it.
  rule('an honest referral that was doubted is lost', { basePercentBp: 0, referralPercentBp: 1000, referral: { referrerBonusMinor: 30_00, friendBonusMinor: 20_00, leastOrderMinor: 0, friendsPerDay: 0 } }, [
    doubts('velocity'),
    registers({ by: 'boris' }),
    buys(1000_00),
    judges(true),
  ], { anna: { available: 20_00 }, boris: { available: 130_00 }, events: ['bonus.awarded', 'bonus.awarded', 'referral.qualified'] }) // prettier-ignore
  // S51b
  rule('a confirmed payment is deducted twice', WELCOME, [
    registers(),
    holds(200_00, { of: 1000_00 }),
    captures(),
    spends(200_00),
    buys(1000_00),
  ], { anna: { available: 140_00, held: 0 } }) // prettier-ignore
  // S31: the reserve is released and spent elsewhere before the sale is told.
  rule('there is a gap between a hold and its order', WELCOME, [
    registers(),
    holds(300_00),
    (shop: ReturnType<typeof openShop>) => shop.run('anna', purchase(1000_00, { payment: { holdId: shop.holds()[0]!.id } })),
  ], { entries: ['anna release captured 30000', 'anna spend order -30000', 'anna earn purchase 3500'] }) // prettier-ignore
  // S26
  rule(
    'a refund goes by the rule of today',
    FIVE,
    [buys(100_00), publishes({ basePercentBp: 1000 }), refunds({ amount: 50_00 })],
    {
      result: { refund: { bonusesReversedMinor: 2_50 } },
    },
  )
  // S26: a refund to a gift card is a refund like any other, and is told.
  rule(
    'a customer is not told of a refund',
    WELCOME,
    [registers(), spends(200_00), buys(1000_00), refunds()],
    {
      events: ['bonus.refunded', 'bonus.reversed'],
    },
  )
  // S09: there a debt switches expiry off.
  rule('bonuses stop ending where debts are allowed', { ...WELCOME, expiryDays: 30, refunds: { leastLifeDays: 14, whenSpent: 'allow-debt' } }, [
    registers(),
    passes({ days: 30 }),
    settles(),
  ], { events: ['bonus.expired'], anna: { available: 0 } }) // prettier-ignore
  // S29
  rule('waiting for an order to be kept shortens the life of its bonuses', { ...FIVE, activationDelayDays: 14, expiryDays: 30 }, [
    buys(1000_00, { paid: false }),
    passes({ days: 60 }),
    pays(),
    passes({ days: 44, ms: -1 }),
  ], { anna: { available: 50_00 } }) // prettier-ignore
})
