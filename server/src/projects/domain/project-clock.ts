import { DAY_MS, type Instant } from '../../kernel/clock.ts'

/** What time a project has: the real one, and how far a sandbox is ahead of it. */
export type ProjectClock = { now: Instant; offsetMs: number }

export type ClockMove = { advanceMs: number } | { to: Instant }

export const MOST_AHEAD_MS = 100 * 365 * DAY_MS
