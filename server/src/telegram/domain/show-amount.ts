import type { Locale } from '../../kernel/locale.ts'
import { nameBonuses } from '../../kernel/name-bonuses.ts'

/** As people say it: whole amounts without decimals. */
export function showAmount(locale: Locale, decimal: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(Number(decimal))
}

/** For the places of a text: the amount, and the word that goes with it. */
export function showBonuses(locale: Locale, decimal: string): { amount: string; bonuses: string } {
  return { amount: showAmount(locale, decimal), bonuses: nameBonuses(locale, Number(decimal)) }
}

export function showChange(locale: Locale, decimal: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 3, signDisplay: 'exceptZero' }).format(
    Number(decimal),
  )
}

export function showDay(locale: Locale, timeZone: string, at: Date): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone }).format(at)
}

export function showTime(locale: Locale, timeZone: string, at: Date): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone }).format(at)
}
