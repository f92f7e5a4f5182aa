import { lineKey, type OrderLine } from '../read/command.ts'
import type { Program } from '../program.ts'
import { apportion, percentOf, shareOf } from '../shares.ts'
import type { Order, OrderFacts, Terms } from '../state.ts'

export type Part = { rule: 'base' | 'tier'; percentBp: number; amountMinor: number }
export type Appraisal = {
  baseMinor: number
  earnedMinor: number
  parts: Part[]
  nothingBecause: 'least-order' | 'nothing-paid' | null
}

/** What an order earns and why, by the program that it was counted with. */
export function appraise(
  facts: OrderFacts,
  { program, percentBp }: Terms,
  spentMinor: number,
  wholeMinor: number,
): Appraisal {
  const baseMinor = Math.max(0, facts.amountMinor - spentMinor)
  const isLeast = facts.amountMinor < program.leastOrderMinor
  const earnedMinor = isLeast ? 0 : percentOf(baseMinor, percentBp, program.rounding, wholeMinor)
  const tierBp = percentBp - program.basePercentBp
  const percents = tierBp === 0 ? [program.basePercentBp] : [program.basePercentBp, tierBp]
  const amounts = apportion(earnedMinor, percents)
  return {
    baseMinor,
    earnedMinor,
    parts: percents.map((percent, index) => ({
      rule: index === 0 ? 'base' : 'tier',
      percentBp: percent,
      amountMinor: amounts[index]!,
    })),
    nothingBecause: isLeast ? 'least-order' : baseMinor === 0 ? 'nothing-paid' : null,
  }
}

/** What an order keeps after what has come back of it: the same whatever came back first. */
export function keptOf(order: Order, facts: OrderFacts, { earnedMinor }: Appraisal) {
  const { amountMinor } = facts
  const backMinor = returnedOf(order, facts)
  const all = backMinor >= amountMinor && (amountMinor > 0 || isAllBack(order))
  const keep = (minor: number) => (all ? 0 : minor - shareOf(minor, backMinor, amountMinor))
  const spentMinor = keep(order.spentMinor)
  return {
    isAllBack: all,
    spentMinor,
    earnedMinor: keep(earnedMinor),
    moneyMinor: all ? 0 : Math.max(0, amountMinor - backMinor - spentMinor),
  }
}

/** Gross that came back: lines by what they cost, amounts, or what the shop says in all. */
export function returnedOf(order: Order, facts: OrderFacts): number {
  if (isAllBack(order)) return facts.amountMinor
  const wanted = new Map<string, number>()
  for (const { key, quantity } of order.refunds.flatMap(({ lines = [] }) => lines))
    wanted.set(key, (wanted.get(key) ?? 0) + millionths(quantity))
  let linesMinor = 0
  for (const { line, grossMinor } of scaledLines(facts)) {
    if (line === null) continue
    const has = millionths(line.quantity)
    const back = Math.min(has, wanted.get(lineKey(line)) ?? 0)
    if (back === 0) continue
    wanted.set(lineKey(line), wanted.get(lineKey(line))! - back)
    linesMinor += shareOf(grossMinor, back, has)
  }
  const amounts = order.refunds.reduce((sum, { amountMinor = 0 }) => sum + amountMinor, 0)
  const beyond = Math.max(amounts, order.refundedMinor - linesMinor, 0)
  return linesMinor + Math.min(beyond, facts.amountMinor - linesMinor)
}

export function isAllBack({ refunds, cancelledAt }: Pick<Order, 'refunds' | 'cancelledAt'>): boolean {
  return cancelledAt !== null || refunds.some(isWhole)
}

export function isWhole({ amountMinor, lines }: Order['refunds'][number]): boolean {
  return amountMinor === undefined && lines === undefined
}

/** What may be paid with bonuses of an order, before anybody's balance is looked at. */
export function payable(
  amountMinor: number,
  { maxSpendPercentBp, leastSpendOrderMinor }: Program,
): { mostMinor: number; limitedBy: 'least-order' | 'share' | 'amount' } {
  if (amountMinor < leastSpendOrderMinor) return { mostMinor: 0, limitedBy: 'least-order' }
  const mostMinor = shareOf(amountMinor, maxSpendPercentBp, 10_000)
  return { mostMinor, limitedBy: maxSpendPercentBp < 10_000 ? 'share' : 'amount' }
}

/** The lines, made to add up to the amount: a discount of the whole order lessens each, what is more stands alone. */
export function scaledLines({
  amountMinor,
  lines,
}: OrderFacts): { line: OrderLine | null; grossMinor: number }[] {
  const totals = lines.map(({ totalMinor }) => totalMinor)
  const sum = totals.reduce((all, total) => all + total, 0)
  const parts = sum > amountMinor ? apportion(amountMinor, totals) : totals
  const scaled = lines.map((line, index) => ({ line, grossMinor: parts[index]! }))
  return sum < amountMinor || lines.length === 0
    ? [...scaled, { line: null, grossMinor: amountMinor - sum }]
    : scaled
}

function millionths(quantity: number): number {
  return Math.round(quantity * 1_000_000)
}
