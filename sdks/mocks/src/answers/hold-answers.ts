import type { Answer } from '../http/request.ts'
import { openDesk } from '../shop/books/open-desk.ts'
import type { Desk } from '../shop/books/desk.ts'
import { findCustomer, readWho } from '../shop/customers/find-customer.ts'
import type { Decided } from '../shop/decided.ts'
import {
  captureHold as capture,
  confirmHold,
  decideHold,
  voidHold as cancel,
} from '../shop/holds/decide-hold.ts'
import { parseMoney } from '../shop/money.ts'
import { presentHold } from '../shop/present.ts'
import { readGoods } from '../shop/read/read-goods.ts'
import { isRefusal, refuse, type Refusal } from '../shop/refusal.ts'
import type { Hold, Shop } from '../shop/state.ts'
import { amountInvalid } from './order-answers.ts'

const HALF_AN_HOUR_S = 1_800

export const createHold: Answer<'createHold'> = (shop, { body }) => putAside(shop, body)

/** With a code, where the order has no id yet. */
export function putAside(
  shop: Shop,
  body: Parameters<Answer<'createHold'>>[1]['body'],
  reservation?: string,
): ReturnType<Answer<'createHold'>> {
  const { currency } = shop.state
  const amountMinor = parseMoney(body.amount, currency)
  if (!amountMinor) return amountInvalid('/amount', currency)
  const { orderAmount, items } = body
  const orderAmountMinor = orderAmount === undefined ? undefined : parseMoney(orderAmount, currency)
  if (orderAmount !== undefined && orderAmountMinor === undefined)
    return amountInvalid('/orderAmount', currency)
  const goods = orderAmount === undefined ? undefined : readGoods({ amount: orderAmount, items }, currency)
  if (isRefusal(goods)) return goods
  const who = readWho(shop, body.customer)
  if (isRefusal(who)) return who
  const customerId = 'customerId' in who ? who.customerId : findCustomer(shop, who.contact, false)
  if (isRefusal(customerId)) return customerId
  const decided = decideHold(openDesk(shop, customerId), {
    storefront: body.storefront ?? 'api',
    orderId: String(body.orderId).trim(),
    amountMinor,
    orderAmountMinor,
    expiresInMs: (body.expiresInSeconds ?? HALF_AN_HOUR_S) * 1_000,
    awaitsConfirmation: body.awaitsConfirmation ?? false,
    reservation,
  })
  return isRefusal(decided) ? decided : { status: 201, body: presentHold(decided.hold!, currency) }
}

export const getHold: Answer<'getHold'> = (shop, { path: { holdId } }) => {
  const found = find(shop, holdId)
  if (isRefusal(found)) return found
  return { status: 200, body: presentHold(found, shop.state.currency) }
}

export const captureHold: Answer<'captureHold'> = (shop, { path: { holdId }, body = {} }) => {
  const { currency } = shop.state
  const amountMinor = body.amount === undefined ? undefined : parseMoney(body.amount, currency)
  if (body.amount !== undefined && !amountMinor) return amountInvalid('/amount', currency)
  return step(shop, holdId, (desk, hold) => capture(desk, hold, amountMinor))
}

export const voidHold: Answer<'voidHold'> = (shop, { path: { holdId } }) => step(shop, holdId, cancel)

export const confirmSandboxHold: Answer<'confirmSandboxHold'> = (shop, { path: { holdId } }) =>
  step(shop, holdId, confirmHold)

function step(shop: Shop, holdId: string, decide: (desk: Desk, hold: Hold) => Decided) {
  const found = find(shop, holdId)
  if (isRefusal(found)) return found
  const desk = openDesk(shop, found.customerId)
  const decided = decide(
    desk,
    desk.book.holds.find(({ id }) => id === holdId)!,
  )
  if (isRefusal(decided)) return decided
  return { status: 200 as const, body: presentHold(decided.hold!, shop.state.currency) }
}

function find({ state: { books } }: Shop, holdId: string): Hold | Refusal {
  const hold = [...books.values()].flatMap(({ holds }) => holds).find(({ id }) => id === holdId)
  return hold ?? refuse('hold-not-found', { holdId })
}
