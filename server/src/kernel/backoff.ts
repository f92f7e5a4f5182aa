const FIRST_MS = 500
const LONGEST_MS = 600_000

/** How long to wait after so many failures, never twice the same. */
export function backoff(attempts: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** attempts) * (0.75 + Math.random() * 0.5)
}
