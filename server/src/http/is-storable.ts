const UNSTORABLE = /[\0\p{Cs}]/u

/** Postgres keeps neither NUL nor half a surrogate pair; a value with one, in a name or a text however deep, is refused at the edge. */
export function isStorable(value: unknown): boolean {
  const waiting = [value]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (typeof next === 'string' && UNSTORABLE.test(next)) return false
    if (typeof next !== 'object' || next === null) continue
    for (const [name, member] of Object.entries(next)) waiting.push(name, member)
  }
  return true
}
