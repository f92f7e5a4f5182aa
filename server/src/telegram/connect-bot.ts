import { refuse, type Refusal } from '../kernel/refusal.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import type { BotApi, Bots } from './ports/bots.ts'

export type TelegramRefusalCode = 'telegram-token-refused' | 'telegram-unavailable' | 'telegram-not-connected'

type Dependencies = {
  unitOfWork: UnitOfWork
  bots: Bots
  api: BotApi
  record: (
    transaction: Transaction,
    projectId: string,
    action: string,
    details: Record<string, unknown>,
  ) => Promise<void>
}

/** Keeps a token only after Telegram has said whose it is. */
export function connectBot({ unitOfWork, bots, api, record }: Dependencies) {
  return async (
    projectId: string,
    token: string,
  ): Promise<{ username: string | null } | Refusal<TelegramRefusalCode>> => {
    const me = /^\d{1,20}:[\w-]{1,100}$/.test(token) ? await api.whoAmI(token) : 'unknown-token'
    if (me === 'unknown-token') return refuse('telegram-token-refused')
    if (me === 'unavailable') return refuse('telegram-unavailable')
    await unitOfWork(async (transaction) => {
      await bots.save(transaction, { projectId, botId: me.id, username: me.username, token })
      await record(transaction, projectId, 'telegram.connected', { username: me.username })
    })
    return { username: me.username }
  }
}

export function disconnectBot({ unitOfWork, bots, record }: Omit<Dependencies, 'api'>) {
  return (projectId: string): Promise<void> =>
    unitOfWork(async (transaction) => {
      if (await bots.remove(transaction, projectId))
        await record(transaction, projectId, 'telegram.disconnected', {})
    })
}
