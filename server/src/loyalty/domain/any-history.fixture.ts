import fc from 'fast-check'
import { DAY_MS } from '../../kernel/clock.ts'
import type { LoyaltyCommand } from './command.ts'
import { PEOPLE } from './history.fixture.ts'
import type { Order, OrderLine } from './order.ts'
import { LIMIT_KINDS, type Limits, type LineMatch, type Rules } from './program.ts'
import { purchase, spend, state, type Shop } from './shop.fixture.ts'

/** Said by somebody, now that the shop is as it is; null where there is nothing that it could be about. */
type Saying = (shop: Shop) => { who: string; command: LoyaltyCommand } | null
export type AnyHappening =
  { say: Saying } | { again: number } | { waitMs: number } | { publish: Rules } | { doubt: boolean }

const who = fc.constantFrom(...PEOPLE)
const by = fc.option(who, { nil: undefined, freq: 2 })
const amountMinor = fc.oneof(
  fc.constantFrom(0, 1, 19_99, 100_00, 190_00, 1000_00),
  fc.integer({ min: 0, max: 5000_00 }),
)
const percentBp = fc.oneof(fc.constantFrom(0, 1, 333, 500, 1000, 10_000), fc.integer({ min: 0, max: 3000 }))

const SHELF = {
  tea: { category: 'food' },
  cup: { category: 'ware' },
  pot: { category: 'ware', sale: true },
  courier: { delivery: true },
} as const
const line: fc.Arbitrary<OrderLine> = fc
  .record({
    sku: fc.constantFrom('tea', 'cup', 'pot', 'courier'),
    quantity: fc.constantFrom(1, 2, 3, 0.5),
    totalMinor: fc.oneof(fc.constantFrom(0, 1, 99, 100_00), fc.nat(2000_00)),
  })
  .map((one) => ({ ...one, ...SHELF[one.sku] }))
export const goods = fc.oneof(
  { weight: 3, arbitrary: fc.record({ lines: fc.constant<OrderLine[]>([]), amountMinor }) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.uniqueArray(line, { maxLength: 4, selector: ({ sku }) => sku }),
        fc.oneof(fc.constant(0), fc.integer({ min: -300_00, max: 300_00 })),
      )
      .map(([lines, more]) => ({
        lines,
        amountMinor: Math.max(
          0,
          lines.reduce((sum, { totalMinor }) => sum + totalMinor, more),
        ),
      })),
  },
)

const match: fc.Arbitrary<LineMatch> = fc.record({
  skus: fc.subarray(['tea', 'cup']),
  categories: fc.subarray(['food', 'ware']),
  delivery: fc.boolean(),
  sale: fc.boolean(),
})
const START = Date.UTC(2026, 0, 1)
const rule = fc.record({
  match: fc.option(match),
  startsAt: fc.option(fc.integer({ min: 0, max: 60 }).map((days) => START + days * DAY_MS)),
  endsAt: fc.option(fc.integer({ min: 0, max: 90 }).map((days) => START + days * DAY_MS)),
  firstOrder: fc.boolean(),
  tiers: fc.constantFrom<string[]>([], [], ['silver']),
  leastOrderMinor: fc.constantFrom(0, 0, 100_00),
  effect: fc.oneof(
    fc.record({ kind: fc.constant('multiply' as const), factorBp: fc.constantFrom(5000, 15_000, 20_000) }),
    fc.record({ kind: fc.constant('add-percent' as const), percentBp }),
    fc.record({ kind: fc.constant('bonus' as const), amountMinor: fc.constantFrom(1_00, 50_00) }),
  ),
  budgetMinor: fc.option(fc.constantFrom(0, 1, 70_00, 1000_00)),
})
const limit = fc.record({
  softMinor: fc.option(fc.constantFrom(0, 100_00)),
  hardMinor: fc.option(fc.constantFrom(0, 150_00, 150_50, 1000_00)),
})
const sometimes = <T>(arbitrary: fc.Arbitrary<T>, otherwise: T, weight = 2) =>
  fc.oneof({ weight, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary })

export const anyRules: fc.Arbitrary<Rules> = fc.record({
  basePercentBp: percentBp,
  tiers: fc.constantFrom(
    [],
    [{ name: 'silver', thresholdMinor: 1, percentBp: 200 }],
    [
      { name: 'gold', thresholdMinor: 2000_00, percentBp: 500 },
      { name: 'silver', thresholdMinor: 500_00, percentBp: 200 },
    ],
    [
      { name: 'start', thresholdMinor: 0, percentBp: 0 },
      { name: 'silver', thresholdMinor: 2, percentBp: 200 },
      { name: 'gold', thresholdMinor: 4, percentBp: 500 },
    ],
  ),
  tierPolicy: fc.record({
    by: fc.constantFrom('spend', 'orders'),
    window: fc.oneof(
      fc.constant({ kind: 'all-time' as const }),
      fc.record({ kind: fc.constant('rolling' as const), days: fc.constantFrom(1, 7, 30) }),
      fc.record({
        kind: fc.constant('calendar' as const),
        unit: fc.constantFrom('month', 'quarter', 'year'),
      }),
    ),
    graceDays: fc.constantFrom(0, 0, 1, 14),
    downgrade: fc.constantFrom('to-earned', 'one-step', 'never'),
  }),
  referralPercentBp: sometimes(percentBp, 0, 1),
  referral: fc.record({
    referrerBonusMinor: fc.constantFrom(0, 30_00),
    friendBonusMinor: fc.constantFrom(0, 20_00),
    leastOrderMinor: fc.constantFrom(0, 100_00),
    friendsPerDay: fc.constant(0),
  }),
  referralUrl: fc.constant(null),
  welcomeBonusMinor: fc.constantFrom(0, 1, 500_00, 3000_00),
  birthday: fc.record({
    bonusMinor: fc.constantFrom(0, 40_00),
    daysBefore: fc.constant(0),
    expiryDays: fc.constantFrom(0, 3),
  }),
  rules: sometimes(
    fc
      .array(rule, { maxLength: 3 })
      .map((some) => some.map((one, at) => ({ ...one, id: `rule-${at}`, name: `Rule ${at}` }))),
    [],
    1,
  ),
  exclusions: sometimes(
    fc.array(fc.record({ match, from: fc.constantFrom('earning', 'spending', 'both') }), { maxLength: 2 }),
    [],
  ),
  expiryDays: fc.constantFrom(0, 0, 1, 5, 40),
  expiryMonths: fc.constantFrom(0, 0, 0, 1, 12),
  expiryEndOf: fc.constantFrom('none', 'none', 'day', 'month', 'quarter', 'year'),
  expiryReminderDays: fc.constantFrom(0, 1, 7),
  activationDelayDays: fc.constantFrom(0, 0, 1, 14),
  awardOn: fc.constantFrom('payment', 'payment', 'fulfilment'),
  unpaidOrders: fc.constantFrom('award', 'pending', 'ignore'),
  leastOrderMinor: fc.constantFrom(0, 0, 100_00),
  maxSpendPercentBp: sometimes(percentBp, 10_000),
  leastSpendOrderMinor: fc.constantFrom(0, 0, 0, 100_00),
  rounding: fc.constantFrom('floor', 'nearest', 'none'),
  refunds: fc.record({
    leastLifeDays: fc.constantFrom(0, 1, 14),
    whenSpent: fc.constantFrom('within-balance', 'allow-debt', 'only-pending'),
  }),
  limits: sometimes(
    fc
      .array(fc.tuple(fc.constantFrom(...LIMIT_KINDS), limit), { maxLength: 2 })
      .map((some): Limits => Object.fromEntries(some)),
    {},
    4,
  ),
})

/** Which order is meant: one that the shop knows, or one of a few slots; now and then a stranger names it. */
const aim = fc.record({
  known: fc.oneof({ weight: 3, arbitrary: fc.nat(30) }, { weight: 1, arbitrary: fc.constant(undefined) }),
  owner: who,
  slot: fc.nat(5),
  stranger: fc.oneof({ weight: 24, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: who }),
})
type Aim = typeof aim extends fc.Arbitrary<infer T> ? T : never

function meant(shop: Shop, { known, owner, slot, stranger }: Aim) {
  const orders = shop.orders()
  const order: Order | undefined =
    known === undefined ? undefined : orders[known % Math.max(1, orders.length)]
  const name = { order: order?.orderId ?? `${owner}-${slot}`, storefront: order?.storefront ?? 'tilda' }
  return {
    who: stranger ?? order?.customerId ?? owner,
    order,
    name,
    key: { storefront: name.storefront, orderId: name.order },
  }
}

function shareOf(shop: Shop, speaker: string, shareBp: number, mostMinor = Infinity): number {
  const room = Math.min(shop.standing(speaker).available, mostMinor)
  return Math.max(1, Math.floor((room / 10_000) * shareBp))
}

const shareBp = fc.oneof(fc.constantFrom(2500, 5000, 10_000, 10_001), fc.integer({ min: 0, max: 10_000 }))
let adjustments = 0

const bought = fc
  .record({ aim, goods, paid: fc.boolean(), by, pays: fc.option(shareBp, { nil: undefined, freq: 3 }) })
  .map((plan): Saying => (shop) => {
    const about = meant(shop, plan.aim)
    const facts = about.order?.facts ?? plan.goods
    const hold = shop.holds().findLast((one) => one.orderId === about.key.orderId)
    const payment =
      hold !== undefined && plan.pays !== undefined
        ? { holdId: hold.id }
        : plan.pays === undefined
          ? undefined
          : { amountMinor: shareOf(shop, about.who, plan.pays, facts.amountMinor) }
    const { by: referrer, paid } = plan
    return {
      who: about.who,
      command: purchase(facts.amountMinor, {
        ...about.name,
        lines: facts.lines,
        by: referrer,
        paid,
        ...(payment && { payment }),
      }),
    }
  })

/** Some with no order id: then their code is the order's. */
let reservations = 0
const reserved = fc
  .record({ who, shareBp, of: fc.option(amountMinor, { nil: undefined }), asks: fc.boolean() })
  .map((plan): Saying => (shop) => {
    const code = `BONUS${String(reservations++).padStart(8, '2')}`
    return {
      who: plan.who,
      command: {
        kind: 'hold',
        storefront: 'tilda',
        orderId: code,
        reservation: code,
        amountMinor: shareOf(shop, plan.who, plan.shareBp, plan.of),
        orderAmountMinor: plan.of,
        expiresInMs: 1_800_000,
        awaitsConfirmation: plan.asks,
      },
    }
  })
const brought = fc
  .record({
    aim,
    goods,
    nth: fc.nat(20),
    paid: fc.boolean(),
    isAfterDiscount: fc.boolean(),
    /** Mostly the customer's own, for an order that is new, of what was held. */
    own: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    forged: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -50_00, max: 50_00 }) }), // prettier-ignore
    apart: fc.boolean(),
  })
  .map((plan): Saying => (shop) => {
    const open = shop.holds().filter(({ reservation }) => reservation !== null)
    const hold = open[Math.max(0, open.length - 1 - (plan.nth % 3))]
    if (hold === undefined) return null
    const about = meant(shop, plan.aim)
    const facts = about.order?.facts ?? plan.goods
    const code = hold.reservation!
    const name = plan.own && hold.state !== 'captured' ? { order: `of-${code}` } : about.name
    return {
      who: plan.own ? hold.customerId : about.who,
      command: purchase(facts.amountMinor, {
        ...name,
        lines: facts.lines,
        paid: plan.paid,
        told: {
          code: plan.apart ? code : undefined,
          promoCode: plan.apart ? undefined : code,
          discountMinor: Math.max(0, hold.amountMinor + plan.forged),
          isAfterDiscount: plan.isAfterDiscount,
        },
      }),
    }
  })

const told = fc
  .record({
    aim,
    goods,
    by,
    status: fc.constantFrom('created', 'paid', 'fulfilled', 'fulfilled', 'cancelled', 'refunded'),
    with: fc.constantFrom('facts', 'facts', 'nothing', 'other facts'),
    backBp: fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: undefined, freq: 2 }),
  })
  .map((plan): Saying => (shop) => {
    const about = meant(shop, plan.aim)
    const facts = plan.with === 'other facts' ? plan.goods : (about.order?.facts ?? plan.goods)
    const refunded =
      plan.backBp === undefined ? undefined : Math.floor((facts.amountMinor * plan.backBp) / 10_000)
    return {
      who: about.who,
      command: state(plan.status, {
        ...about.name,
        ...(plan.with !== 'nothing' && { amount: facts.amountMinor, lines: facts.lines }),
        ...(refunded !== undefined && { refunded }),
        by: plan.by,
      }),
    }
  })

const cameBack = fc
  .record({
    aim,
    id: fc.nat(4),
    how: fc.constantFrom('whole', 'amount', 'amount', 'lines', 'lines'),
    partBp: fc.integer({ min: 0, max: 10_000 }),
    line: fc.nat(3),
    quantity: fc.constantFrom(1, 2, 0.5),
  })
  .map((plan): Saying => (shop) => {
    const { order, key, who: speaker } = meant(shop, plan.aim)
    const one = order?.facts?.lines[plan.line]
    const how = plan.how === 'lines' && one === undefined ? 'amount' : plan.how
    return {
      who: speaker,
      command: {
        kind: 'refund',
        ...key,
        refundId: `${how}-${plan.id}`,
        ...(how === 'amount' && {
          amountMinor: Math.floor(((order?.facts?.amountMinor ?? 100_00) / 10_000) * plan.partBp),
        }),
        ...(how === 'lines' && {
          lines: [{ key: one!.sku!, quantity: Math.min(plan.quantity, one!.quantity) }],
        }),
      },
    }
  })

const spent = fc
  .record({ aim, shareBp, of: fc.option(amountMinor, { nil: undefined }), knows: fc.boolean() })
  .map((plan): Saying => (shop) => {
    const about = meant(shop, plan.aim)
    const amount = about.order?.facts?.amountMinor
    const of = plan.knows ? (amount ?? plan.of) : undefined
    return {
      who: about.who,
      command: spend(shareOf(shop, about.who, plan.shareBp, amount ?? of), { ...about.name, of }),
    }
  })

/** Mostly for a cart that is no order yet. */
const cart = fc.tuple(aim, fc.boolean()).map(([one, fresh]) => (fresh ? { ...one, known: undefined } : one))
const held = fc
  .record({
    aim: cart,
    shareBp,
    days: fc.constantFrom(0.01, 1, 3, 20),
    asks: fc.boolean(),
    of: fc.option(amountMinor, { nil: undefined }),
  })
  .map((plan): Saying => (shop) => {
    const about = meant(shop, plan.aim)
    const of = about.order?.facts?.amountMinor ?? plan.of
    return {
      who: about.who,
      command: {
        kind: 'hold',
        ...about.key,
        amountMinor: shareOf(shop, about.who, plan.shareBp, of),
        orderAmountMinor: of,
        expiresInMs: Math.round(plan.days * DAY_MS),
        awaitsConfirmation: plan.asks,
      },
    }
  })
const stepped = fc
  .record({
    nth: fc.nat(20),
    step: fc.constantFrom('confirm-hold', 'capture-hold', 'capture-hold', 'void-hold'),
    partBp: fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: undefined }),
  })
  .map((plan): Saying => (shop) => {
    const open = PEOPLE.flatMap((one) => shop.bookOf(one).holds)
    const holds = plan.nth % 4 > 0 && open.length > 0 ? open : shop.holds()
    const hold = holds[plan.nth % Math.max(1, holds.length)]
    if (hold === undefined) return null
    const { id: holdId, storefront, orderId, customerId } = hold
    const amountMinor =
      plan.partBp === undefined
        ? undefined
        : Math.max(1, Math.floor((hold.amountMinor * plan.partBp) / 10_000))
    const kind = plan.step as 'capture-hold'
    return {
      who: customerId,
      command: { kind, storefront, orderId, holdId, ...(kind === 'capture-hold' && { amountMinor }) },
    }
  })

const adjusted = fc
  .record({
    who,
    amount: fc.integer({ min: -100_00, max: 900_00 }),
    days: fc.option(fc.constantFrom(1, 30), { nil: undefined }),
  })
  .filter(({ amount }) => amount !== 0)
  .map((plan): Saying => (shop) => ({
    who: plan.who,
    command: {
      kind: 'adjust',
      amountMinor: plan.amount,
      reason: 'goodwill',
      staff: 'shop',
      effectId: `${adjustments++}`,
      expiresAt: plan.days === undefined ? undefined : shop.now() + plan.days * DAY_MS,
    },
  }))
const lotted = fc
  .record({ who, nth: fc.nat(10), kind: fc.constantFrom('activate-lot', 'cancel-lot') })
  .map((plan): Saying => (shop) => {
    const pending = shop.bookOf(plan.who).lots.filter(({ state: is }) => is === 'pending')
    const lot = pending[plan.nth % Math.max(1, pending.length)]
    return lot === undefined
      ? null
      : { who: plan.who, command: { kind: plan.kind as 'cancel-lot', lotId: lot.id } }
  })
const simple = (command: fc.Arbitrary<LoyaltyCommand>) =>
  fc.tuple(who, command).map(([speaker, one]): Saying => () => ({ who: speaker, command: one }))
const judged = fc.tuple(who, fc.boolean()).map(([somebody, accept]): Saying => (shop) => {
  const waits = PEOPLE.find((one) => shop.bookOf(one).account.referral === 'review')
  return { who: waits ?? somebody, command: { kind: 'judge-referral', accept } }
})
const year = fc.constantFrom(2026, 2027, 2028)

const saying = fc.oneof(
  { weight: 10, arbitrary: bought },
  { weight: 12, arbitrary: told },
  { weight: 9, arbitrary: cameBack },
  { weight: 7, arbitrary: spent },
  { weight: 8, arbitrary: held },
  { weight: 6, arbitrary: reserved },
  { weight: 7, arbitrary: brought },
  { weight: 9, arbitrary: stepped },
  { weight: 3, arbitrary: adjusted },
  { weight: 3, arbitrary: lotted },
  { weight: 4, arbitrary: simple(by.map((referrerId) => ({ kind: 'register', referrerId }))) },
  { weight: 3, arbitrary: judged },
  { weight: 1, arbitrary: simple(year.map((one) => ({ kind: 'birthday', year: one }))) },
  { weight: 2, arbitrary: simple(fc.constant({ kind: 'settle' })) },
)
const forfeited = simple(fc.constant<LoyaltyCommand>({ kind: 'forfeit' }))

const wait = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(60_000, 1_800_000, 1_900_000) },
  { weight: 4, arbitrary: fc.constantFrom(1, DAY_MS - 1, DAY_MS, DAY_MS + 1, 14 * DAY_MS) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 3 * DAY_MS }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 500 * DAY_MS }) },
)

const happening: fc.Arbitrary<AnyHappening> = fc.oneof(
  { weight: 400, arbitrary: saying.map((say) => ({ say })) },
  { weight: 14, arbitrary: fc.nat(40).map((again) => ({ again })) },
  { weight: 70, arbitrary: wait.map((waitMs) => ({ waitMs })) },
  { weight: 6, arbitrary: anyRules.map((publish) => ({ publish })) },
  { weight: 12, arbitrary: fc.boolean().map((doubt) => ({ doubt })) },
  { weight: 1, arbitrary: forfeited.map((say) => ({ say })) },
)

export function anyHistory(maxLength: number): fc.Arbitrary<AnyHappening[]> {
  return fc.array(happening, { maxLength, size: 'max' })
}

/** Tells a shop a history; `hear` says each command. */
export function tellAny(
  shop: Shop,
  happenings: readonly AnyHappening[],
  hear: (spoken: { who: string; command: LoyaltyCommand }) => void,
): void {
  const said: { who: string; command: LoyaltyCommand }[] = []
  for (const happening of happenings) {
    if ('waitMs' in happening) shop.pass(happening.waitMs)
    else if ('publish' in happening) shop.publish(happening.publish)
    else if ('doubt' in happening) shop.doubtReferrals(happening.doubt ? 'velocity' : undefined)
    else {
      const spoken =
        'say' in happening ? happening.say(shop) : said[happening.again % Math.max(1, said.length)]
      // An adjustment happens once by its id, which is looked up before anything is decided.
      if (spoken === undefined || spoken === null) continue
      if ('again' in happening && spoken.command.kind === 'adjust') continue
      // Made for each hold.
      if ('again' in happening && 'reservation' in spoken.command) continue
      said.push(spoken)
      hear(spoken)
    }
  }
}
