import { DAY_MS, type Instant } from '../../kernel/clock.ts'
import { isSpendable, type Lot } from './book.ts'
import { dayNumber } from './calendar.ts'

export type Expiring = { amountMinor: number; at: Instant }

const SOON_MS = 30 * DAY_MS

/** What ends within a month, by days of the shop's calendar, the first first; of a day its first moment counts. */
export function nextToExpire(
  lots: readonly Lot[],
  { now, timeZone, days }: { now: Instant; timeZone: string; days: number },
): Expiring[] {
  const found = new Map<number, Expiring>()
  for (const lot of lots) {
    const { expiresAt, remainingMinor } = lot
    if (expiresAt === null || expiresAt > now + SOON_MS || !isSpendable(lot, now)) continue
    const day = dayNumber(expiresAt, timeZone)
    const known = found.get(day)
    found.set(day, {
      amountMinor: (known?.amountMinor ?? 0) + remainingMinor,
      at: Math.min(known?.at ?? expiresAt, expiresAt),
    })
  }
  return [...found.values()].sort((left, right) => left.at - right.at).slice(0, days)
}
