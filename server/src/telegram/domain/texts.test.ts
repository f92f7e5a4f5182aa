import { describe, expect, it } from 'vitest'
import { LOCALES } from '../../kernel/locale.ts'
import { checkTexts } from './check-texts.ts'
import {
  keyOfLabel,
  TEXTS,
  variablesOf,
  writePlain,
  writeText,
  type OwnTexts,
  type TextKey,
} from './texts.ts'

const KEYS = Object.keys(TEXTS) as TextKey[]

describe('what the bot says', () => {
  it('has the same variables in every language, and is HTML', () => {
    const differ = KEYS.filter((key) =>
      LOCALES.some(
        (locale) =>
          variablesOf(TEXTS[key][locale]).sort().join() !== variablesOf(TEXTS[key].en).sort().join(),
      ),
    )
    expect(differ).toEqual([])
    expect(checkTexts(TEXTS)).toBeUndefined()
  })

  it('shows names as they are', () => {
    const name = '<b>Анна</b> & {shop} \u202Eשלום 🎉'
    expect(writeText({}, 'en', 'welcome', { name, shop: 'A & B' })).toBe(
      '👋 Hello &lt;b&gt;Анна&lt;/b&gt; &amp; {shop} \u202Eשלום 🎉! This is the bot of A &amp; B.\nWrite here, and we will answer.',
    )
    expect(writePlain({}, 'en', 'alertTakenBy', { agent: 'A & B' })).toBe('A & B has it already.')
  })

  it("says it in the project's words where it has some", () => {
    const own = { menu: { en: 'Yes?' } }
    expect(writeText(own, 'en', 'menu')).toBe('Yes?')
    expect(writeText(own, 'ru', 'menu')).toBe('Чем помочь?')
  })

  it('knows a button by its words in any language', () => {
    const own = { buttonBalance: { en: 'Coins' } }
    const keys = ['buttonBalance', 'buttonHistory'] as const
    expect(['📜 Тарих', 'Coins', '💰 Balance', 'Balance'].map((said) => keyOfLabel(own, keys, said))).toEqual(
      ['buttonHistory', 'buttonBalance', 'buttonBalance', undefined],
    )
  })

  it.each([
    [{ hello: { en: 'x' } }, 'there is no text hello'],
    [{ welcome: { en: 'Hello {nmae}' } }, 'welcome in en has no {nmae}'],
    [{ welcome: { kk: 'a < b' } }, 'welcome in kk is not the HTML of Telegram'],
    [{ welcome: { en: '<b>Hello' } }, 'welcome in en is not the HTML of Telegram'],
    [{ welcome: { en: '<b><i>Hello</b></i>' } }, 'welcome in en is not the HTML of Telegram'],
    [{ welcome: { en: '<script>' } }, 'welcome in en is not the HTML of Telegram'],
    [{ toString: { en: 'x' } }, 'there is no text toString'],
  ])('refuses %j', (own, why) => expect(checkTexts(own)).toBe(why))

  it.each<OwnTexts>([
    { welcome: { en: '<a href="https://shop.example/?a=1&amp;b=2">Hello</a> <b>{name}</b>' } },
    { buttonYes: { en: '<3 Yes & more' } },
  ])('takes %j', (own) => expect(checkTexts(own)).toBeUndefined())
})
