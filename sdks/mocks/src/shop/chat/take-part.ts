import { refuse, type Refusal } from '../refusal.ts'
import type { Shop } from '../state.ts'
import type { Conversation, Participant } from './chat-state.ts'
import { happen, memberOf } from './conversation-log.ts'
import { isTeam } from './participants.ts'

const MOST_MEMBERS = 50
const MOST_OPEN = 50

export function begin(
  shop: Shop,
  by: Participant,
  { subject, participantIds }: { subject: string | null; participantIds: string[] },
): Conversation | Refusal {
  const { participants, conversations } = shop.state.chat
  const memberIds = [...new Set([by.id, ...participantIds])]
  if (memberIds.some((id) => !participants.has(id))) return refuse('participant-not-found')
  const open = [...conversations.values()].filter((one) => one.status === 'open' && memberOf(one, by.id))
  if (!isTeam(by) && open.length >= MOST_OPEN) return refuse('conversation-limit', { most: MOST_OPEN })
  const now = shop.now()
  const conversation: Conversation = {
    id: shop.newId('conversation'),
    subject,
    status: 'open',
    epoch: 1,
    members: memberIds.map((participantId) => ({ participantId, received: 0, read: 0, joinedAt: now })),
    gone: [],
    messages: [],
    happenings: [],
    createdAt: now,
    lastActivityAt: now,
  }
  conversations.set(conversation.id, conversation)
  return conversation
}

/** Twice is once. */
export function join(
  shop: Shop,
  conversation: Conversation,
  memberId: string,
  byId: string,
): Refusal | undefined {
  if (!shop.state.chat.participants.has(memberId)) return refuse('participant-not-found')
  const { members, gone } = conversation
  if (memberOf(conversation, memberId) !== undefined) return undefined
  if (members.length >= MOST_MEMBERS) return refuse('participant-limit', { most: MOST_MEMBERS })
  const before = gone.find(({ participantId }) => participantId === memberId)
  members.push({ received: 0, read: 0, ...before, participantId: memberId, joinedAt: shop.now() })
  conversation.gone = gone.filter((one) => one !== before)
  happen(shop, conversation, { kind: 'membership', participantId: byId, change: 'joined', memberId })
  return undefined
}

export function leave(
  shop: Shop,
  conversation: Conversation,
  memberId: string,
  byId: string,
): Refusal | undefined {
  if (!shop.state.chat.participants.has(memberId)) return refuse('participant-not-found')
  const member = memberOf(conversation, memberId)
  if (member === undefined) return undefined
  conversation.members = conversation.members.filter((one) => one !== member)
  conversation.gone.push(member)
  happen(shop, conversation, { kind: 'membership', participantId: byId, change: 'left', memberId })
  return undefined
}

/** What a visitor said belongs to the customer that the visitor turned out to be. */
export function move({ state }: Shop, fromId: string, toId: string): void {
  for (const conversation of state.chat.conversations.values()) {
    for (const message of conversation.messages) {
      if (message.senderId === fromId) message.senderId = toId
      for (const [emoji, ids] of message.reactions)
        message.reactions.set(emoji, [...new Set(ids.map((id) => (id === fromId ? toId : id)))])
    }
    for (const happening of conversation.happenings) {
      if (happening.participantId === fromId) happening.participantId = toId
      if ('memberId' in happening && happening.memberId === fromId) happening.memberId = toId
    }
    if (memberOf(conversation, fromId) !== undefined) conversation.epoch++
    for (const member of conversation.members)
      if (member.participantId === fromId) member.participantId = toId
    const [own, ...same] = conversation.members.filter(({ participantId }) => participantId === toId)
    for (const { received, read } of same)
      Object.assign(own!, { received: Math.max(own!.received, received), read: Math.max(own!.read, read) })
    conversation.members = conversation.members.filter((member) => !same.includes(member))
  }
  state.chat.participants.delete(fromId)
}
