import type { components } from '@tapline/client'
import type { Answer } from '../http/request.ts'
import { openDesk } from '../shop/books/open-desk.ts'
import { findCustomer, lookUp, readWho } from '../shop/customers/find-customer.ts'
import { parseMoney } from '../shop/money.ts'
import { decideState, type News, type Payment } from '../shop/orders/decide-order.ts'
import { decideRefund } from '../shop/orders/decide-refund.ts'
import { quote } from '../shop/orders/quote.ts'
import { presentOrder } from '../shop/present.ts'
import { marksIn } from '../shop/read/read-payload.ts'
import { readGoods } from '../shop/read/read-goods.ts'
import { isRefusal, refuse, type Refusal } from '../shop/refusal.ts'
import { keyOf, type OrderKey, type Shop, type Stage } from '../shop/state.ts'

type State = components['schemas']['OrderState']
type Who = components['schemas']['CustomerRef']

const STAGE: Readonly<Record<State['status'], Stage>> = {
  created: 'created',
  paid: 'paid',
  fulfilled: 'fulfilled',
  cancelled: 'created',
  // Nothing is given back that was not paid.
  refunded: 'paid',
  partially_refunded: 'paid',
}

export const quoteOrder: Answer<'quoteOrder'> = (shop, { body }) => {
  const { currency } = shop.state
  const facts = readGoods(body, currency)
  if (isRefusal(facts)) return facts
  const spendMinor = parseMoney(body.spend ?? 0, currency)
  if (spendMinor === undefined) return amountInvalid('/spend', currency)
  const who = body.customer === undefined ? undefined : readWho(shop, body.customer)
  if (isRefusal(who)) return who
  const customerId = who === undefined ? undefined : lookUp(shop, who)
  if (isRefusal(customerId)) return customerId
  return { status: 200, body: quote(shop, customerId, facts, spendMinor) }
}

export const getOrder: Answer<'getOrder'> = ({ state }, { path, query }) => {
  const key = keyIn(path, query)
  const order = state.orders.get(keyOf(key))
  if (order === undefined) return refuse('order-not-found', key)
  return { status: 200, body: presentOrder(order, state.currency) }
}

export const putOrder: Answer<'putOrder'> = (shop, { path, query, body }) => {
  const key = keyIn(path, query)
  const news = readState(shop, key, body)
  if (isRefusal(news)) return news
  const customerId = whose(shop, key, body.customer)
  if (isRefusal(customerId)) return customerId
  const decided = decideState(openDesk(shop, customerId), news)
  if (isRefusal(decided)) return decided
  return { status: 200, body: presentOrder(shop.state.orders.get(keyOf(key))!, shop.state.currency) }
}

export const refundOrder: Answer<'refundOrder'> = (shop, { path, query, body = {}, idempotencyKey }) => {
  const key = keyIn(path, query)
  const { currency } = shop.state
  const amountMinor = body.amount === undefined ? undefined : parseMoney(body.amount, currency)
  if (body.amount !== undefined && amountMinor === undefined) return amountInvalid('/amount', currency)
  if (body.amount !== undefined && body.items !== undefined) return refuse('refund-ambiguous')
  const isWhole = body.amount === undefined && body.items === undefined
  const refundId = body.refundId ?? idempotencyKey ?? (isWhole ? 'whole' : undefined)
  if (refundId === undefined) return refuse('refund-id-required')
  const customerId = whose(shop, key, body.customer)
  if (isRefusal(customerId)) return customerId
  const lines = body.items?.map(({ sku, externalId, name, quantity }) => {
    return { key: String(sku ?? externalId ?? name), quantity }
  })
  const wish = { ...key, refundId, amountMinor, lines, reason: body.reason }
  const decided = decideRefund(openDesk(shop, customerId), wish)
  return isRefusal(decided) ? decided : { status: 200, body: decided.refund! }
}

function keyIn(path: { orderId: string }, query: { storefront?: string }): OrderKey {
  return { storefront: query.storefront ?? 'api', orderId: path.orderId.trim() }
}

/** Whose order it is: the order knows, else the caller says. */
function whose(shop: Shop, key: OrderKey, said: Who | undefined): string | Refusal {
  const order = shop.state.orders.get(keyOf(key))
  const who = said === undefined ? undefined : readWho(shop, said)
  if (isRefusal(who)) return who
  if (order === undefined) {
    if (who === undefined) return refuse('order-not-found', key)
    return 'customerId' in who ? who.customerId : findCustomer(shop, who.contact, true)
  }
  if (who === undefined) return order.customerId
  const named = lookUp(shop, who)
  if (isRefusal(named)) return named
  return named === undefined || named === order.customerId
    ? order.customerId
    : refuse('order-conflict', { ...key, differs: ['customer'] })
}

function readState({ state: { currency, books } }: Shop, key: OrderKey, body: State): News | Refusal {
  const { status, amount, refundedAmount, holdId, spend, referralCode, items } = body
  if (status === 'partially_refunded' && refundedAmount === undefined)
    return refuse('refunded-amount-required')
  if (holdId !== undefined && spend !== undefined) return refuse('payment-ambiguous')
  const goods = { amount, currency: body.currency, items }
  const facts = amount === undefined ? undefined : readGoods(goods, currency)
  if (isRefusal(facts)) return facts
  const refundedMinor = refundedAmount === undefined ? undefined : parseMoney(refundedAmount, currency)
  if (refundedAmount !== undefined && refundedMinor === undefined)
    return amountInvalid('/refundedAmount', currency)
  const payment = readPayment(holdId, spend, currency)
  if (isRefusal(payment)) return payment
  const code = referralCode?.trim().toUpperCase()
  const isKnownCode = [...books.values()].some(({ account }) => account.referralCode === code)
  return {
    ...key,
    facts,
    stage: STAGE[status],
    cancelled: status === 'cancelled',
    refundedMinor: status === 'refunded' ? 'all' : refundedMinor,
    payment,
    flags: !code || isKnownCode ? [] : ['referral-code-unknown'],
    utm: body.utm === undefined ? undefined : marksIn({ utm: body.utm }),
  }
}

function readPayment(
  holdId: string | undefined,
  spend: string | number | undefined,
  currency: string,
): Payment | Refusal | undefined {
  if (holdId !== undefined) return { holdId }
  if (spend === undefined) return undefined
  const amountMinor = parseMoney(spend, currency)
  return amountMinor === undefined ? amountInvalid('/spend', currency) : { amountMinor }
}

export function amountInvalid(pointer: string, currency: string): Refusal {
  return refuse('amount-invalid', { pointer, currency })
}
