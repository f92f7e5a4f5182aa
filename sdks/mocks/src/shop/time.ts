/** Milliseconds since 1970. */
export type Instant = number
export const DAY_MS = 86_400_000
