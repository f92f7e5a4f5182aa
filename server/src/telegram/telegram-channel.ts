import { remember } from '../kernel/remember.ts'
import type { Pace } from './pace-chats.ts'
import type { BotApi, Bots, Sent } from './ports/bots.ts'

type Dependencies = { bots: Pick<Bots, 'find' | 'setProblem'>; api: Pick<BotApi, 'send'>; pace: Pace }

const BOT_FRESH_MS = 5_000

export type ChannelAnswer = Sent | { outcome: 'no-channel' } | { outcome: 'paced'; afterMs: number }

/** Telegram as a channel of notices, at the pace that it shares with everything else that the bot says. */
export function telegramChannel({ bots, api, pace }: Dependencies) {
  const botOf = remember((projectId) => bots.find(projectId), { forMs: BOT_FRESH_MS })

  return async (projectId: string, address: string, html: string): Promise<ChannelAnswer> => {
    const bot = await botOf(projectId)
    if (bot === undefined) return { outcome: 'no-channel' }
    const waitMs = pace.turn(bot.botId, address)
    if (waitMs > 0) return { outcome: 'paced', afterMs: waitMs }
    const sent = await api.send(bot.token, address, html)
    if (sent.outcome === 'retry' && sent.afterMs !== undefined) pace.silence(bot.botId, address, sent.afterMs)
    if (sent.outcome === 'refused') {
      botOf.forget()
      await bots.setProblem(projectId, sent.why)
    } else if (sent.outcome === 'sent' && bot.problem !== null) {
      await bots.setProblem(projectId, null)
    }
    return sent
  }
}
