/** Text that people read: without control characters, trimmed; undefined when nothing is left. */
export function printable(value: unknown): string | undefined {
  if (typeof value === 'number' ? !Number.isFinite(value) : typeof value !== 'string') return undefined
  const text = String(value)
    .replace(/[\t\n\r]/g, ' ')
    .replace(/[\p{Cc}\p{Cs}]/gu, '')
    .trim()
  return text === '' ? undefined : text
}

export function printableUpTo(most: number, value: unknown): string | undefined {
  return printable(printable(value)?.slice(0, most))
}
