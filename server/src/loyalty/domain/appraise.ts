import { apportion, shareOf } from './apportion.ts'
import { isWhole, lineKey, type Order, type OrderFacts, type OrderLine, type Terms } from './order.ts'
import { rounded, WHOLE_BP, type BonusRule, type Exclusion, type LineMatch, type Program } from './program.ts'

/** Why a line earns nothing or cannot be paid with bonuses. */
export type LeftOut = 'delivery' | 'sale' | 'category' | 'sku'

/** A line of the order, or what its lines together lack of the amount (`index` null). */
export type AppraisedLine = {
  index: number | null
  grossMinor: number
  /** The part paid with bonuses. */
  spentMinor: number
  /** What earns: paid in money and not left out. */
  baseMinor: number
  /** Of base and tier, multiplied and added to by rules. */
  percentBp: number
  earnedMinor: number
  leftOut: LeftOut | null
  payable: boolean
  rules: readonly string[]
}

/** What one rule contributed: `base`, `tier`, `referral-friend`, `limit`, or the id of a rule of the program. */
export type Part = { rule: string; percentBp: number | null; amountMinor: number }

/** What an order earns and why. Quote, order, refund and explanation all read this one. */
export type Appraisal = {
  lines: AppraisedLine[]
  parts: Part[]
  baseMinor: number
  earnedMinor: number
  referredMinor: number
  /** Rounding took or gave this much, in ten-thousandths of a minor unit. */
  roundingE4: number
  nothingBecause: 'least-order' | 'nothing-paid' | null
}

type Rate = { rule: string; percentBp: number; rate: bigint }
type Group = Omit<AppraisedLine, 'spentMinor' | 'baseMinor' | 'earnedMinor' | 'percentBp'> & {
  rates: Rate[]
  bonuses: BonusRule[]
}

/** A percent in basis points times a factor in basis points. */
const RATE = 100_000_000n

/** By the program that the order was counted with, and never by another. */
export function appraise(facts: OrderFacts, program: Program, terms: Terms, spentMinor: number): Appraisal {
  const groups = groupsOf(facts, program, terms)
  const spent = spreadSpent(groups, spentMinor)
  const bases = groups.map(({ grossMinor, leftOut }, index) =>
    leftOut === null ? Math.max(0, grossMinor - spent[index]!) : 0,
  )
  const baseMinor = bases.reduce((sum, base) => sum + base, 0)
  const least = facts.amountMinor < program.leastOrderMinor
  const earning = least ? bases.map(() => 0) : bases
  const { parts, earnedMinor, weights, roundingE4 } = bonusesOf(groups, earning, terms)
  const earned = apportion(earnedMinor, weights)
  return {
    lines: groups.map(({ rates, bonuses: _bonuses, ...group }, index) => ({
      ...group,
      spentMinor: spent[index]!,
      baseMinor: bases[index]!,
      percentBp: Number(rates.reduce((sum, { rate }) => sum + rate, 0n)) / 10_000,
      earnedMinor: earned[index]!,
    })),
    parts,
    baseMinor,
    earnedMinor,
    referredMinor: referredOn(facts, program, terms, baseMinor),
    roundingE4,
    nothingBecause: least ? 'least-order' : baseMinor === 0 ? 'nothing-paid' : null,
  }
}

/** What has come back of an order, and what it keeps: the same whatever came back first. */
export type Kept = {
  isAllBack: boolean
  returnedGrossMinor: number
  spentMinor: number
  earnedMinor: number
  referredMinor: number
  moneyMinor: number
}

export function keptOf(order: Order, facts: OrderFacts, appraisal: Appraisal): Kept {
  const { amountMinor } = facts
  const { byLine, linesMinor, restMinor } = returnsOf(order, facts)
  const keepLines = (partOf: (line: AppraisedLine) => number) =>
    appraisal.lines.reduce((sum, line) => {
      return sum + partOf(line) - shareOf(partOf(line), byLine.get(line.index) ?? 0, line.grossMinor)
    }, 0)
  const keepOf = (minor: number, partMinor: number, wholeMinor: number) =>
    minor - shareOf(minor, partMinor, wholeMinor)
  // Where all goods are alike it makes no difference which came back: one share, rounded once.
  const isUniform = appraisal.lines.length === 1
  const keep = (partOf: (line: AppraisedLine) => number) =>
    isUniform
      ? keepOf(partOf(appraisal.lines[0]!), linesMinor + restMinor, amountMinor)
      : keepOf(keepLines(partOf), restMinor, amountMinor - linesMinor)
  const all = linesMinor + restMinor >= amountMinor && (amountMinor > 0 || isAllBack(order))
  const spentMinor = all ? 0 : keep((line) => line.spentMinor)
  return {
    isAllBack: all,
    returnedGrossMinor: linesMinor + restMinor,
    spentMinor,
    earnedMinor: all ? 0 : keep((line) => line.earnedMinor),
    referredMinor: all ? 0 : keepOf(appraisal.referredMinor, linesMinor + restMinor, amountMinor),
    moneyMinor: all ? 0 : Math.max(0, amountMinor - linesMinor - restMinor - spentMinor),
  }
}

/** Gross that came back: by lines, and beyond them. */
export function returnsOf(
  order: Pick<Order, 'refunds' | 'refundedMinor' | 'cancelledAt'>,
  facts: OrderFacts,
): { byLine: Map<number | null, number>; linesMinor: number; restMinor: number } {
  const byLine = new Map<number | null, number>()
  if (isAllBack(order)) return { byLine, linesMinor: 0, restMinor: facts.amountMinor }
  const wanted = new Map<string, number>()
  for (const { key, quantity } of order.refunds.flatMap(({ lines = [] }) => lines))
    wanted.set(key, (wanted.get(key) ?? 0) + millionths(quantity))
  let linesMinor = 0
  if (wanted.size > 0) {
    for (const { index, grossMinor } of scaledLines(facts)) {
      const line = index === null ? undefined : facts.lines[index]
      if (line === undefined) continue
      const has = millionths(line.quantity)
      const back = Math.min(has, wanted.get(lineKey(line)) ?? 0)
      if (back === 0) continue
      wanted.set(lineKey(line), wanted.get(lineKey(line))! - back)
      const backMinor = shareOf(grossMinor, back, has)
      byLine.set(index, backMinor)
      linesMinor += backMinor
    }
  }
  const amounts = order.refunds.reduce((sum, { amountMinor = 0 }) => sum + amountMinor, 0)
  const beyond = Math.max(amounts, order.refundedMinor - linesMinor, 0)
  return { byLine, linesMinor, restMinor: Math.min(beyond, facts.amountMinor - linesMinor) }
}

export function isAllBack({ refunds, cancelledAt }: Pick<Order, 'refunds' | 'cancelledAt'>): boolean {
  return cancelledAt !== null || refunds.some(isWhole)
}

/** What may be paid with bonuses of these goods, before anybody's balance is looked at. */
export function payable(
  facts: Pick<OrderFacts, 'amountMinor' | 'lines'>,
  program: Pick<Program, 'exclusions' | 'maxSpendPercentBp' | 'leastSpendOrderMinor'>,
): {
  payableMinor: number
  mostMinor: number
  limitedBy: 'least-order' | 'share' | 'left-out-lines' | 'amount'
} {
  const excluded = program.exclusions.filter(({ from }) => from !== 'earning')
  const payableMinor =
    excluded.length === 0
      ? facts.amountMinor
      : scaledLines(facts).reduce((sum, { index, grossMinor }) => {
          const line = index === null ? undefined : facts.lines[index]
          return sum + (line !== undefined && leftOutOf(line, excluded) !== null ? 0 : grossMinor)
        }, 0)
  if (facts.amountMinor < program.leastSpendOrderMinor)
    return { payableMinor, mostMinor: 0, limitedBy: 'least-order' }
  const mostMinor = Number((BigInt(payableMinor) * BigInt(program.maxSpendPercentBp)) / WHOLE_BP)
  const limitedBy =
    program.maxSpendPercentBp < 10_000
      ? 'share'
      : payableMinor < facts.amountMinor
        ? 'left-out-lines'
        : 'amount'
  return { payableMinor, mostMinor, limitedBy }
}

/** The lines, made to add up to the amount: a discount of the whole order lessens each, what is more stands alone. */
export function scaledLines({
  amountMinor,
  lines,
}: Pick<OrderFacts, 'amountMinor' | 'lines'>): { index: number | null; grossMinor: number }[] {
  const sum = lines.reduce((total, { totalMinor }) => total + totalMinor, 0)
  if (sum > amountMinor) {
    const parts = apportion(amountMinor, lines.map(({ totalMinor }) => BigInt(totalMinor))) // prettier-ignore
    return parts.map((grossMinor, index) => ({ index, grossMinor }))
  }
  const whole = lines.map(({ totalMinor }, index): { index: number | null; grossMinor: number } => ({
    index,
    grossMinor: totalMinor,
  }))
  return sum < amountMinor || lines.length === 0
    ? [...whole, { index: null, grossMinor: amountMinor - sum }]
    : whole
}

/** One group where all goods are alike to the program, otherwise one for each line. */
function groupsOf(facts: OrderFacts, program: Program, terms: Terms): Group[] {
  const rules = program.rules.filter((rule) => holds(rule, facts, terms))
  const ratesFor = (line: OrderLine | undefined) => {
    const fitting = rules.filter(
      ({ match }) => match === null || (line !== undefined && matches(match, line)),
    )
    return {
      rates: ratesOf(fitting, program, terms),
      bonuses: fitting.filter(({ effect }) => effect.kind === 'bonus'),
      rules: fitting.map(({ id }) => id),
    }
  }
  if (program.exclusions.length === 0 && rules.every(({ match }) => match === null))
    return [
      { index: null, grossMinor: facts.amountMinor, leftOut: null, payable: true, ...ratesFor(undefined) },
    ]
  const fromEarning = program.exclusions.filter(({ from }) => from !== 'spending')
  const fromSpending = program.exclusions.filter(({ from }) => from !== 'earning')
  return scaledLines(facts).map(({ index, grossMinor }) => {
    const line = index === null ? undefined : facts.lines[index]
    const leftOut = line === undefined ? null : leftOutOf(line, fromEarning)
    const isPayable = line === undefined || leftOutOf(line, fromSpending) === null
    const rated = leftOut === null ? ratesFor(line) : { rates: [], bonuses: [], rules: [] }
    return { index, grossMinor, leftOut, payable: isPayable, ...rated }
  })
}

/** The dearest multiplier counts, extra percents add up. */
function ratesOf(rules: BonusRule[], program: Program, terms: Terms): Rate[] {
  const tierBp = terms.percentBp - program.basePercentBp
  const rates: Rate[] = [
    { rule: 'base', percentBp: program.basePercentBp, rate: BigInt(program.basePercentBp) * WHOLE_BP },
  ]
  if (tierBp !== 0) rates.push({ rule: 'tier', percentBp: tierBp, rate: BigInt(tierBp) * WHOLE_BP })
  let dearest: { id: string; factorBp: number } | undefined
  for (const { id, effect } of rules) {
    if (effect.kind === 'add-percent')
      rates.push({ rule: id, percentBp: effect.percentBp, rate: BigInt(effect.percentBp) * WHOLE_BP })
    if (effect.kind === 'multiply' && effect.factorBp > (dearest?.factorBp ?? 0))
      dearest = { id, factorBp: effect.factorBp }
  }
  if (dearest !== undefined) {
    const rate = BigInt(dearest.factorBp - 10_000) * BigInt(terms.percentBp)
    rates.push({ rule: dearest.id, percentBp: Number(rate) / 10_000, rate })
  }
  return rates
}

function bonusesOf(groups: Group[], bases: number[], terms: Terms) {
  const byRule = new Map<string, { percentBp: number | null; exact: bigint; fixedMinor: number }>()
  const weights = groups.map(() => 0n)
  const part = (rule: string, percentBp: number | null) => {
    if (!byRule.has(rule)) byRule.set(rule, { percentBp, exact: 0n, fixedMinor: 0 })
    return byRule.get(rule)!
  }
  groups.forEach(({ rates }, index) => {
    for (const { rule, percentBp, rate } of rates) {
      const exact = BigInt(bases[index]!) * rate
      part(rule, percentBp).exact += exact
      weights[index]! += exact
    }
  })
  const fixed = new Map<string, { amountMinor: number; on: number[] }>()
  groups.forEach(({ bonuses }, index) => {
    for (const { id, effect } of bonuses) {
      if (effect.kind !== 'bonus' || bases[index] === 0) continue
      if (!fixed.has(id)) fixed.set(id, { amountMinor: effect.amountMinor, on: [] })
      fixed.get(id)!.on.push(index)
    }
  })
  const earningGroups = bases.flatMap((base, index) => (base > 0 ? [index] : []))
  if ((terms.friendBonusMinor ?? 0) > 0 && earningGroups.length > 0)
    fixed.set('referral-friend', { amountMinor: terms.friendBonusMinor!, on: earningGroups })
  for (const [rule, { amountMinor, on }] of fixed) {
    part(rule, null).fixedMinor = amountMinor
    const spread = apportion(amountMinor, on.map((index) => BigInt(bases[index]!))) // prettier-ignore
    on.forEach((index, place) => (weights[index]! += BigInt(spread[place]!) * RATE))
  }

  const exact = [...byRule.values()].reduce((sum, { exact: one }) => sum + one, 0n)
  const roundedMinor = rounded(exact, RATE, terms.rounding, terms.wholeMinor)
  const shares = apportion(roundedMinor, [...byRule.values()].map(({ exact: one }) => one)) // prettier-ignore
  const parts: Part[] = [...byRule].map(([rule, { percentBp, fixedMinor }], index) => ({
    rule,
    percentBp,
    amountMinor: shares[index]! + fixedMinor,
  }))
  capByBudgets(parts, terms)
  return {
    parts,
    earnedMinor: parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    weights,
    roundingE4: Number(BigInt(roundedMinor) * 10_000n - exact / 10_000n),
  }
}

/** What a budget or a limit does not cover is left away, and the rest is whole bonuses again. */
function capByBudgets(parts: Part[], terms: Terms): void {
  const step = terms.rounding === 'none' ? 1 : terms.wholeMinor
  const total = () => parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  for (const part of parts) {
    const most = terms.budgets?.[part.rule]
    if (most === undefined || part.amountMinor <= most) continue
    part.amountMinor = most
    let below = total() % step
    for (const one of [part, ...parts]) {
      const less = Math.min(below, Math.max(0, one.amountMinor))
      one.amountMinor -= less
      below -= less
    }
  }
  const most = terms.mostEarnedMinor
  if (most !== undefined && total() > most)
    parts.push({ rule: 'limit', percentBp: null, amountMinor: most - (most % step) - total() })
}

function referredOn(facts: OrderFacts, program: Program, terms: Terms, baseMinor: number): number {
  if (facts.amountMinor < program.referral.leastOrderMinor || baseMinor === 0) return 0
  const exact = BigInt(baseMinor) * BigInt(terms.referralPercentBp)
  return rounded(exact, WHOLE_BP, terms.rounding, terms.wholeMinor) + (terms.referrerBonusMinor ?? 0)
}

/** Bonuses pay for payable goods in proportion; only what exceeds them reaches the others. */
function spreadSpent(groups: Group[], spentMinor: number): number[] {
  const weights = (some: (group: Group) => boolean) =>
    groups.map((group) => (some(group) ? BigInt(group.grossMinor) : 0n))
  const payableMinor = groups.reduce((sum, group) => sum + (group.payable ? group.grossMinor : 0), 0)
  const first = apportion(
    Math.min(spentMinor, payableMinor),
    weights((group) => group.payable),
  )
  const beyondMinor = Math.max(0, spentMinor - payableMinor)
  const rest = apportion(
    beyondMinor,
    weights((group) => !group.payable),
  )
  const placedMinor = [...first, ...rest].reduce((sum, part) => sum + part, 0)
  // More was spent than there are goods for: it has to stand somewhere.
  return groups.map((_, index) => first[index]! + rest[index]! + (index === 0 ? spentMinor - placedMinor : 0))
}

function holds(rule: BonusRule, facts: OrderFacts, terms: Terms): boolean {
  const { startsAt, endsAt, firstOrder, tiers, leastOrderMinor } = rule
  if (terms.at === undefined) return false
  return (
    (startsAt === null || startsAt <= terms.at) &&
    (endsAt === null || terms.at < endsAt) &&
    (!firstOrder || terms.firstOrder === true) &&
    (tiers.length === 0 || (terms.tier !== null && tiers.includes(terms.tier))) &&
    facts.amountMinor >= leastOrderMinor &&
    terms.budgets?.[rule.id] !== 0
  )
}

function matches({ skus, categories, delivery, sale }: LineMatch, line: OrderLine): boolean {
  return reasonOf({ skus, categories, delivery, sale }, line) !== null
}

function leftOutOf(line: OrderLine, exclusions: Exclusion[]): LeftOut | null {
  for (const { match } of exclusions) {
    const reason = reasonOf(match, line)
    if (reason !== null) return reason
  }
  return null
}

function reasonOf({ skus, categories, delivery, sale }: LineMatch, line: OrderLine): LeftOut | null {
  if (delivery && line.delivery === true) return 'delivery'
  if (sale && line.sale === true) return 'sale'
  if (line.category !== undefined && categories.includes(line.category)) return 'category'
  return shelfOf(skus).has(line.sku ?? line.externalId ?? '') ? 'sku' : null
}

function millionths(quantity: number): number {
  return Math.round(quantity * 1_000_000)
}

const shelves = new WeakMap<readonly string[], ReadonlySet<string>>()

/** Long lists of articles are looked up for each line. */
function shelfOf(skus: readonly string[]): ReadonlySet<string> {
  let shelf = shelves.get(skus)
  if (shelf === undefined) shelves.set(skus, (shelf = new Set(skus)))
  return shelf
}
