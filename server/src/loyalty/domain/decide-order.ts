import { canonicalJson } from '../../kernel/canonical-json.ts'
import { isRefusal, refuse, type Refusal } from '../../kernel/refusal.ts'
import { payable } from './appraise.ts'
import type { LoyaltyRefusalCode, PurchaseCommand, StateCommand } from './command.ts'
import { payByHold } from './decide-hold.ts'
import { acceptReferral } from './decide-referral.ts'
import { payFromBalance } from './decide-spend.ts'
import { conclude, conflict, expectedOrder, repeat, type Decided, type Desk } from './desk.ts'
import { doubtOrder, judgeReservation, payByReservation, type Verdict } from './decide-reservation.ts'
import { isWhole, lineKey, rankOf, type Order, type OrderFacts } from './order.ts'
import { reconcile } from './reconcile-order.ts'
import { isSuspect, type ToldReservation } from './reservation.ts'
import { capsOf, referrerOf, takeFromCaps, termsFor } from './terms.ts'

/** An order as a storefront tells it: told twice, it has to be the same. */
export function decidePurchase(command: PurchaseCommand, desk: Desk): Decided {
  const { order } = desk
  if (command.facts.currency !== desk.currency) return mismatch(command.facts.currency, desk)
  const stranger = ofAnother(order, desk)
  if (order?.facts) {
    const differing = [...(stranger ? ['customer'] : []), ...differences(order.facts, command.facts)]
    if (differing.length > 0) return conflict(order, differing)
    if (order.paidAt !== null || !command.paid) return repeat(desk, order)
  } else if (stranger) return conflict(order!, ['customer'])
  const known = order ?? expectedOrder(command, desk)
  const verdict = command.told && judgeReservation(desk, known, command.told, command.facts.amountMinor)
  return place(desk, known, {
    ...command,
    facts: grossOf(command, verdict),
    verdict,
    stage: command.paid ? 'paid' : 'created',
    cancelled: false,
    refundedMinor: undefined,
  })
}

/** An order as it is now: what is told of it only ever adds to what is known, so that late news change nothing. */
export function decideState(command: StateCommand, desk: Desk): Decided {
  const { order } = desk
  if (command.facts !== undefined && command.facts.currency !== desk.currency)
    return mismatch(command.facts.currency, desk)
  const isEnd = command.cancelled || command.refundedMinor === 'all'
  if (command.facts === undefined && (order === undefined || (order.facts === null && !isEnd)))
    return refuse('order-not-found', { orderId: command.orderId, storefront: command.storefront })
  if (ofAnother(order, desk)) return conflict(order!, ['customer'])
  if (order?.facts && command.facts !== undefined) {
    const differing = contradictions(order, order.facts, command)
    if (differing.length > 0) return conflict(order, differing)
  }
  if (typeof command.refundedMinor === 'number') {
    const mostMinor = (order?.facts ?? command.facts)?.amountMinor
    if (mostMinor !== undefined && command.refundedMinor > mostMinor)
      return refuse('refund-too-large', { mostMinor })
  }
  return place(desk, order ?? expectedOrder(command, desk), command)
}

type News = Omit<StateCommand, 'kind'> & {
  told?: ToldReservation | undefined
  verdict?: Verdict | undefined
}

function place(desk: Desk, known: Order, news: News): Decided {
  const { now } = desk
  if (known.facts === null && news.facts !== undefined) acceptReferral(desk, news.referrerId)
  const { told, verdict } = news
  const doubted = verdict && 'doubt' in verdict ? doubtOrder(desk, known, verdict, told!) : known
  const begun = withFacts(desk, doubted, news)
  const reached = rankOf(news.stage)
  const stands: Order = {
    ...begun,
    paidAt: begun.paidAt ?? (reached >= rankOf('paid') ? now : null),
    fulfilledAt: begun.fulfilledAt ?? (reached >= rankOf('fulfilled') ? now : null),
    cancelledAt: begun.cancelledAt ?? (news.cancelled ? now : null),
    refundedMinor: Math.max(
      begun.refundedMinor,
      typeof news.refundedMinor === 'number' ? news.refundedMinor : 0,
    ),
    refunds:
      news.refundedMinor === 'all' && !begun.refunds.some(isWhole)
        ? [...begun.refunds, { id: 'whole', at: now }]
        : begun.refunds,
  }
  const paid = pay(desk, stands, news)
  if (isRefusal(paid)) return paid
  takeFromCaps(desk, paid, known)
  const goesBack = paid.cancelledAt !== null || paid.refunds.length > 0 || paid.refundedMinor > 0
  const settled = reconcile(desk, paid, goesBack ? 'return' : 'purchase')
  if (isRefusal(settled)) return settled
  return desk.order !== undefined && canonicalJson(desk.order) === canonicalJson(settled)
    ? repeat(desk, settled)
    : conclude(desk, settled)
}

/** A storefront that tells what is left after the discount does not know that bonuses paid the rest. */
function grossOf({ facts, told }: PurchaseCommand, verdict: Verdict | undefined): OrderFacts {
  const hold = verdict && ('pays' in verdict ? verdict.pays : 'paid' in verdict ? verdict.paid : undefined)
  if (hold === undefined || told?.isAfterDiscount !== true) return facts
  const { amountMinor: toldMinor } = facts
  return { ...facts, amountMinor: toldMinor + hold.amountMinor, toldMinor }
}

/** Facts come with the first news that has them; those of a later stage replace them, under the same terms. */
function withFacts(desk: Desk, order: Order, { facts, stage, flags, notes }: News): Order {
  if (facts === undefined) return order
  if (order.facts !== null) {
    if (rankOf(stage) <= rankOf(order.factsStage)) return order
    const { toldMinor, amountMinor } = order.facts
    const told = {
      ...facts,
      ...(toldMinor !== undefined && { toldMinor }),
      ...(toldMinor === facts.amountMinor && { amountMinor }),
      lines: facts.lines.length === 0 ? order.facts.lines : facts.lines,
    }
    return { ...order, facts: told, factsStage: stage, terms: capsOf(desk, order) }
  }
  const terms = termsFor(desk, facts)
  if (terms.firstOrder && !isSuspect(order)) desk.customer.change({ firstOrderRef: order.id })
  return {
    ...order,
    facts,
    factsStage: stage,
    terms,
    referrerId: referrerOf(desk),
    flags: [...new Set([...order.flags, ...flags, ...spendFlags(desk, order, facts)])],
    notes: { ...notes, ...order.notes },
  }
}

/** News of the same stage cannot differ. Those of a later one can, but for goods of which some came back by name. */
function contradictions(order: Order, known: OrderFacts, { facts, stage }: StateCommand): string[] {
  // Who names no goods says nothing of them.
  const told = facts!.lines.length === 0 ? { ...facts!, lines: known.lines } : facts!
  const differing = differences(known, told)
  if (stage === order.factsStage) return differing
  const isLater = rankOf(stage) > rankOf(order.factsStage)
  const named = order.refunds.some(({ lines }) => lines !== undefined)
  return isLater && named ? differing.filter((what) => what === 'lines') : []
}

function pay(
  desk: Desk,
  order: Order,
  { payment, told, verdict }: News,
): Order | Refusal<LoyaltyRefusalCode> {
  if (verdict !== undefined && 'pays' in verdict) return payByReservation(desk, order, verdict.pays, told!)
  if (payment === undefined) return order
  return 'holdId' in payment
    ? payByHold(desk, order, payment.holdId)
    : payFromBalance(desk, order, payment.amountMinor)
}

/** A spend that came first named the order's amount; the order itself may turn out smaller. */
function spendFlags({ program }: Desk, { spentMinor }: Order, facts: OrderFacts): string[] {
  if (spentMinor > facts.amountMinor) return ['spent-more-than-amount']
  return spentMinor > payable(facts, program).mostMinor ? ['spent-more-than-share'] : []
}

function ofAnother(order: Order | undefined, { customer }: Desk): boolean {
  return order !== undefined && order.customerId !== customer.account.customerId
}

function mismatch(currency: string, { currency: expected }: Desk): Refusal<LoyaltyRefusalCode> {
  return refuse('currency-mismatch', { currency, expected })
}

function differences(known: OrderFacts, told: OrderFacts): string[] {
  const sorted = ({ lines }: OrderFacts) => canonicalJson(lines.map(lineFacts).sort())
  return [
    ...(isSameAmount(known, told) ? [] : ['amount']),
    ...(sorted(known) === sorted(told) ? [] : ['lines']),
  ]
}

/** Told by who knows of the bonuses, or by who does not. */
function isSameAmount(known: OrderFacts, { amountMinor }: OrderFacts): boolean {
  return known.amountMinor === amountMinor || known.toldMinor === amountMinor
}

/** What a line costs, and of what: a new name for the same article is no other order. */
function lineFacts(line: OrderFacts['lines'][number]): string {
  return canonicalJson([lineKey(line) || null, line.quantity ?? null, line.totalMinor ?? null])
}
