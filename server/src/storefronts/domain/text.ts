/** Of codes that people type: referral, promo. */
export const MAX_CODE = 100

/**
 * A string or finite number as text that Postgres stores and people read: without control characters and lone
 * surrogates, trimmed. Undefined when nothing is left.
 */
export function printable(value: unknown): string | undefined {
  if (typeof value === 'number' ? !Number.isFinite(value) : typeof value !== 'string') return undefined
  const text = String(value)
    .replace(/[\t\n\r]/g, ' ')
    .replace(/[\p{Cc}\p{Cs}]/gu, '')
    .trim()
  return text === '' ? undefined : text
}

/** The same, cut to `maxLength` without leaving half a character. */
export function printableUpTo(maxLength: number, value: unknown): string | undefined {
  return printable(printable(value)?.slice(0, maxLength))
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Without the members that are undefined. */
export function known<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T
}
