import type { Bot } from '../bots.ts'
import { chatView, standingOf, type Chat } from '../chats.ts'
import { chatOf } from '../controls.ts'
import { messageView } from '../message-view.ts'
import type { Telegram } from '../telegram.ts'

const MOST_CHATS = 200
const MOST_MESSAGES = 200

/** All the page shows: the chats, newest first, and the messages of the open one. */
export function pageState(telegram: Telegram, query: URLSearchParams) {
  const openBot = telegram.bots.find(Number(query.get('bot')))
  const openChat = chatOf(telegram, Number(query.get('chat')))
  return {
    settings: telegram.settings,
    bots: telegram.bots.all().map(({ id, username, firstName }) => ({ id, username, firstName })),
    chats: listChats(telegram),
    open:
      openBot && openChat
        ? {
            botId: openBot.id,
            chatId: openChat.id,
            messages: telegram.messages
              .ofChat(openBot.id, openChat.id)
              .slice(-MOST_MESSAGES)
              .map((message) => messageView(telegram, openBot, openChat, message)),
          }
        : null,
    answer: openBot?.callbackQueries.answerTo(query.get('press') ?? '') ?? null,
  }
}

function listChats(telegram: Telegram) {
  const [firstBot] = telegram.bots.all()

  const entries: { bot: Bot; chat: Chat }[] = []
  for (const bot of telegram.bots.all()) {
    for (const person of telegram.people.all()) {
      const isKnown =
        telegram.messages.lastOf(bot.id, person.id) || bot.standings.has(person.id) || bot === firstBot
      if (isKnown) entries.push({ bot, chat: { id: person.id, person } })
    }
    for (const group of telegram.groups.all()) {
      if (group.bots.has(bot.id)) entries.push({ bot, chat: { id: group.id, group } })
    }
  }
  return entries
    .map(({ bot, chat }) => {
      const message = telegram.messages.lastOf(bot.id, chat.id)
      return {
        botId: bot.id,
        chat: chatView(chat),
        standing: chat.person ? standingOf(telegram, bot, chat.id) : chat.group.bots.get(bot.id),
        deactivated: chat.person?.deactivated ?? false,
        languageCode: chat.person?.languageCode ?? null,
        firstMember: chat.group ? ([...chat.group.members][0] ?? null) : null,
        last: message
          ? {
              id: message.id,
              text: message.text.slice(0, 120),
              date: message.date,
              mine: message.from !== bot.id,
            }
          : null,
      }
    })
    .sort((a, b) => (b.last?.date ?? 0) - (a.last?.date ?? 0) || (b.last?.id ?? 0) - (a.last?.id ?? 0))
    .slice(0, MOST_CHATS)
}
