import type { Page } from '../../kernel/page.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { Merge, MergeRecord } from '../domain/merge.ts'

export type MergeStore = {
  insert(
    transaction: Transaction,
    projectId: string,
    merge: Pick<Merge, 'id' | 'from' | 'into' | 'reason'> & { record: MergeRecord },
  ): Promise<Merge>
  find(
    transaction: Transaction,
    projectId: string,
    mergeId: string,
  ): Promise<(Merge & { record: MergeRecord }) | undefined>
  /** The newest standing merge after this one that one of its two customers is part of. */
  laterThan(transaction: Transaction, projectId: string, mergeId: string): Promise<string | undefined>
  markUndone(transaction: Transaction, projectId: string, mergeId: string): Promise<Merge>
  /** What these merges remember of people goes; that they were stays. */
  forget(transaction: Transaction, projectId: string, customerIds: string[]): Promise<void>
  list(
    projectId: string,
    customerId: string | undefined,
    limit: number,
    cursor: string | undefined,
  ): Promise<Page<Merge>>
}
