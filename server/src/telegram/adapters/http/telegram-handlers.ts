import type { Handlers } from '../../../http/handlers.ts'
import { isRefusal, type Refusal } from '../../../kernel/refusal.ts'
import type { connectBot, disconnectBot } from '../../connect-bot.ts'
import type { nameOwner } from '../../name-owner.ts'
import type { Bots } from '../../ports/bots.ts'

type Dependencies = {
  find: Bots['find']
  connect: ReturnType<typeof connectBot>
  disconnect: ReturnType<typeof disconnectBot>
  nameOwner: ReturnType<typeof nameOwner>
  waiting: (projectId: string) => Promise<number>
  figures: (projectId: string) => Promise<{ unread: number; unsent: number; dead: number }>
  setAgentsGroup: (projectId: string, chatId: string | null) => Promise<Refusal | undefined>
  /** Another bot may send what the one before could not. */
  hurry: (projectId: string) => Promise<void>
}

export function telegramHandlers({
  find,
  connect,
  disconnect,
  nameOwner,
  waiting,
  hurry,
  figures,
  setAgentsGroup,
}: Dependencies): Pick<
  Handlers,
  'getTelegram' | 'putTelegram' | 'deleteTelegram' | 'putTelegramOwner' | 'putTelegramAgentsGroup'
> {
  async function present(projectId: string) {
    const bot = await find(projectId)
    if (bot === undefined) return { connected: false }
    const { username, problem, ownerChatId, agentsGroupId, delivery, updatedAt } = bot
    return {
      connected: true,
      username,
      problem,
      waiting: await waiting(projectId),
      ownerTelegramId: ownerChatId,
      agentsGroupId,
      delivery,
      updatedAt: updatedAt?.toISOString() ?? null,
      ...(await figures(projectId)),
    }
  }

  return {
    getTelegram: async ({ caller: { projectId } }) => {
      return { status: 200, body: await present(projectId) }
    },
    putTelegram: async ({ caller: { projectId }, body }) => {
      const connected = await connect(projectId, body.token.trim())
      if (isRefusal(connected)) return connected
      await hurry(projectId)
      return { status: 200, body: await present(projectId) }
    },
    putTelegramOwner: async ({ caller: { projectId }, body: { telegramId } }) =>
      (await nameOwner(projectId, telegramId)) ?? { status: 200, body: await present(projectId) },
    putTelegramAgentsGroup: async ({ caller: { projectId }, body: { chatId } }) =>
      (await setAgentsGroup(projectId, chatId)) ?? { status: 200, body: await present(projectId) },
    deleteTelegram: async ({ caller: { projectId } }) => {
      await disconnect(projectId)
      return { status: 204 }
    },
  }
}
