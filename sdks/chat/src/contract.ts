import type { components } from '@tapline/openapi'

type Schemas = components['schemas']

export type ClientFrame = Schemas['ClientFrame']
export type ServerFrame = Schemas['ServerFrame']
export type WelcomeFrame = Schemas['WelcomeFrame']
export type AckFrame = Schemas['AckFrame']
export type SyncedFrame = Schemas['SyncedFrame']
export type ConversationSync = Schemas['ConversationSync']
export type StoredMessage = Schemas['Message']

type WithoutId<Frame> = Frame extends { id: number } ? Omit<Frame, 'id'> : never

/** A frame that is answered, before it has its number. */
export type RequestFrame = WithoutId<Exclude<ClientFrame, { type: 'pong' }>>

/** A frame that nobody answers. */
export type LooseFrame = Exclude<ClientFrame, { id: number } | { type: 'hello' }>

/** What answers a request. */
export type ReplyFrame = AckFrame | SyncedFrame

/** Something that happened in a conversation, in the place that its `sequence` gives it. Told apart by `kind`. */
export type ConversationEvent = Schemas['ConversationEvent']

/** A conversation as the server describes it: who takes part, whether it is open, what was said last. */
export type Conversation = Schemas['Conversation']

/** A file of a message. Its `url` works for a while. */
export type Attachment = Schemas['Attachment']

/** Somebody who speaks. */
export type Participant = Schemas['Participant']

/** How far a conversation is known: sequences are comparable within one epoch. */
export interface Position {
  conversationId: string
  epoch: number
  sequence: number
}

/** A message as it is now. One that waits to be sent has neither `id` nor `sequence`, and stands at the end. */
export interface ChatMessage extends Omit<StoredMessage, 'id' | 'sequence' | 'sender'> {
  conversationId: string
  /** Of the stored message; null while it waits. */
  id: string | null
  /** Its place in the conversation; null while it waits. */
  sequence: number | null
  /** Null on a message of yours that was written before the first connection. */
  sender: StoredMessage['sender'] | null
}
