/** So many within so long. */
type Window = { most: number; withinMs: number }

const PRIVATE: Window = { most: 3, withinMs: 3_100 }
const GROUP: Window = { most: 20, withinMs: 61_000 }
const BOT: Window = { most: 25, withinMs: 1_020 }
const TOGETHER_MS = 2_000
const MAX_PACED = 20_000

export type Pace = ReturnType<typeof paceChats>

/**
 * Keeps below what Telegram tolerates: about one message a second in a chat with short bursts, 20 a minute in a group, 30 a
 * second of a bot. Per process; `retry_after` covers the rest.
 * Source: core.telegram.org/bots/faq, grammy.dev/advanced/flood.
 */
export function paceChats(now: () => number = () => Date.now()) {
  const turns = new Map<string, number[]>()
  const silences = new Map<string, number>()
  /** The newest of each bot. */
  const refusals = new Map<string, { chatId: string; at: number }>()

  function waitOf(key: string, { most, withinMs }: Window): number {
    const taken = turns.get(key) ?? []
    const silentMs = (silences.get(key) ?? 0) - now()
    const fullMs = taken.length < most ? 0 : taken[taken.length - most]! + withinMs - now()
    return Math.max(0, silentMs, fullMs)
  }

  function take(key: string, { most }: Window): void {
    const taken = turns.get(key) ?? []
    taken.push(now())
    if (taken.length > most) taken.shift()
    turns.delete(key)
    turns.set(key, taken)
    if (turns.size > MAX_PACED) turns.delete(turns.keys().next().value!)
  }

  return {
    /** How long to wait; zero: the turn is taken. All of the turns or none: who waits for a chat uses up nothing of the bot. */
    turn(botId: string, chatId: string): number {
      const [bot, chat] = [`bot ${botId}`, `chat ${botId} ${chatId}`]
      const window = chatId.startsWith('-') ? GROUP : PRIVATE
      const waitMs = Math.max(waitOf(bot, BOT), waitOf(chat, window))
      if (waitMs > 0) return waitMs
      take(bot, BOT)
      take(chat, window)
      return 0
    },
    /** Telegram said how long, but not which limit was met: of one chat it was the chat's, of two at once the bot's. */
    silence(botId: string, chatId: string, forMs: number): void {
      const [bot, chat] = [`bot ${botId}`, `chat ${botId} ${chatId}`]
      const before = refusals.get(botId)
      refusals.set(botId, { chatId, at: now() })
      const isOfBot = before !== undefined && before.chatId !== chatId && now() - before.at < TOGETHER_MS
      silences.set(isOfBot ? bot : chat, now() + forMs)
      if (silences.size > MAX_PACED) silences.delete(silences.keys().next().value!)
      if (refusals.size > MAX_PACED) refusals.delete(refusals.keys().next().value!)
    },
  }
}
