import type { Transaction } from '../../kernel/transaction.ts'
import type { Ticket, TicketEvent } from '../domain/ticket.ts'

export type ShownFile = {
  id: string
  name: string
  size: number
  type: string
  state: 'pending' | 'ready' | 'refused'
  url: string | null
}

/** Something that was said in a conversation, or taken back. */
export type ShownMessage = {
  kind: 'said' | 'edited' | 'deleted'
  projectId: string
  conversationId: string
  /** Of this happening: an edit has another one than its message. */
  sequence: number
  messageId: string
  /** Tells where it was said: `tg:…` in Telegram, `td:…` on the board. */
  clientId: string
  from: {
    participantId: string
    kind: 'customer' | 'visitor' | 'agent' | 'bot'
    name: string | null
    agentId: string | null
  }
  /** With its formatting, as Markdown of `kernel/markdown.ts`; null of a file without words. */
  markdown: string | null
  attachment: ShownFile | null
  replyTo: string | null
  at: Date
}

/**
 * Where people see tickets: the board, the agents' group, the customer's Telegram. It is called within the transaction of what
 * happened, once for each happening and in their order, and writes rows only; what has to be sent is sent after the commit.
 * What came from a face (`event.source`, `clientId`) is not shown there again.
 */
export type Face = {
  onTicket(transaction: Transaction, ticket: Ticket, event: TicketEvent): Promise<void>
  /** `ticket`: what the conversation is about now; undefined where nobody has asked for anything. `members`: whoever takes part. */
  onMessage(
    transaction: Transaction,
    message: ShownMessage,
    about: {
      ticket: Ticket | undefined
      members: readonly { id: string; kind: ShownMessage['from']['kind'] }[]
    },
  ): Promise<void>
}
