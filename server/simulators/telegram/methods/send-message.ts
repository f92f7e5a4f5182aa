import { accept, badRequest, isRefused, notSimulated, refuse } from '../answer.ts'
import { findOpenChat } from '../chats.ts'
import { readMessageText } from '../message-text.ts'
import { postMessage } from '../post-message.ts'
import { isTrue, type Method } from './method.ts'
import { readReplyMarkup } from './reply-markup.ts'

const NOT_SIMULATED = [
  'entities',
  'reply_parameters',
  'reply_to_message_id',
  'business_connection_id',
  'direct_messages_topic_id',
  'suggested_post_parameters',
  'message_effect_id',
]

export const sendMessage: Method = ({ telegram, bot, parameters }) => {
  const unknown = NOT_SIMULATED.find((name) => parameters[name] !== undefined)
  if (unknown) return notSimulated(unknown)

  const text = readMessageText(parameters.text, parameters.parse_mode)
  if (isRefused(text)) return text
  const keyboard = readReplyMarkup(parameters.reply_markup)
  if (isRefused(keyboard)) return keyboard
  const chat = findOpenChat(telegram, bot, parameters.chat_id)
  if (isRefused(chat)) return chat
  if (parameters.message_thread_id !== undefined) return badRequest('message thread not found')

  const seconds = telegram.pace.secondsToWait(bot.id, chat.id)
  if (seconds > 0) {
    return refuse(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })
  }
  return accept(
    postMessage(telegram, bot, chat, {
      from: bot.id,
      ...text,
      keyboard,
      isProtected: isTrue(parameters.protect_content),
    }),
  )
}
