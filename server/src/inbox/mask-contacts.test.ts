import { describe, expect, it } from 'vitest'
import { maskContacts } from './mask-contacts.ts'

const EMAILS = {
  plain: 'anna.ivanova+shop@example.com',
  'in a form': 'anna.ivanova%2Bshop%40example.com',
  'in JSON': '{"email":"Anna.Ivanova@Example.com"}',
  'in escaped JSON': '{"email":"anna.ivanova\\u0040example.com"}',
  Cyrillic: 'анна.иванова@пример.рф',
  'Cyrillic in a form': `email=${encodeURIComponent('анна.иванова@пример.рф')}`,
  quoted: `<"o'anna.ivanova@example.com">`,
}

const PHONES = {
  international: '+79001234567',
  national: '8 (900) 123-45-67',
  'bare digits': '9001234567',
  'with no-break blanks': '+7\u00a0900\u00a0123\u00a045\u00a067',
  'with dots': '8.900.123.45.67',
  'with long dashes': '8–900–123–45–67',
  'in JSON': '{"phone":"+7 (900) 123-45-67"}',
  'as a number in JSON': '{"phone":79001234567}',
  'in escaped JSON': '{"phone":"\\u002B79001234567"}',
  'in a form': 'phone=%2B79001234567&x=1',
  'in a form, written out': `Phone=${encodeURIComponent('+7 (900) 123-45-67')}`,
  'in a form, blanks as plus': 'Phone=%2B7+%28900%29+123-45-67',
  'in a form, not encoded': 'Phone=+7 (900) 123-45-67',
  Kazakh: '+7 (701) 123 45 67',
  Belgian: '+32 470 12 34 56',
}

describe('masking contacts', () => {
  it.each(Object.entries(EMAILS))('e-mail, %s', (_, text) => {
    const masked = maskContacts(text)
    expect(masked).toContain('***')
    expect(masked).not.toMatch(/ivanova|иванова/i)
    expect(masked).not.toContain(encodeURIComponent('иванова'))
  })

  it.each(Object.entries(PHONES))('phone, %s', (_, text) => {
    const masked = maskContacts(text)
    expect(masked).toContain('***')
    const digits = masked.replace(/%[0-9A-F]{2}|\\u[0-9a-f]{4}/gi, '').replace(/\D/g, '')
    expect(digits.length, masked).toBeLessThanOrEqual(5)
  })

  it('leaves enough to recognise one by', () => {
    expect(maskContacts('anna@example.com')).toBe('a***@example.com')
    expect(maskContacts('+79001234567')).toMatch(/^\+7.?\*\*\*67$/)
  })

  it.each([
    '{"action":"purchase","payload":{"amount":"4900.00","orderId":"A-1001"}}',
    '{"amount":1234567.89}',
    'payment[amount]=24450&payment[delivery]=300',
    '{"utm_source":"vk","promoCode":"SUMMER2026"}',
    'products[0][sku]=K-1200',
    '{"items":[{"price":12.5,"quantity":2},{"price":100,"quantity":1}]}',
    'нет контактов',
    '',
  ])('leaves alone %s', (text) => {
    expect(maskContacts(text)).toBe(text)
  })

  it('of several, each', () => {
    const masked = maskContacts('a.one@x.ru, b.two@y.ru; +79001234567 и 8 (900) 765-43-21.')
    expect(masked).toBe('a***@x.ru, b***@y.ru; +79***67 и 8***21.')
    expect(maskContacts('+79001234567 +79007654321')).toBe('+79***21')
  })

  it('takes no longer for hostile text', () => {
    for (const text of [
      '1'.repeat(64_000),
      '%2B7'.repeat(16_000),
      '1-'.repeat(32_000),
      'a'.repeat(64_000),
      'a%40'.repeat(16_000),
      '@'.repeat(64_000),
      '(((('.repeat(16_000),
      'a.'.repeat(32_000) + '@',
    ]) {
      const began = performance.now()
      maskContacts(text)
      expect(performance.now() - began, text.slice(0, 8)).toBeLessThan(500)
    }
  })
})
