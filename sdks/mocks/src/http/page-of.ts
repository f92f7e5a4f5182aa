/** The newest first, after the one that the cursor names; a cursor for the rest when there is any. */
export function pageOf<T>(
  oldestFirst: readonly T[],
  { limit = 50, cursor }: { limit?: number; cursor?: string },
  cursorOf: (item: T) => string,
): { data: T[]; nextCursor: string | null } {
  const newestFirst = [...oldestFirst].reverse()
  const from = cursor === undefined ? 0 : newestFirst.findIndex((item) => cursorOf(item) === cursor) + 1
  const data = newestFirst.slice(from, from + limit)
  const last = data.at(-1)
  return { data, nextCursor: newestFirst.length > from + limit && last !== undefined ? cursorOf(last) : null }
}
