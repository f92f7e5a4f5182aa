import { expect, it } from 'vitest'
import { amountOf } from './money.ts'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

it.each([
  ['120.00', 'ru', '120', '120 ₽'],
  ['120', 'ru', '120', '120 ₽'],
  ['1990.50', 'ru', '1 990,50', '1 990,50 ₽'],
  ['1990.05', 'en', '1,990.05', '₽1,990.05'],
  ['1990.00', 'en', '1,990', '₽1,990'],
  ['1990.50', 'kk', '1 990,50', '1 990,50 ₽'],
] as const)('%s in %s is %s, and %s of money', (amount, locale, number, money) => {
  expect([amountOf(amount, locale), amountOf(amount, locale, 'RUB')].map(plain)).toEqual([number, money])
})

it('a currency that nobody knows stands as it is', () => {
  expect(amountOf('120.00', 'ru', 'of the shop')).toBe('120.00 of the shop')
})
