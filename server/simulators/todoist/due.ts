import { invalid } from './api-error.ts'
import { text, type Arguments } from './arguments.ts'

export interface Due {
  date: string
  is_recurring: boolean
  string: string
  lang: string
  timezone: string | null
}

const DAY_MS = 24 * 60 * 60 * 1000
const EVERY = /^(?:every|каждый|каждую|каждое)\s+(?:(\d+)\s+)?(day|week|month|день|неделю|месяц)/i

/** The due date that the arguments ask for: undefined says nothing of it, null takes it away. */
export function dueOf(args: Arguments, now: number): Due | null | undefined {
  if (args.due === null) return null
  if (args.due !== undefined) return fromObject(args.due, now)
  const words = text(args, 'due_string', 150)
  if (words !== undefined) return fromWords(words, now)
  const date = text(args, 'due_datetime', 40) ?? text(args, 'due_date', 40)
  if (date === undefined) return args.due_date === null ? null : undefined
  return { date: checked(date), is_recurring: false, string: date, lang: 'en', timezone: null }
}

function fromObject(value: unknown, now: number): Due | null {
  if (typeof value !== 'object' || value === null) throw invalid('due')
  const args = value as Arguments
  const words = text(args, 'string', 150)
  const date = text(args, 'date', 40)
  if (date === undefined) return words === undefined ? null : fromWords(words, now)
  return {
    date: checked(date),
    is_recurring: args.is_recurring === true || EVERY.test(words ?? ''),
    string: words ?? date,
    lang: 'en',
    timezone: null,
  }
}

function fromWords(words: string, now: number): Due | null {
  if (/^(no date|no due date|нет срока)$/i.test(words.trim())) return null
  const isRecurring = EVERY.test(words)
  const known: Record<string, number> = { today: 0, tomorrow: 1, сегодня: 0, завтра: 1 }
  const days = known[words.trim().toLowerCase()]
  const date =
    isRecurring || days !== undefined ? dayAfter(now, days ?? 0) : checked(words.trim(), 'due_string')
  return { date, is_recurring: isRecurring, string: words, lang: 'en', timezone: null }
}

/** When a recurring task comes round again. */
export function nextDue(due: Due): Due {
  const [, count, unit = 'day'] = EVERY.exec(due.string) ?? []
  const days = /week|недел/i.test(unit) ? 7 : /month|месяц/i.test(unit) ? 30 : 1
  const next = new Date(Date.parse(due.date) + days * Number(count ?? 1) * DAY_MS).toISOString()
  return { ...due, date: due.date.includes('T') ? next.replace('.000Z', 'Z') : next.slice(0, 10) }
}

const dayAfter = (now: number, days: number) => new Date(now + days * DAY_MS).toISOString().slice(0, 10)

function checked(date: string, name = 'due'): string {
  if (!/^\d{4}-\d\d-\d\d/.test(date) || Number.isNaN(Date.parse(date))) throw invalid(name, 'Invalid date')
  return date
}
