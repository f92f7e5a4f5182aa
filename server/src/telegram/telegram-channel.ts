import { remember } from '../kernel/remember.ts'
import type { BotApi, Bots, Sent } from './ports/bots.ts'

type Dependencies = { bots: Bots; api: BotApi }

const PER_CHAT_MS = 1_050
const PER_BOT_MS = 40
const MAX_PACED = 20_000
const BOT_FRESH_MS = 5_000

export type ChannelAnswer = Sent | { outcome: 'no-channel' } | { outcome: 'paced'; afterMs: number }

/**
 * Telegram as a channel of notices. It paces itself before Telegram does (about one a second per chat, 25 a second per bot),
 * and after a 429 the whole bot is silent for as long as it was told. Pacing is per process; `retry_after` covers the rest.
 */
export function telegramChannel({ bots, api }: Dependencies) {
  const nextTurn = new Map<string, number>()
  const botOf = remember((projectId) => bots.find(projectId), { forMs: BOT_FRESH_MS })

  /** All of the turns or none: whoever waits for a chat must not use up what others of the bot could send. */
  function takeTurns(turns: Record<string, number>): number {
    const now = Date.now()
    const waitMs = Math.max(...Object.keys(turns).map((key) => (nextTurn.get(key) ?? 0) - now))
    if (waitMs > 0) return waitMs
    for (const [key, everyMs] of Object.entries(turns)) {
      nextTurn.delete(key)
      nextTurn.set(key, now + everyMs)
      if (nextTurn.size > MAX_PACED) nextTurn.delete(nextTurn.keys().next().value!)
    }
    return 0
  }

  return async (projectId: string, address: string, html: string): Promise<ChannelAnswer> => {
    const bot = await botOf(projectId)
    if (bot === undefined) return { outcome: 'no-channel' }
    const waitMs = takeTurns({
      [`bot ${bot.botId}`]: PER_BOT_MS,
      [`chat ${bot.botId} ${address}`]: PER_CHAT_MS,
    })
    if (waitMs > 0) return { outcome: 'paced', afterMs: waitMs }
    const sent = await api.send(bot.token, address, html)
    if (sent.outcome === 'retry' && sent.afterMs !== undefined)
      nextTurn.set(`bot ${bot.botId}`, Date.now() + sent.afterMs)
    if (sent.outcome === 'refused') {
      botOf.forget()
      await bots.setProblem(projectId, sent.why)
    } else if (sent.outcome === 'sent' && bot.problem !== null) {
      await bots.setProblem(projectId, null)
    }
    return sent
  }
}
