export type Page<T> = { data: T[]; nextCursor: string | null }

/** Of `limit + 1` rows read, the first `limit`, and a cursor when there was one more. */
export function pageOf<T>(rows: T[], limit: number, cursorOf: (row: T) => string): Page<T> {
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  return { data, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null }
}
