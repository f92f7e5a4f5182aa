import type { Page } from '../../kernel/page.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { ConversationKey } from './conversation-store.ts'

export type Mark = ConversationKey & { participantId: string; received: number; read: number }

export type Due = ConversationKey & {
  sequence: number
  attempts: number
  lagging: { participantId: string; received: number }[]
}

/** What is to be done with a conversation that was looked at; never again where `againInMs` is null. */
export type Plan = ConversationKey & { attempts: number; againInMs: number | null }

export type DeadLetter = {
  projectId: string
  conversationId: string | null
  participantId: string | null
  fromSequence: number | null
  toSequence: number | null
  reason: string
  attempts: number
}

export type DeliveryState = {
  /** Marks only go forward, and never past the last event. Answers those that moved, and where they stand now. */
  record(marks: readonly Mark[]): Promise<Mark[]>
  /** What everybody has received is delivered: nobody has to look at it any more. */
  settle(keys: readonly ConversationKey[]): Promise<void>
  /** Conversations whose time to look has come. */
  dueSoon(most: number): Promise<ConversationKey[]>
  /** Who lags behind in some. */
  lagging(keys: readonly ConversationKey[]): Promise<(ConversationKey & { participantId: string })[]>
  /** Of these the ones that are still due and that nobody else looks at; nobody else will until the end of the transaction. */
  due(transaction: Transaction, keys: readonly ConversationKey[]): Promise<Due[]>
  plan(transaction: Transaction, plans: readonly Plan[]): Promise<void>
  bury(transaction: Transaction | undefined, letters: readonly DeadLetter[]): Promise<void>
  /** The newest first. */
  letters(
    projectId: string,
    wish: { limit: number; cursor: string | undefined },
  ): Promise<Page<DeadLetter & { id: string; at: Date }>>
  /** What was looked at once and has not reached somebody who is there. */
  late(most: number): Promise<(ConversationKey & { sequence: number })[]>
}
