import { accept, badRequest, isRefused, notSimulated, type Answer, type Refused } from '../answer.ts'
import { findOpenChat, type Chat } from '../chats.ts'
import { messageView } from '../message-view.ts'
import type { Message } from '../messages.ts'
import { unixTime } from '../post-message.ts'
import { integer, type MethodCall } from './method.ts'

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current ' +
  'content and reply markup of the message'
const NOT_SIMULATED = ['inline_message_id', 'entities', 'caption_entities', 'business_connection_id']

/** The message of this bot that a method wants to edit. */
export function findOwnMessage({
  telegram,
  bot,
  parameters,
}: MethodCall): { chat: Chat; message: Message } | Refused {
  const unknown = NOT_SIMULATED.find((name) => parameters[name] !== undefined)
  if (unknown) return notSimulated(unknown)
  const chat = findOpenChat(telegram, bot, parameters.chat_id)
  if (isRefused(chat)) return chat
  const id = integer(parameters.message_id)
  if (id === undefined) return badRequest('message identifier is not specified')
  const message = telegram.messages.find(bot.id, chat.id, id)
  if (!message) return badRequest('message to edit not found')
  if (message.from !== bot.id || message.service) return badRequest("message can't be edited")
  return { chat, message }
}

type Editable = Pick<Message, 'text' | 'entities' | 'keyboard'>

export function edited(
  { telegram, bot }: MethodCall,
  { chat, message }: { chat: Chat; message: Message },
  changes: Partial<Editable>,
): Answer {
  const content = ({ text, entities, keyboard }: Editable) => JSON.stringify([text, entities, keyboard])
  if (content(message) === content({ ...message, ...changes })) return badRequest(NOT_MODIFIED)
  const isReworded = 'text' in changes
  Object.assign(message, changes, isReworded && { editDate: unixTime(telegram) })
  telegram.feed.changed()
  return accept(messageView(telegram, bot, chat, message))
}
