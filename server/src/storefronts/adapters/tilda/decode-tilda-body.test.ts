import fc from 'fast-check'
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { CountryCode } from 'libphonenumber-js'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '../../../kernel/refusal.ts'
import type { Purchase } from '../../domain/command.ts'
import { readTildaOrder } from '../../domain/read-tilda-order.ts'
import type { ReadingRules } from '../../domain/reading.ts'
import { decodeTildaBody, isTildaProbe } from './decode-tilda-body.ts'

const FORM = 'application/x-www-form-urlencoded'
const JSON_TYPE = 'application/json; charset=utf-8'

const rules: ReadingRules = {
  currency: 'RUB',
  defaultCountry: 'RU',
  fieldMap: {},
  blocklist: new Set(),
  parsePhone: (raw, country) => {
    const phone = parsePhoneNumberFromString(raw, { defaultCountry: country as CountryCode, extract: false })
    return phone?.isValid() ? phone.number : undefined
  },
}

const decode = (body: string, type = FORM) => decodeTildaBody(Buffer.from(body), type)
const escapeHtml = (text: string) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString()

// facts/bridges.md 4.2, as captured.
const PAYMENT_A =
  '{"sys":"cloudpayments","systranid":"3521002298","orderid":"1869817991","products":["5 км Весна 2027 (Vesna5b-2027)=490"],"promocode":"TEST","discount":"485.1","amount":"4.9"}'
const BODY_A = `name=иван&email=test@test.ru&phone=+7-900-000-0000&payment=${PAYMENT_A}`
const PAYMENT_A_UNPAID =
  '{"sys":"none","systranid":"0","orderid":"1487047237","products":["…=1000"],"promocode":"МХЛ50","discountvalue":"50%","discount":"500","subtotal":"1000","amount":"500"}'
const BODY_B =
  'Form=Cart&Name=Имя Фамилия&Phone=+7 (999) 111-2233&Email=email@yandex.ru&deliveryType=Доставка курьером (Москва, Спб) 300 руб. = 300&payment[sys]=none&payment[systranid]=0&payment[orderid]=1557604691&payment[products][0][name]=Wacaco Minipresso GR&payment[products][0][sku]=WCCMP&payment[products][0][quantity]=1&payment[products][0][amount]=4500&payment[products][0][price]=4500&payment[products][1][name]=Чай&payment[products][1][quantity]=2&payment[products][1][amount]=5200&payment[products][1][options][0][option]=Размер&payment[products][1][options][0][variant]=L&payment[amount]=24450&formid=form42581206&formname=Cart'
const BODY_C =
  '{"name":"Книга Листаетов","email":"df@dff.crr","phone":"+0123456789","checkbox_1":"yes","payment":{"sys":"tinkoff","systranid":"4471888162","orderid":"2100966246","products":[{"name":"Kowka","quantity":3,"amount":6,"price":"2"},{"name":"Sarafanka","quantity":5,"amount":5,"price":"1"}],"amount":"11"},"formid":"form754184595","formname":"Cart"}'

const PURCHASE_A: Purchase = {
  kind: 'purchase',
  storefront: 'tilda',
  orderId: '1869817991',
  contact: { email: 'test@test.ru', phone: '+79000000000' },
  amountMinor: 490,
  currency: 'RUB',
  paid: true,
  lines: [{ name: '5 км Весна 2027', sku: 'Vesna5b-2027', quantity: 1, totalMinor: 49000 }],
  name: 'иван',
  promoCode: 'TEST',
  discountMinor: 48510,
  afterDiscount: true,
}
const PURCHASE_B: Purchase = {
  kind: 'purchase',
  storefront: 'tilda',
  orderId: '1557604691',
  contact: { email: 'email@yandex.ru', phone: '+79991112233' },
  amountMinor: 2445000,
  currency: 'RUB',
  paid: false,
  lines: [
    { name: 'Wacaco Minipresso GR', sku: 'WCCMP', quantity: 1, totalMinor: 450000 },
    { name: 'Чай', quantity: 2, totalMinor: 520000 },
  ],
  name: 'Имя Фамилия',
}
const PURCHASE_C: Purchase = {
  kind: 'purchase',
  storefront: 'tilda',
  orderId: '2100966246',
  contact: { email: 'df@dff.crr' },
  amountMinor: 1100,
  currency: 'RUB',
  paid: true,
  lines: [
    { name: 'Kowka', quantity: 3, totalMinor: 600 },
    { name: 'Sarafanka', quantity: 5, totalMinor: 500 },
  ],
  name: 'Книга Листаетов',
}

const contactA = { name: 'иван', email: 'test@test.ru', phone: '+7-900-000-0000' }
const escapedB = BODY_B.split('&')
  .map((pair) => {
    const [name = '', ...value] = pair.split('=')
    return `${encodeURIComponent(name)}=${encodeURIComponent(value.join('='))}`
  })
  .join('&')

describe('the wire forms of Tilda, decoded and read', () => {
  it.each<[string, string, string, Purchase]>([
    ['A, not escaped at all', BODY_A, FORM, PURCHASE_A],
    ['A, escaped', form({ ...contactA, payment: PAYMENT_A }), FORM, PURCHASE_A],
    ['A, with a charset', form({ ...contactA, payment: PAYMENT_A }), `${FORM}; charset=UTF-8`, PURCHASE_A],
    ['A, HTML-escaped', form({ ...contactA, payment: escapeHtml(PAYMENT_A) }), FORM, PURCHASE_A],
    [
      'A, HTML-escaped twice',
      form({ ...contactA, payment: escapeHtml(escapeHtml(PAYMENT_A)) }),
      FORM,
      PURCHASE_A,
    ],
    ['A, HTML-escaped only', BODY_A.replace(/"/g, '&quot;'), FORM, PURCHASE_A],
    ['A, as JSON', JSON.stringify({ ...contactA, payment: PAYMENT_A }), JSON_TYPE, PURCHASE_A],
    ['B, not escaped', BODY_B.replace('Phone=+7', 'Phone=%2B7'), FORM, PURCHASE_B],
    ['B, with a plus read as a blank', BODY_B, FORM, PURCHASE_B],
    ['B, escaped', escapedB, FORM, PURCHASE_B],
    ['C', BODY_C, JSON_TYPE, PURCHASE_C],
    ['C, with a byte order mark', `\ufeff${BODY_C}\n`, 'application/json', PURCHASE_C],
    ['C, announced as a form', BODY_C, FORM, PURCHASE_C],
    ['C, in an array', `[${BODY_C}]`, JSON_TYPE, PURCHASE_C],
  ])('%s', (_, body, type, purchase) => {
    const fields = decode(body, type)
    expect(fields).toBeDefined()
    expect(readTildaOrder(fields!, rules)).toStrictEqual(purchase)
  })

  it('reads the unpaid order with a promo code of half the price', () => {
    const fields = decode(`${BODY_A.split('&payment')[0]}&payment=${PAYMENT_A_UNPAID}`)
    expect(readTildaOrder(fields!, rules)).toMatchObject({
      orderId: '1487047237',
      amountMinor: 50000,
      discountMinor: 50000,
      afterDiscount: true,
      promoCode: 'МХЛ50',
      paid: false,
      lines: [{ name: '…', quantity: 1, totalMinor: 100000 }],
    })
  })
})

describe('decodeTildaBody', () => {
  it('keeps brackets and equals signs of a payment that nobody escaped', () => {
    const payment = '{"products":["Кружка [a=1]=490","[b]=5"],"amount":"490"}'
    expect(decode(`payment=${payment}`)).toEqual({ payment: JSON.parse(payment) })
  })

  it('takes off one layer of HTML where one is enough', () => {
    const payment = '{"products":["Кружка &quot;Лето&quot;=490"]}'
    expect(decode(form({ payment: escapeHtml(payment) }))).toEqual({ payment: JSON.parse(payment) })
  })

  it.each([2, 21, 31, 101, 4000])('keeps an array of %i products an array, in order', (count) => {
    const indexes = [...Array(count).keys()]
    const products = (
      decode(indexes.map((i) => `payment[products][${i}][name]=p${i}`).join('&'))?.payment as Record<
        string,
        Record<string, { name: string }> & unknown[]
      >
    ).products
    expect(products).toEqual(indexes.map((i) => ({ name: `p${i}` })))
    const pushed = (
      decode(indexes.map((i) => `payment[products][]=p${i}`).join('&'))?.payment as Record<
        string,
        Record<string, { name: string }> & unknown[]
      >
    ).products
    expect(pushed).toEqual(indexes.map((i) => `p${i}`))
  })

  it('orders by index, not by arrival, and leaves no holes', () => {
    expect(decode('a[10]=x&a[2]=y&a[999999999]=z')).toEqual({ a: ['y', 'x', 'z'] })
  })

  it('takes 20,000 parameters and not one more', () => {
    const parameters = (count: number) => Array.from({ length: count }, (_, i) => `f${i}=1`).join('&')
    expect(Object.keys(decode(parameters(20_000))!)).toHaveLength(20_000)
    expect(decode(parameters(20_001))).toBeUndefined()
  })

  it.each<[string, Record<string, unknown>]>([
    ['a=1&a=2', { a: '2' }],
    ['a=1&a[b]=2', { a: { b: '2' } }],
    ['a[b]=2&a=1', { a: { b: '2' } }],
    ['a[b]=1&a[0]=2', { a: { b: '1', 0: '2' } }],
    ['a[b=1&]c=2&[d]=3', { 'a[b': '1', ']c': '2', '[d]': '3' }],
    ['0=a&1=b', { 0: 'a', 1: 'b' }],
    ['a=50%&b=%D0%98+x', { a: '50%', b: 'И x' }],
    ['a=b=c==', { a: 'b=c==' }],
    ['payment=none', { payment: 'none' }],
    ['payment=%7Bbroken', { payment: '{broken' }],
  ])('reads %s', (body, fields) => {
    expect(decode(body)).toEqual(fields)
  })

  it.each([
    ['a[__proto__][polluted]=1&__proto__[polluted]=1&__proto__=1&constructor[prototype][polluted]=1', FORM],
    ['{"__proto__":{"polluted":1},"a":{"__proto__":{"polluted":1}},"constructor":{"polluted":1}}', JSON_TYPE],
    ['payment={"__proto__":{"polluted":1}}', FORM],
  ])('cannot be used to reach a prototype: %s', (body, type) => {
    const fields = decode(body, type)!
    expect(JSON.stringify(fields)).not.toContain('polluted')
    for (const object of [fields, fields.a ?? {}, fields.payment ?? {}, {}] as Record<string, unknown>[]) {
      expect(object.polluted).toBeUndefined()
      expect(Object.getPrototypeOf(object)).toBe(Object.prototype)
    }
  })

  it.each([
    ['bad JSON', '{"a":', JSON_TYPE],
    ['a form announced as JSON', 'a=1', JSON_TYPE],
    ['a JSON number', '7', JSON_TYPE],
    ['an empty array', '[]', JSON_TYPE],
    ['an array of two orders', `[${BODY_C},${BODY_C}]`, JSON_TYPE],
    ['an array in an array', `[[${BODY_C}]]`, JSON_TYPE],
    ['nothing', '', FORM],
    ['multipart', BODY_A, 'multipart/form-data; boundary=x'],
    ['an image', BODY_A, 'image/png'],
    ['JSON nested too deep', `${'{"a":'.repeat(13)}1${'}'.repeat(13)}`, JSON_TYPE],
    ['JSON nested deep enough for the stack', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, JSON_TYPE],
    ['brackets nested too deep', `a${'[b]'.repeat(12)}=1`, FORM],
  ])('is undefined for %s', (_, body, type) => {
    expect(decode(body, type)).toBeUndefined()
  })

  it('takes what is just not too deep', () => {
    expect(decode(`${'{"a":'.repeat(12)}1${'}'.repeat(12)}`, JSON_TYPE)).toBeDefined()
    expect(decode(`a${'[b]'.repeat(11)}=1`)).toBeDefined()
  })

  it('spends no more than a moment on a megabyte made to be slow', () => {
    const megabyte = 1_000_000
    const slow = [
      Array.from({ length: 20_000 }, (_, i) => `a[${19_999 - i}]=`).join('&'),
      `a${'['.repeat(megabyte)}=1`,
      `a${'[]'.repeat(megabyte / 2)}=1`,
      `payment=${'&amp;'.repeat(megabyte / 5)}`,
      `payment={"orderid":"1","amount":"1","products":["${' x 1'.repeat(megabyte / 5)}","${'('.repeat(megabyte / 5)})=1"]}&email=a@b.ru`,
      `email=${'a.'.repeat(megabyte / 4)}@${'b.'.repeat(megabyte / 4)}&payment[orderid]=${' '.repeat(megabyte / 4)}1&payment[amount]=${'1,'.repeat(megabyte / 8)}`,
      `COOKIES=TILDAUTM=${'%25'.repeat(megabyte / 3)}&payment[amount]=1&payment[orderid]=1&email=a@b.ru`,
    ]
    const started = performance.now()
    for (const body of slow) {
      const fields = decode(body)
      if (fields) readTildaOrder(fields, rules)
    }
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  it('and the reading of it never throw, whatever the bytes', () => {
    const words = fc.constantFrom(
      ...[
        'payment',
        '[',
        ']',
        '0',
        'products',
        '=',
        '&',
        '{',
        '}',
        '"',
        ':',
        ',',
        '%',
        '+',
        'amount',
        'orderid',
      ],
      ...[
        '&quot;',
        '&amp;',
        '__proto__',
        'email',
        'a@b.ru',
        '≡',
        '(',
        ')',
        ' x 2',
        '\u0000',
        '\ud800',
        '[]',
        '1',
      ],
    )
    const text = fc.array(words, { maxLength: 40 }).map((parts) => Buffer.from(parts.join('')))
    const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array))
    const json = fc.json().map((value) => Buffer.from(value))
    const payment = fc.json().map((value) => Buffer.from(`email=a@b.ru&payment=${encodeURIComponent(value)}`))
    const type = fc.oneof(fc.constantFrom(FORM, JSON_TYPE, 'text/plain', ''), fc.string())
    fc.assert(
      fc.property(fc.oneof(text, bytes, json, payment), type, (body, contentType) => {
        const fields = decodeTildaBody(body, contentType)
        if (fields === undefined) return
        isTildaProbe(fields)
        const order = readTildaOrder(fields, rules)
        expect(isRefusal(order) || 'ignored' in order || order.kind === 'purchase').toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('isTildaProbe', () => {
  it.each([
    ['test=test', FORM, true],
    ['{"test":"test"}', JSON_TYPE, true],
    ['test=test&API-key=secret', FORM, true],
    ['Authorization=Bearer+x&test=test', FORM, true],
    ['test=tes', FORM, false],
    ['Test=Test', FORM, false],
    ['email=a@b.ru', FORM, false],
    ['test=test&email=a@b.ru&phone=1', FORM, false],
    ['test=test&payment=x', FORM, false],
    ['test=test&payment[amount]=1', FORM, false],
  ])('%s as %s: %s', (body, type, probe) => {
    expect(isTildaProbe(decode(body, type)!)).toBe(probe)
  })
})
