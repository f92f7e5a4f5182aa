import type { Answer, Caller } from '../http/request.ts'
import { pageOf } from '../http/page-of.ts'
import { change, type Change } from '../shop/chat/change.ts'
import type { Conversation } from '../shop/chat/chat-state.ts'
import { happen, memberOf, topOf } from '../shop/chat/conversation-log.ts'
import { isTeam, speakerOf } from '../shop/chat/participants.ts'
import {
  presentConversation,
  presentEvent,
  presentMember,
  presentMembers,
  presentMessage,
} from '../shop/chat/present-chat.ts'
import { say } from '../shop/chat/say.ts'
import { begin, join, leave } from '../shop/chat/take-part.ts'
import { isRefusal, refuse, type Refusal } from '../shop/refusal.ts'
import type { Shop } from '../shop/state.ts'

const DEFAULT_LIMIT = 50

export const listConversations: Answer<'listConversations'> = (shop, { query, caller }) => {
  const { status, customerId } = query
  const own = isOfTeam(caller) ? undefined : caller.speaker!.id
  if (own !== undefined && ((query.participantId ?? own) !== own || customerId !== undefined))
    return refuse('forbidden')
  const participantId = own ?? query.participantId
  const { conversations, participants } = shop.state.chat
  const wanted = [...conversations.values()].filter(
    (one) =>
      (status === undefined || one.status === status) &&
      (participantId === undefined || memberOf(one, participantId) !== undefined) &&
      (customerId === undefined ||
        one.members.some((member) => participants.get(member.participantId)!.customerId === customerId)),
  )
  const lastLast = wanted.sort(
    (left, right) => left.lastActivityAt - right.lastActivityAt || (left.id < right.id ? -1 : 1),
  )
  const { data, nextCursor } = pageOf(lastLast, query, ({ id }) => id)
  const shown = data.map((one) => presentConversation(shop, one, isOfTeam(caller)))
  return { status: 200, body: { data: shown, nextCursor } }
}

export const createConversation: Answer<'createConversation'> = (shop, { body, caller }) => {
  const { subject = null, participantIds = [] } = body
  if (!isOfTeam(caller) && participantIds.length > 0) return refuse('forbidden')
  const speaker = speakerOf(shop, caller.speaker, undefined)
  if (isRefusal(speaker)) return speaker
  const begun = begin(shop, speaker, { subject, participantIds })
  return isRefusal(begun) ? begun : { status: 201, body: presentConversation(shop, begun, isOfTeam(caller)) }
}

export const getConversation: Answer<'getConversation'> = (shop, { path, caller }) => {
  const found = seen(shop, path, caller)
  if (isRefusal(found)) return found
  return { status: 200, body: presentConversation(shop, found, isOfTeam(caller)) }
}

export const updateConversation: Answer<'updateConversation'> = (shop, { path, body, caller }) => {
  const found = seen(shop, path, caller)
  if (isRefusal(found)) return found
  const speaker = speakerOf(shop, caller.speaker, undefined)
  if (isRefusal(speaker)) return speaker
  const { status = found.status } = body
  const subject = body.subject === undefined ? found.subject : body.subject
  if (status !== found.status || subject !== found.subject) {
    Object.assign(found, { status, subject })
    happen(shop, found, { kind: 'status', participantId: speaker.id, status, subject })
  }
  return { status: 200, body: presentConversation(shop, found, true) }
}

export const listMessages: Answer<'listMessages'> = (shop, { path, query, caller }) => {
  const found = seen(shop, path, caller)
  if (isRefusal(found)) return found
  const { data, nextCursor } = pageOf(found.messages, query, ({ sequence }) => String(sequence))
  return { status: 200, body: { data: data.map((message) => presentMessage(shop, message)), nextCursor } }
}

export const sendMessage: Answer<'sendMessage'> = (shop, { path, body, caller }) => {
  const { senderId, ...said } = body
  const speaker = speakerOf(shop, caller.speaker, senderId)
  if (isRefusal(speaker)) return speaker
  const conversation = find(shop, path)
  if (isRefusal(conversation)) return conversation
  const message = say(shop, conversation, speaker, said)
  return isRefusal(message) ? message : { status: 201, body: presentMessage(shop, message) }
}

export const editMessage: Answer<'editMessage'> = (shop, { path, query, body: { text }, caller }) =>
  changed(shop, path, caller, query.senderId, { kind: 'edit', messageId: path.messageId, text })

export const deleteMessage: Answer<'deleteMessage'> = (shop, { path, query, caller }) =>
  changed(shop, path, caller, query.senderId, { kind: 'delete', messageId: path.messageId })

export const addReaction: Answer<'addReaction'> = (shop, { path, query, caller }) =>
  changed(shop, path, caller, query.senderId, { kind: 'react', ...path, on: true })

export const removeReaction: Answer<'removeReaction'> = (shop, { path, query, caller }) =>
  changed(shop, path, caller, query.senderId, { kind: 'react', ...path, on: false })

/** Backwards from the newest, as far as the limit goes. */
export const listConversationEvents: Answer<'listConversationEvents'> = (shop, { path, query, caller }) => {
  const found = seen(shop, path, caller)
  if (isRefusal(found)) return found
  const { afterSequence: after, upToSequence: upTo = Infinity, limit = DEFAULT_LIMIT } = query
  const events = found.happenings
    .filter(({ sequence }) => sequence > after && sequence <= upTo)
    .slice(-limit)
    .map((happening) => presentEvent(shop, found, happening, isOfTeam(caller)))
  const first = events[0]?.sequence
  const isLimited = first !== undefined && first > after + 1
  return {
    status: 200,
    body: {
      conversationId: found.id,
      epoch: found.epoch,
      top: topOf(found),
      events,
      limited: isLimited,
      previous: isLimited ? first - 1 : null,
    },
  }
}

export const listParticipants: Answer<'listParticipants'> = (shop, { path, caller }) => {
  const found = seen(shop, path, caller)
  if (isRefusal(found)) return found
  return { status: 200, body: { data: presentMembers(shop, found, isOfTeam(caller)), nextCursor: null } }
}

export const addParticipant: Answer<'addParticipant'> = (shop, { path, body: { participantId }, caller }) => {
  const found = find(shop, path)
  if (isRefusal(found)) return found
  const speaker = speakerOf(shop, caller.speaker, undefined)
  if (isRefusal(speaker)) return speaker
  const refusal = join(shop, found, participantId, speaker.id)
  return refusal ?? { status: 200, body: presentMember(shop, memberOf(found, participantId)!, true) }
}

export const removeParticipant: Answer<'removeParticipant'> = (shop, { path, caller }) => {
  const found = find(shop, path)
  if (isRefusal(found)) return found
  const speaker = speakerOf(shop, caller.speaker, undefined)
  if (isRefusal(speaker)) return speaker
  return leave(shop, found, path.participantId, speaker.id) ?? { status: 204 }
}

export const markRead: Answer<'markRead'> = (shop, { path, query, body: { sequence }, caller }) => {
  const speaker = speakerOf(shop, caller.speaker, query.senderId)
  if (isRefusal(speaker)) return speaker
  const found = find(shop, path)
  const member = isRefusal(found) ? undefined : memberOf(found, speaker.id)
  if (isRefusal(found) || member === undefined) return refuse('conversation-not-found')
  const top = topOf(found)
  if (sequence > top) return refuse('sequence-ahead', { top })
  const further = { received: Math.max(member.received, sequence), read: Math.max(member.read, sequence) }
  Object.assign(member, further)
  return { status: 204 }
}

/** They are taken in at once; what is refused stands among the dead letters. */
export const pushMessages: Answer<'pushMessages'> = (shop, { body: { messages } }) => {
  for (const { conversationId, senderId, ...said } of messages) {
    const speaker = speakerOf(shop, undefined, senderId)
    const conversation = isRefusal(speaker) ? speaker : find(shop, { conversationId })
    const outcome =
      isRefusal(speaker) || isRefusal(conversation) ? conversation : say(shop, conversation, speaker, said)
    if (!isRefusal(outcome)) continue
    shop.state.chat.deadLetters.push({
      conversationId,
      participantId: senderId ?? null,
      fromSequence: null,
      toSequence: null,
      reason: `pushed ${said.clientId}: ${outcome.refused}`,
      attempts: 1,
      at: new Date(shop.now()).toISOString(),
    })
  }
  return { status: 202 }
}

export const listChatDeadLetters: Answer<'listChatDeadLetters'> = ({ state: { chat } }, { query }) => {
  const numbered = chat.deadLetters.map((letter, index) => ({ letter, index }))
  const { data, nextCursor } = pageOf(numbered, query, ({ index }) => String(index))
  return { status: 200, body: { data: data.map(({ letter }) => letter), nextCursor } }
}

function changed(
  shop: Shop,
  path: { conversationId: string },
  caller: Caller,
  senderId: string | undefined,
  wish: Change,
) {
  const speaker = speakerOf(shop, caller.speaker, senderId)
  if (isRefusal(speaker)) return speaker
  const conversation = find(shop, path)
  if (isRefusal(conversation)) return conversation
  const message = change(shop, conversation, speaker, wish)
  return isRefusal(message) ? message : { status: 200 as const, body: presentMessage(shop, message) }
}

function find({ state }: Shop, { conversationId }: { conversationId: string }): Conversation | Refusal {
  return state.chat.conversations.get(conversationId) ?? refuse('conversation-not-found')
}

/** Sessions see where they take part; the team sees everything of the project. */
function seen(shop: Shop, path: { conversationId: string }, caller: Caller): Conversation | Refusal {
  const found = find(shop, path)
  if (isRefusal(found) || isOfTeam(caller) || memberOf(found, caller.speaker!.id)) return found
  return refuse('conversation-not-found')
}

function isOfTeam({ speaker }: Caller): boolean {
  return speaker === undefined || isTeam(speaker)
}
