import type { Instant } from '../../kernel/clock.ts'

export type BusinessHours = {
  days: readonly { day: string; from: string; to: string }[]
  holidays: readonly string[]
}

const NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const LOOK_BACK_DAYS = 15

/**
 * Undefined while the shop is open. Otherwise which time of being closed it is: the local day and minute at which the shop
 * closed last; `always` when it was not open for a fortnight.
 */
export function closedSince(
  { days, holidays }: BusinessHours,
  timeZone: string,
  at: Instant,
): string | undefined {
  const { date, minute } = localTime(timeZone, at)
  const spans = (day: string) =>
    holidays.includes(day)
      ? []
      : days
          .filter(({ day: name }) => name === NAMES[new Date(`${day}T00:00:00Z`).getUTCDay()])
          .map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) }))
  const today = spans(date)
  if (today.some(({ from, to }) => from <= minute && minute < to)) return undefined
  const closedToday = today.filter(({ to }) => to <= minute).map(({ to }) => to)
  if (closedToday.length > 0) return `${date}:${Math.max(...closedToday)}`
  for (let back = 1; back <= LOOK_BACK_DAYS; back++) {
    const day = new Date(Date.parse(`${date}T00:00:00Z`) - back * 86_400_000).toISOString().slice(0, 10)
    const ends = spans(day).map(({ to }) => to)
    if (ends.length > 0) return `${day}:${Math.max(...ends)}`
  }
  return 'always'
}

function minutesOf(clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number)
  return hours! * 60 + minutes!
}

function localTime(timeZone: string, at: Instant): { date: string; minute: number } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (name: string) => parts.find(({ type }) => type === name)!.value
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  }
}
