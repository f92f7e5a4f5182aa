import { refuse, type Refusal } from '../kernel/refusal.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import type { TelegramRefusalCode } from './domain/refusal-code.ts'
import type { BotApi, Bots } from './ports/bots.ts'
import type { MessageLinks } from './ports/message-links.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  bots: Bots
  api: Pick<BotApi, 'whoAmI' | 'setWebhook'>
  links: Pick<MessageLinks, 'clear'>
  /** What has come, and what was to be sent. */
  lines: readonly { clear(transaction: Transaction, projectId: string): Promise<void> }[]
  /** Where Telegram can reach us; undefined: we ask it. */
  webhookAddress: (botKey: string) => string | undefined
  newKey: () => string
  record: (
    transaction: Transaction,
    projectId: string,
    action: string,
    details: Record<string, unknown>,
  ) => Promise<void>
  forget: () => void
}

/** Keeps a token only after Telegram has said whose it is, and knows where to deliver. */
export function connectBot({
  unitOfWork,
  bots,
  api,
  links,
  lines,
  webhookAddress,
  newKey,
  record,
  forget,
}: Dependencies) {
  return async (
    projectId: string,
    token: string,
  ): Promise<{ username: string | null } | Refusal<TelegramRefusalCode>> => {
    const me = /^\d{1,20}:[\w-]{1,100}$/.test(token) ? await api.whoAmI(token) : 'unknown-token'
    if (me === 'unknown-token') return refuse('telegram-token-refused')
    if (me === 'unavailable') return refuse('telegram-unavailable')
    const [botKey, webhookSecret] = [newKey(), newKey()]
    const url = webhookAddress(botKey)
    const before = await bots.find(projectId)
    const { id: botId, username } = me
    const delivery = url === undefined ? 'polling' : 'webhook'
    const connect = async (transaction: Transaction): Promise<Refusal<TelegramRefusalCode> | undefined> => {
      const bot = { projectId, botId, username, token, botKey, webhookSecret, delivery } as const
      if (!(await bots.save(transaction, bot))) return refuse('telegram-bot-taken', { username })
      // Chats and messages of another bot mean nothing to this one.
      if (before !== undefined && before.botId !== botId) {
        await links.clear(transaction, projectId)
        for (const line of lines) await line.clear(transaction, projectId)
      }
      await record(transaction, projectId, 'telegram.connected', { username, delivery })
      // Last, while the bot is claimed: whoever comes second must not turn it to another address.
      const set = await api.setWebhook(token, url === undefined ? null : { url, secret: webhookSecret })
      if (set.outcome !== 'done') throw new AddressNotTaken()
      return undefined
    }
    const refused = await unitOfWork(connect).catch((error: unknown) => {
      if (error instanceof AddressNotTaken) return refuse('telegram-unavailable')
      throw error
    })
    if (refused !== undefined) return refused
    forget()
    // The one before must not go on telling us what nobody here reads.
    if (before?.delivery === 'webhook' && before.botId !== botId) await api.setWebhook(before.token, null)
    return { username }
  }
}

class AddressNotTaken extends Error {}

/** Leaves nothing behind: neither here nor an address at Telegram. */
export function disconnectBot({
  unitOfWork,
  bots,
  api,
  links,
  lines,
  record,
  forget,
}: Omit<Dependencies, 'webhookAddress' | 'newKey'>) {
  return async (projectId: string): Promise<void> => {
    const bot = await bots.find(projectId)
    if (bot === undefined) return
    // A token that was revoked, or a Telegram that is away, must not keep anybody here.
    if (bot.delivery === 'webhook') await api.setWebhook(bot.token, null)
    await unitOfWork(async (transaction) => {
      await links.clear(transaction, projectId)
      for (const line of lines) await line.clear(transaction, projectId)
      if (await bots.remove(transaction, projectId))
        await record(transaction, projectId, 'telegram.disconnected', {})
    })
    forget()
  }
}
