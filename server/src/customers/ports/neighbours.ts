import type { Transaction } from '../../kernel/transaction.ts'

export type CustomerEvent =
  | { type: 'customer.merged' | 'customer.merge-undone'; customerId: string; from: string; mergeId: string }
  | { type: 'customer.erased'; customerId: string }

export type Events = {
  add(transaction: Transaction, projectId: string, events: CustomerEvent[]): Promise<void>
}

/** The project's audit log: ids only. */
export type Audit = (
  transaction: Transaction,
  projectId: string,
  action: string,
  details: Record<string, string>,
) => Promise<void>
