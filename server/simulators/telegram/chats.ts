import { badRequest, forbidden, isRefused, refuse, type Refused } from './answer.ts'
import type { Bot, Standing } from './bots.ts'
import { groupChatOf, type Group } from './groups.ts'
import { privateChatOf, type Person } from './people.ts'
import type { Telegram } from './telegram.ts'

export type Chat =
  { id: number; person: Person; group?: never } | { id: number; group: Group; person?: never }

export function standingOf(telegram: Telegram, bot: Bot, personId: number): Standing {
  return bot.standings.get(personId) ?? (telegram.settings.everyoneStarted ? 'started' : 'stranger')
}

/** The chat as this bot sees it, or the refusal Telegram gives when it sees none. */
export function findChat(telegram: Telegram, bot: Bot, chatId: unknown): Chat | Refused {
  if (chatId === undefined || chatId === '') return badRequest('chat_id is empty')
  const id = typeof chatId === 'number' ? chatId : /^-?\d{1,16}$/.test(String(chatId)) ? Number(chatId) : NaN
  if (!Number.isSafeInteger(id) || id === 0) return badRequest('chat not found')
  return id > 0 ? findPerson(telegram, bot, id) : findGroup(telegram, bot, id)
}

/** The chat this bot may write to now. */
export function findOpenChat(telegram: Telegram, bot: Bot, chatId: unknown): Chat | Refused {
  const chat = findChat(telegram, bot, chatId)
  if (isRefused(chat)) return chat
  if (chat.person?.deactivated) return forbidden('user is deactivated')
  if (chat.person && standingOf(telegram, bot, chat.id) === 'blocked') {
    return forbidden('bot was blocked by the user')
  }
  return chat
}

export function chatView(chat: Chat) {
  return chat.person ? privateChatOf(chat.person) : groupChatOf(chat.group)
}

function findPerson(telegram: Telegram, bot: Bot, id: number): Chat | Refused {
  const { everyoneStarted } = telegram.settings
  const person = telegram.people.find(id) ?? (everyoneStarted ? telegram.people.create({ id }) : undefined)
  if (!person) return badRequest('chat not found')
  if (standingOf(telegram, bot, id) !== 'stranger') return { id, person }
  const hasMet = telegram.groups.all().some((group) => group.members.has(id) && group.bots.has(bot.id))
  return hasMet ? forbidden("bot can't initiate conversation with a user") : badRequest('chat not found')
}

function findGroup(telegram: Telegram, bot: Bot, id: number): Chat | Refused {
  const group = telegram.groups.find(id)
  const membership = group?.bots.get(bot.id)
  if (!group || !membership) return badRequest('chat not found')
  if (group.migratedTo) {
    return refuse(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: group.migratedTo,
    })
  }
  const kind = group.supergroup ? 'supergroup' : 'group'
  if (membership === 'kicked') return forbidden(`bot was kicked from the ${kind} chat`)
  if (membership === 'left') return forbidden(`bot is not a member of the ${kind} chat`)
  return { id, group }
}
