import { expect, it } from 'vitest'
import { wordsOf } from './words.ts'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

it.each([
  ['120.00', 'ru', '120', '120 ₽', '120 бонусов'],
  ['1.00', 'ru', '1', '1 ₽', '1 бонус'],
  ['1990.50', 'ru', '1990,50', '1 990,50 ₽', '1 990,50 бонусов'],
  ['1990.05', 'en', '1990.05', '₽1,990.05', '1,990.05 bonuses'],
  ['1990.00', 'en', '1990', '₽1,990', '1,990 bonuses'],
  ['1990.50', 'kk', '1990,50', '1 990,50 ₽', '1 990,50 бонус'],
] as const)('%s in %s is typed %s, is %s of money and %s', async (amount, locale, typed, money, bonuses) => {
  const words = await wordsOf(locale, 'RUB')
  expect([words.typed(amount), words.money(amount), words.bonuses(amount)].map(plain)).toEqual([typed, money, bonuses]) // prettier-ignore
})
