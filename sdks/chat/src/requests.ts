import { disconnected, type ChatError } from './chat-error.ts'
import type { ReplyFrame } from './contract.ts'

interface Asked {
  at: number
  resolve: (reply: ReplyFrame) => void
  reject: (error: ChatError) => void
}

/** What was asked and is not answered yet, by its number. */
export function createRequests(now: () => number) {
  const asked = new Map<number, Asked>()
  let last = 0
  return {
    ask(say: (id: number) => void): Promise<ReplyFrame> {
      return new Promise((resolve, reject) => {
        asked.set(++last, { at: now(), resolve, reject })
        say(last)
      })
    },
    /** Says whether somebody had asked. */
    answer(id: number, reply: ReplyFrame | undefined, error?: ChatError): boolean {
      const one = asked.get(id)
      if (error) one?.reject(error)
      else one?.resolve(reply!)
      return asked.delete(id)
    },
    abandon(): void {
      for (const { reject } of asked.values()) reject(disconnected())
      asked.clear()
    },
    /** Since when the oldest waits. */
    waitsSince: (): number => [...asked.values()][0]?.at ?? Infinity,
  }
}
