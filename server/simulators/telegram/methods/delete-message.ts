import { accept, badRequest, isRefused } from '../answer.ts'
import { findChat } from '../chats.ts'
import { unixTime } from '../post-message.ts'
import { integer, type Method } from './method.ts'

const DELETE_WITHIN_SECONDS = 48 * 60 * 60

export const deleteMessage: Method = ({ telegram, bot, parameters }) => {
  const chat = findChat(telegram, bot, parameters.chat_id)
  if (isRefused(chat)) return chat
  const id = integer(parameters.message_id)
  if (id === undefined) return badRequest('message identifier is not specified')
  const message = telegram.messages.find(bot.id, chat.id, id)
  if (!message) return badRequest('message to delete not found')

  const isOld = unixTime(telegram) - message.date >= DELETE_WITHIN_SECONDS
  const isForeign = chat.group && message.from !== bot.id && !chat.group.rights.get(bot.id)?.canDeleteMessages
  if (isOld || isForeign || message.service) return badRequest("message can't be deleted for everyone")
  telegram.messages.remove(message)
  telegram.feed.changed()
  return accept(true)
}
