import { tagsOf, type Locale } from './locale.ts'

/** Amounts come as decimal text; bonuses are counted, money has its sign. Decimals only where there are any. */
export function amountOf(amount: string, locale: Locale, currency?: string): string {
  const digits = /\.\d*[1-9]/.test(amount) ? 2 : 0
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
