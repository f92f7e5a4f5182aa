import type { Page } from '../../kernel/page.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { Change, ConversationEvent, Message } from '../domain/conversation.ts'
import type { MessengerRefusalCode } from '../domain/refusal-code.ts'
import type { ConversationKey } from './conversation-store.ts'

export type NewMessage = ConversationKey & {
  senderId: string
  clientId: string
  id: string
  text: string | null
  attachmentId: string | null
  replyTo: string | null
}

/** Undefined where the sender takes no part in the conversation, or there is none. */
export type Written = { id: string; sequence: number; at: Date; repeated: boolean } | undefined

export type Position = {
  conversationId: string
  epoch: number
  sequence: number
  received: number
  read: number
}

export type MessageLog = {
  /** All or none, answered in their order; each message once for its client id; sequences without gaps. */
  append(messages: readonly NewMessage[]): Promise<Written[]>
  /** Nothing happens, and no sequence is taken, where it is so already. `removed`: the attachment that went with it. */
  change(
    key: ConversationKey,
    by: { id: string; mayDeleteOthers: boolean },
    change: Change,
  ): Promise<
    | { message: Message; event: ConversationEvent | undefined; removed?: string }
    | Refusal<MessengerRefusalCode>
  >
  message(key: ConversationKey, messageId: string): Promise<Message | undefined>
  byClientId(key: ConversationKey, senderId: string, clientId: string): Promise<Message | undefined>
  /** The newest first. */
  messages(key: ConversationKey, wish: { limit: number; cursor: string | undefined }): Promise<Page<Message>>
  /** For each wish at most `limit` of the newest events after a sequence and up to another one, in their order. */
  events(
    wishes: readonly (ConversationKey & { after: number; upTo: number | null })[],
    limit: number,
  ): Promise<ConversationEvent[][]>
  tops(keys: readonly ConversationKey[]): Promise<({ epoch: number; sequence: number } | undefined)[]>
  /** Where a participant takes part, the last active first. */
  positionsOf(projectId: string, participantId: string, most: number): Promise<Position[]>
}
