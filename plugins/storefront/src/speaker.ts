import type { Texts } from './texts.ts'

export type Words = ReturnType<ReturnType<typeof speaker>>

const FORM: Record<string, number> = { one: 0, few: 1 }

/** What a language says, with bonuses and money in its way of writing; decimals only where there are any. */
export const speaker = (locale: string | string[], texts: Texts) => (currency: string) => {
  const show = (decimal: string, more?: Intl.NumberFormatOptions) => {
    const digits = /\.\d*[1-9]/.test(decimal) ? 2 : 0
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
    /** As it may be typed. */
    typed: (decimal: string) => show(decimal, { useGrouping: false }),
    money: (decimal: string) =>
      show(decimal, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
  }
}
