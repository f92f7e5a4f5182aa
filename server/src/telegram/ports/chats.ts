import type { Locale } from '../../kernel/locale.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/** The private chat of somebody who takes part in conversations. */
export type Chat = {
  chatId: string
  participantId: string
  /** Visitors of pages that it was too. */
  knownAs: readonly string[]
  locale: Locale
  /** Where what they write goes without being asked. */
  conversationId: string | null
}

export type Chats = {
  ofParticipants(
    transaction: Transaction,
    projectId: string,
    participantIds: readonly string[],
  ): Promise<Chat[]>
}
