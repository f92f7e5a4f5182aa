/**
 * The headless chat of Tapline, for browsers and Node.
 *
 * {@link createChat} makes a chat over one socket. What was said arrives once and in order, whatever the network does:
 * messages wait in a queue that survives a reload, what was missed is asked for, and a connection that breaks stands up
 * again by itself. What is refused rejects with a {@link ChatError} that says whether the same may succeed later.
 *
 * @packageDocumentation
 */
export type { ChatSession, Fetch } from './api.ts'
export { ChatError } from './chat-error.ts'
export type { ChatErrorDetails } from './chat-error.ts'
export type { Backoff, ChatStatus, StatusEvent, WebSocketClass, WebSocketLike } from './connection.ts'
export type {
  Attachment,
  ChatMessage,
  Conversation,
  ConversationEvent,
  Participant,
  Position,
} from './contract.ts'
export type { Receipt } from './conversation-log.ts'
export { createChat } from './create-chat.ts'
export type { ChatEvents } from './chat-events.ts'
export type { Chat, ChatOptions, LiveConversation, Page, Sending } from './create-chat.ts'
export type { On } from './emitter.ts'
export type { FileLike, FileOptions } from './files.ts'
export type { Stored } from './outgoing.ts'
export { memoryStorage } from './storage.ts'
export type { ChatStorage } from './storage.ts'
