import type { Transaction } from '../../kernel/transaction.ts'

/** Which weeks owners were told of. A week is named by the Monday after it. */
export type Weeks = {
  /** Projects with tickets for which a new week may have begun, by their ids. */
  waiting(limit: number, after: string | undefined): Promise<string[]>
  /** False: somebody else tells it. */
  claim(transaction: Transaction, projectId: string, monday: string): Promise<boolean>
}
