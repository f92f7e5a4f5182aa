/** Money and bonuses are safe integers in minor units of a currency; outside they are decimal strings. */
const DECIMALS: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLP: 0,
  ISK: 0,
  JPY: 0,
  KRW: 0,
  KWD: 3,
  OMR: 3,
  PYG: 0,
  TND: 3,
  UGX: 0,
  VND: 0,
}
const MAX_DIGITS = 15

/** ISO 4217 minor units; two where the currency is not one of the exceptions. */
export function currencyDecimals(currency: string): number {
  return DECIMALS[currency] ?? 2
}

/**
 * Minor units of a non-negative decimal string or JSON number (read as `String(n)`), or undefined when it is
 * not plain decimal, has more decimals than the currency, or more than 15 digits in minor units.
 * Trailing zeros beyond the currency's decimals are no decimals: "10.500" is 10.50.
 */
export function parseMoney(value: string | number, currency: string): number | undefined {
  const match = /^(\d{1,18})(?:\.(\d{1,18}))?$/.exec(String(value))
  if (!match) return undefined
  const decimals = currencyDecimals(currency)
  const fraction = (match[2] ?? '').replace(/0+$/, '')
  if (fraction.length > decimals) return undefined
  const digits = ((match[1] ?? '') + fraction.padEnd(decimals, '0')).replace(/^0+(?=\d)/, '')
  return digits.length > MAX_DIGITS ? undefined : Number(digits)
}

/** "490.00" for 49000 RUB: always with the currency's decimals. */
export function formatMoney(minor: number, currency: string): string {
  const decimals = currencyDecimals(currency)
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0')
  const sign = minor < 0 ? '-' : ''
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
