/** What the controller looks at. Each is compared with its limit. */
export type Signals = { fill: number; commitMs: number; loopDelayMs: number; memoryShare: number }

export const LIMITS: Readonly<Signals> = { fill: 0.9, commitMs: 400, loopDelayMs: 250, memoryShare: 0.9 }
const LEAST = 0.05
const DOWN = 0.5
const UP_PER_SECOND = 0.1
/** What was just taken back must show its effect before more is. */
const SETTLE_MS = 500

/**
 * One number between 0.05 and 1 that says how much every source may read: halved when any signal is over its limit, up by
 * a tenth a second while all are well.
 */
export function readBudget({
  read,
  now = () => performance.now(),
}: {
  read: () => Signals
  now?: () => number
}) {
  let budget = 1
  let loweredAt = -Infinity
  let lookedAt = now()
  let reason: keyof Signals | undefined

  return {
    /** To be called every quarter of a second or so. */
    look(): number {
      const at = now()
      const signals = read()
      const over = (Object.keys(LIMITS) as (keyof Signals)[]).find((name) => signals[name] > LIMITS[name])
      if (over !== undefined) {
        reason = over
        if (at - loweredAt >= SETTLE_MS) {
          budget = Math.max(LEAST, budget * DOWN)
          loweredAt = at
        }
      } else budget = Math.min(1, budget + (UP_PER_SECOND * (at - lookedAt)) / 1_000)
      if (budget === 1) reason = undefined
      lookedAt = at
      return budget
    },
    now: () => budget,
    /** Which signal lowered it last; none at the full budget. */
    because: () => reason,
  }
}

/** An average that forgets: the share of the newest value is a fifth. */
export function movingAverage() {
  let average = 0
  return {
    add: (value: number) => (average += (value - average) / 5),
    /** Nothing new for a while: what was slow is over. */
    fade: () => (average *= 0.9),
    value: () => average,
  }
}
