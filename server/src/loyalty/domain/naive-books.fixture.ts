import type { LoyaltyCommand, LoyaltyRefusalCode, PurchaseCommand, SpendCommand } from './command.ts'
import type { Program } from './program.ts'

/** What somebody said, when, and the program of that moment. */
export type Said = { at: number; who: string; command: LoyaltyCommand; program: Program }
export type Verdict = 'accepted' | 'repeated' | LoyaltyRefusalCode

type Grant = {
  owner: string
  order: string | null
  why: string
  amount: bigint
  takes: bigint[]
  given: number
  opens: number
  closes: number
  lifeMs: number
}
type Person = {
  total: bigint
  count: number
  referredBy: string | null
  keptFrom: number | null
  welcomed: boolean
}
type Bought = {
  who: string
  amount: bigint | null
  lines: string
  spent: bigint
  paid: boolean
  counted: boolean
  given: boolean
  earned: bigint
  referred: bigint
  referrer: string | null
  percent: bigint
  program: Program
}
type World = { grants: Grant[]; people: Map<string, Person>; orders: Map<string, Bought> }

const DAY = 24 * 60 * 60 * 1000

/**
 * The rules told a second time and otherwise: a list of what was accepted is all there is, each question replays it
 * whole. A grant is an interval and what was taken from it; nothing is ever activated, expired or settled.
 */
export function naiveBooks(wholeMinor: number, currency: string) {
  const accepted: Said[] = []
  let { world } = naiveRules(BigInt(wholeMinor), currency)

  function hear(said: Said): Verdict {
    const rules = naiveRules(BigInt(wholeMinor), currency)
    for (const earlier of accepted) rules.hear(earlier)
    const verdict = rules.hear(said)
    if (verdict === 'accepted') {
      accepted.push(said)
      world = rules.world
    }
    return verdict
  }

  return { hear, world: () => world }
}

function naiveRules(whole: bigint, currency: string) {
  const world: World = { grants: [], people: new Map(), orders: new Map() }

  function hear(said: Said): Verdict {
    const verdict = listen(said)
    const enormous = [...world.people].some(
      ([who, { total }]) => tooMuch(total) || tooMuch(wealth(who, said.at)),
    )
    return verdict === 'accepted' && enormous ? 'amount-too-large' : verdict
  }

  function listen(said: Said): Verdict {
    const { command, who } = said
    switch (command.kind) {
      case 'settle':
        return 'accepted'
      case 'register':
        return register(said, command.referrerId)
      case 'purchase':
        return buy(said, command)
      case 'spend':
        return spendFor(said, command)
      case 'state': {
        const bought = world.orders.get(`${command.storefront}/${command.orderId}`)
        if (bought === undefined || bought.amount === null) return 'order-not-found'
        if (bought.who !== who) return 'order-conflict'
        return bought.paid ? 'repeated' : payFor(said, `${command.storefront}/${command.orderId}`, bought)
      }
      default:
        throw new Error(`${command.kind} is not among what this model knows`)
    }
  }

  function register({ at, who, program }: Said, by: string | undefined): Verdict {
    bring(who, by)
    if (!person(who).welcomed) {
      grant(who, null, 'welcome', BigInt(program.welcomeBonusMinor), at, at, program)
    }
    person(who).welcomed = true
    return 'accepted'
  }

  function buy(said: Said, { storefront, orderId, facts, paid, referrerId }: PurchaseCommand): Verdict {
    const { at, who, program } = said
    const key = `${storefront}/${orderId}`
    const known = world.orders.get(key)
    const amount = BigInt(facts.amountMinor)
    const lines = facts.lines
      .map(({ sku }) => sku)
      .sort()
      .join()
    if (facts.currency !== currency) return 'currency-mismatch'
    if (known && known.who !== who) return 'order-conflict'
    if (known && known.amount !== null) {
      if (known.amount !== amount || known.lines !== lines) return 'order-conflict'
      return paid && !known.paid ? payFor(said, key, known) : 'repeated'
    }
    bring(who, referrerId)
    const bonus = tierAt(program, person(who).total)?.percentBp ?? 0
    const bought: Bought = {
      who,
      amount,
      lines,
      spent: known?.spent ?? 0n,
      paid,
      counted: false,
      given: false,
      earned: 0n,
      referred: 0n,
      referrer: person(who).referredBy,
      percent: BigInt(program.basePercentBp + bonus),
      program,
    }
    world.orders.set(key, bought)
    if (paid || program.unpaidOrders === 'award') {
      give(key, bought, at)
      unlock(key, bought, at)
      addUp(said, bought)
    } else if (program.unpaidOrders === 'pending') give(key, bought, at)
    return 'accepted'
  }

  function payFor(said: Said, key: string, bought: Bought): Verdict {
    bought.paid = true
    if (bought.counted) return 'accepted'
    if (!bought.given) give(key, bought, said.at)
    unlock(key, bought, said.at)
    addUp(said, bought)
    return 'accepted'
  }

  function spendFor(
    said: Said,
    { storefront, orderId, amountMinor, orderAmountMinor }: SpendCommand,
  ): Verdict {
    const { at, who, program } = said
    const key = `${storefront}/${orderId}`
    const bought = world.orders.get(key)
    const amount = BigInt(amountMinor)
    if (bought && bought.who !== who) return 'order-conflict'
    if (bought && bought.spent > 0n) return bought.spent === amount ? 'repeated' : 'order-conflict'
    const claimed = orderAmountMinor === undefined ? null : BigInt(orderAmountMinor)
    if (bought && bought.amount !== null && claimed !== null && claimed !== bought.amount)
      return 'order-conflict'
    const price = bought?.amount ?? claimed
    if (price === null && program.maxSpendPercentBp < 10000) return 'order-amount-required'
    if (price !== null && amount * 10000n > price * BigInt(program.maxSpendPercentBp))
      return 'spend-limit-exceeded'

    const others = ripe(who, at).filter(({ order }) => order !== key)
    if (draw(others, amount, at) > 0n) return 'insufficient-bonuses'
    if (bought) {
      const { earned, referred, referrer } = bought
      bought.spent = amount
      const right = bought.given ? cut(money(bought), bought.percent, bought.program) : 0n
      const owed = draw([...own(key, 'purchase'), ...ripe(who, at)], earned - right, at)
      if (owed > 0n) return 'insufficient-bonuses'
      bought.earned = right
      if (referrer !== null && bought.given) {
        const his = cut(money(bought), BigInt(bought.program.referralPercentBp), bought.program)
        draw(own(key, 'referral'), referred - his, at)
        bought.referred = his
      }
    }
    if (!bought) world.orders.set(key, { ...NOTHING, who, spent: amount, program })
    else if (bought.counted) {
      person(who).total -= amount
    }
    return 'accepted'
  }

  /** Bonuses of an order, locked; the moment they open comes with unlock(). */
  function give(key: string, bought: Bought, at: number): void {
    const { who, referrer, program } = bought
    bought.given = true
    bought.earned = cut(money(bought), bought.percent, program)
    grant(who, key, 'purchase', bought.earned, at, Infinity, program)
    if (referrer === null) return
    bought.referred = cut(money(bought), BigInt(program.referralPercentBp), program)
    grant(referrer, key, 'referral', bought.referred, at, Infinity, program)
  }

  function unlock(key: string, { who, program }: Bought, at: number): void {
    const kept = at + program.activationDelayDays * DAY
    const firstKept = person(who).keptFrom ?? kept
    for (const one of own(key, 'purchase')) openFrom(one, kept)
    for (const one of own(key, 'referral')) openFrom(one, firstKept > at ? firstKept : at)
  }

  function addUp({ at, who }: Said, bought: Bought): void {
    const buyer = person(who)
    bought.counted = true
    buyer.total += money(bought)
    buyer.count += 1
    buyer.keptFrom ??= at + bought.program.activationDelayDays * DAY
  }

  function bring(who: string, by: string | undefined): void {
    const newcomer = person(who)
    if (by === undefined || by === who || newcomer.count > 0 || newcomer.referredBy !== null) return
    if (person(by).referredBy !== who) newcomer.referredBy = by
  }

  function person(who: string): Person {
    const nobody = { total: 0n, count: 0, referredBy: null, keptFrom: null, welcomed: false }
    if (!world.people.has(who)) world.people.set(who, nobody)
    return world.people.get(who)!
  }

  function grant(
    owner: string,
    order: string | null,
    why: string,
    amount: bigint,
    at: number,
    opens: number,
    program: Program,
  ) {
    const lifeMs = program.expiryDays === 0 ? Infinity : program.expiryDays * DAY
    if (amount > 0n) {
      world.grants.push({
        owner,
        order,
        why,
        amount,
        takes: [],
        given: at,
        opens,
        closes: opens + lifeMs,
        lifeMs,
      })
    }
  }

  function own(order: string, why: string): Grant[] {
    return world.grants.filter((one) => one.order === order && one.why === why)
  }

  function ripe(owner: string, at: number): Grant[] {
    const ripeOnes = world.grants.filter(
      (one) => one.owner === owner && one.opens <= at && leftOf(one, at) > 0n,
    )
    const oldest = ripeOnes.map((one, age) => ({ one, age }))
    oldest.sort((a, b) =>
      a.one.closes === b.one.closes ? a.age - b.age : a.one.closes < b.one.closes ? -1 : 1,
    )
    return oldest.map(({ one }) => one)
  }

  function wealth(owner: string, at: number): bigint {
    return world.grants.reduce((sum, one) => (one.owner === owner ? sum + leftOf(one, at) : sum), 0n)
  }

  function cut(base: bigint, percentBp: bigint, { rounding }: Program): bigint {
    const exact = base * percentBp
    const unit = (rounding === 'none' ? 1n : whole) * 10000n
    const over = exact % unit
    const up = rounding === 'nearest' && over + over >= unit
    return (exact - over + (up ? unit : 0n)) / 10000n
  }

  return { hear, world }
}

export function leftOf({ amount, takes, closes }: Grant, at: number): bigint {
  return at >= closes ? 0n : takes.reduce((rest, taken) => rest - taken, amount)
}

export function standingIn({ grants, people }: World, who: string, at: number, program: Program) {
  const sum = (some: Grant[]) => Number(some.reduce((total, one) => total + leftOf(one, at), 0n))
  const his = grants.filter(({ owner }) => owner === who)
  const person = people.get(who)
  return {
    available: sum(his.filter(({ opens }) => opens <= at)),
    pending: sum(his.filter(({ opens }) => opens > at)),
    total: Number(person?.total ?? 0n),
    orders: person?.count ?? 0,
    tier: tierAt(program, person?.total ?? 0n)?.name ?? null,
    referredBy: person?.referredBy ?? null,
    held: 0,
    debt: 0,
  }
}

/** Takes from grants in turn; answers what they could not give. */
function draw(grants: Grant[], amount: bigint, at: number): bigint {
  let rest = amount > 0n ? amount : 0n
  for (const one of grants) {
    const has = leftOf(one, at)
    const taken = has < rest ? has : rest
    if (taken > 0n) one.takes.push(taken)
    rest -= taken
  }
  return rest
}

function openFrom(one: Grant, at: number): void {
  one.opens = at
  one.closes = at + one.lifeMs
}

function money({ amount, spent }: Bought): bigint {
  return amount! > spent ? amount! - spent : 0n
}

function tierAt({ tiers }: Program, total: bigint) {
  const reached = tiers.filter(({ thresholdMinor }) => BigInt(thresholdMinor) <= total)
  return reached.sort((a, b) => b.thresholdMinor - a.thresholdMinor)[0]
}

function tooMuch(amount: bigint): boolean {
  return amount > 2n ** 53n - 1n
}

const NOTHING = {
  amount: null,
  lines: '',
  paid: false,
  counted: false,
  given: false,
  earned: 0n,
  referred: 0n,
  referrer: null,
  percent: 0n,
}
