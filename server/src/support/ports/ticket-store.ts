import type { Instant } from '../../kernel/clock.ts'
import type { Page } from '../../kernel/page.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { KeptTicket, NewTicketEvent } from '../domain/kept-ticket.ts'
import type { Actor, Ticket, TicketEvent, TicketStatus } from '../domain/ticket.ts'

export type TicketFilter = {
  status?: TicketStatus | undefined
  /** `none`: those that nobody has. */
  assigneeId?: string | undefined
  conversationId?: string | undefined
  customerId?: string | undefined
  /** And of whoever these were before. */
  participantIds?: readonly string[] | undefined
}

export type TicketStore = {
  /** The database's clock, and not the one of the transaction's beginning: locks may have been waited for. */
  now(transaction: Transaction): Promise<Instant>
  find(projectId: string, ticketId: string): Promise<Ticket | undefined>
  byNumber(projectId: string, number: number): Promise<Ticket | undefined>
  list(
    projectId: string,
    filter: TicketFilter,
    limit: number,
    cursor: string | undefined,
  ): Promise<Page<Ticket>>
  loads(projectId: string): Promise<ReadonlyMap<string, number>>
  history(projectId: string, ticketId: string): Promise<TicketEvent[]>

  /** One at a time for each conversation. */
  lockConversation(transaction: Transaction, projectId: string, conversationId: string): Promise<void>
  /** The id of the newest one of a conversation, where it was merged the one that it is part of. */
  newestOf(transaction: Transaction, projectId: string, conversationId: string): Promise<Ticket | undefined>
  /** Whether it is of one of them, or of whoever one of them was before. */
  isOf(
    transaction: Transaction,
    projectId: string,
    ticketId: string,
    participantIds: readonly string[],
  ): Promise<boolean>
  /** As `newestOf`, by whoever only looks. */
  latestOf(projectId: string, conversationId: string): Promise<Ticket | undefined>
  openOf(transaction: Transaction, projectId: string, participantId: string): Promise<string[]>
  lock(transaction: Transaction, projectId: string, ticketId: string): Promise<KeptTicket | undefined>
  /** Numbers it. */
  insert(transaction: Transaction, ticket: KeptTicket, lookAt: Date | null): Promise<KeptTicket>
  save(transaction: Transaction, ticket: KeptTicket, lookAt: Date | null): Promise<void>
  append(
    transaction: Transaction,
    ticket: KeptTicket,
    events: readonly NewTicketEvent[],
    at: Date,
  ): Promise<TicketEvent[]>
  countAnswer(transaction: Transaction, projectId: string, ticketId: string, agentId: string): Promise<void>

  /** Which the clock is to look at, of `shifted` or of all by the database's clock. */
  due(
    limit: number,
    shifted?: { projectId: string; clockOffsetMs: number },
  ): Promise<{ projectId: string; id: string }[]>
  /** Undefined also when somebody else has it just now. */
  lockFree(transaction: Transaction, projectId: string, ticketId: string): Promise<KeptTicket | undefined>
  /** The clock comes back to it later. */
  putOff(projectId: string, ticketId: string, byMs: number): Promise<void>
  /** After its rules changed: the clock looks at all that is not over. */
  lookAgain(transaction: Transaction, projectId: string): Promise<void>

  /** Of all projects, of what is not over. */
  figures(): Promise<{
    byStatus: Readonly<Record<string, number>>
    breached: number
    unclaimedSince: Instant | null
  }>

  ban(
    transaction: Transaction,
    projectId: string,
    participantId: string,
    ban: { reason: string | null; by: Actor },
  ): Promise<boolean>
  unban(transaction: Transaction, projectId: string, participantId: string): Promise<boolean>
  isBanned(projectId: string, participantId: string): Promise<boolean>
}
