import { DAY_MS, type Instant } from '../../kernel/clock.ts'

/** When the shop works, by its own clock; null: always. */
export type BusinessHours = {
  days: readonly { day: string; from: string; to: string }[]
  holidays: readonly string[]
} | null

export type BusinessTime = { hours: BusinessHours; timeZone: string }

type Span = { from: Instant; to: Instant }

const MINUTE_MS = 60_000
const NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
// What would take years is promised to nobody.
const MOST_DAYS = 2_000
const MOST_IDLE_DAYS = 400

/** The moment by which so many minutes of business time have passed; undefined when the shop does not open again. */
export function addBusinessMinutes(time: BusinessTime, start: Instant, minutes: number): Instant | undefined {
  let left = minutes * MINUTE_MS
  if (time.hours === null) return start + left
  let idle = 0
  for (const [index, spans] of daysFrom(time, start)) {
    if (index > MOST_DAYS || idle > MOST_IDLE_DAYS) return undefined
    idle = spans.length === 0 ? idle + 1 : 0
    for (const { from, to } of spans) {
      const begin = Math.max(from, start)
      if (begin >= to) continue
      if (left <= to - begin) return begin + left
      left -= to - begin
    }
  }
  return undefined
}

/** Minutes of business time between two moments, with their fractions; 0 when the second is not later. */
export function businessMinutesBetween(time: BusinessTime, start: Instant, end: Instant): number {
  if (end <= start) return 0
  if (time.hours === null) return (end - start) / MINUTE_MS
  let sum = 0
  for (const [index, spans] of daysFrom(time, start)) {
    for (const { from, to } of spans) sum += Math.max(0, Math.min(to, end) - Math.max(from, start))
    if (index > MOST_DAYS || (spans.at(-1)?.to ?? 0) >= end || noonAfter(time, start, index) > end + DAY_MS)
      break
  }
  return sum / MINUTE_MS
}

/** Whether the shop is open, and when that changes, if within so many days; spans that touch are one. */
export function openness(
  time: BusinessTime,
  at: Instant,
  withinDays: number,
): { open: boolean; changesAt: Instant | null } {
  if (time.hours === null) return { open: true, changesAt: null }
  let until: Instant | undefined
  for (const [index, spans] of daysFrom(time, at)) {
    if (index > withinDays + 1) break
    for (const { from, to } of spans) {
      if (to <= at) continue
      if (until === undefined && from > at) return { open: false, changesAt: within(from) }
      if (until !== undefined && from > until) return { open: true, changesAt: within(until) }
      until = to
    }
  }
  return { open: until !== undefined, changesAt: until === undefined ? null : within(until) }

  function within(moment: Instant): Instant | null {
    return moment <= at + withinDays * DAY_MS ? moment : null
  }
}

/** Day after day of the shop's calendar, the first being the one of `start`. */
function* daysFrom(time: BusinessTime, start: Instant): Generator<[number, Span[]]> {
  const clock = clockOf(time.timeZone)
  const first = clock.dateOf(start)
  for (let index = 0; ; index++) yield [index, spansOf(time, clock, first, index)]
}

function noonAfter(time: BusinessTime, start: Instant, index: number): Instant {
  return Date.parse(`${clockOf(time.timeZone).dateOf(start)}T12:00:00Z`) + index * DAY_MS
}

function spansOf({ hours }: BusinessTime, clock: LocalClock, first: string, index: number): Span[] {
  const day = Date.parse(`${first}T00:00:00Z`) + index * DAY_MS
  const date = new Date(day).toISOString().slice(0, 10)
  if (hours === null || hours.holidays.includes(date)) return []
  const name = NAMES[new Date(day).getUTCDay()]
  const spans = hours.days
    .filter((span) => span.day === name)
    .map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) }))
    .sort((left, right) => left.from - right.from)
  if (spans.length === 0) return []
  const [begin, end] = [clock.startOf(date), clock.startOf(new Date(day + DAY_MS).toISOString().slice(0, 10))]
  if (end - begin === DAY_MS)
    return spans.map(({ from, to }) => ({ from: begin + from * MINUTE_MS, to: begin + to * MINUTE_MS }))
  // Clocks are put forward or back on this day: an hour is missing, or there twice.
  const open: Span[] = []
  for (let at = begin; at < end; at += MINUTE_MS) {
    const minute = clock.minuteOf(at)
    if (!spans.some(({ from, to }) => from <= minute && minute < to)) continue
    const last = open.at(-1)
    if (last?.to === at) last.to = at + MINUTE_MS
    else open.push({ from: at, to: at + MINUTE_MS })
  }
  return open
}

function minutesOf(clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number)
  return hours! * 60 + minutes!
}

type LocalClock = ReturnType<typeof localClock>

const clocks = new Map<string, LocalClock>()
const MOST_CLOCKS = 500
const MOST_STARTS = 2_000

function clockOf(timeZone: string): LocalClock {
  const known = clocks.get(timeZone)
  if (known !== undefined) return known
  if (clocks.size >= MOST_CLOCKS) clocks.clear()
  const clock = localClock(timeZone)
  clocks.set(timeZone, clock)
  return clock
}

function localClock(timeZone: string) {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const starts = new Map<string, Instant>()
  const partsOf = (at: Instant) => {
    const parts = format.formatToParts(at)
    const part = (name: string) => parts.find(({ type }) => type === name)!.value
    return {
      date: `${part('year')}-${part('month')}-${part('day')}`,
      minute: Number(part('hour')) * 60 + Number(part('minute')),
    }
  }

  /** Nearly always: midnight by the offset of that night. */
  function guessStart(date: string): Instant | undefined {
    const midnight = Date.parse(`${date}T00:00:00Z`)
    const local = partsOf(midnight)
    const offset = Date.parse(`${local.date}T00:00:00Z`) + local.minute * MINUTE_MS - midnight
    const start = midnight - offset
    const [first, before] = [partsOf(start), partsOf(start - MINUTE_MS)]
    return first.date === date && first.minute === 0 && before.date < date ? start : undefined
  }

  /** The first minute of the day; somewhere clocks are put forward at midnight, so it is looked for. */
  function lookForStart(date: string): Instant {
    const guess = Date.parse(`${date}T00:00:00Z`) / MINUTE_MS
    let [before, after] = [guess - 16 * 60, guess + 16 * 60]
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2)
      if (partsOf(middle * MINUTE_MS).date >= date) after = middle
      else before = middle
    }
    return after * MINUTE_MS
  }

  return {
    dateOf: (at: Instant) => partsOf(at).date,
    minuteOf: (at: Instant) => partsOf(at).minute,
    startOf(date: string): Instant {
      const known = starts.get(date)
      if (known !== undefined) return known
      if (starts.size >= MOST_STARTS) starts.clear()
      const start = guessStart(date) ?? lookForStart(date)
      starts.set(date, start)
      return start
    },
  }
}

/** When a day of the calendar begins there. */
export function startOfDay(timeZone: string, date: string): Instant {
  return clockOf(timeZone).startOf(date)
}

export function dateIn(timeZone: string, at: Instant): string {
  return clockOf(timeZone).dateOf(at)
}
