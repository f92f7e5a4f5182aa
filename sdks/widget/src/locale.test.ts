import { expect, it } from 'vitest'
import { inLocale, localeOf } from './locale.ts'
import { LANGUAGES, sayIn } from './texts.ts'

it('the first wish that is a language of ours wins', () => {
  expect(localeOf(undefined, '', 'de-DE', 'kk-KZ', 'ru')).toBe('kk')
  expect(localeOf('RU')).toBe('ru')
  expect(localeOf(null, 'fr')).toBe('en')
})

it('a text that is not there in a language is taken in that of the shop', () => {
  expect(inLocale({ ru: 'да', en: 'yes' }, 'kk', 'ru')).toBe('да')
  expect(inLocale({ kk: 'иә' }, 'en', 'ru')).toBe('иә')
  expect(inLocale(null, 'en', 'ru')).toBeUndefined()
})

it('every language has every word, with the same places', () => {
  const placesOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
  for (const [word, text] of Object.entries(LANGUAGES.en))
    for (const language of [LANGUAGES.ru, LANGUAGES.kk]) {
      const other = (language as Record<string, string>)[word]!
      expect(other, word).toBeTruthy()
      expect(placesOf(other), word).toEqual(placesOf(text))
    }
  expect(sayIn('en')('toNext', { amount: '5 €', tier: 'Gold' })).toBe('5 € to “Gold”')
})
