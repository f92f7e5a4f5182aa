import { accept, badRequest, isRefused } from '../answer.ts'
import { botUser } from '../bots.ts'
import { findChat } from '../chats.ts'
import { userOf } from '../people.ts'
import { integer, type Method } from './method.ts'

export const getChatMember: Method = ({ telegram, bot, parameters }) => {
  const chat = findChat(telegram, bot, parameters.chat_id)
  if (isRefused(chat)) return chat
  const userId = integer(parameters.user_id) ?? 0
  if (userId === bot.id) {
    const status = chat.group?.bots.get(bot.id) ?? 'member'
    const rights = chat.group?.rights.get(bot.id)
    const shown = {
      can_manage_topics: rights?.canManageTopics,
      can_delete_messages: rights?.canDeleteMessages,
    }
    return accept({ user: botUser(bot), status, ...(status === 'administrator' && shown) })
  }
  const person = telegram.people.find(userId)
  if (!person) return badRequest('user not found')
  const [founder] = chat.group?.members ?? []
  const isMember = chat.person ? chat.id === userId : chat.group.members.has(userId)
  const status = founder === userId ? 'creator' : isMember ? 'member' : 'left'
  return accept({ user: userOf(person), status, ...(status === 'creator' && { is_anonymous: false }) })
}
