import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '../../kernel/refusal.ts'
import { anyRules, goods } from './any-history.fixture.ts'
import { auditOf } from './books-audit.fixture.ts'
import type { LoyaltyCommand } from './command.ts'
import { orderStatus } from './desk.ts'
import type { Rules } from './program.ts'
import { openShop, purchase, spend, state, type Shop } from './shop.fixture.ts'

const seed = Number(process.env.TAPLINE_PROPERTY_SEED ?? 20_260_101)
const factor = Number(process.env.TAPLINE_PROPERTY_FACTOR ?? 1)
const numRuns = 300 * factor
const timeout = 240_000 * Math.max(1, factor)

/** Nothing is short, nothing ends, and tiers are judged elsewhere. */
function calm(rules: Rules): Rules {
  return {
    ...rules,
    welcomeBonusMinor: 9000_00,
    expiryDays: 0,
    expiryMonths: 0,
    expiryEndOf: 'none',
    maxSpendPercentBp: 10_000,
    leastSpendOrderMinor: 0,
    exclusions: rules.exclusions.filter(({ from }) => from === 'earning'),
    limits: {},
    refunds: { leastLifeDays: 14, whenSpent: 'within-balance' },
  }
}

const wholeMinor = fc.constantFrom(1, 100)
const KEY = { storefront: 'tilda', orderId: 'A' }
type Goods = typeof goods extends fc.Arbitrary<infer T> ? T : never

function opened(rules: Rules, whole: number) {
  const shop = openShop(calm(rules), { wholeMinor: whole })
  const audit = auditOf(shop)
  audit(shop.run('anna', { kind: 'register', referrerId: 'boris' }), 'anna', null)
  return Object.assign(shop, { audit })
}

function refundOf(
  id: string,
  part: { amountMinor: number } | { lines: { key: string; quantity: number }[] },
) {
  return { kind: 'refund', ...KEY, refundId: id, ...part } satisfies LoyaltyCommand
}

/** What an order has come to, however it came there. */
function endOf(shop: Shop) {
  const order = shop.orderOf(KEY)
  return {
    anna: shop.standing('anna'),
    boris: shop.standing('boris'),
    order: order && {
      status: orderStatus(order),
      earned: order.earnedMinor,
      spent: order.spentMinor - order.returnedMinor,
      counted: order.countedMinor,
      referred: order.referredMinor,
    },
  }
}

/** Messages about one order that do not contradict each other. */
const story = fc
  .record({
    goods,
    spentBp: fc.option(fc.integer({ min: 1, max: 10_000 })),
    stages: fc.subarray(['created', 'paid', 'fulfilled'] as const, { minLength: 1 }),
    ends: fc.constantFrom('no', 'no', 'no', 'cancelled', 'refunded'),
    amountBps: fc.array(fc.integer({ min: 1, max: 4000 }), { maxLength: 2 }),
    lines: fc.subarray([0, 1, 2, 3], { maxLength: 2 }),
    total: fc.boolean(),
  })
  .map(({ goods: { amountMinor: amount, lines }, ...plan }) => {
    const facts = { amount, lines }
    const backs = [
      ...plan.amountBps.map((bp, at) =>
        refundOf(`amount-${at}`, { amountMinor: Math.floor((amount * bp) / 10_000) }),
      ),
      ...plan.lines.flatMap((at) => {
        const line = lines[at]
        return line === undefined
          ? []
          : [refundOf(`line-${at}`, { lines: [{ key: line.sku!, quantity: line.quantity }] })]
      }),
    ]
    const messages: LoyaltyCommand[] = [
      ...plan.stages.map((stage) => state(stage, facts)),
      ...(plan.ends === 'no' ? [] : [state(plan.ends, facts)]),
      ...(plan.spentBp === null || amount === 0
        ? []
        : [
            spend(Math.max(1, Math.floor((Math.min(amount, 9000_00) * plan.spentBp) / 10_000)), {
              of: amount,
            }),
          ]),
      ...backs,
    ]
    return { messages, isOver: plan.ends !== 'no', amount, total: plan.total && backs.length > 0 }
  })

/** What the shop says has come back in all, once everything else is told. */
function backIn(rules: Rules, whole: number, messages: LoyaltyCommand[]): number | undefined {
  const shop = opened(rules, whole)
  for (const message of messages) if (isRefusal(shop.run('anna', message))) return undefined
  const { amountMinor } = shop.orderOf(KEY)!.facts!
  const refunds = messages.filter(({ kind }) => kind === 'refund')
  const before = opened(rules, whole)
  for (const message of messages) if (message.kind !== 'refund') before.run('anna', message)
  let back = 0
  for (const refund of refunds) {
    const decided = before.run('anna', refund)
    if (!isRefusal(decided)) back += decided.result.refund!.amountMinor
  }
  return Math.min(back, amountMinor)
}

it('messages about an order may come in any order', { timeout }, () => {
  let compared = 0
  fc.assert(
    fc.property(
      anyRules,
      wholeMinor,
      story,
      fc.infiniteStream(fc.nat(1_000_000)),
      (rules, whole, told, dice) => {
        const back = told.total && !told.isOver ? backIn(rules, whole, told.messages) : undefined
        const messages = [
          ...told.messages,
          ...(back === undefined ? [] : [state('paid', { refunded: back })]),
        ]
        const withFacts = messages.map((one) =>
          one.kind === 'state' && one.facts === undefined
            ? { ...one, facts: told.messages.find((each) => each.kind === 'state')!.facts }
            : one,
        )
        const runs = Array.from({ length: 4 }, () => {
          const shuffled = [...withFacts]
            .map((message) => ({ message, at: dice.next().value as number }))
            .sort((left, right) => left.at - right.at)
            .map(({ message }) => message)
          const shop = opened(rules, whole)
          const verdicts = shuffled.map((message) => {
            const decided = shop.run('anna', message)
            expect(
              shop
                .audit(decided, 'anna', shop.bookOf('anna').account.tier)
                .filter((one) => !one.includes('tier')),
            ).toEqual([])
            return isRefusal(decided) ? decided.refused : 'taken'
          })
          return { shuffled, verdicts, end: endOf(shop) }
        })
        const whole4 = runs.filter(
          ({ verdicts }) => told.isOver || verdicts.every((verdict) => verdict === 'taken'),
        )
        if (whole4.length > 1) compared++
        for (const other of whole4.slice(1))
          expect({ end: other.end, told: [other.shuffled, other.verdicts] }).toEqual({
            end: whole4[0]!.end,
            told: [other.shuffled, other.verdicts],
          })
      },
    ),
    { seed, numRuns },
  )
  expect(compared).toBeGreaterThan(numRuns / 2)
})

describe('partial refunds', () => {
  const parts = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 8 })
  const cut = (amount: number, weights: number[]) => {
    const sum = weights.reduce((total, weight) => total + weight, 0)
    let before = 0
    let weighed = 0
    return weights.map((weight) => {
      weighed += weight
      const until = Math.floor((amount * weighed) / sum)
      const part = until - before
      before = until
      return part
    })
  }

  it('add up to the whole to the last unit, whatever the parts', { timeout }, () => {
    fc.assert(
      fc.property(
        anyRules,
        wholeMinor,
        goods,
        parts,
        fc.integer({ min: 0, max: 10_000 }),
        (rules, whole, bought, weights, spentBp) => {
          const { amountMinor: amount, lines } = bought
          const shop = opened(rules, whole)
          const spentMinor = Math.floor((Math.min(amount, 9000_00) * spentBp) / 10_000)
          const before = shop.standing('anna')
          shop.run('anna', purchase(amount, { lines }))
          if (spentMinor > 0) shop.run('anna', spend(spentMinor))
          const refunds = cut(amount, weights).flatMap((amountMinor, at) => {
            if (amountMinor === 0) return []
            const decided = shop.run('anna', refundOf(`${at}`, { amountMinor }))
            return isRefusal(decided) ? expect.fail(decided.refused) : [decided.result.refund!]
          })
          if (amount === 0) return
          const order = shop.orderOf(KEY)!
          expect(refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(amount)
          expect(refunds.reduce((sum, { moneyMinor }) => sum + moneyMinor, 0)).toBe(amount - spentMinor)
          expect(refunds.reduce((sum, { bonusesReturnedMinor }) => sum + bonusesReturnedMinor, 0)).toBe(
            spentMinor,
          )
          expect(
            refunds.every(
              ({ moneyMinor, bonusesReturnedMinor, bonusesReversedMinor }) =>
                moneyMinor >= 0 && bonusesReturnedMinor >= 0 && bonusesReversedMinor >= 0,
            ),
          ).toBe(true)
          expect(order).toMatchObject({
            earnedMinor: 0,
            returnedMinor: spentMinor,
            forgivenMinor: 0,
            countedMinor: null,
          })
          expect(shop.standing('anna')).toEqual({ ...before, tier: shop.standing('anna').tier })
        },
      ),
      { seed, numRuns },
    )
  })

  it(
    'take the exact share of all that came back, floored, of what was earned and of what was spent',
    { timeout },
    () => {
      const percent = fc.integer({ min: 0, max: 10_000 })
      fc.assert(
        fc.property(
          percent,
          fc.integer({ min: 1, max: 5000_00 }),
          parts,
          percent,
          fc.nat(8),
          (basePercentBp, amount, weights, spentBp, until) => {
            const shop = openShop({ basePercentBp, welcomeBonusMinor: 9000_00, rounding: 'none' })
            shop.run('anna', { kind: 'register' })
            const spentMinor = Math.floor((amount * spentBp) / 10_000)
            shop.run('anna', purchase(amount, { payment: { amountMinor: spentMinor } }))
            const told = cut(amount, weights).slice(0, until)
            told.forEach(
              (amountMinor, at) =>
                void (amountMinor > 0 && shop.run('anna', refundOf(`${at}`, { amountMinor }))),
            )
            const back = BigInt(told.reduce((sum, part) => sum + part, 0))
            // Told a second time, in rationals: what is kept is the whole less the floor of its share.
            const kept = (minor: bigint) =>
              minor - (minor * back - ((minor * back) % BigInt(amount))) / BigInt(amount)
            const earned = (BigInt(amount - spentMinor) * BigInt(basePercentBp)) / 10_000n
            const order = shop.orderOf(KEY)!
            expect(BigInt(order.earnedMinor)).toBe(kept(earned))
            expect(BigInt(order.spentMinor - order.returnedMinor)).toBe(kept(BigInt(spentMinor)))
            const isWhole = back === BigInt(amount)
            expect(shop.standing('anna').total).toBe(
              isWhole ? 0 : Number(BigInt(amount) - back - kept(BigInt(spentMinor))),
            )
          },
        ),
        { seed, numRuns },
      )
    },
  )
})

it('an order told fifty times is told once', { timeout }, () => {
  fc.assert(
    fc.property(anyRules, wholeMinor, goods, (rules, whole, bought: Goods) => {
      const shop = opened(rules, whole)
      const command = purchase(bought.amountMinor, { lines: bought.lines, by: 'boris' })
      shop.run('anna', command)
      const [entries, end] = [shop.entries.length, endOf(shop)]
      for (let time = 1; time < 50; time++)
        expect(shop.run('anna', command)).toMatchObject({ repeated: true })
      expect([shop.entries.length, endOf(shop)]).toEqual([entries, end])
    }),
    { seed, numRuns: 60 * factor },
  )
})

it('a refund under another program mirrors what the first one did', { timeout }, () => {
  fc.assert(
    fc.property(
      anyRules,
      anyRules,
      wholeMinor,
      goods,
      fc.integer({ min: 1, max: 10_000 }),
      (rules, others, whole, bought, backBp) => {
        const { amountMinor: amount, lines } = bought
        const [same, changed] = [true, false].map((stays) => {
          const shop = opened(rules, whole)
          shop.run('anna', purchase(amount, { lines }))
          if (!stays) shop.publish(calm(others))
          const amountMinor = Math.floor((amount * backBp) / 10_000)
          shop.run('anna', refundOf('R', { amountMinor }))
          const { earnedMinor, countedMinor } = shop.orderOf(KEY)!
          const { available, pending } = shop.standing('anna')
          return { earnedMinor, countedMinor, available, pending }
        })
        expect(changed).toEqual(same)
      },
    ),
    { seed, numRuns },
  )
})
