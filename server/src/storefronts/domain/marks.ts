import type { Marks } from './command.ts'
import { printableUpTo } from './text.ts'

export type MarksPayload = { utm?: Readonly<Record<string, unknown>>; [mark: `utm_${string}`]: unknown }

const MAX_MARKS = 20
const MAX_LENGTH = 200
const MARK = /^utm_[a-z0-9_]{1,40}$/

/** The utm marks among `entries`; of one given twice, the later with a value. */
export function marksOf(entries: Iterable<readonly [string, unknown]>): Marks | undefined {
  const marks = new Map<string, string>()
  for (const [name, value] of entries) {
    const mark = name.slice(0, 60).trim().toLowerCase()
    const text = MARK.test(mark) ? printableUpTo(MAX_LENGTH, value) : undefined
    if (text !== undefined && (marks.has(mark) || marks.size < MAX_MARKS)) marks.set(mark, text)
  }
  return marks.size === 0 ? undefined : Object.fromEntries(marks)
}

/** The marks of an action, nested under `utm` or beside it. */
export function marksIn(payload: MarksPayload): Marks | undefined {
  const nested = Object.entries(payload.utm ?? {}).map(
    ([name, value]) => [name.toLowerCase().startsWith('utm_') ? name : `utm_${name}`, value] as const,
  )
  return marksOf([...nested, ...Object.entries(payload)])
}
