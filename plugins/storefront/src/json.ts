/** Only what is its own: a page may have written on `Object.prototype`. */
export const own = <Value extends object>(value: Value): Value => ({ __proto__: null, ...value })

/** As the language writes it, also in a page that has put a `toJSON` on every object or array. */
export const jsonOf = (value: unknown): string => JSON.stringify(plain(value))

function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const copy = (Array.isArray(value) ? [] : { __proto__: null }) as Record<string, unknown>
  for (const name of Object.keys(value)) copy[name] = plain((value as Record<string, unknown>)[name])
  copy.toJSON = undefined
  return copy
}
