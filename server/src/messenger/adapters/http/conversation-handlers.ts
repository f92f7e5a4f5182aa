import type { components } from '@tapline/openapi'
import type { Caller, Handlers } from '../../../http/handlers.ts'
import { isRefusal, refuse, type Refusal } from '../../../kernel/refusal.ts'
import type { Change, Conversation, ConversationEvent, Member } from '../../domain/conversation.ts'
import type { Item, Speaker, Sync } from '../../domain/item.ts'
import type { HeldConversations } from '../../hold-conversations.ts'
import type { Conversations } from '../../know-conversations.ts'
import type { ConversationStore } from '../../ports/conversation-store.ts'
import type { DeliveryState } from '../../ports/delivery-state.ts'
import type { IngestionStream } from '../../ports/ingestion-stream.ts'
import type { LiveFrame } from '../../ports/live.ts'
import type { MessageLog } from '../../ports/message-log.ts'
import type { Talk } from '../../talk.ts'
import { participant, type EventPresenter } from './present-conversation.ts'

type Schemas = components['schemas']

type Dependencies = {
  store: ConversationStore
  log: MessageLog
  state: Pick<DeliveryState, 'record' | 'settle' | 'letters'>
  talk: Talk
  held: HeldConversations
  conversations: Conversations
  offer: (item: Item) => 'taken' | 'dropped' | 'rejected'
  announce: (event: ConversationEvent) => Promise<void>
  present: EventPresenter
  stream: IngestionStream
  handOn: (frame: LiveFrame) => void
  /** Whom a caller speaks for. */
  speakerOf: (caller: Caller, senderId?: string) => Promise<Speaker | Refusal>
}

type Ids = 'listConversations' | 'createConversation' | 'getConversation' | 'updateConversation' | 'listMessages' | 'sendMessage'
  | 'editMessage' | 'deleteMessage' | 'addReaction' | 'removeReaction' | 'listConversationEvents' | 'listParticipants'
  | 'addParticipant' | 'removeParticipant' | 'markRead' | 'pushMessages' | 'listChatDeadLetters' // prettier-ignore

const DEFAULT_LIMIT = 50

export function conversationHandlers(dependencies: Dependencies): Pick<Handlers, Ids> {
  const {
    store,
    log,
    state,
    talk,
    held,
    conversations,
    offer,
    announce,
    present,
    stream,
    handOn,
    speakerOf,
  } = dependencies

  const isTeam = ({ speaker }: Caller) => speaker === undefined || speaker.kind === 'agent'

  /** Sessions see where they take part; the team sees everything of the project. */
  async function admit(caller: Caller, conversationId: string): Promise<Refusal | undefined> {
    const [standing] = await conversations.of([{ projectId: caller.projectId, conversationId }])
    const isThere = standing?.members.some(({ id }) => id === caller.speaker?.participantId) === true
    return standing !== undefined && (isTeam(caller) || isThere)
      ? undefined
      : refuse('conversation-not-found')
  }

  async function whole(caller: Caller, conversationId: string): Promise<Schemas['Conversation'] | Refusal> {
    const found = await store.find({ projectId: caller.projectId, conversationId })
    return found === undefined ? refuse('conversation-not-found') : presentOne(caller, found)
  }

  function presentOne(
    caller: Caller,
    { members, lastMessage, createdAt, lastActivityAt, ...rest }: Conversation,
  ): Schemas['Conversation'] {
    return {
      ...rest,
      participants: members.map((member) => presentMember(caller, member)),
      lastMessage: lastMessage === null ? null : present.message(lastMessage),
      createdAt: createdAt.toISOString(),
      lastActivityAt: lastActivityAt.toISOString(),
    }
  }

  function presentMember(caller: Caller, member: Member): Schemas['ConversationParticipant'] {
    const { received, read, joinedAt } = member
    return { ...participant(member, isTeam(caller)), received, read, joinedAt: joinedAt.toISOString() }
  }

  async function change(caller: Caller, conversationId: string, senderId: string | undefined, wish: Change) {
    const speaker = await speakerOf(caller, senderId)
    if (isRefusal(speaker)) return speaker
    const outcome = await talk.change({
      projectId: caller.projectId,
      conversationId,
      speaker,
      locale: caller.locale,
      change: wish,
    })
    if (isRefusal(outcome)) return outcome
    return { status: 200 as const, body: present.message(outcome.message) }
  }

  return {
    async listConversations({ caller, query }) {
      const { participantId, customerId, status, limit = DEFAULT_LIMIT, cursor } = query
      const own = caller.speaker !== undefined && !isTeam(caller) ? caller.speaker.participantId : undefined
      if (own !== undefined && ((participantId ?? own) !== own || customerId !== undefined))
        return refuse('forbidden')
      const page = await store.list(caller.projectId, {
        participantId: own ?? participantId,
        customerId,
        status,
        limit,
        cursor,
      })
      return {
        status: 200,
        body: { data: page.data.map((one) => presentOne(caller, one)), nextCursor: page.nextCursor },
      }
    },

    async createConversation({ caller, body }) {
      const { subject = null, participantIds = [] } = body ?? {}
      if (!isTeam(caller) && participantIds.length > 0) return refuse('forbidden')
      const speaker = await speakerOf(caller)
      if (isRefusal(speaker)) return speaker
      const opened = await held.open(caller.projectId, {
        participantIds: [speaker.participantId, ...participantIds],
        subject,
        limited: !isTeam(caller),
      })
      if (isRefusal(opened)) return opened
      const body_ = await whole(caller, opened.conversationId)
      return isRefusal(body_) ? body_ : { status: 201, body: body_ }
    },

    async getConversation({ caller, path: { conversationId } }) {
      const found = (await admit(caller, conversationId)) ?? (await whole(caller, conversationId))
      return isRefusal(found) ? found : { status: 200, body: found }
    },

    async updateConversation({ caller, path: { conversationId }, body }) {
      const key = { projectId: caller.projectId, conversationId }
      const speaker = await speakerOf(caller)
      if (isRefusal(speaker)) return speaker
      const event = await store.update(key, body, speaker.participantId)
      if (event !== undefined && isRefusal(event)) return event
      if (event !== undefined) await announce(event)
      const found = await whole(caller, conversationId)
      return isRefusal(found) ? found : { status: 200, body: found }
    },

    async listMessages({ caller, path: { conversationId }, query: { limit = DEFAULT_LIMIT, cursor } }) {
      const refused = await admit(caller, conversationId)
      if (refused !== undefined) return refused
      const { data, nextCursor } = await log.messages(
        { projectId: caller.projectId, conversationId },
        { limit, cursor },
      )
      return {
        status: 200,
        body: { data: data.map((one) => present.message(one)), nextCursor },
      }
    },

    async sendMessage({ caller, path: { conversationId }, body }) {
      const { clientId, text, replyTo = null, senderId } = body
      const speaker = await speakerOf(caller, senderId)
      if (isRefusal(speaker)) return speaker
      const { projectId, locale } = caller
      const said = { clientId, text, replyTo, attachment: null }
      const outcome = await talk.say({ projectId, conversationId, speaker, locale, said })
      if (isRefusal(outcome)) return outcome
      return { status: 201, body: present.message(outcome.message) }
    },

    editMessage: ({ caller, path: { conversationId, messageId }, query, body }) =>
      change(caller, conversationId, query.senderId, { kind: 'edit', messageId, text: body.text }),
    deleteMessage: ({ caller, path: { conversationId, messageId }, query }) =>
      change(caller, conversationId, query.senderId, { kind: 'delete', messageId }),
    addReaction: ({ caller, path: { conversationId, messageId, emoji }, query }) =>
      change(caller, conversationId, query.senderId, { kind: 'react', messageId, emoji, on: true }),
    removeReaction: ({ caller, path: { conversationId, messageId, emoji }, query }) =>
      change(caller, conversationId, query.senderId, { kind: 'react', messageId, emoji, on: false }),

    async listConversationEvents({ caller, path: { conversationId }, query }) {
      const speaker = await speakerOf(caller)
      if (isRefusal(speaker)) return speaker
      const { afterSequence: after, upToSequence: upTo = null, limit = DEFAULT_LIMIT } = query
      const outcome = await new Promise<Sync | Refusal>((resolve) => {
        const taken = offer({
          type: 'history',
          projectId: caller.projectId,
          conversationId,
          speaker,
          locale: caller.locale,
          sessionId: null,
          bytes: 100,
          // Calls of REST are limited by the key or session already.
          isFree: true,
          reply: { acknowledge: () => undefined, refuse: resolve },
          history: { after, upTo, limit, answer: resolve },
        })
        if (taken !== 'taken') resolve(refuse('overloaded', { retryAfterSeconds: 1 }))
      })
      return isRefusal(outcome) ? outcome : { status: 200, body: present.sync(outcome, isTeam(caller)) }
    },

    async listParticipants({ caller, path: { conversationId } }) {
      const refused = await admit(caller, conversationId)
      if (refused !== undefined) return refused
      const found = await store.find({ projectId: caller.projectId, conversationId })
      const data = found?.members.map((member) => presentMember(caller, member)) ?? []
      return { status: 200, body: { data, nextCursor: null } }
    },

    async addParticipant({ caller, path: { conversationId }, body: { participantId } }) {
      const key = { projectId: caller.projectId, conversationId }
      const speaker = await speakerOf(caller)
      if (isRefusal(speaker)) return speaker
      const refused = await held.join(key, participantId, speaker.participantId)
      if (refused !== undefined) return refused
      const member = await store.member(key, participantId)
      return member === undefined
        ? refuse('participant-not-found')
        : { status: 200, body: presentMember(caller, member) }
    },

    async removeParticipant({ caller, path: { conversationId, participantId } }) {
      const key = { projectId: caller.projectId, conversationId }
      const speaker = await speakerOf(caller)
      if (isRefusal(speaker)) return speaker
      const refused = await held.leave(key, participantId, speaker.participantId)
      if (refused !== undefined) return refused
      return { status: 204 }
    },

    async markRead({ caller, path: { conversationId }, query, body: { sequence } }) {
      const key = { projectId: caller.projectId, conversationId }
      const speaker = await speakerOf(caller, query.senderId)
      if (isRefusal(speaker)) return speaker
      const [[standing], [top]] = await Promise.all([conversations.of([key]), log.tops([key])])
      if (standing === undefined || !standing.members.some(({ id }) => id === speaker.participantId))
        return refuse('conversation-not-found')
      if (sequence > top!.sequence) return refuse('sequence-ahead', { top: top!.sequence })
      // Written before it is answered, unlike the marks of a socket, which come often and are brought together.
      const mark = { ...key, participantId: speaker.participantId, received: sequence, read: sequence }
      for (const moved of await state.record([mark])) handOn({ kind: 'receipt', ...moved })
      await state.settle([key])
      return { status: 204 }
    },

    async pushMessages({ caller, body }) {
      const messages = body.messages.map(({ senderId = null, ...message }) => ({
        projectId: caller.projectId,
        senderId,
        ...message,
      }))
      try {
        await stream.append(messages)
      } catch {
        return refuse('unavailable', { retryAfterSeconds: 2 })
      }
      return { status: 202, body: { queued: messages.length } }
    },

    async listChatDeadLetters({ caller, query: { limit = DEFAULT_LIMIT, cursor } }) {
      const { data, nextCursor } = await state.letters(caller.projectId, { limit, cursor })
      return {
        status: 200,
        body: {
          data: data.map(({ id: _, projectId: _1, at, ...letter }) => ({ ...letter, at: at.toISOString() })),
          nextCursor,
        },
      }
    },
  }
}
