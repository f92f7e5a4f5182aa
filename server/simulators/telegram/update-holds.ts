import type { MovableClock } from './clock.ts'

interface Hold {
  untilOvertaken: boolean
  waiting: (() => void)[]
  alarm: { cancel(): void }
}

const MOST_WAITING = 10_000

export type UpdateHolds = ReturnType<typeof updateHolds>

/** Keeps back what comes from one chat, in its order, while other chats go on. */
export function updateHolds(clock: MovableClock) {
  const holds = new Map<string, Hold>()

  const release = (chat: string) => {
    const hold = holds.get(chat)
    holds.delete(chat)
    hold?.alarm.cancel()
    for (const put of hold?.waiting ?? []) put()
  }

  return {
    open(chat: string, { delayMs, untilOvertaken }: { delayMs: number; untilOvertaken: boolean }) {
      const alarm = clock.at(clock.now() + delayMs, () => release(chat))
      holds.set(chat, { untilOvertaken, waiting: [], alarm })
    },
    /** Whether `put` waits behind what is held of its chat. */
    wait(chat: string, put: () => void): boolean {
      const hold = holds.get(chat)
      if (!hold || hold.waiting.length >= MOST_WAITING) return false
      hold.waiting.push(put)
      return true
    },
    overtake(by: string) {
      for (const [chat, { untilOvertaken }] of [...holds]) if (untilOvertaken && chat !== by) release(chat)
    },
    clear() {
      for (const { alarm } of holds.values()) alarm.cancel()
      holds.clear()
    },
  }
}
