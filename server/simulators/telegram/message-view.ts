import { botUser, type Bot } from './bots.ts'
import { chatView, type Chat } from './chats.ts'
import type { InlineKeyboard } from './inline-keyboard.ts'
import type { MessageEntity } from './message-entity.ts'
import type { Message } from './messages.ts'
import { userOf, type People } from './people.ts'
import type { Telegram } from './telegram.ts'

type Shown = Pick<Telegram, 'people' | 'messages'>

export interface MessageView {
  message_id: number
  from: { id: number; is_bot: boolean; first_name: string }
  chat: ReturnType<typeof chatView>
  date: number
  edit_date?: number
  text?: string
  entities?: MessageEntity[]
  caption?: string
  caption_entities?: MessageEntity[]
  message_thread_id?: number
  media_group_id?: string
  reply_to_message?: MessageView
  reply_markup?: InlineKeyboard
  /** What it carries beside words: `photo`, `document` …; what a service message says. */
  [field: string]: unknown
}

/** A message as the Bot API puts it on the wire, with the one it answers, which comes without its own. */
export function messageView(telegram: Shown, bot: Bot, chat: Chat, message: Message): MessageView {
  // Inside a topic whatever answers nothing else answers the message that created the topic.
  const answeredId = message.replyTo ?? (message.threadId === message.id ? undefined : message.threadId)
  const answered = answeredId === undefined ? undefined : telegram.messages.find(bot.id, chat.id, answeredId)
  return {
    ...aloneView(telegram.people, bot, chat, message),
    ...(answered && { reply_to_message: aloneView(telegram.people, bot, chat, answered) }),
  }
}

function aloneView(people: People, bot: Bot, chat: Chat, message: Message): MessageView {
  const author = people.find(message.from)
  const isBot = message.from === bot.id || !author
  return {
    message_id: message.id,
    from: isBot ? botUser(bot) : userOf(author),
    chat: chatView(chat),
    date: message.date,
    ...(message.editDate !== undefined && { edit_date: message.editDate }),
    ...(message.threadId !== undefined && { message_thread_id: message.threadId, is_topic_message: true }),
    ...(message.albumId !== undefined && { media_group_id: message.albumId }),
    ...(message.attachment ? attachedView(people, message) : wordsView(people, message)),
    ...(message.keyboard && { reply_markup: message.keyboard }),
    ...(message.isProtected && { has_protected_content: true }),
    ...message.service,
  }
}

function wordsView(people: People, { text, entities }: Message) {
  return {
    ...(text !== '' && { text }),
    ...(entities.length > 0 && { entities: entities.map((entity) => withUser(people, entity)) }),
  }
}

function attachedView(people: People, { attachment, text, entities }: Message) {
  return {
    ...attachment?.content,
    ...(text !== '' && { caption: text }),
    ...(entities.length > 0 && { caption_entities: entities.map((entity) => withUser(people, entity)) }),
  }
}

function withUser(people: People, entity: MessageEntity): MessageEntity {
  const person = entity.user && people.find(entity.user.id)
  return person ? { ...entity, user: userOf(person) } : entity
}
