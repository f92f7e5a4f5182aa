import { isRefusal, refuse, type Refusal } from '../refusal.ts'
import { known, lineKey, type Contact, type Purchase, type Refund, type Registration, type Spend } from './command.ts' // prettier-ignore
import { refusalOf, type ErrorSheet } from './error-sheet.ts'
import { contactIn, nobody } from './read-contact.ts'
import { goodsIn, lineNames, moneyIn, parseQuantity, positiveMoneyIn, type SaidItem } from './read-goods.ts'
import { printable, printableUpTo } from './text.ts'

/** What fits the contract; what it means is another question. */
export type Payload = Record<string, unknown>

export function readPurchase(payload: Payload, currency: string): Purchase | Refusal {
  const sheet: ErrorSheet = []
  const reading = contactIn(payload, sheet)
  const reference = referenceIn(payload, sheet)
  const discountMinor =
    payload.discount == null ? undefined : moneyIn(payload.discount, '/discount', currency, sheet)
  const goods = goodsIn(payload as Parameters<typeof goodsIn>[0], currency, sheet)
  return forSomebody<Purchase>(reading, sheet, payload.currency, currency, (contact) => ({
    kind: 'purchase',
    ...reference,
    contact,
    ...goods,
    paid: payload.paid !== false,
    name: printableUpTo(200, payload.name),
    referralCode: printableUpTo(100, payload.referralCode)?.toUpperCase(),
    reservation: printableUpTo(100, payload.reservation)?.toUpperCase(),
    promoCode: printableUpTo(100, payload.promoCode)?.toUpperCase(),
    discountMinor,
    utm: marksIn(payload),
  }))
}

export function readRegistration(payload: Payload, currency: string): Registration | Refusal {
  const sheet: ErrorSheet = []
  const reading = contactIn(payload, sheet)
  const birthday = printable(payload.birthday)
  if (birthday !== undefined && !isRealDate(birthday)) {
    const message = 'A birthday is a real date since 1900, as YYYY-MM-DD.'
    sheet.push({ pointer: '/birthday', code: 'invalid-date', message })
  }
  return forSomebody<Registration>(reading, sheet, undefined, currency, (contact) => ({
    kind: 'register',
    contact,
    name: printableUpTo(200, payload.name),
    birthday,
    telegramId: printable(payload.telegramId),
    locale: printable(payload.locale),
  }))
}

export function readSpend(payload: Payload, currency: string): Spend | Refusal {
  const sheet: ErrorSheet = []
  const reading = contactIn(payload, sheet)
  const reference = referenceIn(payload, sheet)
  const amountMinor = positiveMoneyIn(payload.amount, '/amount', currency, sheet) ?? 0
  const orderAmountMinor =
    payload.orderAmount == null ? undefined : moneyIn(payload.orderAmount, '/orderAmount', currency, sheet)
  return forSomebody<Spend>(reading, sheet, payload.currency, currency, (contact) => ({
    kind: 'spend',
    ...reference,
    contact,
    amountMinor,
    orderAmountMinor,
  }))
}

export function readRefund(payload: Payload, currency: string): Refund | Refusal {
  const sheet: ErrorSheet = []
  const { contact } = contactIn(payload, sheet)
  const reference = referenceIn(payload, sheet)
  const refundId = printable(payload.refundId)
  const isPart = payload.amount != null || payload.items != null
  if (refundId === undefined && isPart) {
    const message = 'A refund of a part needs its own refundId, so that it happens once.'
    sheet.push({ pointer: '/refundId', code: 'required', message })
  }
  const amountMinor =
    payload.amount == null ? undefined : positiveMoneyIn(payload.amount, '/amount', currency, sheet)
  const lines = (payload.items as SaidItem[] | undefined)?.map((item, index) => {
    const key = lineKey(lineNames(item))
    if (key === '') {
      const message = 'An item needs its sku, externalId or name.'
      sheet.push({ pointer: `/items/${index}`, code: 'invalid-item', message })
    }
    return { key, quantity: parseQuantity(item.quantity) ?? 1 }
  })
  const refusal = refusalOf(sheet, payload.currency, currency)
  if (refusal !== undefined) return refusal
  return known({
    kind: 'refund',
    ...reference,
    refundId: refundId ?? 'whole',
    amountMinor,
    lines,
    reason: printableUpTo(500, payload.reason),
    contact: Object.keys(contact).length === 0 ? undefined : contact,
  })
}

function isRealDate(text: string): boolean {
  const [, year = 0, month = 0, day = 0] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? []
  return year >= 1900 && new Date(Date.UTC(year, month - 1, day)).toISOString().startsWith(text)
}

type Loose<T> = { [Name in keyof T]: T[Name] | undefined }

function forSomebody<C extends object>(
  { contact, named }: { contact: Contact; named: boolean },
  sheet: ErrorSheet,
  said: unknown,
  currency: string,
  read: (contact: Contact) => Loose<C>,
): C | Refusal {
  const refusal = nobody(sheet, named) ?? refusalOf(sheet, said, currency)
  if (isRefusal(refusal)) return refusal
  return Object.keys(contact).length === 0 ? refuse('contact-required') : (known(read(contact)) as C)
}

function referenceIn({ orderId, storefront }: Payload, sheet: ErrorSheet) {
  const id = printable(orderId) ?? ''
  if (id === '' || id.length > 100) {
    const message = 'An order id has 1 to 100 characters.'
    sheet.push({ pointer: '/orderId', code: 'invalid-order-id', message })
  }
  return { storefront: printable(storefront)?.toLowerCase() ?? 'api', orderId: id }
}

/** The utm marks, nested under `utm` or beside it. */
export function marksIn(payload: Payload): Record<string, string> | undefined {
  const nested = Object.entries(payload.utm ?? {}).map(([name, value]) => {
    return [name.toLowerCase().startsWith('utm_') ? name : `utm_${name}`, value] as const
  })
  const marks = [...nested, ...Object.entries(payload)].flatMap(([name, value]) => {
    const text = printableUpTo(200, value)
    const mark = name.trim().toLowerCase()
    return /^utm_[a-z0-9_]{1,40}$/.test(mark) && text !== undefined ? [[mark, text] as const] : []
  })
  return marks.length === 0 ? undefined : Object.fromEntries(marks.slice(0, 20))
}
