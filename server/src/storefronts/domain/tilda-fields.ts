/** A field as it was sent: its name there, and its value. */
export type TildaField = { name: string; value: unknown }

export type TildaFields = (...names: readonly string[]) => TildaField | undefined

/**
 * Finds the first field, by any of the names, that is not blank. Case does not count, nor do the blanks and dots
 * of a name, which a form's wire turns into underscores; a name spelled exactly so goes first.
 */
export function tildaFields(fields: Readonly<Record<string, unknown>>): TildaFields {
  const byName = new Map<string, TildaField>()
  for (const [name, value] of Object.entries(fields)) {
    if (isBlank(value)) continue
    const folded = foldName(name)
    if (!byName.has(folded) || name === folded) byName.set(folded, { name, value })
  }
  return (...names) => {
    for (const name of names) {
      const field = byName.get(foldName(name))
      if (field) return field
    }
    return undefined
  }
}

function foldName(name: string): string {
  return name.slice(0, 200).normalize('NFC').trim().toLowerCase().replace(/[\s.]/g, '_')
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}
