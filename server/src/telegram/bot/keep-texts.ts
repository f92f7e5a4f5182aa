import { refuse, type Refusal } from '../../kernel/refusal.ts'
import type { Transaction, UnitOfWork } from '../../kernel/transaction.ts'
import { checkTexts } from '../domain/check-texts.ts'
import type { OwnTexts } from '../domain/texts.ts'
import type { OwnTextsStore } from '../ports/own-texts.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  store: OwnTextsStore
  record: (
    transaction: Transaction,
    projectId: string,
    action: string,
    details: Record<string, unknown>,
  ) => Promise<void>
  forget: (projectId: string) => void
}

/** What a project lets the bot say instead of our words; all of it at once. */
export function keepTexts({ unitOfWork, store, record, forget }: Dependencies) {
  return {
    of: store.find,
    async put(projectId: string, own: OwnTexts): Promise<Refusal<'texts-invalid'> | undefined> {
      const why = checkTexts(own)
      if (why !== undefined) return refuse('texts-invalid', { why })
      await unitOfWork(async (transaction) => {
        await store.put(transaction, projectId, own)
        await record(transaction, projectId, 'telegram.texts', { keys: Object.keys(own).sort() })
      })
      forget(projectId)
      return undefined
    },
  }
}
