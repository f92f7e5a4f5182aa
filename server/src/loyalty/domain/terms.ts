import { appraise, type Appraisal } from './appraise.ts'
import { mostToday, programOfOrder, tellLimit, use, type Desk } from './desk.ts'
import { tierOf } from './judge-tier.ts'
import type { Order, OrderFacts, Terms } from './order.ts'
import { isSuspect } from './reservation.ts'

/** What the program of now says of an order of now, by this customer: kept with the order for whatever happens to it. */
export function termsFor(desk: Desk, facts: OrderFacts): Terms {
  const { customer, program, wholeMinor, now } = desk
  const { account } = customer
  const tier = tierOf(account, program)
  const firstOrder = account.firstOrderRef === null && account.ordersCount === 0
  const { referrerBonusMinor, friendBonusMinor, leastOrderMinor } = program.referral
  const isReferred = firstOrder && referrerOf(desk) !== null && facts.amountMinor >= leastOrderMinor
  const capped = program.rules.filter(({ budgetMinor }) => budgetMinor !== null)
  const mostEarnedMinor = mostToday(desk, ['customerEarned', 'projectEarned'])
  return {
    programVersion: program.version,
    percentBp: program.basePercentBp + (tier?.percentBp ?? 0),
    tier: tier?.name ?? null,
    rounding: program.rounding,
    wholeMinor,
    referralPercentBp: program.referralPercentBp,
    expiryDays: program.expiryDays,
    activationDelayDays: program.activationDelayDays,
    at: now,
    ...(firstOrder && { firstOrder }),
    ...(isReferred && friendBonusMinor > 0 && { friendBonusMinor }),
    ...(isReferred && referrerBonusMinor > 0 && { referrerBonusMinor }),
    ...(capped.length > 0 && {
      budgets: Object.fromEntries(
        capped.map(({ id, budgetMinor }) => [id, desk.budgets[id] ?? budgetMinor!]),
      ),
    }),
    ...(mostEarnedMinor !== Infinity && { mostEarnedMinor }),
  }
}

/** Who gets something for this customer's orders: nobody while the referral is doubted. */
export function referrerOf({ customer: { account } }: Pick<Desk, 'customer'>): string | null {
  return account.referral === 'accepted' || account.referral === 'qualified' ? account.referredBy : null
}

/** The terms of an order whose facts change: what it has taken from budgets and limits already is its own. */
export function capsOf(desk: Desk, order: Order): Terms | null {
  const { terms, facts } = order
  if (terms === null || facts === null) return terms
  const promised = appraise(facts, programOfOrder(desk, order), terms, order.spentMinor)
  const mostEarnedMinor = promised.earnedMinor + mostToday(desk, ['customerEarned', 'projectEarned'])
  const budgets = Object.entries(terms.budgets ?? {}).map(([rule, first]) => {
    const own = promised.parts.find((part) => part.rule === rule)?.amountMinor ?? 0
    return [rule, own + (desk.budgets[rule] ?? Math.max(0, first - own))]
  })
  return {
    ...terms,
    ...(terms.budgets !== undefined && { budgets: Object.fromEntries(budgets) as Record<string, number> }),
    ...(mostEarnedMinor !== Infinity && { mostEarnedMinor }),
  }
}

/** What an order promises, and what it promises more since its facts changed, is taken from budgets and limits once; a return gives nothing back to them. */
export function takeFromCaps(desk: Desk, order: Order, before: Order): void {
  if (order.facts === null || order.terms === null || order.facts === before.facts || isSuspect(order)) return
  if (order.terms.budgets === undefined && Object.keys(desk.program.limits).length === 0) return
  const now = appraise(order.facts, programOfOrder(desk, order), order.terms, order.spentMinor)
  const then =
    before.facts === null || before.terms === null
      ? undefined
      : appraise(before.facts, programOfOrder(desk, before), before.terms, before.spentMinor)
  for (const { rule, amountMinor } of now.parts) {
    if (order.terms.budgets?.[rule] === undefined) continue
    const more = amountMinor - (then?.parts.find((part) => part.rule === rule)?.amountMinor ?? 0)
    if (more > 0) desk.takenBudgets[rule] = more
  }
  use(desk, ['customerEarned', 'projectEarned'], Math.max(0, now.earnedMinor - (then?.earnedMinor ?? 0)))
  if (isLimited(now)) tellReached(desk)
}

/** An award was cut: by the limit that leaves less. */
export function tellReached(desk: Desk): void {
  const kind =
    mostToday(desk, ['customerEarned']) <= mostToday(desk, ['projectEarned'])
      ? 'customerEarned'
      : 'projectEarned'
  tellLimit(desk, kind, true, (desk.used[kind] ?? 0) + (desk.usedNow[kind] ?? 0))
}

export function isLimited({ parts }: Appraisal): boolean {
  return parts.some(({ rule }) => rule === 'limit')
}
