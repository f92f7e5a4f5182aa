import { describe, expect, it } from 'vitest'
import { parsePhone } from './adapters/libphonenumber/parse-phone.ts'
import { bodyReader } from './read-body.ts'

const { readContact, readGoods } = bodyReader(parsePhone)
const project = { currency: 'KZT', defaultCountry: 'KZ', fieldMap: {}, blocklist: ['no@mail.ru'] }

describe('a body of the API gives, as the door does', () => {
  it('a customer, by the rules of the project', () => {
    expect(readContact({ phone: '8 (701) 123-45-67', email: 'no@mail.ru' }, project)).toEqual({
      phone: '+77011234567',
    })
    expect(readContact({ email: 'x' }, project)).toMatchObject({
      refused: 'invalid-request',
      errors: [{ pointer: '/customer/email', code: 'invalid-email' }],
    })
    expect(readContact({ email: 'no@mail.ru' }, project)).toMatchObject({
      refused: 'contact-blocked',
      errors: [{ pointer: '/customer/email' }],
    })
  })

  it('goods, in the currency of the project', () => {
    expect(readGoods({ amount: '5.5', items: [{ sku: 'K', price: 5.5 }] }, project)).toEqual({
      amountMinor: 550,
      currency: 'KZT',
      lines: [{ sku: 'K', quantity: 1, totalMinor: 550 }],
    })
    expect(readGoods({ amount: 5, items: [{ price: 'x' }] }, project)).toMatchObject({
      refused: 'invalid-request',
      errors: [{ pointer: '/items/0/price' }],
    })
  })
})
