import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DAY_MS } from '../../kernel/clock.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { auditOf } from './books-audit.fixture.ts'
import type { Decided } from './decide.ts'
import { amountMinor, history, PEOPLE, rules, tell } from './history.fixture.ts'
import { leftOf, naiveBooks, standingIn } from './naive-books.fixture.ts'
import type { Rules } from './program.ts'
import { openShop, purchase, spend, state, type Shop } from './shop.fixture.ts'

const seed = Number(process.env.TAPLINE_PROPERTY_SEED ?? 20_260_101)
const factor = Number(process.env.TAPLINE_PROPERTY_FACTOR ?? 1)
const HISTORIES = 1_500 * factor
const PAIRS = 600 * factor
const TIMEOUT_MS = 60_000 * Math.max(1, factor)

const setup = fc.record({ wholeMinor: fc.constantFrom(1, 100, 1000), keepsEmptyLots: fc.boolean() })
const LOOKED_AT = [0, 1, DAY_MS, 4 * DAY_MS]

/** A test that never sees a thing proves nothing about it. */
function tally() {
  const counts: Record<string, number> = {}
  const count = (name: string) => void (counts[name] = (counts[name] ?? 0) + 1)
  return { counts, count }
}

function verdictOn(decided: Decided): string {
  return isRefusal(decided) ? decided.refused : decided.repeated ? 'repeated' : 'accepted'
}

it(
  'any history ends as the naive books say, and every step keeps the invariants',
  { timeout: TIMEOUT_MS },
  () => {
    const { counts, count } = tally()
    fc.assert(
      fc.property(rules, setup, history(45), (first, shopSetup, happenings) => {
        const shop = openShop(first, shopSetup)
        const naive = naiveBooks(shopSetup.wholeMinor, 'RUB')
        const audit = auditOf(shop)
        tell(shop, happenings, ({ who, command }) => {
          const { tier } = shop.bookOf(who).account
          const decided = shop.run(who, command)
          const verdict = naive.hear({ at: shop.now(), who, command, program: shop.program() })
          const is = { verdict: verdictOn(decided), problems: audit(decided, who, tier), ...seen(shop) }
          const should = { verdict, problems: [], ...foreseen(shop, naive.world()) }
          if (JSON.stringify(is) !== JSON.stringify(should)) expect(is).toEqual(should)
          count(`${command.kind} ${verdict}`)
          if (!isRefusal(decided)) for (const { kind, reason } of decided.entries) count(`${kind} ${reason}`)
        })
      }),
      { seed, numRuns: HISTORIES },
    )
    if (factor >= 1) expect(COMMON.filter((name) => (counts[name] ?? 0) < 40)).toEqual([])
  },
)

const COMMON = [
  'purchase accepted',
  'purchase repeated',
  'purchase order-conflict',
  'purchase currency-mismatch',
  'purchase amount-too-large',
  'spend accepted',
  'spend repeated',
  'spend order-conflict',
  'spend order-amount-required',
  'spend spend-limit-exceeded',
  'spend insufficient-bonuses',
  'state accepted',
  'state repeated',
  'state order-not-found',
  'state order-conflict',
  'register accepted',
  'earn purchase',
  'earn referral',
  'earn welcome',
  'activate purchase',
  'activate referral',
  'activate scheduled',
  'expire expiry',
  'reverse purchase',
  'reverse referral',
  'spend order',
]

type World = ReturnType<ReturnType<typeof naiveBooks>['world']>

function seen(shop: Shop) {
  const now = shop.now()
  const orders = shop.orders().map((order) => ({
    key: `${order.storefront}/${order.orderId}`,
    amounts: [order.facts?.amountMinor ?? null, order.spentMinor, order.earnedMinor, order.referredMinor],
    paid: order.paidAt !== null,
    counted: order.countedMinor !== null,
  }))
  const people = PEOPLE.map((who) => ({
    standings: LOOKED_AT.map((later) => shop.standing(who, now + later)),
    lots: shop
      .bookOf(who)
      .lots.filter((lot) => lot.remainingMinor > 0 && (lot.expiresAt ?? Infinity) > now)
      .map(
        (lot) =>
          `${lot.reason} ${lot.remainingMinor} of ${lot.amountMinor}, ${lot.activatesAt ?? Infinity}-${lot.expiresAt ?? Infinity}`,
      )
      .sort(),
  }))
  return { orders, people }
}

function foreseen(shop: Shop, world: World) {
  const now = shop.now()
  const orders = [...world.orders].map(([key, order]) => ({
    key,
    amounts: [order.amount, order.spent, order.earned, order.referred].map((amount) =>
      amount === null ? null : Number(amount),
    ),
    paid: order.paid,
    counted: order.counted,
  }))
  const people = PEOPLE.map((who) => ({
    standings: LOOKED_AT.map((later) => standingIn(world, who, now + later, shop.program())),
    lots: world.grants
      .filter((grant) => grant.owner === who && leftOf(grant, now) > 0n)
      .map((grant) => `${grant.why} ${leftOf(grant, now)} of ${grant.amount}, ${grant.opens}-${grant.closes}`)
      .sort(),
  }))
  return { orders, people }
}

type Arrival = 'spend' | 'purchase' | 'unpaid purchase' | 'pay'

/** All of them tell one story: an order, paid, and a part of it paid with bonuses. */
const ARRIVALS: Arrival[][] = [
  ['spend', 'purchase'],
  ['purchase', 'spend'],
  ['spend', 'unpaid purchase', 'pay'],
  ['unpaid purchase', 'spend', 'pay'],
  ['unpaid purchase', 'pay', 'spend'],
  ['spend', 'unpaid purchase', 'purchase'],
]

it('an order and its spend end the same in whichever order they arrive', { timeout: TIMEOUT_MS }, () => {
  const { counts, count } = tally()
  const order = fc.record({
    who: fc.constantFrom(...PEOPLE),
    by: fc.constantFrom(...PEOPLE),
    amountMinor,
    shareBp: fc.integer({ min: 1, max: 10_000 }),
  })
  fc.assert(
    fc.property(
      rules,
      setup,
      history(15),
      order,
      (first, shopSetup, happenings, { who, by, amountMinor: amount, shareBp }) => {
        const told = ARRIVALS.map((arrivals) => {
          const shop = openShop(generous(first), shopSetup)
          for (const each of PEOPLE) shop.run(each, { kind: 'register' })
          tell(shop, happenings, (spoken) => void shop.run(spoken.who, spoken.command))
          const most = Math.min(shop.standing(who).available, amount)
          const spentMinor = Math.max(1, Math.floor((most / 10_000) * shareBp))
          const commands = {
            spend: spend(spentMinor, { order: 'new', of: amount }),
            purchase: purchase(amount, { order: 'new', by }),
            'unpaid purchase': purchase(amount, { order: 'new', by, paid: false }),
            pay: state('paid', { order: 'new' }),
          } as const
          const accepted = arrivals.every(
            (arrival) => verdictOn(shop.run(who, commands[arrival])) === 'accepted',
          )
          return accepted ? { arrivals, end: endOf(shop) } : undefined
        })
        const [one, ...others] = told.filter((each) => each !== undefined)
        if (one !== undefined && others.length > 0) count('compared')
        for (const other of others) expect(other).toEqual({ arrivals: other.arrivals, end: one?.end })
      },
    ),
    { seed, numRuns: PAIRS },
  )
  if (factor >= 1) expect(counts.compared).toBeGreaterThan(PAIRS / 3)
})

/** So that there is something to spend, and room for it. */
function generous(some: Rules): Rules {
  return { ...some, welcomeBonusMinor: 500_00, maxSpendPercentBp: Math.max(5000, some.maxSpendPercentBp) }
}

function endOf(shop: Shop) {
  const {
    id: _id,
    flags: _flags,
    factsStage: _stage,
    revision: _revision,
    spentFrom: _from,
    ...order
  } = shop.orderOf({ storefront: 'tilda', orderId: 'new' })!
  return {
    order,
    people: PEOPLE.map((who) => ({
      ...shop.standing(who),
      keptAt: shop.bookOf(who).account.firstOrderKeptAt,
    })),
  }
}
