import { describe, expect, it } from 'vitest'
import type { Purchase } from './command.ts'
import { readPurchase } from './read-purchase.ts'
import { errorsOf, rules } from './rules.fixture.ts'

const buyer = { email: 'a@b.ru' }
const order = { ...buyer, orderId: 'A-1', amount: '100.00' }

const purchase = (more: object) => readPurchase({ ...order, ...more }, rules) as Purchase

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
        { name: 'Подарок', category: ' Сладости ', delivery: false, sale: true },
        { name: 'Курьер', amount: 300, category: null, delivery: true, sale: false },
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
        { name: 'Подарок', quantity: 1, totalMinor: 0, category: 'Сладости', sale: true },
        { name: 'Курьер', quantity: 1, totalMinor: 30000, delivery: true },
      ],
      name: 'Анна',
      description: 'Заказ с сайта',
      referralCode: 'ANNA',
      promoCode: 'TEST',
      utm: { utm_source: 'vk', utm_medium: 'cpc', utm_campaign: 'autumn' },
    })
  })

  it.each([
    [{ phone: '123' }, ['/phone invalid-phone']],
    [{ email: 'a@b' }, ['/email invalid-email']],
    [{ externalId: 'x'.repeat(201) }, ['/externalId too-long']],
    [{ amount: '1 234,50' }, ['/amount invalid-money']],
    [{ amount: '100,50' }, ['/amount invalid-money']],
    [{ amount: -1 }, ['/amount invalid-money']],
    [{ amount: 0.1 + 0.2 }, ['/amount invalid-money']],
    [{ amount: 1e21 }, ['/amount invalid-money']],
    [{ orderId: '1'.repeat(101) }, ['/orderId invalid-order-id']],
    [{ orderId: '\u0000' }, ['/orderId invalid-order-id']],
    [{ storefront: 'a/b' }, ['/storefront invalid-storefront']],
    [{ items: [{}, { quantity: 0 }] }, ['/items/1/quantity invalid-quantity']],
    [{ items: [{ quantity: '1,5' }] }, ['/items/0/quantity invalid-quantity']],
    [
      { items: [{ price: '1,5', amount: 'x' }] },
      ['/items/0/amount invalid-money', '/items/0/price invalid-money'],
    ],
    [{ items: [{ price: '9999999999999', quantity: 1e9 }] }, ['/items/0/price invalid-money']],
    [{ items: Array(1001).fill({}) }, ['/items too-many-items']],
    [
      { phone: 'x', email: 'y', amount: 'z', orderId: '', items: [{ price: 'w' }], currency: 'USD' },
      [
        '/email invalid-email',
        '/phone invalid-phone',
        '/orderId invalid-order-id',
        '/amount invalid-money',
        '/items/0/price invalid-money',
      ],
    ],
    [
      { email: '', amount: 'z' },
      ['/amount invalid-money', '/email contact-missing', '/phone contact-missing'],
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
    expect(errorsOf(reading)).toEqual(['/email contact-missing', '/phone contact-missing'])
  })

  it('uses no contact of the blocklist', () => {
    expect(purchase({ phone: '8 999 999 99 99' }).contact).toEqual(buyer)
    const reading = purchase({ email: 'NO@mail.ru', externalId: 'anonymous' })
    expect(reading).toMatchObject({ refused: 'contact-blocked' })
    expect(errorsOf(reading)).toEqual(['/email contact-blocked', '/externalId contact-blocked'])
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
