import { badRequest, isRefused, notSimulated, refuse, type Refused } from '../answer.ts'
import { showReplyKeyboard } from '../bots.ts'
import { findOpenChat, type Chat } from '../chats.ts'
import { postMessage, type NewMessage } from '../post-message.ts'
import { asksForContact } from '../reply-keyboard.ts'
import { findWritableThread } from '../topics.ts'
import { integer, isTrue, structured, type MethodCall } from './method.ts'
import { readReplyMarkup, type ReplyMarkup } from './reply-markup.ts'

/** Where a new message goes and what goes with it, whatever it says. */
export interface Destination {
  chat: Chat
  threadId: number | undefined
  replyTo: number | undefined
  markup: ReplyMarkup
  isProtected: boolean
}

const NOT_SIMULATED = [
  'entities',
  'caption_entities',
  'business_connection_id',
  'direct_messages_topic_id',
  'suggested_post_parameters',
  'message_effect_id',
]

export function readDestination({ telegram, bot, parameters }: MethodCall): Destination | Refused {
  const unknown = NOT_SIMULATED.find((name) => parameters[name] !== undefined)
  if (unknown) return notSimulated(unknown)
  const markup = readReplyMarkup(parameters.reply_markup)
  if (isRefused(markup)) return markup
  const chat = findOpenChat(telegram, bot, parameters.chat_id)
  if (isRefused(chat)) return chat
  if (chat.group && typeof markup.below === 'object' && asksForContact(markup.below)) {
    return badRequest('phone number can be requested in private chats only')
  }
  const thread = findWritableThread(bot, chat, parameters.message_thread_id)
  if (isRefused(thread)) return thread
  const reply = readReply(parameters)
  if (isRefused(reply)) return reply

  const answered =
    reply.messageId === undefined ? undefined : telegram.messages.find(bot.id, chat.id, reply.messageId)
  if (reply.messageId !== undefined && !answered && !reply.mayBeMissing) {
    return badRequest('message to be replied not found')
  }
  return {
    chat,
    threadId: thread.id ?? answered?.threadId,
    replyTo: answered?.id,
    markup,
    isProtected: isTrue(parameters.protect_content),
  }
}

/** The pace is asked last: a message that is refused for what it says is not counted. */
export function tooSoon({ telegram, bot }: MethodCall, chat: Chat, messages = 1): Refused | undefined {
  const seconds = telegram.pace.secondsToWait(bot.id, chat.id, messages)
  if (seconds === 0) return undefined
  return refuse(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })
}

export function postTo(
  { telegram, bot }: MethodCall,
  { chat, threadId, replyTo, markup, isProtected }: Destination,
  message: Omit<NewMessage, 'from'>,
) {
  if (markup.below) showReplyKeyboard(bot, chat.id, markup.below)
  const place = { threadId, replyTo, keyboard: markup.inline, isProtected }
  return postMessage(telegram, bot, chat, { from: bot.id, ...place, ...message })
}

function readReply(
  parameters: Record<string, unknown>,
): { messageId: number | undefined; mayBeMissing: boolean } | Refused {
  const old = {
    message_id: parameters.reply_to_message_id,
    allow_sending_without_reply: parameters.allow_sending_without_reply,
  }
  const asked = structured(parameters.reply_parameters)
  if ('malformed' in asked) return badRequest("can't parse reply parameters JSON object")
  if (asked.value !== undefined && (typeof asked.value !== 'object' || asked.value === null)) {
    return badRequest('object expected as reply parameters')
  }
  const reply = (asked.value ?? old) as Record<string, unknown>
  const unknown = ['quote', 'quote_parse_mode', 'quote_entities', 'checklist_task_id'].find(
    (name) => reply[name] !== undefined,
  )
  if (unknown) return notSimulated(`reply_parameters.${unknown}`)
  if (reply.chat_id !== undefined && String(reply.chat_id) !== String(parameters.chat_id)) {
    return notSimulated('replies in another chat')
  }
  const messageId = integer(reply.message_id)
  if (asked.value !== undefined && messageId === undefined)
    return badRequest('message identifier is not specified')
  return {
    messageId: messageId === 0 ? undefined : messageId,
    mayBeMissing: isTrue(reply.allow_sending_without_reply),
  }
}
