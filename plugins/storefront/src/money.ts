const DECIMAL = /^(\d{1,13})(?:[.,](\d{1,2}))?$/

/** Hundredths of `1990`, `1 990,50` or `4900.00`; undefined of what is no amount. */
export function minorOf(text: string): number | undefined {
  const [, whole, part = ''] = DECIMAL.exec(text.replace(/[\s\u00a0\u202f]/g, '')) ?? []
  return whole === undefined ? undefined : Number(whole + part.padEnd(2, '0'))
}

/** The decimal string of hundredths. */
export function decimalOf(minor: number): string {
  const digits = String(minor).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Whole units, in hundredths, that `percent` of an amount surely gives. Percents have up to four decimals. */
export const shareOf = (minor: number, percent: number): number =>
  Number((BigInt(minor) * BigInt(Math.round(percent * 10_000))) / 100_000_000n) * 100
