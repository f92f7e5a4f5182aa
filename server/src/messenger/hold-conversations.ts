import type { NewId } from '../kernel/ids.ts'
import type { Page } from '../kernel/page.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { MOST_OPEN_CONVERSATIONS, type Conversation, type ConversationEvent, type Member, type Status } from './domain/conversation.ts' // prettier-ignore
import type { MessengerRefusalCode } from './domain/refusal-code.ts'
import type { Conversations } from './know-conversations.ts'
import type { ConversationKey, ConversationStore } from './ports/conversation-store.ts'

type Dependencies = {
  store: ConversationStore
  conversations: Pick<Conversations, 'forget'>
  announce: (event: ConversationEvent) => Promise<void>
  newId: NewId
}

type Refused = Refusal<MessengerRefusalCode>

/** Conversations are begun here, and people enter and leave them, whoever asks: a call of REST or a bridge. */
export function holdConversations({ store, conversations, announce, newId }: Dependencies) {
  async function tell(
    key: ConversationKey,
    event: ConversationEvent | undefined | Refused,
  ): Promise<Refused | undefined> {
    if (event !== undefined && isRefusal(event)) return event
    conversations.forget(key)
    if (event !== undefined) await announce(event)
    return undefined
  }

  return {
    /** Limited: the first of them may have only so many open ones, as whoever begins one on a page. */
    async open(
      projectId: string,
      {
        participantIds,
        subject = null,
        limited = true,
      }: { participantIds: readonly string[]; subject?: string | null; limited?: boolean },
    ): Promise<{ conversationId: string } | Refused> {
      const conversationId = newId('conversation')
      const refused = await store.create({
        projectId,
        conversationId,
        subject,
        memberIds: [...participantIds],
        mostOpen: limited ? MOST_OPEN_CONVERSATIONS : null,
      })
      return refused ?? { conversationId }
    },

    /** Twice is as good as once. */
    join: async (key: ConversationKey, participantId: string, by: string | null = null) =>
      tell(key, await store.join(key, participantId, by)),
    leave: async (key: ConversationKey, participantId: string, by: string | null = null) =>
      tell(key, await store.leave(key, participantId, by)),

    /** Where somebody takes part, the latest first. */
    listOf: (
      projectId: string,
      participantId: string,
      { status, limit, cursor }: { status?: Status; limit: number; cursor?: string },
    ): Promise<Page<Conversation>> =>
      store.list(projectId, { participantId, customerId: undefined, status, limit, cursor }),

    /** Of what happened there last. */
    sequenceOf: async (key: ConversationKey): Promise<number> => (await store.find(key))?.sequence ?? 0,

    /** With their names; undefined where there is no such conversation. */
    members: async (key: ConversationKey): Promise<Member[] | undefined> => (await store.find(key))?.members,
  }
}

export type HeldConversations = ReturnType<typeof holdConversations>
