import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePhone } from './parse-phone.ts'

describe('parsePhone', () => {
  it.each([
    ['8 (900) 123-45-67', 'RU', '+79001234567'],
    ['+7 900 1234567', 'RU', '+79001234567'],
    ['8 (900) 123-45-67', 'KZ', '+79001234567'],
    ['7-900-123-45-67', 'RU', '+79001234567'],
    ['7-900-123-45-67', 'KZ', '+79001234567'],
    ['79001234567', 'kz', '+79001234567'],
    ['(7) 701 123 45 67', 'KZ', '+77011234567'],
    ['9001234567', 'RU', '+79001234567'],
    ['8 (701) 123-45-67', 'KZ', '+77011234567'],
    ['8 (701) 123-45-67', 'RU', '+77011234567'],
    ['+7 701 123 45 67', 'US', '+77011234567'],
    ['7011234567', 'KZ', '+77011234567'],
    ['77011234567', 'KZ', '+77011234567'],
    ['8 495 123 45 67', 'RU', '+74951234567'],
    ['+7 (999) 111-2233', 'RU', '+79991112233'],
    ['\u00a0+7 900 123\u201345\u201367 ', 'RU', '+79001234567'],
    ['+7 900 123-45-67 доб. 12', 'RU', '+79001234567'],
    ['+380441234567', 'RU', '+380441234567'],
    ['(415) 555-2671', 'US', '+14155552671'],
    ['+7 900 1234567', 'XX', '+79001234567'],
  ])('reads %j in %s as %s', (raw, country, phone) => {
    expect(parsePhone(raw, country)).toBe(phone)
  })

  it.each([
    ['+0123456789', 'RU'],
    ['8 (900) 123-45-67', 'US'],
    ['84951234567', 'US'],
    ['8 (900) 123-45-67', 'XX'],
    ['8 (900) 123-45-67', ''],
    ['+7 100 123-45-67', 'RU'],
    ['112', 'RU'],
    ['позвоните 89001234567', 'RU'],
    ['', 'RU'],
    ['7', 'KZ'],
    [`+7900123456${'7'.padEnd(60)}`, 'RU'],
  ])('refuses %j in %s', (raw, country) => {
    expect(parsePhone(raw, country)).toBeUndefined()
  })

  it('never throws, and what it gives it reads again', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789+-() xдобext.;=789'), maxLength: 70 })
    const country = fc.oneof(fc.constantFrom('RU', 'KZ', 'US', 'XX', '001', '__proto__'), fc.string())
    fc.assert(
      fc.property(fc.oneof(digits, fc.string({ unit: 'binary' })), country, (raw, defaultCountry) => {
        const phone = parsePhone(raw, defaultCountry)
        if (phone === undefined) return
        expect(phone).toMatch(/^\+[1-9]\d{5,14}$/)
        expect(parsePhone(phone, defaultCountry)).toBe(phone)
      }),
      { numRuns: 1000 },
    )
  })
})
