import { refuse, type Refusal } from '../kernel/refusal.ts'
import type { UnitOfWork } from '../kernel/transaction.ts'
import type { connectBot } from './connect-bot.ts'
import type { TelegramRefusalCode } from './domain/refusal-code.ts'
import type { Bots } from './ports/bots.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  bots: Bots
  record: Parameters<typeof connectBot>[0]['record']
  forget: () => void
}

/** Says which chat is told of trouble; null for none. */
export function nameOwner({ unitOfWork, bots, record, forget }: Dependencies) {
  return async (
    projectId: string,
    chatId: string | null,
  ): Promise<Refusal<TelegramRefusalCode> | undefined> => {
    const refusal = await unitOfWork(async (transaction) => {
      if (!(await bots.setOwner(transaction, projectId, chatId))) return refuse('telegram-not-connected')
      await record(transaction, projectId, 'telegram.owner-named', { named: chatId !== null })
      return undefined
    })
    forget()
    return refusal
  }
}
