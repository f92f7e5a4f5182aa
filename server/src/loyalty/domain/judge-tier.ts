import { DAY_MS, type Instant } from '../../kernel/clock.ts'
import type { Account, Book } from './book.ts'
import { dayNumber, endOf, startOf, startOfDay } from './calendar.ts'
import type { Pen, Situation } from './decision.ts'
import type { LoyaltyEvent } from './event.ts'
import { ladder, tierFor, type Program } from './program.ts'

type Setting = Pick<Situation, 'program' | 'timeZone' | 'now'>

/** What counts towards a tier: money or orders, in the program's window of time. */
export function reachedBy(book: Book, { program, timeZone, now }: Setting): number {
  const { by, window } = program.tierPolicy
  const { totalSpentMinor, ordersCount } = book.account
  if (window.kind === 'all-time') return by === 'spend' ? totalSpentMinor : ordersCount
  const first = firstDayOf(program, timeZone, now)
  return (book.history ?? [])
    .filter(({ day }) => day >= first)
    .reduce((sum, { spentMinor, orders }) => sum + (by === 'spend' ? spentMinor : orders), 0)
}

/** A tier rises at once; it falls by the program's policy, and after a return of goods at once, since it was never earned. */
export function judgeTier(
  pen: Pen,
  setting: Setting,
  because: 'time' | 'purchase' | 'return',
): LoyaltyEvent[] {
  const events = fall(pen, setting, because)
  const tierReviewAt = nextReview(pen.book, setting)
  if (pen.account.tierReviewAt !== tierReviewAt) pen.change({ tierReviewAt })
  return events
}

/** Judges at each moment that was due, one after the other, so that it does not matter when somebody looks. */
export function passTime(pen: Pen, setting: Setting): LoyaltyEvent[] {
  const { now } = setting
  const events: LoyaltyEvent[] = []
  let passed = -Infinity
  for (let at = dueOf(pen.account); at <= now && at > passed; at = dueOf(pen.account)) {
    events.push(...judgeTier(pen, { ...setting, now: at }, 'time'))
    passed = at
  }
  events.push(...judgeTier(pen, setting, 'time'))
  return events.filter((event) => event.type !== 'tier.downgrading' || event.at > now)
}

function dueOf({ tierReviewAt, tierLapsesAt }: Account): Instant {
  return Math.min(tierReviewAt ?? Infinity, tierLapsesAt ?? Infinity)
}

function fall(pen: Pen, setting: Setting, because: 'time' | 'purchase' | 'return'): LoyaltyEvent[] {
  const { program, now } = setting
  const steps = ladder(program)
  const has = pen.account.tier
  const earned = tierFor(program, reachedBy(pen.book, setting))?.name ?? null
  const rank = (name: string | null) => steps.findIndex((tier) => tier.name === name)
  if (earned === has) {
    if (pen.account.tierLapsesAt !== null) pen.change({ tierLapsesAt: null })
    return []
  }
  const isGone = has !== null && rank(has) === -1
  if (rank(earned) > rank(has) || isGone || because === 'return') return become(pen, program, earned)
  const { downgrade, graceDays } = program.tierPolicy
  if (downgrade === 'never') {
    if (pen.account.tierLapsesAt !== null) pen.change({ tierLapsesAt: null })
    return []
  }
  const to = downgrade === 'one-step' ? (steps[rank(has) - 1]?.name ?? null) : earned
  const lapsesAt = pen.account.tierLapsesAt ?? now + graceDays * DAY_MS
  if (lapsesAt > now) {
    if (pen.account.tierLapsesAt !== null) return []
    pen.change({ tierLapsesAt: lapsesAt })
    return [{ type: 'tier.downgrading', customerId: pen.account.customerId, from: has!, to, at: lapsesAt }]
  }
  const events = become(pen, program, to)
  if (to !== earned) pen.change({ tierLapsesAt: nextStep(setting) })
  return events
}

function become(pen: Pen, program: Program, to: string | null): LoyaltyEvent[] {
  const { customerId, tier: from } = pen.account
  pen.change({ tier: to, tierLapsesAt: null })
  const percentBp = program.basePercentBp + (program.tiers.find(({ name }) => name === to)?.percentBp ?? 0)
  return [{ type: 'tier.changed', customerId, from, to, percentBp }]
}

/** Falling step by step takes a window of time for each step. */
function nextStep({ program: { tierPolicy }, timeZone, now }: Setting): Instant {
  const { window, graceDays } = tierPolicy
  if (window.kind === 'calendar') return endOf(window.unit, now, timeZone)
  return now + Math.max(graceDays, window.kind === 'rolling' ? window.days : 1) * DAY_MS
}

/** The percents that an order of now is counted with. */
export function tierOf(
  { tier }: Pick<Account, 'tier'>,
  program: Program,
): Program['tiers'][number] | undefined {
  return program.tiers.find(({ name }) => name === tier)
}

/** Adds what an order counts for to the day that it counted on; a return takes it from there again. */
export function withDay(
  history: Book['history'],
  at: Instant,
  timeZone: string,
  change: { spentMinor: number; orders: number },
): Book['history'] {
  if (history === undefined) return undefined
  const day = dayNumber(at, timeZone)
  const known = history.find((one) => one.day === day) ?? { day, spentMinor: 0, orders: 0 }
  const changed = {
    day,
    spentMinor: known.spentMinor + change.spentMinor,
    orders: known.orders + change.orders,
  }
  return [...history.filter((one) => one.day !== day), changed]
}

/** How late a look at a tier may be and still see what was true on its day. */
const LATE_DAYS = 400

/** The first local day of the history that is to be at hand. */
export function historyFrom(program: Pick<Program, 'tierPolicy'>, timeZone: string, now: Instant): number {
  return firstDayOf(program, timeZone, now) - LATE_DAYS
}

/** The first local day that the window still sees. */
export function firstDayOf(
  { tierPolicy: { window } }: Pick<Program, 'tierPolicy'>,
  timeZone: string,
  now: Instant,
): number {
  if (window.kind === 'all-time') return -Infinity
  if (window.kind === 'rolling') return dayNumber(now, timeZone) - window.days + 1
  return dayNumber(startOf(window.unit, now, timeZone), timeZone)
}

/** When time alone can lower what was reached: the next day that leaves the window, the end of the period, the end of grace. */
function nextReview(book: Book, { program, timeZone, now }: Setting): Instant | null {
  const { window } = program.tierPolicy
  if (program.tiers.length === 0 || window.kind === 'all-time' || book.account.tier === null) return null
  if (window.kind === 'calendar') return endOf(window.unit, now, timeZone)
  const first = firstDayOf(program, timeZone, now)
  const days = (book.history ?? []).filter(
    ({ day, spentMinor, orders }) => day >= first && (spentMinor > 0 || orders > 0),
  )
  const oldest = days.reduce((least, { day }) => Math.min(least, day), Infinity)
  return oldest === Infinity ? null : startOfDay(oldest + window.days, timeZone)
}
