import { tagsOf, type Locale } from './locale.ts'

/** Bytes as people say them. */
export function sizeOf(bytes: number, locale: Locale): string {
  const [value, unit] =
    bytes < 1_000_000 ? [Math.max(1, bytes / 1_000), 'kilobyte'] : [bytes / 1_000_000, 'megabyte']
  const digits = value < 10 && unit === 'megabyte' ? 1 : 0
  return new Intl.NumberFormat(tagsOf(locale), { style: 'unit', unit, maximumFractionDigits: digits }).format(
    value,
  )
}
