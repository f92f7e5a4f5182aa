import { accept, badRequest, isRefused } from '../answer.ts'
import { findOpenChat } from '../chats.ts'
import { findWritableThread } from '../topics.ts'
import type { Method } from './method.ts'

const ACTIONS = [
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
]

export const sendChatAction: Method = ({ telegram, bot, parameters }) => {
  if (!ACTIONS.includes(String(parameters.action).toLowerCase())) {
    return badRequest('wrong parameter action in request')
  }
  const chat = findOpenChat(telegram, bot, parameters.chat_id)
  if (isRefused(chat)) return chat
  const thread = findWritableThread(bot, chat, parameters.message_thread_id)
  if (isRefused(thread)) return thread
  telegram.chatActions.show(bot.id, chat.id)
  telegram.feed.changed()
  return accept(true)
}
