import fc from 'fast-check'
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { CountryCode } from 'libphonenumber-js'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '../../kernel/refusal.ts'
import type { Purchase } from './command.ts'
import { readPurchase, readRegistration, readSpend } from './read-standard-action.ts'
import type { ReadingRefusal, ReadingRules } from './reading.ts'

const rules: ReadingRules = {
  currency: 'RUB',
  defaultCountry: 'RU',
  fieldMap: { email: 'name' },
  blocklist: new Set(['no@mail.ru', '+79999999999', 'anonymous']),
  parsePhone: (raw, country) => {
    const phone = parsePhoneNumberFromString(raw, { defaultCountry: country as CountryCode, extract: false })
    return phone?.isValid() ? phone.number : undefined
  },
}
const buyer = { email: 'a@b.ru' }
const order = { ...buyer, orderId: 'A-1', amount: '100.00' }

const purchase = (more: object) => readPurchase({ ...order, ...more }, rules) as Purchase
const errorsOf = (reading: object) =>
  (reading as ReadingRefusal).errors?.map(({ pointer, code }) => `${pointer} ${code}`)

describe('readPurchase', () => {
  it('reads the least', () => {
    expect(readPurchase({ phone: '8 (900) 123-45-67', amount: 1500.5, orderId: 42 }, rules)).toStrictEqual({
      kind: 'purchase',
      storefront: 'api',
      orderId: '42',
      contact: { phone: '+79001234567' },
      amountMinor: 150050,
      currency: 'RUB',
      paid: true,
      lines: [],
    })
  })

  it('reads everything', () => {
    const payload = {
      email: ' Anna@B.ru',
      phone: '+7 900 1234567',
      externalId: 17,
      amount: '0',
      orderId: ' A-1\u0000 ',
      description: 'Заказ\nс сайта',
      currency: 'rub',
      storefront: 'Shopify',
      items: [
        { name: 'Kowka', sku: 'K', externalId: 5, quantity: 3, price: '2.5' },
        { name: 'Мёд', quantity: '1.5', amount: 750 },
        { name: 'Подарок' },
      ],
      utm: { source: 'vk', utm_medium: 'cpc', utm_source: '' },
      utm_campaign: 'autumn',
      referralCode: 'ANNA',
      name: 'Анна',
      paid: false,
      promoCode: 'TEST',
    }
    expect(readPurchase(payload, rules)).toStrictEqual({
      kind: 'purchase',
      storefront: 'shopify',
      orderId: 'A-1',
      contact: { email: 'anna@b.ru', phone: '+79001234567', externalId: '17' },
      amountMinor: 0,
      currency: 'RUB',
      paid: false,
      lines: [
        { name: 'Kowka', sku: 'K', externalId: '5', quantity: 3, totalMinor: 750 },
        { name: 'Мёд', quantity: 1.5, totalMinor: 75000 },
        { name: 'Подарок', quantity: 1, totalMinor: 0 },
      ],
      name: 'Анна',
      description: 'Заказ с сайта',
      referralCode: 'ANNA',
      promoCode: 'TEST',
      utm: { utm_source: 'vk', utm_medium: 'cpc', utm_campaign: 'autumn' },
    })
  })

  it.each([
    [{ phone: '123' }, ['/payload/phone invalid-phone']],
    [{ email: 'a@b' }, ['/payload/email invalid-email']],
    [{ externalId: 'x'.repeat(201) }, ['/payload/externalId too-long']],
    [{ amount: '1 234,50' }, ['/payload/amount invalid-money']],
    [{ amount: '100,50' }, ['/payload/amount invalid-money']],
    [{ amount: -1 }, ['/payload/amount invalid-money']],
    [{ amount: 0.1 + 0.2 }, ['/payload/amount invalid-money']],
    [{ amount: 1e21 }, ['/payload/amount invalid-money']],
    [{ orderId: '1'.repeat(101) }, ['/payload/orderId invalid-order-id']],
    [{ orderId: '\u0000' }, ['/payload/orderId invalid-order-id']],
    [{ storefront: 'a/b' }, ['/payload/storefront invalid-storefront']],
    [{ items: [{}, { quantity: 0 }] }, ['/payload/items/1/quantity invalid-quantity']],
    [{ items: [{ quantity: '1,5' }] }, ['/payload/items/0/quantity invalid-quantity']],
    [
      { items: [{ price: '1,5', amount: 'x' }] },
      ['/payload/items/0/amount invalid-money', '/payload/items/0/price invalid-money'],
    ],
    [{ items: [{ price: '9999999999999', quantity: 1e9 }] }, ['/payload/items/0/price invalid-money']],
    [{ items: Array(1001).fill({}) }, ['/payload/items too-many-items']],
    [
      { phone: 'x', email: 'y', amount: 'z', orderId: '', items: [{ price: 'w' }], currency: 'USD' },
      [
        '/payload/email invalid-email',
        '/payload/phone invalid-phone',
        '/payload/amount invalid-money',
        '/payload/orderId invalid-order-id',
        '/payload/items/0/price invalid-money',
      ],
    ],
    [
      { email: '', amount: 'z' },
      ['/payload/amount invalid-money', '/payload/email contact-missing', '/payload/phone contact-missing'],
    ],
  ])('refuses %j with every error', (more, errors) => {
    const reading = purchase(more)
    expect(reading).toMatchObject({ refused: 'invalid-request' })
    expect(errorsOf(reading)).toEqual(errors)
  })

  it('keeps the contact of a customer out of its sentences', () => {
    const refusal = JSON.stringify(purchase({ email: 'secret-person', phone: '4242' }))
    expect(refusal).not.toMatch(/secret-person|4242/)
  })

  it('asks for a contact', () => {
    const reading = purchase({ email: ' ', phone: '' })
    expect(reading).toMatchObject({ refused: 'contact-required' })
    expect(errorsOf(reading)).toEqual(['/payload/email contact-missing', '/payload/phone contact-missing'])
  })

  it('uses no contact of the blocklist', () => {
    expect(purchase({ phone: '8 999 999 99 99' }).contact).toEqual(buyer)
    const reading = purchase({ email: 'NO@mail.ru', externalId: 'anonymous' })
    expect(reading).toMatchObject({ refused: 'contact-blocked' })
    expect(errorsOf(reading)).toEqual([
      '/payload/email contact-blocked',
      '/payload/externalId contact-blocked',
    ])
  })

  it('refuses another currency', () => {
    expect(purchase({ currency: 'KZT' })).toEqual({
      refused: 'currency-mismatch',
      details: { currency: 'KZT', expected: 'RUB' },
    })
    expect(readPurchase({ ...order, amount: '100.5' }, { ...rules, currency: 'JPY' })).toMatchObject({
      refused: 'invalid-request',
    })
  })
})

describe('readRegistration', () => {
  it('reads everything', () => {
    const payload = {
      ...buyer,
      name: 'Анна',
      referralCode: 'R',
      birthday: '1996-02-29',
      telegramId: 123456789,
      locale: 'kk-KZ',
      utm_source: 'vk',
    }
    expect(readRegistration(payload, rules)).toStrictEqual({
      kind: 'register',
      contact: buyer,
      name: 'Анна',
      referralCode: 'R',
      birthday: '1996-02-29',
      telegramId: '123456789',
      locale: 'kk',
      utm: { utm_source: 'vk' },
    })
    expect(readRegistration(buyer, rules)).toStrictEqual({ kind: 'register', contact: buyer })
  })

  it.each([
    [{ birthday: '1995-02-29' }, ['/payload/birthday invalid-date']],
    [{ birthday: '2000-13-01' }, ['/payload/birthday invalid-date']],
    [{ birthday: '2000-00-10' }, ['/payload/birthday invalid-date']],
    [{ birthday: '1899-12-31' }, ['/payload/birthday invalid-date']],
    [{ birthday: '01.01.1990' }, ['/payload/birthday invalid-date']],
    [{ birthday: '2000-1-1' }, ['/payload/birthday invalid-date']],
    [{ telegramId: '@anna' }, ['/payload/telegramId invalid-telegram-id']],
    [{ telegramId: 0 }, ['/payload/telegramId invalid-telegram-id']],
    [{ telegramId: 1.5 }, ['/payload/telegramId invalid-telegram-id']],
    [{ locale: 'de' }, ['/payload/locale invalid-locale']],
    [
      { phone: 'x', birthday: 'x', telegramId: 'x', locale: 'x' },
      [
        '/payload/phone invalid-phone',
        '/payload/birthday invalid-date',
        '/payload/telegramId invalid-telegram-id',
        '/payload/locale invalid-locale',
      ],
    ],
  ])('refuses %j', (more, errors) => {
    const reading = readRegistration({ ...buyer, ...more }, rules)
    expect(reading).toMatchObject({ refused: 'invalid-request' })
    expect(errorsOf(reading)).toEqual(errors)
  })

  it('needs more than a Telegram id', () => {
    expect(readRegistration({ telegramId: 5 }, rules)).toMatchObject({ refused: 'contact-required' })
  })
})

describe('readSpend', () => {
  it('reads a spend', () => {
    expect(readSpend({ ...order, orderAmount: '5000', storefront: 'tilda' }, rules)).toStrictEqual({
      kind: 'spend',
      storefront: 'tilda',
      orderId: 'A-1',
      contact: buyer,
      amountMinor: 10000,
      orderAmountMinor: 500000,
    })
    expect(readSpend(order, rules)).not.toHaveProperty('orderAmountMinor')
  })

  it.each([
    [{ amount: 0 }, ['/payload/amount not-positive']],
    [{ amount: '0.00' }, ['/payload/amount not-positive']],
    [{ amount: 'x' }, ['/payload/amount invalid-money']],
    [{ orderAmount: '1,5' }, ['/payload/orderAmount invalid-money']],
    [
      { amount: 0, orderId: '', phone: '1' },
      ['/payload/phone invalid-phone', '/payload/orderId invalid-order-id', '/payload/amount not-positive'],
    ],
  ])('refuses %j', (more, errors) => {
    const reading = readSpend({ ...order, ...more }, rules)
    expect(reading).toMatchObject({ refused: 'invalid-request' })
    expect(errorsOf(reading)).toEqual(errors)
  })

  it('refuses a blocked contact, another currency, nobody', () => {
    expect(readSpend({ ...order, email: 'no@mail.ru' }, rules)).toMatchObject({ refused: 'contact-blocked' })
    expect(readSpend({ ...order, currency: 'USD' }, rules)).toMatchObject({ refused: 'currency-mismatch' })
    expect(readSpend({ ...order, email: undefined }, rules)).toMatchObject({ refused: 'contact-required' })
  })
})

it('never throws on what the schema lets through', () => {
  const text = fc.option(fc.string({ unit: 'binary' }), { nil: undefined })
  const money = fc.oneof(fc.double(), fc.integer(), fc.string(), fc.constantFrom('1', '0', '100.50'))
  const item = fc.record(
    { name: text, sku: text, externalId: text, quantity: money, price: money, amount: money },
    { requiredKeys: [] },
  )
  const payload = fc.record(
    {
      email: fc.oneof(text, fc.constant('a@b.ru')),
      phone: fc.oneof(text, fc.constant('+79001234567')),
      ...{ externalId: text, orderId: fc.oneof(fc.string(), fc.nat()), amount: money, orderAmount: money },
      ...{
        items: fc.array(item),
        utm: fc.dictionary(fc.string(), fc.anything()),
        birthday: text,
        locale: text,
      },
      ...{
        telegramId: money,
        currency: fc.constantFrom(undefined, 'RUB', 'usd'),
        storefront: text,
        name: text,
      },
    },
    { requiredKeys: ['orderId', 'amount'] },
  )
  fc.assert(
    fc.property(payload, (sent) => {
      for (const read of [readPurchase, readRegistration, readSpend]) {
        const reading = read(sent, rules)
        if (isRefusal(reading)) continue
        expect(Object.keys(reading.contact).length).toBeGreaterThan(0)
        expect(JSON.stringify(reading)).not.toMatch(/null|\\u(?:0000|d[89a-f])/)
      }
    }),
    { numRuns: 400 },
  )
})
