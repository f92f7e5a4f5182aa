import { accept, badRequest, isRefused, notSimulated } from '../answer.ts'
import { findOpenChat } from '../chats.ts'
import { readMessageText } from '../message-text.ts'
import { messageView } from '../message-view.ts'
import { unixTime } from '../post-message.ts'
import { integer, type Method } from './method.ts'
import { readReplyMarkup } from './reply-markup.ts'

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current ' +
  'content and reply markup of the message'

export const editMessageText: Method = ({ telegram, bot, parameters }) => {
  const unknown = ['inline_message_id', 'entities'].find((name) => parameters[name] !== undefined)
  if (unknown) return notSimulated(unknown)

  const text = readMessageText(parameters.text, parameters.parse_mode)
  if (isRefused(text)) return text
  const keyboard = readReplyMarkup(parameters.reply_markup)
  if (isRefused(keyboard)) return keyboard
  const chat = findOpenChat(telegram, bot, parameters.chat_id)
  if (isRefused(chat)) return chat

  const id = integer(parameters.message_id)
  if (id === undefined) return badRequest('message identifier is not specified')
  const message = telegram.messages.find(bot.id, chat.id, id)
  if (!message) return badRequest('message to edit not found')
  if (message.from !== bot.id || message.service) return badRequest("message can't be edited")

  const content = ({ text, entities, keyboard }: Pick<typeof message, 'text' | 'entities' | 'keyboard'>) =>
    JSON.stringify([text, entities, keyboard])
  if (content(message) === content({ ...text, keyboard })) return badRequest(NOT_MODIFIED)

  Object.assign(message, { ...text, keyboard, editDate: unixTime(telegram) })
  telegram.feed.changed()
  return accept(messageView(telegram.people, bot, chat, message))
}
