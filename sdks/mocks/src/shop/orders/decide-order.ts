import { expectedOrder, type Desk } from '../books/desk.ts'
import { conclude, conflict, orderOf, repeat, type Decided } from '../decided.ts'
import { payByHold } from '../holds/decide-hold.ts'
import { tierFor } from '../program.ts'
import { lineFacts } from '../read/same-command.ts'
import { isRefusal, refuse, type Refusal } from '../refusal.ts'
import type { Order, OrderFacts, OrderKey, Stage, Terms } from '../state.ts'
import { isWhole, payable } from './appraise.ts'
import { payFromBalance } from './decide-spend.ts'
import { reconcile } from './reconcile.ts'

export type Payment = { holdId: string } | { amountMinor: number }

/** The order as it is now, whatever was told of it before. */
export type News = OrderKey & {
  facts?: OrderFacts | undefined
  stage: Stage
  cancelled: boolean
  /** Gross that has come back in all; `all`: everything. */
  refundedMinor?: number | 'all' | undefined
  payment?: Payment | undefined
  flags?: string[]
  utm?: Record<string, string> | undefined
}

const RANK: Readonly<Record<Stage, number>> = { created: 0, paid: 1, fulfilled: 2 }

/** An order as a storefront tells it: told twice, it has to be the same. */
export function decidePurchase(desk: Desk, news: News & { facts: OrderFacts }): Decided {
  const order = orderOf(desk, news)
  const stranger = order !== undefined && order.customerId !== desk.customerId
  if (order?.facts) {
    const differing = [...(stranger ? ['customer'] : []), ...differences(order.facts, news.facts)]
    if (differing.length > 0) return conflict(order, differing)
    if (order.paidAt !== null || news.stage === 'created') return repeat(desk, order)
  } else if (stranger) return conflict(order, ['customer'])
  return place(desk, order, news)
}

/** An order as full state: what is told of it only ever adds to what is known, so that late news change nothing. */
export function decideState(desk: Desk, news: News): Decided {
  const order = orderOf(desk, news)
  const { facts, orderId, storefront, refundedMinor } = news
  const isEnd = news.cancelled || refundedMinor === 'all'
  if (facts === undefined && (order === undefined || (order.facts === null && !isEnd)))
    return refuse('order-not-found', { orderId, storefront })
  if (order !== undefined && order.customerId !== desk.customerId) return conflict(order, ['customer'])
  if (order?.facts && facts !== undefined) {
    const differing = contradictions(order, order.facts, facts, news.stage)
    if (differing.length > 0) return conflict(order, differing)
  }
  const mostMinor = (order?.facts ?? facts)?.amountMinor
  if (typeof refundedMinor === 'number' && mostMinor !== undefined && refundedMinor > mostMinor)
    return refuse('refund-too-large', { mostMinor })
  return place(desk, order, news)
}

function place(desk: Desk, known: Order | undefined, news: News): Decided {
  const { now } = desk
  const order = known ?? expectedOrder(news, desk)
  const before = JSON.stringify(order)
  takeFacts(desk, order, news)
  if (RANK[news.stage] >= RANK.paid) order.paidAt ??= now
  if (RANK[news.stage] >= RANK.fulfilled) order.fulfilledAt ??= now
  if (news.cancelled) order.cancelledAt ??= now
  if (typeof news.refundedMinor === 'number')
    order.refundedMinor = Math.max(order.refundedMinor, news.refundedMinor)
  if (news.refundedMinor === 'all' && !order.refunds.some(isWhole))
    order.refunds.push({ id: 'whole', at: now })
  const refusal = pay(desk, order, news.payment) ?? reconcile(desk, order, 'news')
  if (refusal !== undefined) return refusal
  return known !== undefined && JSON.stringify(order) === before ? repeat(desk, order) : conclude(desk, order)
}

/** Facts come with the first news that has them; those of a later stage replace them, under the same terms. */
function takeFacts(desk: Desk, order: Order, { facts, stage, flags = [], utm }: News): void {
  if (facts === undefined) return
  if (order.facts !== null) {
    if (RANK[stage] <= RANK[order.factsStage]) return
    order.facts = { ...facts, lines: facts.lines.length === 0 ? order.facts.lines : facts.lines }
    order.factsStage = stage
    return
  }
  order.facts = facts
  order.factsStage = stage
  order.terms = termsFor(desk)
  order.flags = [...new Set([...order.flags, ...flags, ...spendFlags(desk, order, facts)])]
  if (utm !== undefined) order.notes = { utm, ...order.notes }
}

/** What the program of now says of an order of now, by this customer: kept with the order for whatever happens to it. */
export function termsFor({ program, book: { account } }: Pick<Desk, 'program' | 'book'>): Terms {
  const tier = program.tiers.find(({ name }) => name === account.tier)
  return { program, percentBp: program.basePercentBp + (tier?.percentBp ?? 0), tier: tier?.name ?? null }
}

/** The terms of somebody who is not known yet. */
export function termsOfStranger(program: Desk['program']): Terms {
  const tier = tierFor(program, 0)
  return { program, percentBp: program.basePercentBp + (tier?.percentBp ?? 0), tier: tier?.name ?? null }
}

function pay(desk: Desk, order: Order, payment: Payment | undefined): Refusal | undefined {
  if (payment === undefined) return undefined
  const paid =
    'holdId' in payment
      ? payByHold(desk, order, payment.holdId)
      : payFromBalance(desk, order, payment.amountMinor)
  return isRefusal(paid) ? paid : undefined
}

/** A spend that came first named the order's amount; the order itself may turn out smaller. */
function spendFlags({ program }: Desk, { spentMinor }: Order, { amountMinor }: OrderFacts): string[] {
  if (spentMinor > amountMinor) return ['spent-more-than-amount']
  return spentMinor > payable(amountMinor, program).mostMinor ? ['spent-more-than-share'] : []
}

/** News of the same stage cannot differ. Those of a later one can, but for goods of which some came back by name. */
function contradictions(order: Order, known: OrderFacts, facts: OrderFacts, stage: Stage): string[] {
  const told = facts.lines.length === 0 ? { ...facts, lines: known.lines } : facts
  const differing = differences(known, told)
  if (stage === order.factsStage) return differing
  const named = order.refunds.some(({ lines }) => lines !== undefined)
  const isLater = RANK[stage] > RANK[order.factsStage]
  return isLater && named ? differing.filter((what) => what === 'lines') : []
}

function differences(known: OrderFacts, told: OrderFacts): string[] {
  const sorted = ({ lines }: OrderFacts) => JSON.stringify(lines.map(lineFacts).sort())
  return [
    ...(known.amountMinor === told.amountMinor ? [] : ['amount']),
    ...(sorted(known) === sorted(told) ? [] : ['lines']),
  ]
}
