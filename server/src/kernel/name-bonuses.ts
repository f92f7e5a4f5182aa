import type { Locale } from './locale.ts'

type Words = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

const WORDS: Readonly<Record<Locale, Words>> = {
  ru: { one: 'бонус', few: 'бонуса', many: 'бонусов', other: 'бонуса' },
  en: { one: 'bonus', other: 'bonuses' },
  kk: { other: 'бонус' },
}

/** The word beside an amount: 1 бонус, 44 бонуса, 45 бонусов, 1.5 бонуса. */
export function nameBonuses(locale: Locale, amount: number): string {
  const form = new Intl.PluralRules(locale, { maximumFractionDigits: 3 }).select(Math.abs(amount))
  return WORDS[locale][form] ?? WORDS[locale].other
}
