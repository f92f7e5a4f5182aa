import { parseMoney } from '../../kernel/money.ts'
import { isRefusal, refuse } from '../../kernel/refusal.ts'
import type { Contact, OrderLine, Purchase, Registration, Spend } from './command.ts'
import { contactError, identifying, MAX_EXTERNAL_ID, parseEmail, typedPhone } from './contact.ts'
import { marksOf } from './marks.ts'
import { lineTotal, MAX_LINES, MAX_NAME, MAX_SKU, parseQuantity } from './order-line.ts'
import type { Reading, ReadingError, ReadingRefusal, ReadingRules } from './reading.ts'
import { known, printable, printableUpTo } from './text.ts'

const MAX_ORDER_ID = 100
const MAX_CODE = 100
const MAX_DESCRIPTION = 500
const STOREFRONT = /^[a-z0-9][a-z0-9_.-]{0,49}$/

type Money = string | number
type ContactPayload = { email?: string; phone?: string; externalId?: string | number }
type MarksPayload = { utm?: Readonly<Record<string, unknown>>; [mark: `utm_${string}`]: unknown }

export type PurchasePayload = ContactPayload &
  MarksPayload & {
    amount: Money
    orderId: string | number
    description?: string
    currency?: string
    storefront?: string
    items?: readonly ItemPayload[]
    referralCode?: string
    name?: string
    paid?: boolean
    promoCode?: string
  }

/** `price` is of one unit; `amount`, where it is given, is the line's total and goes first. */
export type ItemPayload = {
  name?: string
  sku?: string
  externalId?: string | number
  quantity?: number | string
  price?: Money
  amount?: Money
}

export type RegistrationPayload = ContactPayload &
  MarksPayload & {
    name?: string
    referralCode?: string
    birthday?: string
    telegramId?: string | number
    locale?: string
  }

export type SpendPayload = ContactPayload & {
  amount: Money
  orderId: string | number
  orderAmount?: Money
  currency?: string
  storefront?: string
}

export function readPurchase(payload: PurchasePayload, rules: ReadingRules): Reading<Purchase> {
  const sheet = errorSheet()
  const order = readOrder(payload, rules, sheet)
  const lines = readItems(payload.items, rules.currency, sheet)
  return finish(payload, rules, order.contact, sheet, (contact) => ({
    kind: 'purchase',
    ...order.reference,
    contact,
    currency: rules.currency,
    paid: payload.paid ?? true,
    lines,
    name: printableUpTo(MAX_NAME, payload.name),
    description: printableUpTo(MAX_DESCRIPTION, payload.description),
    referralCode: printableUpTo(MAX_CODE, payload.referralCode),
    promoCode: printableUpTo(MAX_CODE, payload.promoCode),
    utm: readMarks(payload),
  }))
}

export function readRegistration(payload: RegistrationPayload, rules: ReadingRules): Reading<Registration> {
  const sheet = errorSheet()
  const contact = readContact(payload, rules, sheet)
  const birthday = readBirthday(payload.birthday, sheet)
  const telegramId = readTelegramId(payload.telegramId, sheet)
  const locale = readLocale(payload.locale, sheet)
  return finish({}, rules, contact, sheet, (contact) => ({
    kind: 'register',
    contact,
    name: printableUpTo(MAX_NAME, payload.name),
    birthday,
    telegramId,
    locale,
    referralCode: printableUpTo(MAX_CODE, payload.referralCode),
    utm: readMarks(payload),
  }))
}

export function readSpend(payload: SpendPayload, rules: ReadingRules): Reading<Spend> {
  const sheet = errorSheet()
  const order = readOrder(payload, rules, sheet)
  if (order.reference.amountMinor === 0) {
    sheet.add('/payload/amount', 'not-positive', 'A spend is of more than zero.')
  }
  const orderAmountMinor =
    payload.orderAmount == null
      ? undefined
      : readMoney(payload.orderAmount, '/payload/orderAmount', rules.currency, sheet)
  return finish(payload, rules, order.contact, sheet, (contact) => ({
    kind: 'spend',
    ...order.reference,
    contact,
    orderAmountMinor,
  }))
}

type ErrorSheet = { errors: ReadingError[]; add: (pointer: string, code: string, message: string) => void }

function errorSheet(): ErrorSheet {
  const errors: ReadingError[] = []
  return { errors, add: (pointer, code, message) => void errors.push({ pointer, code, message }) }
}

/** Everything that is wrong at once; only a request without errors is asked for its currency and its customer. */
function finish<C extends Purchase | Registration | Spend>(
  payload: { currency?: string },
  rules: ReadingRules,
  contact: ContactReading,
  sheet: ErrorSheet,
  command: (contact: Contact) => C,
): Reading<C> {
  const missing = contact.named ? [] : MISSING_CONTACT
  if (sheet.errors.length > 0) return { ...refuse('invalid-request'), errors: [...sheet.errors, ...missing] }
  const currency = printable(payload.currency)?.toUpperCase() ?? rules.currency
  if (currency !== rules.currency) {
    return refuse('currency-mismatch', { currency: currency.slice(0, 20), expected: rules.currency })
  }
  const identified = identifying(contact.contact, rules.blocklist)
  if (!isRefusal(identified)) return known(command(identified))
  const blocked = Object.keys(contact.contact).map((kind) =>
    contactError(`/payload/${kind}`, 'contact-blocked'),
  )
  const refusal: ReadingRefusal = { ...identified, errors: contact.named ? blocked : MISSING_CONTACT }
  return refusal
}

const MISSING_CONTACT: ReadingError[] = [
  contactError('/payload/email', 'contact-missing'),
  contactError('/payload/phone', 'contact-missing'),
]

/** `named`: somebody was named, rightly or wrongly. */
type ContactReading = { contact: Contact; named: boolean }

function readContact(payload: ContactPayload, rules: ReadingRules, sheet: ErrorSheet): ContactReading {
  const [email, phone, externalId] = [payload.email, payload.phone, payload.externalId].map(printable)
  const contact = known<Contact>({
    email: email === undefined ? undefined : parseEmail(email),
    phone: phone === undefined ? undefined : parsePhone(phone, rules),
    externalId: externalId !== undefined && externalId.length <= MAX_EXTERNAL_ID ? externalId : undefined,
  })
  if (email !== undefined && !contact.email)
    sheet.errors.push(contactError('/payload/email', 'invalid-email'))
  if (phone !== undefined && !contact.phone)
    sheet.errors.push(contactError('/payload/phone', 'invalid-phone'))
  if (externalId !== undefined && !contact.externalId) {
    sheet.add('/payload/externalId', 'too-long', `An external id has at most ${MAX_EXTERNAL_ID} characters.`)
  }
  return { contact, named: [email, phone, externalId].some((given) => given !== undefined) }
}

function parsePhone(phone: string, rules: ReadingRules): string | undefined {
  const typed = typedPhone(phone)
  return typed === undefined ? undefined : rules.parsePhone(typed, rules.defaultCountry)
}

function readOrder(
  payload: PurchasePayload | SpendPayload,
  rules: ReadingRules,
  sheet: ErrorSheet,
): { reference: { storefront: string; orderId: string; amountMinor: number }; contact: ContactReading } {
  const contact = readContact(payload, rules, sheet)
  const amountMinor = readMoney(payload.amount, '/payload/amount', rules.currency, sheet) ?? NaN
  const orderId = printable(payload.orderId) ?? ''
  if (orderId === '' || orderId.length > MAX_ORDER_ID) {
    sheet.add('/payload/orderId', 'invalid-order-id', `An order id has 1 to ${MAX_ORDER_ID} characters.`)
  }
  const storefront = printable(payload.storefront)?.toLowerCase() ?? 'api'
  if (!STOREFRONT.test(storefront)) {
    sheet.add(
      '/payload/storefront',
      'invalid-storefront',
      'A storefront is a word of letters, digits, - _ or .',
    )
  }
  return { reference: { storefront, orderId, amountMinor }, contact }
}

function readMoney(value: unknown, pointer: string, currency: string, sheet: ErrorSheet): number | undefined {
  const minor =
    typeof value === 'string' || typeof value === 'number' ? parseMoney(value, currency) : undefined
  if (minor === undefined) sheet.add(pointer, 'invalid-money', `This is no amount in ${currency}.`)
  return minor
}

function readItems(items: PurchasePayload['items'], currency: string, sheet: ErrorSheet): OrderLine[] {
  if (items == null) return []
  if (items.length > MAX_LINES) {
    sheet.add('/payload/items', 'too-many-items', `An order has at most ${MAX_LINES} items.`)
    return []
  }
  return items.map((item, index) => readItem(item, `/payload/items/${index}`, currency, sheet))
}

function readItem(item: ItemPayload, pointer: string, currency: string, sheet: ErrorSheet): OrderLine {
  const quantity = item.quantity == null ? 1 : parseQuantity(item.quantity)
  if (quantity === undefined)
    sheet.add(`${pointer}/quantity`, 'invalid-quantity', 'A quantity is above zero.')
  const amount =
    item.amount == null ? undefined : readMoney(item.amount, `${pointer}/amount`, currency, sheet)
  const price = item.price == null ? undefined : readMoney(item.price, `${pointer}/price`, currency, sheet)
  const total = amount ?? lineTotal(price ?? 0, quantity ?? 1)
  if (total === undefined) sheet.add(`${pointer}/price`, 'invalid-money', 'Price times quantity is too much.')
  return known<OrderLine>({
    externalId: printableUpTo(MAX_EXTERNAL_ID, item.externalId),
    sku: printableUpTo(MAX_SKU, item.sku),
    name: printableUpTo(MAX_NAME, item.name),
    quantity: quantity ?? 1,
    totalMinor: total ?? 0,
  })
}

function readMarks(payload: MarksPayload): Purchase['utm'] {
  const nested = Object.entries(payload.utm ?? {}).map(
    ([name, value]) => [name.toLowerCase().startsWith('utm_') ? name : `utm_${name}`, value] as const,
  )
  return marksOf([...nested, ...Object.entries(payload)])
}

function readBirthday(value: string | undefined, sheet: ErrorSheet): string | undefined {
  const birthday = printable(value)
  if (birthday === undefined || isRealDate(birthday)) return birthday
  sheet.add('/payload/birthday', 'invalid-date', 'A birthday is a real date since 1900, as YYYY-MM-DD.')
  return undefined
}

function isRealDate(text: string): boolean {
  const [, year = 0, month = 0, day = 0] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? []
  return year >= 1900 && new Date(Date.UTC(year, month - 1, day)).toISOString().startsWith(text)
}

function readTelegramId(value: string | number | undefined, sheet: ErrorSheet): string | undefined {
  const telegramId = printable(value)
  if (telegramId === undefined || /^[1-9]\d{0,15}$/.test(telegramId)) return telegramId
  sheet.add('/payload/telegramId', 'invalid-telegram-id', 'A Telegram id is a whole number above zero.')
  return undefined
}

function readLocale(value: string | undefined, sheet: ErrorSheet): Registration['locale'] {
  const locale = printable(value)?.toLowerCase().split(/[-_]/)[0]
  if (locale === undefined || locale === 'ru' || locale === 'en' || locale === 'kk') return locale
  sheet.add('/payload/locale', 'invalid-locale', 'A locale is ru, en or kk.')
  return undefined
}
