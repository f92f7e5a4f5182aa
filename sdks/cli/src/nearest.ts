/** The one that was probably meant; undefined where none is near. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  const [first] = byNearness(given, known)
  return first !== undefined && distance(given, first) <= Math.max(2, given.length / 3) ? first : undefined
}

/** All of them, the nearest first. */
export function byNearness(given: string, known: readonly string[]): string[] {
  return known
    .map((name) => ({ name, far: distance(given, name) }))
    .sort((one, other) => one.far - other.far)
    .map(({ name }) => name)
}

/** How many letters have to be added, left out or changed (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1)))
    row = next
  }
  return row[to.length]!
}
