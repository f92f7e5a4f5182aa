import type { components } from '@tapline/client'
import type { Instant } from '../time.ts'
import type { Shop } from '../state.ts'
import type {
  Agent,
  Attachment,
  Conversation,
  Happening,
  Member,
  Message,
  Participant,
} from './chat-state.ts'
import { topOf } from './conversation-log.ts'

type Schemas = components['schemas']

export function presentParticipant(participant: Participant, forTeam: boolean): Schemas['Participant'] {
  return { ...participant, customerId: forTeam ? participant.customerId : null }
}

export function presentMember(
  { state }: Shop,
  { participantId, received, read, joinedAt }: Member,
  forTeam: boolean,
): Schemas['ConversationParticipant'] {
  const participant = presentParticipant(state.chat.participants.get(participantId)!, forTeam)
  return { ...participant, received, read, joinedAt: time(joinedAt) }
}

export function presentConversation(
  shop: Shop,
  conversation: Conversation,
  forTeam: boolean,
): Schemas['Conversation'] {
  const { id, subject, status, epoch, messages, createdAt, lastActivityAt } = conversation
  const last = messages.at(-1)
  return {
    id,
    subject,
    status,
    epoch,
    sequence: topOf(conversation),
    participants: presentMembers(shop, conversation, forTeam),
    lastMessage: last === undefined ? null : presentMessage(shop, last),
    createdAt: time(createdAt),
    lastActivityAt: time(lastActivityAt),
  }
}

export function presentMembers(shop: Shop, { members }: Conversation, forTeam: boolean) {
  const inOrder = [...members].sort(
    (left, right) => left.joinedAt - right.joinedAt || (left.participantId < right.participantId ? -1 : 1),
  )
  return inOrder.map((member) => presentMember(shop, member, forTeam))
}

export function presentMessage(shop: Shop, message: Message): Schemas['Message'] {
  const { participants, attachments } = shop.state.chat
  const { senderId, attachmentId, reactions, createdAt, editedAt, deletedAt, ...rest } = message
  const { id, kind, name } = participants.get(senderId)!
  const attachment = attachmentId === null ? undefined : attachments.get(attachmentId)
  return {
    ...rest,
    sender: { id, kind, name },
    attachment: attachment === undefined ? null : presentAttachment(shop, attachment),
    reactions: [...reactions].map(([emoji, participantIds]) => ({
      emoji,
      participantIds: [...participantIds],
    })),
    createdAt: time(createdAt),
    editedAt: timeOrNull(editedAt),
    deletedAt: timeOrNull(deletedAt),
  }
}

export function presentAttachment({ baseUrl }: Shop, attachment: Attachment): Schemas['Attachment'] {
  const { id, name, size, declaredType, uploaded, state } = attachment
  return {
    id,
    name,
    size,
    type: uploaded?.type ?? declaredType,
    state,
    url: state === 'ready' ? `${baseUrl}/v1/files/${id}` : null,
  }
}

/** As things are now: what was said of a message that was changed since is what it says today. */
export function presentEvent(
  shop: Shop,
  conversation: Conversation,
  { at, ...happening }: Happening,
  forTeam: boolean,
): Schemas['ConversationEvent'] {
  const { sequence, participantId } = happening
  const happened = { conversationId: conversation.id, sequence, at: time(at), participantId }
  const messageOf = (id: string) => conversation.messages.find((message) => message.id === id)!
  switch (happening.kind) {
    case 'message':
      return { ...happened, kind: 'message', message: presentMessage(shop, messageOf(happening.messageId)) }
    case 'edited':
      return {
        ...happened,
        kind: 'edited',
        messageId: happening.messageId,
        text: messageOf(happening.messageId).text,
      }
    case 'deleted':
      return { ...happened, kind: 'deleted', messageId: happening.messageId }
    case 'reacted':
      return {
        ...happened,
        kind: 'reacted',
        messageId: happening.messageId,
        emoji: happening.emoji,
        on: happening.on,
      }
    case 'membership': {
      const member = presentParticipant(shop.state.chat.participants.get(happening.memberId)!, forTeam)
      return { ...happened, kind: 'membership', change: happening.change, member }
    }
    case 'status':
      return { ...happened, kind: 'status', status: happening.status, subject: happening.subject }
  }
}

export function presentAgent({ createdAt, ...agent }: Agent): Schemas['Agent'] {
  return { ...agent, createdAt: time(createdAt) }
}

export function time(at: Instant): string {
  return new Date(at).toISOString()
}

function timeOrNull(at: Instant | null): string | null {
  return at === null ? null : time(at)
}
