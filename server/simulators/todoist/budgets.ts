import { tooManyRequests } from './api-error.ts'
import type { Clock } from './clock.ts'
import type { Settings } from './settings.ts'

export type Budget = 'partialSyncsPer15Minutes' | 'fullSyncsPer15Minutes' | 'restCallsPer15Minutes'

const WINDOW_MS = 15 * 60 * 1000

export type Budgets = ReturnType<typeof budgets>

/** How much each user has asked in the quarter of an hour that began with the first call of it. */
export function budgets(clock: Clock, settings: Settings) {
  const spent = new Map<string, { since: number; calls: number }>()
  return {
    spend(userId: string, budget: Budget) {
      const key = `${budget}:${userId}`
      const now = clock.now()
      let window = spent.get(key)
      if (!window || now - window.since >= WINDOW_MS) spent.set(key, (window = { since: now, calls: 0 }))
      if (window.calls >= settings[budget]) {
        throw tooManyRequests(Math.max(1, Math.ceil((window.since + WINDOW_MS - now) / 1000)))
      }
      window.calls++
    },
    spentBy: (userId: string) =>
      Object.fromEntries(
        (['partialSyncsPer15Minutes', 'fullSyncsPer15Minutes', 'restCallsPer15Minutes'] as const).map(
          (budget) => [budget, spent.get(`${budget}:${userId}`)?.calls ?? 0],
        ),
      ),
  }
}
