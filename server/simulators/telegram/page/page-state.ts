import type { Bot } from '../bots.ts'
import { chatView, standingOf, type Chat } from '../chats.ts'
import { chatOf } from '../controls.ts'
import { messageView } from '../message-view.ts'
import type { Message } from '../messages.ts'
import type { Telegram } from '../telegram.ts'

const MOST_CHATS = 200
const MOST_MESSAGES = 200
const LONGEST_PREVIEW = 120

/** All the page shows: the chats, newest first, and what stands in the open one. */
export function pageState(telegram: Telegram, query: URLSearchParams) {
  const openBot = telegram.bots.find(Number(query.get('bot')))
  const openChat = chatOf(telegram, Number(query.get('chat')))
  return {
    settings: telegram.settings,
    bots: telegram.bots.all().map(({ id, username, firstName }) => ({ id, username, firstName })),
    chats: listChats(telegram),
    open: openBot && openChat ? openView(telegram, openBot, openChat) : null,
    answer: openBot?.callbackQueries.answerTo(query.get('press') ?? '') ?? null,
  }
}

/** Whom a new group may consist of. */
export function peopleView(telegram: Telegram) {
  return telegram.people
    .all()
    .filter(({ deactivated }) => !deactivated)
    .slice(-MOST_CHATS)
    .map(({ id, firstName, lastName, languageCode = null }) => ({
      ...{ id, languageCode },
      name: [firstName, lastName].filter(Boolean).join(' '),
    }))
}

function openView(telegram: Telegram, bot: Bot, chat: Chat) {
  return {
    botId: bot.id,
    chatId: chat.id,
    messages: telegram.messages
      .ofChat(bot.id, chat.id)
      .slice(-MOST_MESSAGES)
      .map((message) => ({ ...messageView(telegram, bot, chat, message), reactions: reactionsOf(message) })),
    replyKeyboard: bot.replyKeyboards.get(chat.id) ?? null,
    commands: commandsFor(bot, chat),
    isTyping: telegram.chatActions.isShown(bot.id, chat.id),
    phone: chat.person?.phone ?? null,
    members: chat.group ? membersOf(telegram, chat) : [],
    topics: chat.group
      ? [...chat.group.topics.values()].map(({ id, name, iconColor, isClosed }) => ({
          id,
          name,
          iconColor,
          isClosed,
        }))
      : [],
  }
}

function membersOf(telegram: Telegram, { group }: Chat) {
  return [...(group?.members ?? [])].flatMap((id) => {
    const person = telegram.people.find(id)
    return person ? [{ id, name: person.firstName }] : []
  })
}

function reactionsOf({ reactions }: Message): string[] {
  return [...reactions.values()].flat()
}

// What the bot has told Telegram of its commands, in the person's language if it did so in that.
function commandsFor(bot: Bot, { person }: Chat): unknown {
  const scopes = person ? [{ type: 'all_private_chats' }, { type: 'default' }, 'default'] : []
  for (const language of [person?.languageCode ?? '', '']) {
    for (const scope of scopes) {
      const commands = bot.commands.get(JSON.stringify([scope, language]))
      if (commands) return commands
    }
  }
  return []
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
    .map(({ bot, chat }) => ({ bot, chat, last: telegram.messages.lastOf(bot.id, chat.id) }))
    .sort((a, b) => (b.last?.date ?? 0) - (a.last?.date ?? 0) || (b.last?.id ?? 0) - (a.last?.id ?? 0))
    .slice(0, MOST_CHATS)
    .map(({ bot, chat, last }) => ({
      botId: bot.id,
      chat: chatView(chat),
      standing: chat.person ? standingOf(telegram, bot, chat.id) : chat.group.bots.get(bot.id),
      deactivated: chat.person?.deactivated ?? false,
      languageCode: chat.person?.languageCode ?? null,
      last: last && {
        id: last.id,
        text: last.text.slice(0, LONGEST_PREVIEW),
        kind: last.attachment?.kind ?? (last.service ? 'service' : null),
        date: last.date,
        mine: last.from !== bot.id,
      },
    }))
}
