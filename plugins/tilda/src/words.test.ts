import { expect, it } from 'vitest'
import { textsOf } from './words.ts'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

it.each([
  [12_000, 'ru', '120', '120 ₽', '120 бонусов'],
  [199_050, 'ru', '1990,50', '1 990,50 ₽', '1 990,50 бонусов'],
  [199_005, 'en', '1990.05', '₽1,990.05', '1,990.05 bonuses'],
  [199_000, 'en', '1990', '₽1,990', '1,990 bonuses'],
  [199_050, 'kk', '1990,50', '1 990,50 ₽', '1 990,50 бонус'],
] as const)(
  '%i hundredths in %s are typed %s, are %s of money and %s',
  async (minor, locale, typed, money, bonuses) => {
    // prettier-ignore
    const texts = await textsOf(locale, 'RUB')
    expect([texts.typed(minor), texts.money(minor), texts.bonuses(minor)].map(plain)).toEqual([typed, money, bonuses]) // prettier-ignore
  },
)
