import fc from 'fast-check'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { CountryCode } from 'libphonenumber-js/max'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '../../kernel/refusal.ts'
import type { OrderLine, Purchase } from './command.ts'
import { readTildaOrder } from './read-tilda-order.ts'
import type { ReadingRules } from './reading.ts'

const rules: ReadingRules = {
  currency: 'RUB',
  defaultCountry: 'RU',
  fieldMap: {},
  blocklist: new Set(['no@mail.ru', '+79999999999']),
  parsePhone: (raw, country) => {
    const phone = parsePhoneNumberFromString(raw, { defaultCountry: country as CountryCode, extract: false })
    return phone?.isValid() ? phone.number : undefined
  },
}

const payment = { sys: 'tinkoff', systranid: '4471888162', orderid: '2100966246', amount: '100' }
const contact = { email: 'a@b.ru' }

const read = (fields: Record<string, unknown>, changed: Partial<ReadingRules> = {}) =>
  readTildaOrder(fields, { ...rules, ...changed })
const readPayment = (fields: Record<string, unknown>, changed: Partial<ReadingRules> = {}) =>
  read({ ...contact, payment: { ...payment, ...fields } }, changed) as Purchase
const readForm = (fields: Record<string, unknown>, changed: Partial<ReadingRules> = {}) =>
  read({ ...fields, payment }, changed) as Purchase

describe('what is no order', () => {
  it.each([
    [{ name: 'Анна', email: 'a@b.ru' }],
    [{ formname: 'Callback', phone: '+79001234567', payment: '' }],
    [{ payment: null, test: 'test' }],
    [{}],
  ])('ignores %j', (fields) => {
    expect(read(fields)).toEqual({ ignored: 'no-order' })
  })

  it.each([
    [{ payment: 'none' }, ['/payment']],
    [{ payment: 7 }, ['/payment']],
    [{ payment: [] }, ['/payment']],
    [{ payment: {} }, ['/payment/orderid', '/payment/amount']],
    [{ Payment: { ...payment, orderid: '1'.repeat(101) } }, ['/Payment/orderid']],
    [{ payment: { ...payment, orderid: ' \u0000' } }, ['/payment/orderid']],
    [{ payment: { ...payment, Amount: '-5', amount: undefined } }, ['/payment/Amount']],
  ])('refuses %j at %j', (fields, pointers) => {
    const refusal = read({ ...contact, ...fields })
    expect(refusal).toMatchObject({ refused: 'invalid-request' })
    expect('errors' in refusal && refusal.errors?.map((error) => error.pointer)).toEqual(pointers)
  })
})

describe('money', () => {
  it.each([
    ['4.9', 490],
    [24450, 2445000],
    [0, 0],
    ['0', 0],
    ['1 234,50', 123450],
    ['1\u00a0234.5', 123450],
    ['12\u202f345,00', 1234500],
    ['490,5', 49050],
    [485.09999999999997, 48510],
    ['1470.6000000000001', 147060],
    [123456.70000000001, 12345670],
  ])('reads %j as %i', (amount, minor) => {
    expect(readPayment({ amount })).toMatchObject({ amountMinor: minor })
    expect(readPayment({ discount: amount })).toMatchObject({ discountMinor: minor })
    expect(readPayment({ products: [{ name: 'n', amount }] }).lines[0]?.totalMinor).toBe(minor)
  })

  it.each([
    '1,234.50',
    '1,234',
    '-1',
    '4.999',
    '3333.33333333',
    '1,234,567',
    '1e3',
    '0x10',
    'сто',
    ' ',
    '50%',
    NaN,
    Infinity,
    -1,
    true,
    {},
    [],
  ])('refuses an amount of %j, and takes no discount of it', (amount) => {
    expect(readPayment({ amount })).toMatchObject({ refused: 'invalid-request' })
    expect(readPayment({ discount: amount })).not.toHaveProperty('discountMinor')
  })

  it('takes the amount from the payment, whatever the lines add up to', () => {
    const order = readPayment({
      amount: '24450',
      products: ['A=1', { name: 'B', amount: 9699 }],
      subtotal: '7',
    })
    expect(order.amountMinor).toBe(2445000)
    expect(order.lines.map((line) => line.totalMinor)).toEqual([100, 969900])
  })

  describe('of the delivery', () => {
    const cart = { products: ['A=1000'], delivery: 'СДЭК, курьер', delivery_price: '300', amount: '1300' }
    const goods = { name: 'A', quantity: 1, totalMinor: 100000 }
    const courier = { name: 'СДЭК, курьер', quantity: 1, totalMinor: 30000, delivery: true }

    it.each<[string, Record<string, unknown>, OrderLine[]]>([
      ['is a line where it is part of the amount', {}, [goods, courier]],
      ['is one beside a discount', { discount: '100', amount: 1200 }, [goods, courier]],
      ['is one when the discount takes all else', { discount: '1200', amount: 300 }, [goods, courier]],
      ['is one without a name', { delivery: undefined }, [goods, { ...courier, name: undefined }]],
      ['is none when it was free', { amount: 1000 }, [goods]],
      ['is none when it costs nothing', { delivery_price: '0', amount: 1000 }, [goods]],
      ['is none when its price cannot be read', { delivery_price: 'по тарифу' }, [goods]],
      ['is none when the sums do not meet', { amount: 1400 }, [goods]],
      ['is none when only named', { delivery_price: undefined }, [goods]],
    ])('%s', (_, changed, lines) => {
      expect(readPayment({ ...cart, ...changed }).lines).toEqual(lines)
    })
  })

  it.each([
    ['RUB', 'RUB'],
    ['rub', 'RUB'],
    ['р.', 'RUB'],
    ['руб', 'RUB'],
    ['₽', 'RUB'],
    ['', 'RUB'],
    ['₸', 'KZT'],
    ['€', 'EUR'],
  ])('reads the currency %j as %s', (currency, code) => {
    expect(readPayment({ currency }, { currency: code })).toMatchObject({
      currency: code,
      amountMinor: 10000,
    })
  })

  it('refuses an order in another currency', () => {
    expect(readPayment({ currency: 'usd' })).toEqual({
      refused: 'currency-mismatch',
      details: { currency: 'USD', expected: 'RUB' },
    })
  })
})

describe('payment', () => {
  it.each([
    ['tinkoff', '4471888162', true],
    ['tinkoff', 4471888162, true],
    ['yakassa', '2b2d447b-000f-5000-9999-999999999999', true],
    [undefined, '4471888162', true],
    ['robokassa', '0', false],
    ['robokassa', 0, false],
    ['robokassa', undefined, false],
    ['robokassa', ' ', false],
    ['none', '0', false],
    ['none', '4471888162', false],
    ['None', '4471888162', false],
  ])('by %j with transaction %j is paid: %j', (sys, systranid, paid) => {
    expect(readPayment({ sys, systranid })).toMatchObject({ paid })
  })

  it('keeps the order id as text', () => {
    expect(readPayment({ orderid: 2100966246 })).toMatchObject({ orderId: '2100966246' })
    expect(readPayment({ orderid: ' 0012\u0000 ' })).toMatchObject({ orderId: '0012' })
    expect(readPayment({ orderid: '1'.repeat(100) })).toMatchObject({ orderId: '1'.repeat(100) })
  })

  it('carries promo code and discount', () => {
    expect(readPayment({ promocode: ' МХЛ50 ', discount: '500', discountvalue: '50%' })).toMatchObject({
      promoCode: 'МХЛ50',
      discountMinor: 50000,
    })
  })
})

describe('products', () => {
  it.each<[unknown, OrderLine]>([
    ['Name=490', { name: 'Name', quantity: 1, totalMinor: 49000 }],
    ['Name (sku, Option: X)=490', { name: 'Name', sku: 'sku', quantity: 1, totalMinor: 49000 }],
    [
      'Name (sku, Option: X, Extra: Y (470 руб.)) x 1 ≡ 960',
      { name: 'Name', sku: 'sku', quantity: 1, totalMinor: 96000 },
    ],
    [
      '5 км Жара (zhara2026-5b, Выберите категорию: Пенсионеры, Дополнительно: Гравировка (470 руб.)) x 2 ≡ 1 920,50',
      { name: '5 км Жара', sku: 'zhara2026-5b', quantity: 2, totalMinor: 192050 },
    ],
    ['Чай (зелёный, Вес: 100 г)=0', { name: 'Чай', sku: 'зелёный', quantity: 1, totalMinor: 0 }],
    ['Футболка (Размер: M)=100', { name: 'Футболка', quantity: 1, totalMinor: 10000 }],
    ['Футболка (XL)=100', { name: 'Футболка (XL)', quantity: 1, totalMinor: 10000 }],
    ['Сыр (500 г)=100', { name: 'Сыр (500 г)', quantity: 1, totalMinor: 10000 }],
    ['Чай (чёрный, зелёный)=5', { name: 'Чай (чёрный, зелёный)', quantity: 1, totalMinor: 500 }],
    [
      'Кружка [синяя] (2 шт) (KR-1)=300',
      { name: 'Кружка [синяя] (2 шт)', sku: 'KR-1', quantity: 1, totalMinor: 30000 },
    ],
    ['E=mc² (плакат)=490', { name: 'E=mc² (плакат)', quantity: 1, totalMinor: 49000 }],
    ['a=b (x=y)=1', { name: 'a=b (x=y)', quantity: 1, totalMinor: 100 }],
    ['Мёд х 1,5 ≡ 750', { name: 'Мёд', quantity: 1.5, totalMinor: 75000 }],
    ['Кольцо (KR (a, b), Цвет: X)=5', { name: 'Кольцо', sku: 'KR (a, b)', quantity: 1, totalMinor: 500 }],
    ['Фигура :) =5', { name: 'Фигура :)', quantity: 1, totalMinor: 500 }],
    ['(VIP-1)=5', { name: '(VIP-1)', quantity: 1, totalMinor: 500 }],
    ['Без цены', { name: 'Без цены', quantity: 1, totalMinor: 0 }],
    ['Цена=скоро', { name: 'Цена=скоро', quantity: 1, totalMinor: 0 }],
    [
      { name: 'Kowka', quantity: 3, amount: 6, price: '2' },
      { name: 'Kowka', quantity: 3, totalMinor: 600 },
    ],
    [
      { name: 'Kowka', quantity: '3', price: '2,5' },
      { name: 'Kowka', quantity: 3, totalMinor: 750 },
    ],
    [
      {
        name: 'УМНАЯ РАСЧЕСКА XL',
        quantity: 3,
        amount: 0,
        externalid: 'k9gjeIlUdA36',
        sku: '3419170304',
        price: 0,
      },
      {
        name: 'УМНАЯ РАСЧЕСКА XL',
        externalId: 'k9gjeIlUdA36',
        sku: '3419170304',
        quantity: 3,
        totalMinor: 0,
      },
    ],
    [
      { name: 'Kowka', quantity: 0, amount: 'x' },
      { name: 'Kowka', quantity: 1, totalMinor: 0 },
    ],
    [
      { sku: 5, amount: '1' },
      { sku: '5', quantity: 1, totalMinor: 100 },
    ],
    [
      { name: 'A\u0000\u0007Б\n\ud800', amount: 1 },
      { name: 'AБ', quantity: 1, totalMinor: 100 },
    ],
  ])('reads %j', (product, line) => {
    expect(readPayment({ products: [product] }).lines).toStrictEqual([line])
  })

  it('skips what is no product, and takes a list that came as an object or as one', () => {
    expect(readPayment({ products: [null, 7n, {}, [], '', { amount: 5 }, 'A=1'] }).lines).toHaveLength(1)
    expect(readPayment({ products: { 0: 'A=1', 7: { name: 'B' } } }).lines).toHaveLength(2)
    expect(readPayment({ products: 'A=1' }).lines).toHaveLength(1)
    expect(readPayment({ products: undefined }).lines).toEqual([])
  })

  it('keeps a name short, and its price', () => {
    const products = [`${'я'.repeat(5000)}=490`]
    expect(readPayment({ products }).lines).toEqual([
      { name: 'я'.repeat(200), quantity: 1, totalMinor: 49000 },
    ])
  })

  it('keeps the first thousand', () => {
    const products = Array.from({ length: 1500 }, (_, i) => `p${i}=1`)
    const { lines } = readPayment({ products })
    expect(lines).toHaveLength(1000)
    expect(lines[999]?.name).toBe('p999')
  })
})

describe('contacts', () => {
  it.each([
    ['8 (900) 123-45-67'],
    ['+7 900 1234567'],
    ['+7 (900) 123-45-67'],
    ['8 9001234567'],
    ['\u200e+7\u00a0900 123\u201145\u201167'],
    [' 7-900-123-45-67'],
    [79001234567],
  ])('%j is one person', (phone) => {
    expect(readForm({ phone }).contact).toEqual({ phone: '+79001234567' })
  })

  it('gives an unescaped plus back where the country alone does not explain the number', () => {
    expect(readForm({ phone: ' 44 20 7946 0958' }).contact).toEqual({ phone: '+442079460958' })
    expect(readForm({ phone: ' 8 495 123 45 67' }).contact).toEqual({ phone: '+74951234567' })
  })

  it.each([
    ['  Anna.P+shop@Mail.RU ', 'anna.p+shop@mail.ru'],
    ['\u200banna@почта.рф\u00a0', 'anna@почта.рф'],
    ['a@b.xn--p1ai', 'a@b.xn--p1ai'],
    ['и\u0306@край.рф'.replace('й', 'и\u0306'), 'й@край.рф'],
  ])('reads the address %j', (email, expected) => {
    expect(readForm({ email }).contact).toEqual({ email: expected })
  })

  it.each([
    'a',
    'a@b',
    '@b.ru',
    'a b@c.ru',
    'a@b@c.ru',
    'a@.ru',
    'a@-b.ru',
    `${'a'.repeat(300)}@b.ru`,
    {},
    5,
  ])('drops %j as an address, and uses the phone', (email) => {
    expect(readForm({ email, phone: '+79001234567' }).contact).toEqual({ phone: '+79001234567' })
  })

  it.each(['+0123456789', '112', 'нет', '9'.repeat(61), true, null])(
    'drops %j as a phone, and uses the address',
    (phone) => {
      expect(readForm({ email: 'a@b.ru', phone }).contact).toEqual({ email: 'a@b.ru' })
    },
  )

  it.each([
    [{ EMAIL: 'a@b.ru', PHONE: '+79001234567', NAME: 'Анна' }, {}],
    [{ 'e-mail': 'a@b.ru', Tel: '+79001234567', Name: 'Анна' }, {}],
    [
      { ВАШ_ТЕЛЕФОН: '+79001234567', почта: 'a@b.ru', 'Как вас зовут?': 'Анна' },
      { phone: 'Ваш телефон', email: 'Почта', name: 'Как_вас зовут?' },
    ],
    [{ Телефон: '+79001234567', phone: '+79007654321', email: 'a@b.ru', name: 'Анна' }, { phone: 'телефон' }],
    [{ Телефон: ' ', phone: '+79001234567', email: 'a@b.ru', name: 'Анна' }, { phone: 'Телефон' }],
  ])('finds the fields of %j by %j', (fields, fieldMap: Record<string, string>) => {
    expect(readForm(fields, { fieldMap })).toMatchObject({
      contact: { email: 'a@b.ru', phone: '+79001234567' },
      name: 'Анна',
    })
  })

  it('prefers the usual spelling of a field, wherever it stands', () => {
    expect(readForm({ Email: 'b@b.ru', email: 'a@b.ru' }).contact).toEqual({ email: 'a@b.ru' })
    expect(readForm({ email: 'a@b.ru', Email: 'b@b.ru' }).contact).toEqual({ email: 'a@b.ru' })
  })

  it('accepts an address and a phone up to their limits', () => {
    const email = (length: number) => `a@${'b.'.repeat((length - 4) / 2)}ru`
    expect(readForm({ email: email(254) }).contact).toEqual({ email: email(254) })
    expect(readForm({ email: email(256) })).toMatchObject({ refused: 'contact-required' })
    expect(readForm({ email: `${'a'.repeat(65)}@b.ru` })).toMatchObject({ refused: 'contact-required' })
    const parsePhone = (raw: string) => `+${raw.length}`
    expect(readForm({ phone: '1'.repeat(60) }, { parsePhone }).contact).toEqual({ phone: '+60' })
    expect(readForm({ phone: '1'.repeat(61) }, { parsePhone })).toMatchObject({ refused: 'contact-required' })
  })

  it('reads an external id and a referral code where the owner keeps them', () => {
    const fieldMap = { externalId: 'card', referralCode: 'Код друга' }
    expect(readForm({ Card: 12345, код_друга: 'ANNA-1' }, { fieldMap })).toMatchObject({
      contact: { externalId: '12345' },
      referralCode: 'ANNA-1',
    })
    expect(readForm({ externalId: 'c1', ref: 'X' })).toMatchObject({
      contact: { externalId: 'c1' },
      referralCode: 'X',
    })
  })

  it('asks the members area only where the form names nobody', () => {
    const member = { ma_email: 'Member@b.ru', ma_phone: '8 900 123-45-67', ma_name: 'Анна' }
    const everything = { email: 'member@b.ru', phone: '+79001234567' }
    expect(readForm(member)).toMatchObject({ contact: everything, name: 'Анна' })
    expect(readForm({ ...member, email: 'x' }).contact).toEqual(everything)
    expect(readForm({ ...member, email: 'no@mail.ru' }).contact).toEqual(everything)
    expect(readForm({ ...member, phone: '+79007654321', name: 'Б' })).toMatchObject({ name: 'Б' })
    expect(readForm({ ...member, phone: '+79007654321' }).contact).toEqual({ phone: '+79007654321' })
  })

  it('drops a bogus contact beside a good one', () => {
    expect(readForm({ email: 'NO@mail.ru', phone: '+79001234567' }).contact).toEqual({
      phone: '+79001234567',
    })
    expect(readForm({ email: 'a@b.ru', phone: '8 999 999-99-99' }).contact).toEqual({ email: 'a@b.ru' })
  })

  it.each([
    [{}, 'contact-required', ['/email contact-missing', '/phone contact-missing']],
    [{ Email: 'x', Phone: '1' }, 'contact-required', ['/Email invalid-email', '/Phone invalid-phone']],
    [{ tel: '1', ma_email: 'y' }, 'contact-required', ['/email contact-missing', '/tel invalid-phone']],
    [{ ma_email: 'no@mail.ru' }, 'contact-blocked', ['/email contact-missing', '/phone contact-missing']],
    [{ email: 'no@mail.ru' }, 'contact-blocked', ['/email contact-blocked', '/phone contact-missing']],
    [
      { email: 'no@mail.ru', phone: '+79999999999' },
      'contact-blocked',
      ['/email contact-blocked', '/phone contact-blocked'],
    ],
  ])('refuses %j as %s', (fields, refused, errors) => {
    const refusal = read({ ...fields, payment })
    expect(refusal).toMatchObject({ refused })
    expect('errors' in refusal && refusal.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(
      errors,
    )
  })

  it('points at a field with a strange name', () => {
    const refusal = read({ 'a/b~c': '1', payment }, { fieldMap: { phone: 'A/B~C' } })
    expect('errors' in refusal && refusal.errors?.[1]?.pointer).toBe('/a~1b~0c')
  })

  it('keeps names short and storable', () => {
    expect(readForm({ ...contact, name: ` А\u0000нна\n${'я'.repeat(300)}` }).name).toBe(
      `Анна ${'я'.repeat(195)}`,
    )
    expect(readForm({ ...contact, name: `${'я'.repeat(199)}😀` }).name).toBe('я'.repeat(199))
  })
})

describe('utm marks', () => {
  const marks = { utm_source: 'vk', utm_campaign: 'Осень 1' }
  const list = 'utm_source=vk|||utm_campaign=Осень 1'
  it.each([
    [{ utm_source: 'vk', UTM_Campaign: ' Осень 1 ' }],
    [{ COOKIES: `_ym_uid=1; TILDAUTM=${encodeURIComponent(list)}; a=b` }],
    [{ COOKIES: `TILDAUTM=${encodeURIComponent(encodeURIComponent(`${list}|||`))}` }],
    [{ COOKIES: `a=b;TILDAUTM=${list}` }],
    [{ cookies: 'TILDAUTM=utm_source%3Dvk%7C%7C%7Cutm_campaign%3D%D0%9E%D1%81%D0%B5%D0%BD%D1%8C%201' }],
    [{ COOKIES: `TILDAUTM=${list.replace('|||', '|||amp;')}` }],
    [{ COOKIES: { TILDAUTM: list } }],
    [{ utm_source: 'vk', COOKIES: `TILDAUTM=utm_source=old|||utm_campaign=Осень 1|||password=x` }],
    [{ utm_source: 'vk', utm_campaign: 'Осень 1', utm_term: '', 'utm_<b>': 'x', xutm_source: 'y' }],
  ])('reads %j', (fields) => {
    expect(readForm({ ...contact, ...fields }).utm).toStrictEqual(marks)
  })

  it('keeps at most twenty, of at most two hundred characters, and none is none', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`utm_${i}`, 'x'.repeat(500)]))
    const { utm } = readForm({ ...contact, ...many })
    expect(Object.values(utm!)).toEqual(Array(20).fill('x'.repeat(200)))
    expect(readForm({ ...contact, COOKIES: 'TILDAUTM=%; x' })).not.toHaveProperty('utm')
  })
})

it('never throws, and what it gives can be stored', () => {
  const names = [
    'payment',
    'Email',
    'phone',
    'COOKIES',
    'orderid',
    'amount',
    'products',
    'systranid',
    'utm_source',
  ]
  const key = fc.oneof(fc.constantFrom(...names), fc.string({ unit: 'binary' }))
  const leaf = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.constantFrom('a@b.ru', '+79001234567', '1', 'A (b)=5', 'TILDAUTM=utm_a=%', '\ud800\u0000'),
  )
  const value = fc.oneof(leaf, fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }))
  const inner = fc.dictionary(key, fc.oneof(value, fc.array(value)))
  const good = inner.map((more) => ({ ...more, orderid: '1', amount: '1' }))
  fc.assert(
    fc.property(
      fc.dictionary(key, value),
      fc.oneof(inner, good, value),
      fc.boolean(),
      (fields, sent, named) => {
        const order = readTildaOrder({ ...fields, ...(named ? contact : {}), payment: sent }, rules)
        if (isRefusal(order) || 'ignored' in order) return
        expect(JSON.stringify(order)).not.toMatch(/\\u(?:0000|d[89a-f])/)
        expect(Number.isSafeInteger(order.amountMinor)).toBe(true)
        expect(order.lines.every((line) => Number.isSafeInteger(line.totalMinor) && line.quantity > 0)).toBe(
          true,
        )
      },
    ),
    { numRuns: 1000 },
  )
})
