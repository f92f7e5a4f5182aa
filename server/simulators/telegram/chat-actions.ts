import { forgetOldest } from '../bounded.ts'
import type { TimeSource } from './clock.ts'

const SHOWN_FOR_MS = 5000
const MOST_CHATS = 2000

export type ChatActions = ReturnType<typeof chatActions>

/** In which chats a bot is typing or uploading just now. */
export function chatActions(clock: TimeSource) {
  const until = new Map<string, number>()
  return {
    show(botId: number, chatId: number) {
      until.set(`${botId}/${chatId}`, clock.now() + SHOWN_FOR_MS)
      forgetOldest(until, MOST_CHATS)
    },
    end: (botId: number, chatId: number) => void until.delete(`${botId}/${chatId}`),
    isShown: (botId: number, chatId: number) => (until.get(`${botId}/${chatId}`) ?? 0) > clock.now(),
  }
}
