import { forgetOldest } from '../bounded.ts'
import type { TimeSource } from './clock.ts'

/** `most` sends within `withinMs`; whoever sends more waits `penaltyMs`, or until the window has moved on. */
export interface PaceRule {
  most: number
  withinMs: number
  penaltyMs: number
}

export interface PaceRules {
  privateChat: PaceRule
  group: PaceRule
  bot: PaceRule
}

// One a second with a burst of three; only 20 a minute for groups and 30 a second in all are published.
export const TELEGRAM_PACE: PaceRules = {
  privateChat: { most: 3, withinMs: 3000, penaltyMs: 3000 },
  group: { most: 20, withinMs: 60_000, penaltyMs: 0 },
  bot: { most: 30, withinMs: 1000, penaltyMs: 1000 },
}

interface Lane {
  sentAt: number[]
  refusedUntil: number
}

const MOST_LANES = 20_000

export type Pace = ReturnType<typeof pace>

/** Counts sends per chat and per bot; a refusal opens a penalty in which every further send is refused too. */
export function pace(clock: TimeSource, rules: PaceRules) {
  const lanes = new Map<string, Lane>()

  const laneOf = (key: string): Lane => {
    const lane = lanes.get(key) ?? { sentAt: [], refusedUntil: 0 }
    lanes.delete(key)
    lanes.set(key, lane)
    forgetOldest(lanes, MOST_LANES)
    return lane
  }

  const waitOf = (lane: Lane, rule: PaceRule): number => {
    const now = clock.now()
    if (now < lane.refusedUntil) return lane.refusedUntil - now
    lane.sentAt = lane.sentAt.filter((sentAt) => now - sentAt < rule.withinMs)
    const oldest = lane.sentAt.at(-rule.most)
    if (oldest === undefined || lane.sentAt.length < rule.most) return 0
    lane.refusedUntil = Math.max(now + rule.penaltyMs, oldest + rule.withinMs)
    return lane.refusedUntil - now
  }

  return {
    /** Seconds to wait, or 0 and the sends are counted: an album is let through whole and counts as its messages. */
    secondsToWait(botId: number, chatId: number, messages = 1): number {
      const checks: [Lane, PaceRule][] = [
        [laneOf(`${botId}`), rules.bot],
        [laneOf(`${botId}/${chatId}`), chatId < 0 ? rules.group : rules.privateChat],
      ]
      const wait = Math.max(...checks.map(([lane, rule]) => waitOf(lane, rule)))
      if (wait > 0) return Math.ceil(wait / 1000)
      for (const [lane] of checks) lane.sentAt.push(...Array<number>(messages).fill(clock.now()))
      return 0
    },
  }
}
