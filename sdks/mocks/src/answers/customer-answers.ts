import type { Answer } from '../http/request.ts'
import { pageOf } from '../http/page-of.ts'
import { inSpendingOrder } from '../shop/books/lots.ts'
import { openDesk } from '../shop/books/open-desk.ts'
import { decideAdjustment, decideLot } from '../shop/customers/decide-adjustment.ts'
import { HEX, scramble } from '../shop/ids.ts'
import { formatMoney, parseMoney } from '../shop/money.ts'
import { presentCustomer, presentEntry, presentLot } from '../shop/present.ts'
import { parseEmail, parsePhone } from '../shop/read/read-contact.ts'
import { isRefusal, refuse } from '../shop/refusal.ts'
import type { Shop } from '../shop/state.ts'
import { amountInvalid } from './order-answers.ts'

export const listCustomers: Answer<'listCustomers'> = (shop, { query }) => {
  const { email, phone, externalId } = query
  const { customers, owners } = shop.state
  if (email === undefined && phone === undefined && externalId === undefined) {
    const { data, nextCursor } = pageOf([...customers.keys()], query, (id) => id)
    return { status: 200, body: { data: data.map((id) => presentCustomer(shop, id)), nextCursor } }
  }
  const key =
    email !== undefined
      ? `email:${parseEmail(email)}`
      : phone !== undefined
        ? `phone:${parsePhone(phone)}`
        : `externalId:${externalId}`
  const found = owners.get(key)
  const data = found === undefined ? [] : [presentCustomer(shop, found)]
  return { status: 200, body: { data, nextCursor: null } }
}

export const getCustomer: Answer<'getCustomer'> = (shop, { path: { customerId } }) =>
  shop.state.customers.has(customerId)
    ? { status: 200, body: presentCustomer(shop, customerId) }
    : refuse('customer-not-found')

export const listEntries: Answer<'listEntries'> = (shop, { path: { customerId }, query }) => {
  const book = shop.state.books.get(customerId)
  if (book === undefined) return refuse('customer-not-found')
  const { cursor } = query
  if (cursor !== undefined && !Number.isSafeInteger(Number(cursor))) return refuse('invalid-request')
  const { data, nextCursor } = pageOf(book.entries, query, ({ sequence }) => String(sequence))
  return { status: 200, body: { data: data.map((entry) => presentEntry(shop, entry)), nextCursor } }
}

export const listLots: Answer<'listLots'> = ({ state: { books, currency } }, { path: { customerId } }) => {
  const book = books.get(customerId)
  if (book === undefined) return refuse('customer-not-found')
  const open = inSpendingOrder(book.lots.filter(({ remainingMinor }) => remainingMinor > 0))
  return { status: 200, body: { data: open.map((lot) => presentLot(lot, currency)), nextCursor: null } }
}

export const activateLot: Answer<'activateLot'> = (shop, { path }) => steer(shop, path, 'activate')
export const cancelLot: Answer<'cancelLot'> = (shop, { path }) => steer(shop, path, 'cancel')

export const adjustBonuses: Answer<'adjustBonuses'> = (
  shop,
  { path: { customerId }, body, idempotencyKey },
) => {
  const { currency, books, adjustments } = shop.state
  const size = parseMoney(body.amount.replace(/^-/, ''), currency)
  if (!size) return amountInvalid('/amount', currency)
  const expiresAt = body.expiresAt === undefined ? undefined : Date.parse(body.expiresAt)
  if (expiresAt !== undefined && expiresAt <= shop.now()) return refuse('expiry-past')
  if (!books.has(customerId)) return refuse('customer-not-found')
  const amountMinor = body.amount.startsWith('-') ? -size : size
  // The key makes it happen once; scrambled, since it stands in the ledger and may hold anything.
  const effectId = idempotencyKey === undefined ? shop.newId('entry') : scramble(32, HEX, idempotencyKey)
  const known = adjustments.get(effectId)
  if (known !== undefined && (known.customerId !== customerId || known.amountMinor !== amountMinor))
    return refuse('idempotency-key-reused')
  if (known === undefined) {
    const decided = decideAdjustment(openDesk(shop, customerId), { amountMinor, expiresAt, effectId })
    if (isRefusal(decided)) return decided
    adjustments.set(effectId, { customerId, amountMinor })
  }
  const available = formatMoney(openDesk(shop, customerId).availableMinor(), currency)
  return { status: 200, body: { customerId, amount: formatMoney(amountMinor, currency), available } }
}

function steer(
  shop: Shop,
  { customerId, lotId }: { customerId: string; lotId: string },
  kind: 'activate' | 'cancel',
) {
  if (!shop.state.books.has(customerId)) return refuse('customer-not-found')
  const decided = decideLot(openDesk(shop, customerId), lotId, kind)
  if (isRefusal(decided)) return decided
  const lot = shop.state.books.get(customerId)!.lots.find(({ id }) => id === lotId)!
  return { status: 200 as const, body: presentLot(lot, shop.state.currency) }
}
