import { DAY_MS, type Instant, type Lot } from '../state.ts'
import type { Desk } from './desk.ts'
import { isSpendable, sum } from './lots.ts'

/** Nobody wants a reminder at night. */
const REMINDING_HOUR = 10

type Ending = Lot & { expiresAt: Instant }

/** Lots that end soon are announced once, together. */
export function remind(desk: Desk): void {
  const soon = remindable(desk)
  if (soon.length === 0) return
  const ends = soon.map(({ expiresAt }) => expiresAt)
  desk.book.account.remindedUntil = Math.max(...ends)
  const amountMinor = sum(soon.map(({ remainingMinor }) => remainingMinor))
  desk.events.push({ type: 'bonus.expiring', ...desk.moved(amountMinor), expiresAt: Math.min(...ends) })
}

/** Never those that were given for less time than the reminder is early. */
export function remindable({
  book,
  program,
  now,
  shop,
}: Pick<Desk, 'book' | 'program' | 'now' | 'shop'>): Ending[] {
  const { expiryReminderDays: days } = program
  const { remindedUntil } = book.account
  if (days === 0) return []
  return book.lots.filter((lot): lot is Ending => {
    const { expiresAt, activatesAt, createdAt } = lot
    if (expiresAt === null || !isSpendable(lot, now)) return false
    if (remindedUntil !== null && expiresAt <= remindedUntil) return false
    const isLong = expiresAt - days * DAY_MS > (activatesAt ?? createdAt)
    return isLong && remindingDay(expiresAt, days, shop.state.timeZone) <= now
  })
}

/** So many days of the calendar before the day on which it ends, at ten in the morning. */
function remindingDay(expiresAt: Instant, days: number, timeZone: string): Instant {
  const offset = offsetAt(expiresAt, timeZone)
  const day = Math.floor((expiresAt + offset) / DAY_MS) - days
  const asUtc = day * DAY_MS + REMINDING_HOUR * 3_600_000
  return asUtc - offsetAt(asUtc - offset, timeZone)
}

function offsetAt(at: Instant, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const fields = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = fields
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000
}
