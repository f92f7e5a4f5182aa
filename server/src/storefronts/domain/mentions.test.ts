import { describe, expect, it } from 'vitest'
import { mentions } from './mentions.ts'

const anna = ['email:анна@пример.рф', 'email:anna+x@example.com', 'phone:+79001234567', 'telegramId:5012']

describe('a body that names a contact', () => {
  it.each([
    '{"email":"Anna+X@Example.com"}',
    'Email=anna%2Bx%40example.com&x=1',
    '{"email":"anna\\u002bx\\u0040example.com"}',
    `Email=${encodeURIComponent('Анна@пример.рф')}`,
    'Phone=8+%28900%29+123-45-67',
    '{"phone":79001234567}',
    '{"phone":"+7 (900) 123\u00a045 67"}',
    '{"telegramId":5012}',
    '{"telegramId":"5012"}',
  ])('%s', (body) => {
    expect(mentions(body, anna)).toBe(true)
  })

  it.each([
    '{"email":"boris@example.com"}',
    '{"telegramId":50121}',
    'amount=4900.00',
    '',
    '%E0%A4%A',
    'x=%FF',
  ])('not %s', (body) => {
    expect(mentions(body, anna)).toBe(false)
  })

  it('is not looked for by an external id', () => {
    expect(mentions('{"amount":7}', ['externalId:7'])).toBe(false)
  })
})
