import { botUser, type Bot } from './bots.ts'
import { chatView, type Chat } from './chats.ts'
import type { MessageEntity } from './message-entity.ts'
import type { Message } from './messages.ts'
import { userOf, type People } from './people.ts'

/** A message as the Bot API puts it on the wire. */
export function messageView(people: People, bot: Bot, chat: Chat, message: Message) {
  const author = people.find(message.from)
  const isBot = message.from === bot.id || !author
  return {
    message_id: message.id,
    from: isBot ? botUser(bot) : userOf(author),
    chat: chatView(chat),
    date: message.date,
    ...(message.editDate !== undefined && { edit_date: message.editDate }),
    ...(message.text !== '' && { text: message.text }),
    ...(message.entities.length > 0 && {
      entities: message.entities.map((entity) => withUser(people, entity)),
    }),
    ...(message.keyboard && { reply_markup: message.keyboard }),
    ...(message.isProtected && { has_protected_content: true }),
    ...message.service,
  }
}

function withUser(people: People, entity: MessageEntity): MessageEntity {
  const person = entity.user && people.find(entity.user.id)
  return person ? { ...entity, user: userOf(person) } : entity
}
