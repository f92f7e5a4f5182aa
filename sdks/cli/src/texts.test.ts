import { expect, it } from 'vitest'
import { EN } from './texts-en.ts'
import { RU } from './texts-ru.ts'
import { languageOf } from './texts.ts'

it.each([
  [{ LANG: 'ru_RU.UTF-8' }, 'ru'],
  [{ LANG: 'kk_KZ.UTF-8' }, 'kk'],
  [{ LANG: 'ru' }, 'ru'],
  [{ LANG: 'ru_RU.UTF-8', LC_ALL: 'C' }, 'en'],
  [{ LANG: 'de_DE', LC_MESSAGES: 'ru_RU' }, 'ru'],
  [{ LANG: 'rus_is_none' }, 'en'],
  [{}, 'en'],
])('%j speaks %s', (environment, language) => expect(languageOf(environment)).toBe(language))

it('every sentence names the same figures and addresses in both languages', () => {
  for (const [name, english] of Object.entries(EN)) {
    const marks = Array.from({ length: english.length }, (_, index) => `<${index}>`)
    const say = (sentence: unknown) => (sentence as (...marks: string[]) => string)(...marks)
    for (const mark of marks) expect(say(RU[name as keyof typeof RU]), `${name} ${mark}`).toContain(mark)
    for (const mark of marks) expect(say(english), `${name} ${mark}`).toContain(mark)
    expect(say(RU[name as keyof typeof RU])).not.toBe(say(english))
  }
})
