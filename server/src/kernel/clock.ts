export const DAY_MS = 86_400_000

/** Milliseconds since 1970, by the clock of whoever owns the decision: a project's, inside a transaction. */
export type Instant = number

export type Clock = { now(): Instant }

export const systemClock: Clock = { now: () => Date.now() }
