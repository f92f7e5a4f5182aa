import type { TimeSource } from './clock.ts'
import { forgetOldest } from '../bounded.ts'

export interface CallbackAnswer {
  text?: string
  showAlert?: boolean
  url?: string
}

interface Pending {
  pressedAt: number
  answer: CallbackAnswer | undefined
}

const ANSWER_WITHIN_MS = 30_000
const MOST_QUERIES = 2000

export type CallbackQueries = ReturnType<typeof callbackQueries>

/** Button presses that wait for answerCallbackQuery; each may be answered once and not too late. */
export function callbackQueries(clock: TimeSource) {
  const pending = new Map<string, Pending>()
  let next = BigInt(Math.floor(Math.random() * 1e15)) * 1000n

  return {
    open(): string {
      const id = String(++next)
      pending.set(id, { pressedAt: clock.now(), answer: undefined })
      forgetOldest(pending, MOST_QUERIES)
      return id
    },
    answer(id: string, answer: CallbackAnswer): boolean {
      const query = pending.get(id)
      if (!query || query.answer || clock.now() - query.pressedAt > ANSWER_WITHIN_MS) return false
      query.answer = answer
      return true
    },
    answerTo: (id: string) => pending.get(id)?.answer,
  }
}
