import type { texts as first } from './texts-ru.ts'

export type Texts = typeof first
export type Note = 'voided' | 'expired' | 'failed' | 'changed'
export type Locale = keyof typeof TEXTS

/** Loaded while the page is asked for: nothing is shown before that anyway. */
const TEXTS = {
  ru: () => import('./texts-ru.ts'),
  en: () => import('./texts-en.ts'),
  kk: () => import('./texts-kk.ts'),
}

export const localeOf = (asked: string | undefined): Locale | undefined =>
  Object.hasOwn(TEXTS, asked ?? '') ? (asked as Locale) : undefined

const FORM: Record<string, number> = { one: 0, few: 1 }

/** How a language writes bonuses and money. */
export async function wordsOf(locale: Locale, currency: string) {
  const { texts } = await TEXTS[locale]()
  const show = (decimal: string, more?: Intl.NumberFormatOptions) => {
    const isWhole = /\.0*$|^\d+$/.test(decimal)
    const digits = isWhole ? 0 : 2
    return new Intl.NumberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      ...more,
    }).format(decimal as `${number}`)
  }
  return {
    texts,
    say: (text: string, value: string) => text.replace('{}', () => value),
    bonuses: (decimal: string): string => {
      const form = new Intl.PluralRules(locale).select(Number(decimal))
      return `${show(decimal)} ${texts.bonuses[FORM[form] ?? 2]}`
    },
    number: (decimal: string) => show(decimal),
    money: (decimal: string) =>
      show(decimal, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
  }
}

export type Words = Awaited<ReturnType<typeof wordsOf>>
