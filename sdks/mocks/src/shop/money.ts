/** Money and bonuses are whole minor units inside, decimal strings outside. */
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
const MOST_DIGITS = 15

/** What one whole unit has in minor ones. */
export function wholeOf(currency: string): number {
  return 10 ** (DECIMALS[currency] ?? 2)
}

/** Undefined when it is no amount of that currency: not plainly decimal, too fine, or of more than 15 digits. */
export function parseMoney(value: string | number, currency: string): number | undefined {
  const match = /^(\d{1,18})(?:\.(\d{1,18}))?$/.exec(String(value))
  if (match === null) return undefined
  const decimals = DECIMALS[currency] ?? 2
  const fraction = (match[2] ?? '').replace(/0+$/, '')
  if (fraction.length > decimals) return undefined
  const digits = (match[1]! + fraction.padEnd(decimals, '0')).replace(/^0+(?=\d)/, '')
  return digits.length > MOST_DIGITS ? undefined : Number(digits)
}

/** Always with the currency's decimals. */
export function formatMoney(minor: number, currency: string): string {
  const decimals = DECIMALS[currency] ?? 2
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0')
  const sign = minor < 0 ? '-' : ''
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
