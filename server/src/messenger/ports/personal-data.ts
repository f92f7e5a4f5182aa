import type { Transaction } from '../../kernel/transaction.ts'
import type { ParticipantKind } from '../domain/conversation.ts'
import type { Said } from './participants.ts'

type ExportedConversation = { id: string; subject: string | null; status: string; createdAt: Date }
type ExportedMessage = {
  conversationId: string
  id: string
  sequence: number
  from: ParticipantKind
  /** The customer's own. */
  own: boolean
  text: string | null
  attachmentId: string | null
  createdAt: Date
  editedAt: Date | null
  deletedAt: Date | null
}

export type PersonalData = {
  /** Names, texts and subjects go; who spoke stays as somebody without a name. Where that was. */
  erase(transaction: Transaction, projectId: string, customerId: string): Promise<string[]>
  /** Of somebody who is no customer, in the same way. */
  eraseVisitor(transaction: Transaction, projectId: string, participantId: string): Promise<string[]>
  /** With what was said of oneself in pages. The oldest conversation first, and at most so many messages of all together. */
  ofCustomer(
    projectId: string,
    customerId: string,
    most: number,
  ): Promise<{ conversations: ExportedConversation[]; messages: ExportedMessage[]; said: Said[] }>
}
