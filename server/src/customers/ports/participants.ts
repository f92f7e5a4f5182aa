import type { Refusal } from '../../kernel/refusal.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/**
 * A context that keeps something of a customer. All take part in one transaction, in which the customers' rows are locked
 * already; no contact or profile of theirs changes meanwhile.
 */
export type Participant = {
  /** The section of the export, and the place of its answer in a merge's record. */
  name: string
  /** Answers a JSON record, enough to undo it. A refusal takes the whole merge back. */
  merge(transaction: Transaction, projectId: string, merge: MergeOfTwo): Promise<Refusal | object>
  undoMerge(
    transaction: Transaction,
    projectId: string,
    merge: MergeOfTwo & { record: object },
  ): Promise<Refusal | void>
  /** Called for the customer and for each that was merged into it; only the first has contacts, written `kind:value`. */
  erase(
    transaction: Transaction,
    projectId: string,
    person: { customerId: string; contacts: string[] },
  ): Promise<void>
  exportOf(projectId: string, customerId: string, contacts: string[]): Promise<object>
}

export type MergeOfTwo = { mergeId: string; from: string; into: string }
