import { expect, it } from 'vitest'
import { nameBonuses } from './name-bonuses.ts'

it.each([
  ['ru', [1, 21, 44, 5, 11, 112, 1.5, -2], 'бонус бонус бонуса бонусов бонусов бонусов бонуса бонуса'],
  ['en', [1, 0, 1.5, 44], 'bonus bonuses bonuses bonuses'],
  ['kk', [1, 44], 'бонус бонус'],
] as const)('in %s an amount has the word that it takes', (locale, amounts, words) => {
  expect(amounts.map((amount) => nameBonuses(locale, amount)).join(' ')).toBe(words)
})
