const FIRST_MS = 500
const LONGEST_MS = 600_000

/** How long to wait after so many failures; `chance` from 0 to 1 keeps those who failed together from coming together. */
export function backoff(attempts: number, chance: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** attempts) * (0.75 + chance * 0.5)
}
