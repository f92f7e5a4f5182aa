const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/** What each attempt waits for after the one before it: 75 hours in all. */
const WAITS_MS = [
  0,
  5 * SECOND_MS,
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
]

export const MAX_ATTEMPTS = WAITS_MS.length

const LONGEST_RETRY_AFTER_MS = 24 * HOUR_MS

type Made = {
  /** How many were made. */
  attempts: number
  /** What the last answer asked for. */
  retryAfterMs: number | null
  /** From 0 up to 1. */
  random: number
}

/** How long the next attempt waits, never less than the other side asked for; undefined when all are used up. */
export function waitMs({ attempts, retryAfterMs, random }: Made): number | undefined {
  const planned = WAITS_MS[attempts]
  if (planned === undefined) return undefined
  // Equal jitter: what failed together does not come back together, and nothing comes back at once.
  const jittered = Math.round(planned * (0.5 + random / 2))
  return Math.max(jittered, Math.min(retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS))
}
