import type { Bot } from './bots.ts'
import type { Chat } from './chats.ts'
import { messageView } from './message-view.ts'
import type { Message } from './messages.ts'
import type { Telegram } from './telegram.ts'

export type NewMessage = Pick<Message, 'from'> &
  Partial<Omit<Message, 'from' | 'botId' | 'chatId' | 'id' | 'date' | 'editDate' | 'reactions'>>

/** Puts a message into the chat. */
export function keepMessage(telegram: Telegram, bot: Bot, chat: Chat, message: NewMessage): Message {
  if (message.from === bot.id) telegram.chatActions.end(bot.id, chat.id)
  telegram.feed.changed()
  return telegram.messages.keep({
    text: '',
    entities: [],
    attachment: undefined,
    albumId: undefined,
    replyTo: undefined,
    threadId: undefined,
    keyboard: undefined,
    isProtected: false,
    service: undefined,
    ...message,
    botId: bot.id,
    chatId: chat.id,
    id: bot.nextMessageId++,
    date: unixTime(telegram),
    editDate: undefined,
    reactions: new Map(),
  })
}

/** Puts a message into the chat and shows it as the Bot API would. */
export function postMessage(telegram: Telegram, bot: Bot, chat: Chat, message: NewMessage) {
  return messageView(telegram, bot, chat, keepMessage(telegram, bot, chat, message))
}

export function unixTime(telegram: Telegram): number {
  return Math.floor(telegram.clock.now() / 1000)
}
