import { isRefusal, refuse, type Refusal } from '../refusal.ts'
import type { Shop } from '../state.ts'
import type { Conversation, Message, Participant } from './chat-state.ts'
import { happen, memberOf } from './conversation-log.ts'
import { botOf, isTeam, SHOP_NAME } from './participants.ts'
import { join } from './take-part.ts'

export type Said = {
  clientId: string
  text: string | null
  replyTo?: string | undefined
  attachmentId?: string
}

/** In its place in the conversation. The same sender's same client id is the same message, for ever. */
export function say(
  shop: Shop,
  conversation: Conversation,
  speaker: Participant,
  said: Said,
): Message | Refusal {
  const { clientId, text, replyTo, attachmentId = null } = said
  const refusal = admitWriter(shop, conversation, speaker)
  if (refusal !== undefined) return refusal
  const { messages } = conversation
  if (replyTo !== undefined && !messages.some(({ id }) => id === replyTo)) return refuse('message-not-found')
  if (text !== null && isBlocked(shop, speaker, text)) return refuse('message-refused')
  const known = messages.find((one) => one.senderId === speaker.id && one.clientId === clientId)
  if (known !== undefined) return known
  const id = shop.newId('message')
  const { sequence, at } = happen(shop, conversation, {
    kind: 'message',
    participantId: speaker.id,
    messageId: id,
  })
  const message: Message = {
    id,
    sequence,
    senderId: speaker.id,
    clientId,
    text,
    attachmentId,
    replyTo: replyTo ?? null,
    reactions: new Map(),
    createdAt: at,
    editedAt: null,
    deletedAt: null,
  }
  messages.push(message)
  conversation.status = 'open'
  conversation.lastActivityAt = at
  answerByItself(shop, conversation, speaker, sequence)
  return message
}

/** Who writes takes part; the team comes in by itself. */
export function admitWriter(
  shop: Shop,
  conversation: Conversation,
  speaker: Participant,
): Refusal | undefined {
  if (memberOf(conversation, speaker.id) !== undefined) return undefined
  return isTeam(speaker) ? join(shop, conversation, speaker.id, speaker.id) : refuse('conversation-not-found')
}

export function isBlocked({ state }: Shop, speaker: Participant, text: string): boolean {
  const words = state.chat.settings.moderation?.blockedWords ?? []
  if (words.length === 0 || isTeam(speaker)) return false
  const escaped = words.map((word) => word.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})(?![\\p{L}\\p{N}])`, 'iu').test(text)
}

function answerByItself(
  shop: Shop,
  conversation: Conversation,
  speaker: Participant,
  sequence: number,
): void {
  const texts = shop.state.chat.settings.autoReply
  if (texts === null || sequence > 1 || isTeam(speaker)) return
  const text = texts.en ?? Object.values(texts)[0]!
  const said = say(shop, conversation, botOf(shop, SHOP_NAME), { clientId: 'auto-reply', text })
  if (isRefusal(said)) throw new Error(`The shop's bot was refused: ${said.refused}`)
}
