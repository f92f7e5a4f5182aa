import type { Instant } from '../../kernel/clock.ts'
import { DAY_MS } from '../../kernel/clock.ts'

/** A day on the wall calendar of a time zone; months count from 1. */
export type LocalDay = { year: number; month: number; day: number }
export type CalendarUnit = 'day' | 'month' | 'quarter' | 'year'

type LocalTime = LocalDay & { hour: number; minute: number; second: number }

const formats = new Map<string, Intl.DateTimeFormat>()

/** What the clocks of a zone show at a moment. */
export function localTime(at: Instant, timeZone: string): LocalTime {
  const fields: Record<string, number> = {}
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) fields[type] = Number(value)
  const { year, month, day, hour, minute, second } = fields as LocalTime
  return { year, month, day, hour, minute, second }
}

/** The first moment of a local day and hour; where the clocks skip it, the moment right after the gap. */
export function instantOf({ year, month, day }: LocalDay, timeZone: string, hour = 0): Instant {
  const asUtc = Date.UTC(year, month - 1, day, hour)
  const before = offsetAt(asUtc - DAY_MS, timeZone)
  const after = offsetAt(asUtc + DAY_MS, timeZone)
  if (before === after) return asUtc - after
  // Around a change of the clocks: what they show twice is the first of the two.
  const first = asUtc - Math.max(before, after)
  return offsetAt(first, timeZone) === asUtc - first ? first : asUtc - Math.min(before, after)
}

/** Whole days since 1970 of a local date: equal on one day, one more on the next. */
export function dayNumber(at: Instant, timeZone: string): number {
  const { year, month, day } = localTime(at, timeZone)
  return Date.UTC(year, month - 1, day) / DAY_MS
}

/** The start of the local day with this number. */
export function startOfDay(number: number, timeZone: string, hour = 0): Instant {
  const date = new Date(number * DAY_MS)
  return instantOf(
    { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() },
    timeZone,
    hour,
  )
}

/** The same time of day some months on; from the 31st, or from 29 February, to the last day of a shorter month. */
export function addMonths(at: Instant, months: number, timeZone: string): Instant {
  const local = localTime(at, timeZone)
  const index = local.year * 12 + local.month - 1 + months
  const year = Math.floor(index / 12)
  const month = (index % 12) + 1
  const day = Math.min(local.day, daysIn(year, month))
  // By the hour on the clocks: since midnight, a day with a change of the clocks has more or fewer.
  const sinceHour = at - instantOf(local, timeZone, local.hour)
  return instantOf({ year, month, day }, timeZone, local.hour) + sinceHour
}

/** The start of the calendar unit that a moment lies in. */
export function startOf(unit: CalendarUnit, at: Instant, timeZone: string): Instant {
  const { year, month, day } = localTime(at, timeZone)
  switch (unit) {
    case 'day':
      return instantOf({ year, month, day }, timeZone)
    case 'month':
      return instantOf({ year, month, day: 1 }, timeZone)
    case 'quarter':
      return instantOf({ year, month: month - ((month - 1) % 3), day: 1 }, timeZone)
    case 'year':
      return instantOf({ year, month: 1, day: 1 }, timeZone)
  }
}

/** The end of the calendar unit that a moment lies in, which is the start of the next. */
export function endOf(unit: CalendarUnit, at: Instant, timeZone: string): Instant {
  if (unit === 'day') return startOfDay(dayNumber(at, timeZone) + 1, timeZone)
  const { year, month } = localTime(startOf(unit, at, timeZone), timeZone)
  const next = month + { month: 1, quarter: 3, year: 12 }[unit]
  return instantOf(
    { year: year + Math.floor((next - 1) / 12), month: ((next - 1) % 12) + 1, day: 1 },
    timeZone,
  )
}

export function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function offsetAt(at: Instant, timeZone: string): number {
  const { year, month, day, hour, minute, second } = localTime(at, timeZone)
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(timeZone, format)
  }
  return format
}
