export type { Words } from './speaker.ts'
export type Note = 'voided' | 'expired' | 'failed' | 'changed'
export type Locale = keyof typeof LANGUAGES

/** Loaded while the page is asked for: nothing is shown before that anyway. */
const LANGUAGES = {
  ru: () => import('./texts-ru.ts'),
  en: () => import('./texts-en.ts'),
  kk: () => import('./texts-kk.ts'),
}

export const localeOf = (asked: string | undefined): Locale | undefined =>
  Object.hasOwn(LANGUAGES, asked ?? '') ? (asked as Locale) : undefined

/** How a language writes bonuses and money. */
export const wordsOf = async (locale: Locale, currency: string) => (await LANGUAGES[locale]()).speak(currency)
