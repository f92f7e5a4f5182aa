import type { Bot } from './bots.ts'
import type { Chat } from './chats.ts'
import { messageView } from './message-view.ts'
import type { Message } from './messages.ts'
import type { Telegram } from './telegram.ts'

export type NewMessage = Pick<Message, 'from' | 'text' | 'entities'> &
  Partial<Pick<Message, 'keyboard' | 'isProtected' | 'service'>>

/** Puts a message into the chat and shows it as the Bot API would. */
export function postMessage(telegram: Telegram, bot: Bot, chat: Chat, message: NewMessage) {
  const posted = telegram.messages.keep({
    keyboard: undefined,
    isProtected: false,
    service: undefined,
    ...message,
    botId: bot.id,
    chatId: chat.id,
    id: bot.nextMessageId++,
    date: unixTime(telegram),
    editDate: undefined,
  })
  telegram.feed.changed()
  return messageView(telegram.people, bot, chat, posted)
}

export function unixTime(telegram: Telegram): number {
  return Math.floor(telegram.clock.now() / 1000)
}
