import type { components } from '@tapline/openapi'
import type {
  AttachmentOfMessage,
  ConversationEvent,
  Message,
  Participant,
} from '../../domain/conversation.ts'
import type { Sync } from '../../domain/item.ts'

type Schemas = components['schemas']

/** Where a file can be loaded from for a while. */
export type FileUrl = (projectId: string, file: AttachmentOfMessage) => string

/** The words of the contract for what happens in conversations; `forTeam`: with what only agents and backends are told. */
export function eventPresenter(fileUrl: FileUrl) {
  function message(projectId: string, told: Message): Schemas['Message'] {
    const { id, sequence, sender, clientId, text, attachment, replyTo } = told
    return {
      id,
      sequence,
      sender,
      clientId,
      text,
      attachment: attachment === null ? null : file(projectId, attachment),
      replyTo,
      reactions: Object.entries(told.reactions).map(([emoji, ids]) => ({ emoji, participantIds: [...ids] })),
      createdAt: told.createdAt.toISOString(),
      editedAt: told.editedAt?.toISOString() ?? null,
      deletedAt: told.deletedAt?.toISOString() ?? null,
    }
  }

  function file(projectId: string, attachment: AttachmentOfMessage): Schemas['Attachment'] {
    const { id, name, size, type } = attachment
    return { id, name, size, type, state: 'ready', url: fileUrl(projectId, attachment) }
  }

  function event(told: ConversationEvent, forTeam: boolean): Schemas['ConversationEvent'] {
    const { projectId, conversationId, sequence, participantId } = told
    const happened = { conversationId, sequence, at: told.at.toISOString(), participantId }
    switch (told.kind) {
      case 'message':
        return { ...happened, kind: 'message', message: message(projectId, told.message) }
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
    file,
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
