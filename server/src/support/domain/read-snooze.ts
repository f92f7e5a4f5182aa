import { DAY_MS, type Instant } from '../../kernel/clock.ts'
import { startOfDay } from './business-time.ts'

const MINUTE_MS = 60_000
const UNITS: Readonly<Record<string, number>> = {
  ...{ m: MINUTE_MS, h: 60 * MINUTE_MS, d: DAY_MS, w: 7 * DAY_MS },
  ...{ м: MINUTE_MS, ч: 60 * MINUTE_MS, д: DAY_MS, н: 7 * DAY_MS },
  ...{ мин: MINUTE_MS, сағ: 60 * MINUTE_MS, к: DAY_MS },
}
const MORNING = 9 * 60
const MOST_MS = 366 * DAY_MS

/** `2d`, `3h`, `2026-12-01` (in the morning) or `2026-12-01 15:30`, of the shop's calendar; undefined when it is none to come. */
export function readSnooze(text: string, now: Instant, timeZone: string): Date | undefined {
  const until = relative(text, now) ?? absolute(text, timeZone)
  return until === undefined || until <= now || until > now + MOST_MS ? undefined : new Date(until)
}

function relative(text: string, now: Instant): Instant | undefined {
  const [, count, unit] = /^(\d{1,5})\s*(\p{L}+)$/u.exec(text.toLowerCase()) ?? []
  const unitMs = unit === undefined ? undefined : UNITS[unit]
  return unitMs === undefined ? undefined : now + Number(count) * unitMs
}

function absolute(text: string, timeZone: string): Instant | undefined {
  const [, date, hours, minutes] = /^(\d{4}-\d{2}-\d{2})(?:[T\s]+(\d{1,2}):(\d{2}))?$/.exec(text) ?? []
  const day = date === undefined ? NaN : Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(day) || !new Date(day).toISOString().startsWith(date!)) return undefined
  const minute = hours === undefined ? MORNING : Number(hours) * 60 + Number(minutes)
  if (minute >= 1_440 || Number(minutes ?? 0) > 59) return undefined
  return startOfDay(timeZone, date!) + minute * MINUTE_MS
}
