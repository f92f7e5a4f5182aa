import { isRefusal, refuse } from '../../kernel/refusal.ts'
import type { Contact, OrderLine, Purchase } from './command.ts'
import {
  contactError,
  identifying,
  MAX_EXTERNAL_ID,
  parseEmail,
  typedPhone,
  type ContactKind,
} from './contact.ts'
import { parseLooseMoney } from './loose-money.ts'
import { MAX_LINES, MAX_NAME } from './order-line.ts'
import { MAX_ORDER_ID } from './order-reference.ts'
import type { ReadingError, ReadingRefusal, ReadingRules } from './reading.ts'
import { tildaFields, type TildaField, type TildaFields } from './tilda-fields.ts'
import { tildaMarks } from './tilda-marks.ts'
import { readTildaProduct } from './tilda-product.ts'
import { isRecord, known, MAX_CODE, printable, printableUpTo } from './text.ts'

/** Our names for what a form asks, and what Tilda calls the same until the owner renames it. */
const USUAL_NAMES = {
  name: ['name', 'ma_name'],
  email: ['email', 'e-mail'],
  phone: ['phone', 'tel'],
  externalId: ['externalid'],
  referralCode: ['referralcode', 'referral_code', 'ref'],
} as const

/** A hidden field that our plugin puts into the cart's form. */
const RESERVATION = 'tapline_reservation'

/** The cart's own spellings; everything else has to be a code. */
const CURRENCY_SIGNS: Readonly<Record<string, string>> = {
  RUR: 'RUB',
  '₽': 'RUB',
  'Р.': 'RUB',
  'РУБ.': 'RUB',
  $: 'USD',
  '€': 'EUR',
  '₸': 'KZT',
  'ТГ.': 'KZT',
}

/**
 * The order in a Tilda form. `amountMinor` is Tilda's `payment.amount`: the money to be paid, with delivery and
 * after the discount, which `discountMinor` repeats. It is never derived from the lines, and they need not add up
 * to it. What a shopper mistyped costs the order nothing as long as one contact is left that can be used.
 */
export function readTildaOrder(
  fields: Readonly<Record<string, unknown>>,
  rules: ReadingRules,
): Purchase | ReadingRefusal | { ignored: 'no-order' } {
  const find = tildaFields(fields)
  const field = find('payment')
  if (!field) return { ignored: 'no-order' }
  if (!isRecord(field.value)) {
    return invalid([
      { pointer: pointer(field), code: 'invalid-payment', message: 'This is no Tilda payment.' },
    ])
  }
  const payment = tildaFields(field.value)
  const errors: ReadingError[] = []
  const orderId = readOrderId(payment('orderid'), field, errors)
  const amountMinor = readAmount(payment('amount'), field, rules.currency, errors)
  if (orderId === undefined || amountMinor === undefined) return invalid(errors)

  const currency = readCurrency(payment('currency'), rules.currency)
  if (currency !== rules.currency) {
    return refuse('currency-mismatch', {
      currency: printableUpTo(20, currency) ?? '',
      expected: rules.currency,
    })
  }
  const contact = readContact(find, rules)
  if (isRefusal(contact)) return contact
  const lines = readLines(payment('products')?.value, currency)
  const discountMinor = parseLooseMoney(payment('discount')?.value, currency)
  const delivery = readDelivery(payment, { amountMinor, discountMinor, lines }, currency)

  return known<Purchase>({
    kind: 'purchase',
    storefront: 'tilda',
    orderId,
    contact,
    amountMinor,
    currency,
    paid: isPaid(payment('sys')?.value, payment('systranid')?.value),
    lines: delivery === undefined ? lines : [...lines, delivery],
    name: printableUpTo(MAX_NAME, formField(find, 'name', rules)?.value),
    referralCode: printableUpTo(MAX_CODE, formField(find, 'referralCode', rules)?.value),
    promoCode: printableUpTo(MAX_CODE, payment('promocode')?.value),
    reservation: printableUpTo(MAX_CODE, find(RESERVATION)?.value),
    discountMinor,
    afterDiscount: discountMinor === undefined ? undefined : true,
    utm: tildaMarks(fields, find),
  })
}

function readOrderId(
  field: TildaField | undefined,
  payment: TildaField,
  errors: ReadingError[],
): string | undefined {
  const orderId = printable(field?.value)
  if (orderId !== undefined && orderId.length <= MAX_ORDER_ID) return orderId
  const message = `The payment needs an orderid of at most ${MAX_ORDER_ID} characters.`
  errors.push({ pointer: pointer(payment, field?.name ?? 'orderid'), code: 'invalid-order-id', message })
  return undefined
}

function readAmount(
  field: TildaField | undefined,
  payment: TildaField,
  currency: string,
  errors: ReadingError[],
): number | undefined {
  const amountMinor = parseLooseMoney(field?.value, currency)
  if (amountMinor !== undefined) return amountMinor
  const message = `The payment needs an amount in ${currency}, zero or more.`
  errors.push({ pointer: pointer(payment, field?.name ?? 'amount'), code: 'invalid-money', message })
  return undefined
}

function readCurrency(field: TildaField | undefined, expected: string): string {
  const sent = printable(field?.value)?.toUpperCase()
  if (sent === undefined) return expected
  return CURRENCY_SIGNS[sent] ?? CURRENCY_SIGNS[`${sent}.`] ?? sent
}

/** Cash, a transfer, an order not yet paid: Tilda names no payment system then, or no transaction of it. */
function isPaid(system: unknown, transaction: unknown): boolean {
  const id = printable(transaction)
  return id !== undefined && !/^0+$/.test(id) && printable(system)?.toLowerCase() !== 'none'
}

function readLines(products: unknown, currency: string): OrderLine[] {
  const sent = Array.isArray(products) ? products : isRecord(products) ? Object.values(products) : [products]
  return sent
    .slice(0, MAX_LINES)
    .map((product) => readTildaProduct(product, currency))
    .filter((line) => line !== undefined)
}

/**
 * The delivery as a line of its own, so that a program can leave it out. Only where goods, discount and delivery make
 * exactly the amount: Tilda names the tariff also where delivery was free above some sum, and a form may carry the
 * delivery as a field of its own ("deliveryType=Курьер = 300"), under any name. Otherwise it stays in what the lines
 * lack of the amount.
 */
function readDelivery(
  payment: TildaFields,
  {
    amountMinor,
    discountMinor = 0,
    lines,
  }: { amountMinor: number; discountMinor?: number; lines: OrderLine[] },
  currency: string,
): OrderLine | undefined {
  const priceMinor = parseLooseMoney(payment('delivery_price')?.value, currency) ?? 0
  const goodsMinor = lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0)
  if (priceMinor === 0 || Math.max(0, goodsMinor - discountMinor) + priceMinor !== amountMinor)
    return undefined
  const name = printableUpTo(MAX_NAME, payment('delivery')?.value)
  return known<OrderLine>({ name, quantity: 1, totalMinor: priceMinor, delivery: true })
}

/** Of the form; where it names nobody, of the members area, whose member may be ordering for somebody else. */
function readContact(find: TildaFields, rules: ReadingRules): Contact | ReadingRefusal {
  const typed = {
    email: formField(find, 'email', rules),
    phone: formField(find, 'phone', rules),
    externalId: formField(find, 'externalId', rules),
  }
  const ofForm = parseContact(typed, rules)
  const fromForm = identifying(ofForm, rules.blocklist)
  if (!isRefusal(fromForm)) return fromForm
  const ofMember = parseContact({ email: find('ma_email'), phone: find('ma_phone') }, rules)
  const fromMember = identifying(ofMember, rules.blocklist)
  if (!isRefusal(fromMember)) return fromMember

  const blocked = fromForm.refused === 'contact-blocked' || fromMember.refused === 'contact-blocked'
  const errors = (['email', 'phone'] as const).map((kind) => {
    const at = typed[kind] ? pointer(typed[kind]) : `/${kind}`
    if (typed[kind] === undefined) return contactError(at, 'contact-missing')
    if (ofForm[kind] === undefined) return contactError(at, `invalid-${kind}`)
    return contactError(at, 'contact-blocked')
  })
  return { ...refuse(blocked ? 'contact-blocked' : 'contact-required'), errors }
}

function parseContact(fields: { [Kind in ContactKind]?: TildaField }, rules: ReadingRules): Contact {
  const email = printable(fields.email?.value)
  const externalId = printable(fields.externalId?.value)
  return known<Contact>({
    email: email === undefined ? undefined : parseEmail(email),
    phone: parseTypedPhone(fields.phone?.value, rules),
    externalId: externalId !== undefined && externalId.length <= MAX_EXTERNAL_ID ? externalId : undefined,
  })
}

function parseTypedPhone(value: unknown, rules: ReadingRules): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const typed = typedPhone(printable(value) ?? '')
  if (typed === undefined) return undefined
  const phone = rules.parsePhone(typed, rules.defaultCountry)
  // A sender that does not escape its form turns the plus of "+7…" into a blank.
  if (phone !== undefined || !String(value).startsWith(' ')) return phone
  return rules.parsePhone(`+${typed}`, rules.defaultCountry)
}

function formField(
  find: TildaFields,
  ours: keyof typeof USUAL_NAMES,
  rules: ReadingRules,
): TildaField | undefined {
  const owners = Object.hasOwn(rules.fieldMap, ours) ? rules.fieldMap[ours] : undefined
  return (owners === undefined ? undefined : find(owners)) ?? find(...USUAL_NAMES[ours])
}

function invalid(errors: ReadingError[]): ReadingRefusal {
  return { ...refuse('invalid-request'), errors }
}

function pointer(field: TildaField, ...inside: string[]): string {
  return [field.name, ...inside]
    .map((name) => `/${name.slice(0, 100).replace(/~/g, '~0').replace(/\//g, '~1')}`)
    .join('')
}
