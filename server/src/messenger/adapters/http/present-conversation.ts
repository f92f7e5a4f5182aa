import type { components } from '@tapline/openapi'
import type { ConversationEvent, Message, Participant } from '../../domain/conversation.ts'
import type { Sync } from '../../domain/item.ts'

type Schemas = components['schemas']

/** The words of the contract for what happens in conversations; `forTeam`: with what only agents and backends are told. */
export function eventPresenter() {
  function message(told: Message): Schemas['Message'] {
    const { id, sequence, sender, clientId, text, attachment, replyTo } = told
    return {
      id,
      sequence,
      sender,
      clientId,
      text,
      attachment,
      replyTo,
      reactions: Object.entries(told.reactions).map(([emoji, ids]) => ({ emoji, participantIds: [...ids] })),
      createdAt: told.createdAt.toISOString(),
      editedAt: told.editedAt?.toISOString() ?? null,
      deletedAt: told.deletedAt?.toISOString() ?? null,
    }
  }

  function event(told: ConversationEvent, forTeam: boolean): Schemas['ConversationEvent'] {
    const { conversationId, sequence, participantId } = told
    const happened = { conversationId, sequence, at: told.at.toISOString(), participantId }
    switch (told.kind) {
      case 'message':
        return { ...happened, kind: 'message', message: message(told.message) }
      case 'edited':
        return { ...happened, kind: 'edited', messageId: told.messageId, text: told.text }
      case 'deleted':
        return { ...happened, kind: 'deleted', messageId: told.messageId }
      case 'reacted':
        return { ...happened, kind: 'reacted', messageId: told.messageId, emoji: told.emoji, on: told.on }
      case 'membership':
        return {
          ...happened,
          kind: 'membership',
          change: told.change,
          member: participant(told.member, forTeam),
        }
      case 'status':
        return { ...happened, kind: 'status', status: told.status, subject: told.subject }
    }
  }

  return {
    message,
    event,
    sync: ({ events, ...sync }: Sync, forTeam: boolean): Schemas['ConversationSync'] => ({
      ...sync,
      events: events.map((one) => event(one, forTeam)),
    }),
  }
}

export type EventPresenter = ReturnType<typeof eventPresenter>

export function participant(
  { id, kind, name, customerId, agentId }: Participant,
  forTeam: boolean,
): Schemas['Participant'] {
  return { id, kind, name, customerId: forTeam ? customerId : null, agentId }
}
