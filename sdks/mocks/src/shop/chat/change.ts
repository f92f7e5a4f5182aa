import { refuse, type Refusal } from '../refusal.ts'
import type { Shop } from '../state.ts'
import type { Conversation, Message, Participant } from './chat-state.ts'
import { happen, memberOf } from './conversation-log.ts'
import { isTeam } from './participants.ts'
import { admitWriter, isBlocked } from './say.ts'

export type Change = { messageId: string } & (
  { kind: 'edit'; text: string } | { kind: 'delete' } | { kind: 'react'; emoji: string; on: boolean }
)

const MOST_REACTIONS = 20

/** What changes nothing takes no sequence. */
export function change(
  shop: Shop,
  conversation: Conversation,
  speaker: Participant,
  wish: Change,
): Message | Refusal {
  const refusal =
    wish.kind === 'delete' ? admitDeleter(conversation, speaker) : admitWriter(shop, conversation, speaker)
  if (refusal !== undefined) return refusal
  if (wish.kind === 'edit' && isBlocked(shop, speaker, wish.text)) return refuse('message-refused')
  const message = conversation.messages.find(({ id }) => id === wish.messageId)
  if (message === undefined) return refuse('message-not-found')
  const of = { participantId: speaker.id, messageId: message.id }
  const isMine = message.senderId === speaker.id
  if (wish.kind === 'delete') {
    if (!isMine && !isTeam(speaker)) return refuse('message-not-yours')
    if (message.deletedAt !== null) return message
    const { at } = happen(shop, conversation, { kind: 'deleted', ...of })
    return Object.assign(message, { text: null, attachmentId: null, reactions: new Map(), deletedAt: at })
  }
  if (message.deletedAt !== null) return refuse('message-deleted')
  if (wish.kind === 'edit') {
    if (!isMine) return refuse('message-not-yours')
    if (message.text === wish.text) return message
    const { at } = happen(shop, conversation, { kind: 'edited', ...of })
    return Object.assign(message, { text: wish.text, editedAt: at })
  }
  const { emoji, on } = wish
  const who = message.reactions.get(emoji) ?? []
  if (who.includes(speaker.id) === on) return message
  if (who.length === 0 && message.reactions.size >= MOST_REACTIONS)
    return refuse('participant-limit', { most: MOST_REACTIONS })
  const now = on ? [...who, speaker.id] : who.filter((id) => id !== speaker.id)
  if (now.length > 0) message.reactions.set(emoji, now)
  else message.reactions.delete(emoji)
  happen(shop, conversation, { kind: 'reacted', ...of, emoji, on })
  return message
}

function admitDeleter(conversation: Conversation, speaker: Participant): Refusal | undefined {
  return isTeam(speaker) || memberOf(conversation, speaker.id) ? undefined : refuse('conversation-not-found')
}
