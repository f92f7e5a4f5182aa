import type { Handlers } from '../../../http/handlers.ts'
import { isRefusal } from '../../../kernel/refusal.ts'
import type { connectBot, disconnectBot } from '../../connect-bot.ts'
import type { Bots } from '../../ports/bots.ts'

type Dependencies = {
  find: Bots['find']
  connect: ReturnType<typeof connectBot>
  disconnect: ReturnType<typeof disconnectBot>
  waiting: (projectId: string) => Promise<number>
  /** Another bot may send what the one before could not. */
  hurry: (projectId: string) => Promise<void>
}

export function telegramHandlers({
  find,
  connect,
  disconnect,
  waiting,
  hurry,
}: Dependencies): Pick<Handlers, 'getTelegram' | 'putTelegram' | 'deleteTelegram'> {
  return {
    getTelegram: async ({ caller: { projectId } }) => {
      const bot = await find(projectId)
      if (bot === undefined) return { status: 200, body: { connected: false } }
      const { username, problem } = bot
      return { status: 200, body: { connected: true, username, problem, waiting: await waiting(projectId) } }
    },
    putTelegram: async ({ caller: { projectId }, body }) => {
      const connected = await connect(projectId, body.token.trim())
      if (isRefusal(connected)) return connected
      await hurry(projectId)
      return {
        status: 200,
        body: {
          connected: true,
          username: connected.username,
          problem: null,
          waiting: await waiting(projectId),
        },
      }
    },
    deleteTelegram: async ({ caller: { projectId } }) => {
      await disconnect(projectId)
      return { status: 204 }
    },
  }
}
