import type { Refusal } from '../../kernel/refusal.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { ItemStatus } from '../domain/door-answer.ts'

export type Trace = {
  id: string
  status: ItemStatus
  format: string
  action: string | null
  storefront: string | null
  orderId: string | null
  parentId: string | null
  command: unknown
  refusal: Refusal | null
  result: unknown
  receivedAt: Date
  finishedAt: Date | null
}

/** What the inbox holds of people, who are named by their contacts. */
export type Traces = {
  list(projectId: string, contacts: string[], limit: number, afterId: string): Promise<Trace[]>
  finished(
    transaction: Transaction,
    projectId: string,
    contacts: string[],
    limit: number,
    afterId: string,
  ): Promise<Pick<Trace, 'id' | 'parentId' | 'command'>[]>
  blot(transaction: Transaction, projectId: string, items: { id: string; command: unknown }[]): Promise<void>
  dropBodies(transaction: Transaction, projectId: string, ids: string[]): Promise<void>
  bodies(
    transaction: Transaction,
    projectId: string,
    limit: number,
    afterId: string,
  ): Promise<{ id: string; body: string }[]>
}
