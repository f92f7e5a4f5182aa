import { describe } from 'vitest'
import type { Rules } from './program.ts'
import { rule } from './rule.fixture.ts'
import {
  activates,
  adjusts,
  buys,
  cancels,
  forfeits,
  holds,
  passes,
  refunds,
  registers,
  spends,
} from './shop.fixture.ts'

const WAITING: Partial<Rules> = { basePercentBp: 500, activationDelayDays: 14, expiryDays: 30 }
const WELCOME: Partial<Rules> = { basePercentBp: 500, welcomeBonusMinor: 300_00, expiryDays: 0 }

describe('an adjustment', () => {
  rule('gives', {}, [adjusts(50_00)], {
    entries: ['anna adjust adjustment 5000'],
    events: ['bonus.adjusted'],
    anna: { available: 50_00 },
  })
  rule('takes', {}, [adjusts(50_00), adjusts(-20_00)], {
    entries: ['anna adjust adjustment -2000'],
    anna: { available: 30_00 },
  })
  rule('takes no more than there is', {}, [adjusts(50_00), adjusts(-50_01)], {
    refused: { refused: 'insufficient-bonuses', details: { availableMinor: 50_00, missingMinor: 1 } },
    anna: { available: 50_00 },
  })
  rule('lives as the program says', { expiryDays: 30 }, [adjusts(50_00), passes({ days: 30 })], {
    anna: { available: 0 },
  })
  rule('lives as staff says', { expiryDays: 30 }, [adjusts(50_00, { days: 60 }), passes({ days: 59 })], {
    anna: { available: 50_00 },
  })
  rule(
    'keeps to the day of the staff',
    { limits: { staffAdjusted: { softMinor: null, hardMinor: 60_00 } } },
    [adjusts(-1), adjusts(50_00), adjusts(10_01)],
    {
      refused: { refused: 'limit-exceeded', details: { limit: 'adjusted', mostMinor: 10_00 } },
    },
  )
  rule(
    'counts what it takes as well',
    { limits: { projectAdjusted: { softMinor: null, hardMinor: 60_00 } } },
    [adjusts(40_00), adjusts(-20_00), adjusts(1)],
    {
      refused: 'limit-exceeded',
    },
  )
  rule(
    'may go on the next day',
    { limits: { staffAdjusted: { softMinor: null, hardMinor: 60_00 } } },
    [adjusts(60_00), passes({ days: 1 }), adjusts(60_00, { id: 'more' })],
    {
      anna: { available: 120_00 },
    },
  )
  rule(
    'tells where it passes what is usual',
    { limits: { staffAdjusted: { softMinor: 40_00, hardMinor: null } } },
    [adjusts(30_00), adjusts(20_00)],
    {
      events: ['limit.reached', 'bonus.adjusted'],
    },
  )
  rule(
    'tells it once',
    { limits: { staffAdjusted: { softMinor: 40_00, hardMinor: null } } },
    [adjusts(50_00), adjusts(20_00)],
    {
      events: ['bonus.adjusted'],
    },
  )
})

describe('a pending lot', () => {
  rule('is activated by hand', WAITING, [buys(1000_00), activates()], {
    anna: { available: 50_00, pending: 0 },
    events: ['bonus.activated'],
  })
  rule('is activated once', WAITING, [buys(1000_00), activates(), activates()], { repeated: true })
  rule(
    'that waits for its order is activated by hand',
    { ...WAITING, expiryDays: 10 },
    [buys(1000_00, { paid: false }), activates(), passes({ days: 10, ms: -1 })],
    {
      anna: { available: 50_00 },
    },
  )
  rule(
    'ends as long after that as others do',
    { ...WAITING, expiryDays: 10 },
    [buys(1000_00, { paid: false }), activates(), passes({ days: 10 })],
    {
      anna: { available: 0 },
    },
  )
  rule('is cancelled by hand', WAITING, [buys(1000_00), cancels()], { anna: { available: 0, pending: 0 } })
  rule('is cancelled once', WAITING, [buys(1000_00), cancels(), cancels()], { repeated: true })
  rule('that is cancelled is not activated', WAITING, [buys(1000_00), cancels(), activates()], {
    refused: 'lot-not-pending',
  })
  rule('has to be pending to be cancelled', WAITING, [buys(1000_00), passes({ days: 14 }), cancels()], {
    refused: 'lot-not-pending',
  })
  rule('has to be there', WAITING, [cancels()], { refused: 'lot-not-found' })
})

describe('whoever is erased', () => {
  rule(
    'loses everything, and holds end',
    WELCOME,
    [registers(), buys(1000_00), holds(200_00, { order: 'B' }), forfeits()],
    {
      anna: { available: 0, pending: 0, held: 0 },
    },
  )
  rule('loses what is pending', WAITING, [buys(1000_00), forfeits()], { anna: { available: 0, pending: 0 } })
  rule(
    'owes nothing any more',
    { basePercentBp: 500, refunds: { leastLifeDays: 0, whenSpent: 'allow-debt' } },
    [buys(1000_00), spends(50_00, { order: 'B' }), refunds(), forfeits()],
    {
      entries: ['anna adjust erased 5000'],
      anna: { debt: 0 },
    },
  )
})
