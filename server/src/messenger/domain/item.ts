import type { Refusal } from '../../kernel/refusal.ts'
import type { Locale } from '../../kernel/locale.ts'
import type { AttachmentOfMessage, Change, ConversationEvent, ParticipantKind } from './conversation.ts'
import type { StageName, TypeName } from './message-types.ts'

/** Who speaks, as a session, a token or a key has proven. */
export type Speaker = {
  participantId: string
  kind: ParticipantKind
  name: string | null
  customerId: string | null
  agentId: string | null
}

export type Said = {
  clientId: string
  text: string | null
  replyTo: string | null
  attachment: AttachmentOfMessage | null
}

/** It is stored, in this place. Of a signal: it was taken. */
export type Stored = {
  messageId: string | null
  sequence: number | null
  at: Date
  repeated: boolean
}

/** How whoever sent it hears what became of it; exactly one of both is called, once. */
export type Reply = {
  acknowledge(stored: Stored): void
  refuse(refusal: Refusal): void
}

/** A message on its way through the stages. */
export type Item = {
  type: TypeName
  projectId: string
  conversationId: string
  speaker: Speaker
  locale: Locale
  /** Which connection it came by, so that signals do not come back to it. */
  sessionId: string | null
  bytes: number
  /** The product itself asks, or it was paid for before. */
  isFree?: boolean
  reply: Reply
  /** When it came in, by the process's own clock. */
  since?: number
  /** The stages that it passes. */
  route?: ReadonlySet<StageName>
  said?: Said
  change?: Change
  signal?: { clientId: string; to: string | null; data: Record<string, unknown> }
  receipt?: { received: number; read: number }
  presence?: { present: boolean; conversationIds: readonly string[] }
  /** Gives what is asked for, in the words of whoever asks. */
  history?: { after: number; upTo: number | null; limit: number; answer(sync: Sync): void }
  report?: { what: string; stage: string; type: string; reason: string }
  /** Of the conversation, before anything was written. */
  epoch?: number
  /** What it became, once it is stored. */
  stored?: Stored
  event?: ConversationEvent
}

export type Sync = {
  conversationId: string
  epoch: number
  top: number
  events: ConversationEvent[]
  limited: boolean
  previous: number | null
}
