import { refuse, type Refusal } from '../kernel/refusal.ts'
import type { UnitOfWork } from '../kernel/transaction.ts'
import type { connectBot, TelegramRefusalCode } from './connect-bot.ts'
import type { Bots } from './ports/bots.ts'

type Dependencies = { unitOfWork: UnitOfWork; bots: Bots; record: Parameters<typeof connectBot>[0]['record'] }

/** Says which chat is told of trouble; null for none. */
export function nameOwner({ unitOfWork, bots, record }: Dependencies) {
  return (projectId: string, chatId: string | null): Promise<Refusal<TelegramRefusalCode> | undefined> =>
    unitOfWork(async (transaction) => {
      if (!(await bots.setOwner(transaction, projectId, chatId))) return refuse('telegram-not-connected')
      await record(transaction, projectId, 'telegram.owner-named', { named: chatId !== null })
      return undefined
    })
}
