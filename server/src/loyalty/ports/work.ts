import type { Instant } from '../../kernel/clock.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/** What a storefront asks of loyalty, as it lies in the inbox. */
export type WorkItem = {
  id: string
  command: unknown
  contacts: string[]
  /** By the database's clock. */
  receivedAt: Instant
}

export type WorkOutcome = { id: string } & ({ result: unknown } | { refusal: Refusal })

/** Where work comes from and its outcome goes to, within the transaction that does it. */
export type Work = {
  claimSlice(transaction: Transaction, projectId: string, limit: number): Promise<WorkItem[]>
  claimItems(transaction: Transaction, projectId: string, ids: string[]): Promise<WorkItem[]>
  tryOwnProject(transaction: Transaction, projectId: string): Promise<boolean>
  settle(transaction: Transaction, projectId: string, outcomes: WorkOutcome[]): Promise<unknown>
  /** Answers what it was when that was its last attempt. */
  fail(
    transaction: Transaction,
    projectId: string,
    id: string,
    reason: string,
  ): Promise<{ action: string | null; orderId: string | null; storefront: string | null } | undefined>
}
