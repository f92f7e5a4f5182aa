import type { Answer, Caller } from '../http/request.ts'
import type { Attachment, Conversation } from '../shop/chat/chat-state.ts'
import { memberOf } from '../shop/chat/conversation-log.ts'
import { isTeam, speakerOf } from '../shop/chat/participants.ts'
import { presentAttachment, time } from '../shop/chat/present-chat.ts'
import { say } from '../shop/chat/say.ts'
import { isRefusal, refuse, type Refusal } from '../shop/refusal.ts'
import type { Shop } from '../shop/state.ts'

const UPLOAD_MS = 3_600_000

export const createAttachment: Answer<'createAttachment'> = (shop, { path, body, caller }) => {
  const { attachments, conversations, settings } = shop.state.chat
  const speaker = speakerOf(shop, caller.speaker, body.senderId)
  if (isRefusal(speaker)) return speaker
  const conversation = conversations.get(path.conversationId)
  if (conversation === undefined || !(isTeam(speaker) || memberOf(conversation, speaker.id)))
    return refuse('conversation-not-found')
  const { clientId, size, text = null, type: declaredType = 'application/octet-stream' } = body
  const known = [...attachments.values()].find(
    (one) =>
      one.conversationId === conversation.id && one.senderId === speaker.id && one.clientId === clientId,
  )
  if (known !== undefined) return offer(shop, known)
  const most = settings.maxAttachmentBytes
  if (size > most) return refuse('attachment-too-large', { most })
  const attachment: Attachment = {
    id: shop.newId('attachment'),
    conversationId: conversation.id,
    senderId: speaker.id,
    clientId,
    name: body.name.split(/[/\\]/).at(-1)!.trim() || 'file',
    size,
    declaredType,
    text,
    uploaded: null,
    state: 'pending',
    messageId: null,
    expiresAt: shop.now() + UPLOAD_MS,
  }
  attachments.set(attachment.id, attachment)
  return offer(shop, attachment)
}

export const getAttachment: Answer<'getAttachment'> = (shop, { path, caller }) => {
  const attachment = seen(shop, path, caller)
  return isRefusal(attachment) ? attachment : { status: 200, body: presentAttachment(shop, attachment) }
}

/** The type that was said with the upload is believed. */
export const confirmAttachment: Answer<'confirmAttachment'> = (shop, { path, caller }) => {
  const attachment = seen(shop, path, caller)
  if (isRefusal(attachment)) return attachment
  const { uploaded, size, state } = attachment
  const wrongSize = refuse('attachment-refused', {
    reason: 'wrong-size',
    why: 'it is not as large as announced',
  })
  if (state === 'refused') return wrongSize
  if (uploaded === null) return refuse('attachment-not-uploaded')
  if (state === 'ready') return { status: 200, body: presentAttachment(shop, attachment) }
  if (uploaded.size !== size) {
    attachment.state = 'refused'
    return wrongSize
  }
  const said = speak(shop, attachment)
  return isRefusal(said) ? said : { status: 200, body: presentAttachment(shop, attachment) }
}

function speak(shop: Shop, attachment: Attachment): Refusal | undefined {
  const { conversations, participants } = shop.state.chat
  const { id: attachmentId, conversationId, senderId, clientId, text } = attachment
  const speaker = participants.get(senderId)!
  const message = say(shop, conversations.get(conversationId)!, speaker, { clientId, text, attachmentId })
  attachment.state = isRefusal(message) ? 'refused' : 'ready'
  if (isRefusal(message)) return message
  attachment.messageId = message.id
  return undefined
}

function offer(shop: Shop, attachment: Attachment) {
  const { id, expiresAt } = attachment
  const url = `${shop.baseUrl}/v1/uploads/${id}`
  const upload = { method: 'PUT' as const, url, headers: {}, expiresAt: time(expiresAt) }
  return { status: 201 as const, body: { attachment: presentAttachment(shop, attachment), upload } }
}

/** Before its message is there only whoever sends a file sees it, and the project's backend. */
function seen(
  { state: { chat } }: Shop,
  { conversationId, attachmentId }: { conversationId: string; attachmentId: string },
  { speaker }: Caller,
): Attachment | Refusal {
  const conversation: Conversation | undefined = chat.conversations.get(conversationId)
  const isThere =
    speaker === undefined || isTeam(speaker) || (conversation && memberOf(conversation, speaker.id))
  if (!isThere) return refuse('conversation-not-found')
  const attachment = chat.attachments.get(attachmentId)
  const isSeen =
    speaker === undefined || speaker.id === attachment?.senderId || attachment?.messageId !== null
  return attachment?.conversationId === conversationId && isSeen ? attachment : refuse('attachment-not-found')
}
