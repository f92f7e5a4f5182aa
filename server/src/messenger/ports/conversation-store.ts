import type { Page } from '../../kernel/page.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type {
  Conversation,
  ConversationEvent,
  Member,
  ParticipantKind,
  Status,
} from '../domain/conversation.ts'
import type { MessengerRefusalCode } from '../domain/refusal-code.ts'

export type ConversationKey = { projectId: string; conversationId: string }

/** What must be known of a conversation to let somebody speak in it and to bring it to everybody. */
export type Standing = {
  epoch: number
  members: readonly { id: string; kind: ParticipantKind }[]
}

export type Wish = {
  participantId: string | undefined
  customerId: string | undefined
  status: Status | undefined
  limit: number
  cursor: string | undefined
}

type Refused = Refusal<MessengerRefusalCode>

export type ConversationStore = {
  /** Refused when somebody of the first members does not exist, or has as many open ones as may be. */
  create(
    conversation: ConversationKey & { subject: string | null; memberIds: string[]; mostOpen: number | null },
  ): Promise<Refused | undefined>
  find(key: ConversationKey): Promise<Conversation | undefined>
  list(projectId: string, wish: Wish): Promise<Page<Conversation>>
  /** How far those are where something happened of late, as far as that is written down. */
  recentTops(
    projectId: string,
    sinceMs: number,
    limit: number,
  ): Promise<{ conversationId: string; sequence: number }[]>
  standings(keys: readonly ConversationKey[]): Promise<(Standing | undefined)[]>
  member(key: ConversationKey, participantId: string): Promise<Member | undefined>
  /** Nothing happened where it was so already. */
  join(
    key: ConversationKey,
    participantId: string,
    by: string | null,
  ): Promise<ConversationEvent | undefined | Refused>
  leave(
    key: ConversationKey,
    participantId: string,
    by: string | null,
  ): Promise<ConversationEvent | undefined | Refused>
  update(
    key: ConversationKey,
    change: { status?: Status | undefined; subject?: string | null | undefined },
    by: string | null,
  ): Promise<ConversationEvent | undefined | Refused>
}
