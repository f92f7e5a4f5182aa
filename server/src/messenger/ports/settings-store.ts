import type { Transaction } from '../../kernel/transaction.ts'

/** What a shop has said of one thing; `Given` is that, without defaults. */
export type SettingsStore<Given> = {
  find(projectId: string): Promise<Given | undefined>
  /** The ones before, if any; of two at once the second sees the first. */
  put(transaction: Transaction, projectId: string, settings: Given): Promise<Given | undefined>
}
