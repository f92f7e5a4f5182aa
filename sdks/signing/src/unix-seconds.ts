import { kindOf, mistake } from './mistake.ts'

/** A moment as it is written in `webhook-timestamp`: Unix seconds, exactly ten digits (2001 to 2286). */
export const UNIX_SECONDS = /^\d{10}$/

/** The present: `now` if given, else the system's clock. */
export function toPresent(now: Date | number | undefined): number {
  return now === undefined ? Math.floor(Date.now() / 1000) : toUnixSeconds(now, 'now')
}

/** Whole Unix seconds; throws a `TypeError` for milliseconds, fractions and invalid dates. */
export function toUnixSeconds(moment: Date | number, name: string): number {
  const seconds = kindOf(moment) === 'Date' ? Math.floor(Number(moment) / 1000) : moment
  if (typeof seconds === 'number' && UNIX_SECONDS.test(String(seconds))) return seconds
  return mistake(`${name} must be a Date or whole Unix seconds, not milliseconds`)
}

/** The longest span of time that any option takes: a day. */
export const MAX_SPAN_SECONDS = 86_400

/** Throws a `TypeError` unless it is whole seconds in bounds. */
export function requireSpan(seconds: number, name: string, minimum: number): void {
  if (!Number.isInteger(seconds) || seconds < minimum || seconds > MAX_SPAN_SECONDS) {
    mistake(`${name} must be whole seconds, ${minimum} to ${MAX_SPAN_SECONDS}`)
  }
}
