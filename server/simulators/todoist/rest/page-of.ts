import { invalid } from '../api-error.ts'
import { integer } from '../arguments.ts'
import { LIMITS } from '../limits.ts'
import type { ApiCall } from './endpoint.ts'

const USUAL_LIMIT = 50

interface Row {
  id: string
}

export interface Page<Item> {
  rows: Item[]
  next_cursor: string | null
}

/** One page of a list; the cursor remembers the last row, and its place in case the row goes away. */
export function pageOf<Item extends Row>({ query, todoist }: ApiCall, all: Item[]): Page<Item> {
  const limit = integer(query, 'limit') ?? USUAL_LIMIT
  if (limit < 1 || limit > LIMITS.page) throw invalid('limit')
  const { repeatedRows, shortPages } = todoist.settings
  const from = query.cursor === undefined ? 0 : placeAfter(query.cursor, all, repeatedRows)
  const size = shortPages ? Math.ceil(limit / 2) : limit
  const rows = all.slice(from, from + Math.max(size, repeatedRows ? 2 : 1))
  const next = from + rows.length
  const last = rows.at(-1)
  return { rows, next_cursor: last && next < all.length ? cursorAt(last.id, next) : null }
}

/** The usual answer of a list. */
export function results<Item extends Row>(call: ApiCall, all: Item[]) {
  const { rows, next_cursor } = pageOf(call, all)
  return { results: rows, next_cursor }
}

const cursorAt = (lastId: string, next: number) => Buffer.from(`${lastId} ${next}`).toString('base64url')

function placeAfter(cursor: string, all: Row[], repeats: boolean): number {
  const [lastId, next] = Buffer.from(cursor, 'base64url').toString().split(' ')
  if (!/^\d+$/.test(next ?? '')) throw invalid('cursor')
  const place = all.findIndex(({ id }) => id === lastId)
  if (place < 0) return Number(next)
  return repeats ? place : place + 1
}
