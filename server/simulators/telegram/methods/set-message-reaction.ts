import { accept, badRequest, isRefused, notSimulated, type Refused } from '../answer.ts'
import { findOpenChat } from '../chats.ts'
import { EMOJI, react } from '../reactions.ts'
import { integer, structured, type Method } from './method.ts'

export const setMessageReaction: Method = ({ telegram, bot, parameters }) => {
  const emoji = readReaction(parameters.reaction)
  if (isRefused(emoji)) return emoji
  const chat = findOpenChat(telegram, bot, parameters.chat_id)
  if (isRefused(chat)) return chat
  const message = telegram.messages.find(bot.id, chat.id, integer(parameters.message_id) ?? 0)
  if (!message) return badRequest('message to react not found')
  react(message, bot.id, emoji)
  telegram.feed.changed()
  return accept(true)
}

// A bot may leave one reaction on a message.
function readReaction(parameter: unknown): string[] | Refused {
  const reactions = structured(parameter)
  if ('malformed' in reactions) return badRequest("can't parse reaction types JSON object")
  const list: unknown = reactions.value ?? []
  if (!Array.isArray(list)) return badRequest('expected an Array of ReactionType')
  if (list.length > 1) return badRequest('REACTIONS_TOO_MANY')
  if (list.length === 0) return []
  const { type, emoji } = (list[0] ?? {}) as Record<string, unknown>
  if (type !== 'emoji') return notSimulated(`reactions of type ${String(type)}`)
  return typeof emoji === 'string' && EMOJI.includes(emoji) ? [emoji] : badRequest('REACTION_INVALID')
}
