export type ParticipantKind = 'customer' | 'visitor' | 'agent' | 'bot'

export type Participant = {
  id: string
  kind: ParticipantKind
  name: string | null
  customerId: string | null
  agentId: string | null
}

export type Member = Participant & { received: number; read: number; joinedAt: Date }

export type Status = 'open' | 'closed'

export type Conversation = {
  id: string
  subject: string | null
  status: Status
  epoch: number
  sequence: number
  members: Member[]
  lastMessage: Message | null
  createdAt: Date
  lastActivityAt: Date
}

/** As it is shown: the address is good for an hour at least. */
export type AttachmentOfMessage = {
  id: string
  name: string
  size: number
  type: string
  state: 'pending' | 'ready' | 'refused'
  url: string | null
}

export type Message = {
  id: string
  conversationId: string
  sequence: number
  sender: { id: string; kind: ParticipantKind; name: string | null }
  clientId: string
  text: string | null
  attachment: AttachmentOfMessage | null
  replyTo: string | null
  /** Emoji → ids of participants. */
  reactions: Readonly<Record<string, readonly string[]>>
  createdAt: Date
  editedAt: Date | null
  deletedAt: Date | null
}

type Happened = {
  projectId: string
  conversationId: string
  sequence: number
  at: Date
  participantId: string | null
}

/** Whatever happens in a conversation takes the next sequence. */
export type ConversationEvent = Happened &
  (
    | { kind: 'message'; message: Message }
    | { kind: 'edited'; messageId: string; text: string | null }
    | { kind: 'deleted'; messageId: string }
    | { kind: 'reacted'; messageId: string; emoji: string; on: boolean }
    | { kind: 'membership'; change: 'joined' | 'left'; member: Participant }
    | { kind: 'status'; status: Status; subject: string | null }
  )

/** What somebody wants to happen, besides saying something. */
export type Change =
  | { kind: 'edit'; messageId: string; text: string }
  | { kind: 'delete'; messageId: string }
  | { kind: 'react'; messageId: string; emoji: string; on: boolean }

export const MOST_MEMBERS = 50
export const MOST_OPEN_CONVERSATIONS = 50
export const MOST_REACTIONS = 20
