import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyRules, goods } from './any-history.fixture.ts'
import { appraise, keptOf, payable } from './appraise.ts'
import type { OrderLine, Terms } from './order.ts'
import { DEFAULT_RULES, type BonusRule, type LineMatch, type Program, type Rules } from './program.ts'
import { openShop, purchase } from './shop.fixture.ts'

const WHOLE = 100
const nothing: LineMatch = { skus: [], categories: [], delivery: false, sale: false }
const AT = Date.UTC(2026, 0, 15)

function bonusRule(id: string, effect: BonusRule['effect'], more: Partial<BonusRule> = {}): BonusRule {
  return {
    id,
    name: id,
    match: null,
    startsAt: null,
    endsAt: null,
    firstOrder: false,
    tiers: [],
    leastOrderMinor: 0,
    effect,
    budgetMinor: null,
    ...more,
  }
}
const double = (id: string, factorBp = 20_000, more?: Partial<BonusRule>) =>
  bonusRule(id, { kind: 'multiply', factorBp }, more)
const extra = (id: string, percentBp: number, more?: Partial<BonusRule>) =>
  bonusRule(id, { kind: 'add-percent', percentBp }, more)
const fixed = (id: string, amountMinor: number, more?: Partial<BonusRule>) =>
  bonusRule(id, { kind: 'bonus', amountMinor }, more)

type Case = { amount: number; lines?: OrderLine[]; spent?: number; terms?: Partial<Terms> }
function look(rules: Partial<Rules>, { amount, lines = [], spent = 0, terms = {} }: Case) {
  const program: Program = { ...DEFAULT_RULES, basePercentBp: 500, ...rules, version: 1 }
  const whole: Terms = {
    programVersion: 1,
    percentBp: program.basePercentBp,
    tier: null,
    rounding: program.rounding,
    wholeMinor: WHOLE,
    referralPercentBp: program.referralPercentBp,
    expiryDays: 0,
    activationDelayDays: 0,
    at: AT,
    ...terms,
  }
  return appraise({ amountMinor: amount, currency: 'RUB', lines }, program, whole, spent)
}
const earned = (rules: Partial<Rules>, one: Case) => look(rules, one).earnedMinor
const line = (sku: string, totalMinor: number, more: Partial<OrderLine> = {}): OrderLine => ({
  sku,
  quantity: 1,
  totalMinor,
  ...more,
})

describe('an order earns', () => {
  const tea = line('tea', 600_00, { category: 'food' })
  const cup = line('cup', 400_00, { sale: true })
  const way = line('way', 300_00, { delivery: true })
  const no = (match: Partial<LineMatch>, from: 'earning' | 'spending' | 'both' = 'earning') => ({
    exclusions: [{ match: { ...nothing, ...match }, from }],
  })
  const first = { firstOrder: true }
  const cases: [string, Partial<Rules>, Case, number][] = [
    ['the base percent', {}, { amount: 1000_00 }, 50_00],
    ['nothing on delivery that is left out', no({ delivery: true }), { amount: 900_00, lines: [tea, way] }, 30_00],
    ['on delivery that is not left out', no({ sale: true }), { amount: 900_00, lines: [tea, way] }, 45_00],
    ['nothing on sale goods that are left out', no({ sale: true }), { amount: 1000_00, lines: [tea, cup] }, 30_00],
    ['nothing on a category that is left out', no({ categories: ['food'] }), { amount: 1000_00, lines: [tea, cup] }, 20_00],
    ['nothing on an article that is left out', no({ skus: ['cup'] }), { amount: 1000_00, lines: [tea, cup] }, 30_00],
    ['on what can only not be paid with bonuses', no({ sale: true }, 'spending'), { amount: 1000_00, lines: [tea, cup] }, 50_00],
    ['on what its lines lack of the amount', no({ sale: true }), { amount: 1200_00, lines: [tea, cup] }, 40_00],
    ['less where a discount of the whole lessens each line', no({ sale: true }), { amount: 500_00, lines: [tea, cup] }, 15_00],
    ['nothing when it is too small', { leastOrderMinor: 100_00 }, { amount: 99_99 }, 0],
    ['when it is just not too small', { leastOrderMinor: 100_00 }, { amount: 100_00 }, 5_00],
    ['nothing on the part that bonuses paid', {}, { amount: 1000_00, spent: 400_00 }, 30_00],
    ['nothing when bonuses paid it whole', {}, { amount: 1000_00, spent: 1000_00 }, 0],
    ['on sale goods what bonuses did not pay: they pay what they may', no({ sale: true }, 'spending'), { amount: 1000_00, lines: [tea, cup], spent: 600_00 }, 20_00],
    ['by the dearest multiplier alone', { rules: [double('a'), double('b', 30_000)] }, { amount: 1000_00 }, 150_00],
    ['by the dearest multiplier, wherever it stands', { rules: [double('b', 30_000), double('a')] }, { amount: 1000_00 }, 150_00],
    ['all extra percents', { rules: [extra('a', 100), extra('b', 200)] }, { amount: 1000_00 }, 80_00],
    ['a multiple of base and tier, and extra percents once', { rules: [double('a'), extra('b', 100)] }, { amount: 1000_00, terms: { percentBp: 700, tier: 'gold' } }, 150_00],
    ['less by a multiplier below one', { rules: [double('a', 5_000)] }, { amount: 1000_00 }, 25_00],
    ['more on the lines that a rule names', { rules: [double('a', 20_000, { match: { ...nothing, categories: ['food'] } })] }, { amount: 1000_00, lines: [tea, cup] }, 80_00],
    ['no more where no line is named', { rules: [double('a', 20_000, { match: { ...nothing, categories: ['books'] } })] }, { amount: 1000_00, lines: [tea, cup] }, 50_00],
    ['a fixed bonus once, not once a line', { rules: [fixed('a', 70_00, { match: { ...nothing, categories: ['food'], sale: true } })] }, { amount: 1000_00, lines: [tea, cup] }, 120_00],
    ['no fixed bonus on what bonuses paid whole', { rules: [fixed('a', 70_00)] }, { amount: 1000_00, spent: 1000_00 }, 0],
    ['what only a first order gets', { rules: [fixed('a', 70_00, first)] }, { amount: 1000_00, terms: { firstOrder: true } }, 120_00],
    ['not what only a first order gets', { rules: [fixed('a', 70_00, first)] }, { amount: 1000_00 }, 50_00],
    ['what only a tier gets', { rules: [extra('a', 100, { tiers: ['gold'] })] }, { amount: 1000_00, terms: { tier: 'gold' } }, 60_00],
    ['not what only a tier gets', { rules: [extra('a', 100, { tiers: ['gold'] })] }, { amount: 1000_00 }, 50_00],
    ['not what only larger orders get', { rules: [extra('a', 100, { leastOrderMinor: 1000_01 })] }, { amount: 1000_00 }, 50_00],
    ['by a campaign from its first moment', { rules: [extra('a', 100, { startsAt: AT })] }, { amount: 1000_00 }, 60_00],
    ['not by one that has not begun', { rules: [extra('a', 100, { startsAt: AT + 1 })] }, { amount: 1000_00 }, 50_00],
    ['by a campaign to its last moment', { rules: [extra('a', 100, { endsAt: AT + 1 })] }, { amount: 1000_00 }, 60_00],
    ['not by one that has ended', { rules: [extra('a', 100, { endsAt: AT })] }, { amount: 1000_00 }, 50_00],
    ['what is left of a budget', { rules: [fixed('a', 70_00, { budgetMinor: 100_00 })] }, { amount: 1000_00, terms: { budgets: { a: 20_00 } } }, 70_00],
    ['nothing of a budget that is used up', { rules: [fixed('a', 70_00, { budgetMinor: 100_00 })] }, { amount: 1000_00, terms: { budgets: { a: 0 } } }, 50_00],
    ['whole bonuses of a budget', { rules: [fixed('a', 70_00, { budgetMinor: 100_00 })] }, { amount: 1000_00, terms: { budgets: { a: 20_50 } } }, 70_00],
    ['whole bonuses though a budget leaves less than what has to go', { rules: [extra('a', 1000, { budgetMinor: 100_00 })] }, { amount: 10_00, terms: { budgets: { a: 10 } } }, 0],
    ['what the day still allows', {}, { amount: 1000_00, terms: { mostEarnedMinor: 30_00 } }, 30_00],
    ['whole bonuses of what the day still allows', {}, { amount: 1000_00, terms: { mostEarnedMinor: 30_99 } }, 30_00],
    ['to the unit what the day still allows, where nothing is rounded', { rounding: 'none' }, { amount: 1000_00, terms: { mostEarnedMinor: 30_99 } }, 30_99],
    ['for a friend who came', {}, { amount: 1000_00, terms: { friendBonusMinor: 20_00 } }, 70_00],
    ['floored', {}, { amount: 199_99 }, 9_00],
    ['to the nearest', { rounding: 'nearest' }, { amount: 190_00 }, 10_00],
    ['to the unit', { rounding: 'none' }, { amount: 199_99 }, 9_99],
    ['rounded once, not line by line', no({ delivery: true }), { amount: 30_00, lines: [line('a', 10_00), line('b', 10_00), line('c', 10_00)] }, 1_00],
  ] // prettier-ignore
  it.each(cases)('%s', (_, rules, one, minor) => expect(earned(rules, one)).toBe(minor))
})

describe('an appraisal', () => {
  it('says what each rule gave', () => {
    const { parts } = look(
      { rules: [double('weekend'), fixed('gift', 10_00)] },
      { amount: 1000_00, terms: { percentBp: 700, tier: 'gold', mostEarnedMinor: 100_00 } },
    )
    expect(parts).toEqual([
      { rule: 'base', percentBp: 500, amountMinor: 50_00 },
      { rule: 'tier', percentBp: 200, amountMinor: 20_00 },
      { rule: 'weekend', percentBp: 700, amountMinor: 70_00 },
      { rule: 'gift', percentBp: null, amountMinor: 10_00 },
      { rule: 'limit', percentBp: null, amountMinor: -50_00 },
    ])
  })
  it('says why there is nothing', () => {
    expect(look({ leastOrderMinor: 2 }, { amount: 1 }).nothingBecause).toBe('least-order')
    expect(look({}, { amount: 1, spent: 1 }).nothingBecause).toBe('nothing-paid')
    expect(look({}, { amount: 1 }).nothingBecause).toBe(null)
  })
  it('says how much rounding took, and gave', () => {
    expect(look({}, { amount: 199_99 }).roundingE4).toBe(-99_9500)
    expect(look({ rounding: 'nearest' }, { amount: 190_00 }).roundingE4).toBe(50_0000)
  })
  it('gives a referrer a percent of the money, and what is fixed', () => {
    const rules = {
      referralPercentBp: 1000,
      referral: { referrerBonusMinor: 30_00, friendBonusMinor: 0, leastOrderMinor: 100_00, friendsPerDay: 0 },
    }
    const terms = { referrerBonusMinor: 30_00 }
    expect(look(rules, { amount: 1000_00, spent: 500_00, terms }).referredMinor).toBe(80_00)
    expect(look(rules, { amount: 99_99, terms }).referredMinor).toBe(0)
    expect(look(rules, { amount: 1000_00, spent: 1000_00, terms }).referredMinor).toBe(0)
  })
})

it('a referrer gets nothing for what is left out', () => {
  const rules = {
    referralPercentBp: 1000,
    exclusions: [{ match: { ...nothing, sale: true }, from: 'earning' as const }],
  }
  const lines = [line('tea', 600_00), line('cup', 400_00, { sale: true })]
  expect(look(rules, { amount: 1000_00, lines })).toMatchObject({ baseMinor: 600_00, referredMinor: 60_00 })
})

describe('what may be paid with bonuses', () => {
  const lines = [line('tea', 600_00), line('cup', 400_00, { sale: true })]
  const program = {
    exclusions: [{ match: { ...nothing, sale: true }, from: 'both' as const }],
    maxSpendPercentBp: 5000,
    leastSpendOrderMinor: 100_00,
  }
  const cases: [string, number, Partial<typeof program>, number, string][] = [
    ['is a share of what is not left out', 1000_00, {}, 300_00, 'share'],
    ['is all that is not left out', 1000_00, { maxSpendPercentBp: 10_000 }, 600_00, 'left-out-lines'],
    ['is the amount', 1000_00, { maxSpendPercentBp: 10_000, exclusions: [] }, 1000_00, 'amount'],
    ['is nothing of a small order', 99_99, {}, 0, 'least-order'],
    ['is less by a discount of the whole', 500_00, {}, 150_00, 'share'],
    ['is more by what the lines lack', 1200_00, {}, 400_00, 'share'],
  ]
  it.each(cases)('%s', (_, amountMinor, more, mostMinor, limitedBy) => {
    expect(payable({ amountMinor, lines }, { ...program, ...more })).toMatchObject({ mostMinor, limitedBy })
  })
})

it('lines add up to the order, parts to what it earns, in whole bonuses, and nothing is less than nothing', () => {
  const share = fc.integer({ min: 0, max: 10_000 })
  fc.assert(
    fc.property(anyRules, goods, share, fc.boolean(), (rules, { amountMinor, lines }, spentBp, some) => {
      const shop = openShop({
        ...rules,
        welcomeBonusMinor: 9_000_000_00,
        maxSpendPercentBp: 10_000,
        leastSpendOrderMinor: 0,
        limits: some ? rules.limits : {},
      })
      shop.run('anna', { kind: 'register' })
      shop.run('anna', purchase(amountMinor, { lines }))
      const order = shop.orderOf({ storefront: 'tilda', orderId: 'A' })!
      const spentMinor = Math.floor((amountMinor * spentBp) / 10_000)
      const appraisal = appraise(order.facts!, shop.program(), order.terms!, spentMinor)
      const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
      expect(sum(appraisal.lines.map(({ grossMinor }) => grossMinor))).toBe(amountMinor)
      expect(sum(appraisal.lines.map((one) => one.spentMinor))).toBe(spentMinor)
      expect(sum(appraisal.lines.map((one) => one.earnedMinor))).toBe(appraisal.earnedMinor)
      expect(sum(appraisal.parts.map((part) => part.amountMinor))).toBe(appraisal.earnedMinor)
      expect(
        appraisal.lines.every((one) => one.spentMinor >= 0 && one.earnedMinor >= 0 && one.baseMinor >= 0),
      ).toBe(true)
      expect(appraisal.earnedMinor % (rules.rounding === 'none' ? 1 : 100)).toBe(0)
      expect(keptOf({ ...order, refunds: [], refundedMinor: 0 }, order.facts!, appraisal)).toMatchObject({
        spentMinor,
        earnedMinor: appraisal.earnedMinor,
        referredMinor: appraisal.referredMinor,
        isAllBack: false,
      })
      for (const [rule, budget] of Object.entries(order.terms!.budgets ?? {}))
        expect(appraisal.parts.find((part) => part.rule === rule)?.amountMinor ?? 0).toBeLessThanOrEqual(
          budget,
        )
      expect(appraisal.earnedMinor).toBeLessThanOrEqual(order.terms!.mostEarnedMinor ?? Infinity)
    }),
    { seed: 20_260_101, numRuns: 1500 },
  )
})
