import { accept, isRefused } from '../answer.ts'
import { chatView, findChat } from '../chats.ts'
import type { Method } from './method.ts'

export const getChat: Method = ({ telegram, bot, parameters }) => {
  const chat = findChat(telegram, bot, parameters.chat_id)
  if (isRefused(chat)) return chat
  return accept({ ...chatView(chat), accent_color_id: Math.abs(chat.id) % 7, max_reaction_count: 11 })
}
