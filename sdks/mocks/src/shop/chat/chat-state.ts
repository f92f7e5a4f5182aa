import type { components } from '@tapline/client'
import type { Instant } from '../time.ts'

type Schemas = components['schemas']

export type Participant = Schemas['Participant']
export type Member = { participantId: string; received: number; read: number; joinedAt: Instant }

export type Message = {
  id: string
  sequence: number
  senderId: string
  clientId: string
  text: string | null
  attachmentId: string | null
  replyTo: string | null
  /** Emoji → ids of participants. */
  reactions: Map<string, string[]>
  createdAt: Instant
  editedAt: Instant | null
  deletedAt: Instant | null
}

/** Whatever takes a sequence. What a message says now stands with the message. */
export type Happening = { sequence: number; at: Instant; participantId: string | null } & (
  | { kind: 'message' | 'edited' | 'deleted'; messageId: string }
  | { kind: 'reacted'; messageId: string; emoji: string; on: boolean }
  | { kind: 'membership'; change: 'joined' | 'left'; memberId: string }
  | { kind: 'status'; status: 'open' | 'closed'; subject: string | null }
)

export type Conversation = {
  id: string
  subject: string | null
  status: 'open' | 'closed'
  /** Another one when others take part than did: what a client remembers is void. */
  epoch: number
  members: Member[]
  /** Who went out: what they had received and read is kept. */
  gone: Member[]
  messages: Message[]
  happenings: Happening[]
  createdAt: Instant
  lastActivityAt: Instant
}

export type Attachment = {
  id: string
  conversationId: string
  senderId: string
  clientId: string
  name: string
  size: number
  declaredType: string
  text: string | null
  /** What was uploaded, and what it is said to be. */
  uploaded: { size: number; type: string } | null
  state: 'pending' | 'ready' | 'refused'
  messageId: string | null
  expiresAt: Instant
}

export type Agent = Omit<Schemas['Agent'], 'createdAt'> & { createdAt: Instant }

/** What a visitor's session may do ends when the visitor has become a customer. */
export type Session = { participantId: string; kind: 'visitor' | 'customer'; expiresAt: Instant }

export type Settings = Required<Schemas['ChatSettings']> & {
  credits: Required<NonNullable<Schemas['ChatSettings']['credits']>>
}

/** What a shop remembers of its chat. */
export type ChatState = {
  settings: Settings
  participants: Map<string, Participant>
  conversations: Map<string, Conversation>
  attachments: Map<string, Attachment>
  agents: Map<string, Agent>
  /** By token. */
  agentTokens: Map<string, string>
  sessions: Map<string, Session>
  /** Participants by what renews their session. */
  renewals: Map<string, { participantId: string; until: Instant }>
  deadLetters: Schemas['ChatDeadLetter'][]
}

export const FIRST_SETTINGS: Settings = {
  allowedOrigins: [],
  requireIdentity: false,
  credits: { capacity: 60, refillSeconds: 10, projectPerSecond: 2_000 },
  maxAttachmentBytes: 20 * 1_048_576,
  moderation: null,
  autoReply: null,
  businessHours: null,
}

export function emptyChat(): ChatState {
  return {
    settings: FIRST_SETTINGS,
    participants: new Map(),
    conversations: new Map(),
    attachments: new Map(),
    agents: new Map(),
    agentTokens: new Map(),
    sessions: new Map(),
    renewals: new Map(),
    deadLetters: [],
  }
}
