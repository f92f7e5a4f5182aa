import { tagsOf, type Locale } from './locale.ts'

/** Amounts come as decimal text; bonuses are counted, money has its sign. */
export function amountOf(amount: string, locale: Locale, currency?: string): string {
  const digits = amount.endsWith('.00') || !amount.includes('.') ? 0 : 2
  const usual = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  try {
    return new Intl.NumberFormat(
      tagsOf(locale),
      currency ? { ...usual, style: 'currency', currency, currencyDisplay: 'narrowSymbol' } : usual,
    ).format(Number(amount))
  } catch {
    // A currency that the browser does not know.
    return `${amount} ${currency ?? ''}`.trim()
  }
}
