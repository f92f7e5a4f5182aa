import { currencyDecimals, parseMoney } from '../../kernel/money.ts'

/**
 * Money as a browser's cart writes it: also "1 234,50", and also 485.09999999999997, which a cart's own
 * arithmetic left behind. What stays ambiguous ("1,234.50") is undefined.
 */
export function parseLooseMoney(value: unknown, currency: string): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const written = String(value)
  if (written.length > 60) return undefined
  const text = written.replace(/\s/g, '').replace(',', '.')
  return (
    parseMoney(text, currency) ?? parseMoney(withoutFloatNoise(text, currencyDecimals(currency)), currency)
  )
}

function withoutFloatNoise(text: string, decimals: number): string {
  if (!/^\d{1,12}\.\d+$/.test(text)) return text
  const rounded = Number(text).toFixed(decimals)
  return Math.abs(Number(rounded) - Number(text)) < 1e-6 ? rounded : text
}
