import type { Transaction } from '../../kernel/transaction.ts'
import type { Ticket } from '../domain/ticket.ts'

/** Tickets by the customer whose they are: with those of the visitors that it was before. */
export type TicketOwners = {
  /** What is open of whoever turned out to be a customer: the ids of those that nobody had. */
  claim(
    transaction: Transaction,
    projectId: string,
    who: { participantId: string; customerId: string },
  ): Promise<string[]>
  /** The ids of those that changed hands. */
  move(transaction: Transaction, projectId: string, from: string, into: string): Promise<string[]>
  moveBack(
    transaction: Transaction,
    projectId: string,
    from: string,
    into: string,
    ticketIds: readonly string[],
  ): Promise<void>
  idsOf(transaction: Transaction, projectId: string, customerId: string): Promise<string[]>
  /** What somebody wrote, and whose they were; what was done stays. */
  forget(transaction: Transaction, projectId: string, ticketIds: readonly string[]): Promise<void>
  listOf(projectId: string, customerId: string, limit: number): Promise<Ticket[]>
}
