import type { Transaction } from '../../kernel/transaction.ts'
import type { OwnTexts } from '../domain/texts.ts'

/** What a project says in its own words. */
export type OwnTextsStore = {
  find(projectId: string): Promise<OwnTexts>
  put(transaction: Transaction, projectId: string, own: OwnTexts): Promise<void>
}
