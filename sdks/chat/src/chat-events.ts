import type { ChatError } from './chat-error.ts'
import type { StatusEvent } from './connection.ts'
import type { ChatMessage, ConversationEvent } from './contract.ts'
import type { Receipt } from './conversation-log.ts'

/** What a chat tells; see `chat.on`. */
export interface ChatEvents {
  /** A message that was not there before, of whoever, in order. `earlier`: it closes a gap further up, below what was told already. */
  message: { message: ChatMessage; earlier: boolean }
  /** A conversation is not as it was: show its messages anew. `events` are what happened, where something did. */
  change: { conversationId: string; events: readonly ConversationEvent[] }
  /** How far somebody else has received and read. */
  receipt: { conversationId: string; participantId: string } & Receipt
  /** Who came and went. */
  presence: { participantId: string; present: boolean }
  /** Somebody writes; show it for five seconds. */
  typing: { conversationId: string; participantId: string }
  /** For calls: of somebody who is there now. */
  signal: { conversationId: string; participantId: string; clientId: string; data: Record<string, unknown> }
  /** What the server says by itself, such as that credits are spent. */
  notice: { code: string; message: string; remaining?: number; retryAfterMs?: number }
  /** The connection. */
  status: StatusEvent
  /** How many messages wait. */
  queue: { length: number }
  /** A message was refused for good, and has left the queue. */
  refused: { message: ChatMessage; error: ChatError }
}

export type Emit = <Name extends keyof ChatEvents>(name: Name, event: ChatEvents[Name]) => void
