import type { Page } from '../../kernel/page.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { Actor, Channel, Outcome, Source, Ticket, TicketChange, TicketEvent } from '../domain/ticket.ts'

export type By = { by: Actor; source: Source }

/** What can be done with tickets. Whatever changes is recorded, and told to all faces, in the given transaction. */
export type Tickets = {
  find(projectId: string, ticketId: string): Promise<Ticket | undefined>
  byNumber(projectId: string, number: number): Promise<Ticket | undefined>
  /** What the conversation is about now: the open one, or one that may still be opened again; merged ones followed. */
  ofConversation(
    transaction: Transaction,
    projectId: string,
    conversationId: string,
  ): Promise<Ticket | undefined>
  /** The open one, else the one with the highest number; merged ones followed. */
  latestOf(projectId: string, conversationId: string): Promise<Ticket | undefined>
  ofParticipants(
    projectId: string,
    participantIds: readonly string[],
    limit: number,
    cursor: string | undefined,
  ): Promise<Page<Ticket>>
  /** As it is now, and stays until the transaction ends unless that changes it. */
  hold(transaction: Transaction, projectId: string, ticketId: string): Promise<Ticket | undefined>
  /** Open ones by agent. */
  loads(projectId: string): Promise<ReadonlyMap<string, number>>

  /** Opens a ticket, opens one again, or moves one that waited back. Undefined: support is off here, or nobody listens to them. */
  onCustomerMessage(
    transaction: Transaction,
    message: {
      projectId: string
      conversationId: string
      participantId: string
      customerId: string | null
      channel: Channel
      text: string
      topic: string | null
      at: Date
    },
  ): Promise<{ ticket: Ticket; isNew: boolean } | undefined>
  /** The first answer counts, and the ticket waits for the customer. */
  onAgentMessage(
    transaction: Transaction,
    message: { projectId: string; conversationId: string; agentId: string; at: Date },
  ): Promise<Ticket | undefined>

  change(
    transaction: Transaction,
    projectId: string,
    ticketId: string,
    change: TicketChange,
    by: By,
  ): Promise<Outcome>
  /** First wins: everybody after that is refused with `ticket-taken` and `agentName`. */
  take(
    transaction: Transaction,
    projectId: string,
    ticketId: string,
    agentId: string,
    source: Source,
  ): Promise<Outcome>
  /** Answers the one that it is part of from now on. */
  merge(transaction: Transaction, projectId: string, ticketId: string, into: string, by: By): Promise<Outcome>
  note(
    transaction: Transaction,
    projectId: string,
    ticketId: string,
    text: string,
    by: By,
  ): Promise<TicketEvent | Refusal>
  /** One vote once it was solved, which may be changed for a day. Somebody else's ticket is not there. */
  rate(
    transaction: Transaction,
    projectId: string,
    ticketId: string,
    rating: { score?: number; comment?: string | null },
    participantIds: readonly string[],
    source: Source,
  ): Promise<Outcome>
  ban(
    transaction: Transaction,
    projectId: string,
    participantId: string,
    reason: string | null,
    by: By,
  ): Promise<void>
  unban(transaction: Transaction, projectId: string, participantId: string, by: By): Promise<void>
  isBanned(projectId: string, participantId: string): Promise<boolean>
}

/** What an agent writes beside a ticket, on the board or elsewhere. */
export type AgentWords =
  /** To the customer; canned answers are filled in already. */
  | { kind: 'answer'; markdown: string }
  /** Stays among agents. */
  | { kind: 'note'; markdown: string }
  /** A command that was done or refused: what the agent is told, in the agent's language. */
  | { kind: 'done'; reply: string }

export type ReadAgentWords = (words: {
  projectId: string
  ticket: Ticket
  /** Undefined: somebody on the board who is no agent here; commands are refused. */
  agentId: string | undefined
  markdown: string
  /** The same words have one effect: the comment's id. */
  key: string
  source: Source
}) => Promise<AgentWords>
