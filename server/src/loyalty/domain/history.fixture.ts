import fc from 'fast-check'
import { DAY_MS } from '../../kernel/clock.ts'
import type { LoyaltyCommand } from './command.ts'
import { DEFAULT_RULES, type Rules } from './program.ts'
import { purchase, spend, state, type Shop } from './shop.fixture.ts'

export const PEOPLE = ['anna', 'boris', 'vera']

/** Which order is meant: the nth that the shop knows already, or a slot of the owner's. Now and then a stranger names it. */
type Aim = {
  known: number | undefined
  owner: string
  slot: number
  storefront: string
  stranger: string | undefined
}

type Plan =
  | {
      does: 'purchase'
      aim: Aim
      amountMinor: number
      paid: boolean
      lines: string[]
      by: string | undefined
      currency: string
    }
  | { does: 'spend'; aim: Aim; shareBp: number; overMinor: number; of: 'nothing' | 'the order' | number }
  | { does: 'pay'; aim: Aim }
  | { does: 'register'; who: string; by: string | undefined }
  | { does: 'settle'; who: string }

export type Happening =
  | { does: 'say'; plan: Plan }
  | { does: 'say again'; nth: number }
  | { does: 'wait'; ms: number }
  | { does: 'publish'; change: Rules }

export const amountMinor = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 1, 19_99, 100_00, 190_00, 1000_00, 1234_56) },
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 5000_00 }) },
  { weight: 1, arbitrary: fc.integer({ min: 900_000_000_000_000, max: 999_999_999_999_999 }) },
)
/** More than the door lets in: a few of them are more than a number holds. */
const enormous = fc.integer({ min: 2 ** 51, max: 2 ** 52 })

const percentBp = fc.oneof(
  fc.constantFrom(0, 1, 100, 333, 500, 777, 1000, 10_000),
  fc.integer({ min: 0, max: 10_000 }),
)
const tiers = fc
  .uniqueArray(fc.record({ thresholdMinor: amountMinor, percentBp }), {
    maxLength: 3,
    selector: ({ thresholdMinor }) => thresholdMinor,
  })
  .map((some) => some.map((tier) => ({ ...tier, name: `from ${tier.thresholdMinor}` })))

const plain = fc.record({
  basePercentBp: percentBp,
  tiers,
  referralPercentBp: percentBp,
  welcomeBonusMinor: fc.constantFrom(0, 1, 500_00),
  expiryDays: fc.nat(5),
  activationDelayDays: fc.nat(3),
  maxSpendPercentBp: fc.oneof(
    { weight: 3, arbitrary: fc.constant(10_000) },
    { weight: 2, arbitrary: percentBp },
  ),
  rounding: fc.constantFrom('floor', 'nearest', 'none'),
  unpaidOrders: fc.constantFrom('award', 'pending', 'ignore'),
})
export const rules: fc.Arbitrary<Rules> = plain.map((some) => ({ ...DEFAULT_RULES, ...some }))

const who = fc.constantFrom(...PEOPLE)
const by = fc.option(who, { nil: undefined, freq: 2 })

function aim(knownOf10: number): fc.Arbitrary<Aim> {
  return fc.record({
    known: fc.oneof(
      { weight: knownOf10, arbitrary: fc.nat(20) },
      { weight: 10 - knownOf10, arbitrary: fc.constant(undefined) },
    ),
    owner: who,
    slot: fc.nat(6),
    storefront: fc.constantFrom('tilda', 'tilda', 'tilda', 'api'),
    stranger: fc.oneof({ weight: 14, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: who }),
  })
}

function planWith(amounts: fc.Arbitrary<number>): fc.Arbitrary<Plan> {
  const bought = fc.record({
    does: fc.constant('purchase' as const),
    aim: aim(2),
    amountMinor: amounts,
    paid: fc.boolean(),
    lines: fc.constantFrom<string[]>([], [], ['tea', 'cup'], ['cup', 'tea']),
    by,
    currency: fc.constantFrom(...Array<string>(30).fill('RUB'), 'KZT'),
  })
  const spent = fc.record({
    does: fc.constant('spend' as const),
    aim: aim(7),
    shareBp: fc.oneof(fc.constantFrom(2500, 5000, 10_000), fc.integer({ min: 0, max: 10_000 })),
    overMinor: fc.constantFrom(0, 0, 0, 1),
    of: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom('nothing' as const, 'the order' as const) },
      { weight: 1, arbitrary: amounts },
    ),
  })
  return fc.oneof(
    { weight: 9, arbitrary: bought },
    { weight: 9, arbitrary: spent },
    { weight: 4, arbitrary: fc.record({ does: fc.constant('pay' as const), aim: aim(9) }) },
    { weight: 3, arbitrary: fc.record({ does: fc.constant('register' as const), who, by }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('settle' as const), who }) },
  )
}

const wait = fc.oneof(
  fc.constantFrom(0, 1, DAY_MS - 1, DAY_MS, DAY_MS + 1, 2 * DAY_MS, 3 * DAY_MS),
  fc.integer({ min: 0, max: 2 * DAY_MS }),
)

function happeningWith(amounts: fc.Arbitrary<number>): fc.Arbitrary<Happening> {
  return fc.oneof(
    { weight: 30, arbitrary: fc.record({ does: fc.constant('say' as const), plan: planWith(amounts) }) },
    { weight: 3, arbitrary: fc.record({ does: fc.constant('say again' as const), nth: fc.nat(40) }) },
    { weight: 6, arbitrary: fc.record({ does: fc.constant('wait' as const), ms: wait }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('publish' as const), change: rules }) },
  )
}

export function history(maxLength: number): fc.Arbitrary<Happening[]> {
  const of = (amounts: fc.Arbitrary<number>) => fc.array(happeningWith(amounts), { maxLength, size: 'max' })
  return fc.oneof({ weight: 14, arbitrary: of(amountMinor) }, { weight: 1, arbitrary: of(enormous) })
}

export type Spoken = { who: string; command: LoyaltyCommand }

/** A plan becomes a command where it is said: known orders and shares of a balance are known only then. */
function speak(shop: Shop, plan: Plan): Spoken {
  if (plan.does === 'register') return { who: plan.who, command: { kind: 'register', referrerId: plan.by } }
  if (plan.does === 'settle') return { who: plan.who, command: { kind: 'settle' } }
  const { known, owner, slot, storefront, stranger } = plan.aim
  const orders = shop.orders()
  const order = known === undefined ? undefined : orders[known % Math.max(1, orders.length)]
  const speaker = stranger ?? order?.customerId ?? owner
  const key = order ?? { orderId: `${owner}-${slot}`, storefront }
  const name = { order: key.orderId, storefront: key.storefront }
  if (plan.does === 'pay') return { who: speaker, command: state('paid', name) }
  if (plan.does === 'purchase') {
    const { amountMinor: amount, lines } = order?.facts ?? { ...plan, lines: plan.lines.map(lineOf) }
    return { who: speaker, command: purchase(amount, { ...plan, ...name, lines }) }
  }
  const ordered = order?.facts?.amountMinor
  const of = plan.of === 'nothing' ? undefined : plan.of === 'the order' ? (ordered ?? 1000_00) : plan.of
  const room = Math.min(shop.standing(speaker).available, ordered ?? Infinity)
  const amount = Math.floor((room / 10_000) * plan.shareBp) + plan.overMinor
  return { who: speaker, command: spend(Math.max(1, amount), { ...name, of }) }
}

function lineOf(sku: string) {
  return { sku, quantity: 1, totalMinor: 0 }
}

/** Tells a shop a history; `hear` gets each command. */
export function tell(shop: Shop, happenings: readonly Happening[], hear: (spoken: Spoken) => void): void {
  const said: Spoken[] = []
  for (const happening of happenings) {
    if (happening.does === 'wait') shop.pass(happening.ms)
    else if (happening.does === 'publish') shop.publish(happening.change)
    else {
      const spoken =
        happening.does === 'say'
          ? speak(shop, happening.plan)
          : said[happening.nth % Math.max(1, said.length)]
      if (spoken === undefined) continue
      said.push(spoken)
      hear(spoken)
    }
  }
}
