import type { Page } from '../../kernel/page.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { Fact, RecordedEvent } from '../domain/event.ts'
import type { ProjectFacts } from './neighbours.ts'

export type EventStore = {
  /** Gives each fact its place and writes it down; facts that are known already are left out of the answer. */
  record(
    transaction: Transaction,
    facts: Fact[],
    write: (fact: Fact, sequence: number) => string,
  ): Promise<RecordedEvent[]>
  /** What these projects are in this transaction: what a process remembers of them may be a second old. */
  projectsOf(transaction: Transaction, projectIds: string[]): Promise<Map<string, ProjectFacts>>
  find(projectId: string, id: string): Promise<RecordedEvent | undefined>
  list(
    projectId: string,
    filter: { type: string | undefined; customerId: string | undefined },
    limit: number,
    cursor: string | undefined,
  ): Promise<Page<RecordedEvent>>
  /** In the order in which they were recorded. */
  since(projectId: string, position: number, limit: number): Promise<RecordedEvent[]>
  lastPosition(projectId: string): Promise<number>
  /** How many were deleted. */
  forget(olderThanDays: number, limit: number): Promise<number>
}
