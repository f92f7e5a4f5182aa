import { setStanding, type Bot } from './bots.ts'
import { standingOf, type Chat } from './chats.ts'
import { isAdministrator } from './groups.ts'
import { detectEntities } from './message-text.ts'
import { messageView } from './message-view.ts'
import type { Message } from './messages.ts'
import type { Person } from './people.ts'
import { keepMessage, type NewMessage } from './post-message.ts'
import type { Telegram } from './telegram.ts'

/** Who does something, in which chat, before which bot. */
export interface Scene {
  telegram: Telegram
  bot: Bot
  chat: Chat
  person: Person
}

export interface Placement {
  replyTo?: number | undefined
  threadId?: number | undefined
}

/** The person writes to the bot, or in a group where the bot is. */
export function write(scene: Scene, { text, ...placement }: Placement & { text: string }) {
  return say(scene, placement, { text: readable(text, 4096), entities: detectEntities(text) })
}

/** Puts a person's message into the chat and tells the bot of it if it may know. */
export function say(scene: Scene, { replyTo, threadId }: Placement, content: Omit<NewMessage, 'from'>) {
  const { telegram, bot, chat, person } = scene
  refuseSilenced(scene)
  const answered = replyTo === undefined ? undefined : telegram.messages.find(bot.id, chat.id, replyTo)
  if (replyTo !== undefined && !answered) throw new Error(`There is no message ${replyTo} to reply to`)
  const thread = threadId ?? answered?.threadId
  if (thread !== undefined && !chat.group?.topics.has(thread)) throw new Error(`There is no topic ${thread}`)

  if (chat.person) setStanding(bot, person.id, 'started')
  const place = { replyTo, threadId: thread }
  const message = keepMessage(telegram, bot, chat, { from: person.id, ...place, ...content })
  const shown = messageView(telegram, bot, chat, message)
  if (isForBot(scene, message)) bot.updates.add('message', String(chat.id), shown)
  return shown
}

/** In a group a bot hears what is meant for it, unless it is an administrator or allowed to read everything. */
export function isForBot(
  { telegram, bot, chat }: Scene,
  { text, entities, replyTo, service }: Message,
): boolean {
  if (chat.person || service || bot.readsAllGroupMessages || isAdministrator(chat.group, bot.id)) return true
  const isToBot = replyTo !== undefined && telegram.messages.find(bot.id, chat.id, replyTo)?.from === bot.id
  const [first] = entities
  const isCommand = first?.type === 'bot_command' && first.offset === 0
  return isToBot || isCommand || text.toLowerCase().includes(`@${bot.username.toLowerCase()}`)
}

export function refuseSilenced({ telegram, bot, chat, person }: Scene): void {
  refuseDeactivated(person)
  if (chat.person && standingOf(telegram, bot, person.id) === 'blocked') {
    throw new Error(`Person ${person.id} has blocked the bot and must unblock it before writing`)
  }
  if (chat.group && !chat.group.members.has(person.id)) {
    throw new Error(`Person ${person.id} is not in group ${chat.id}`)
  }
}

export function refuseDeactivated(person: Person): void {
  if (person.deactivated) throw new Error(`Person ${person.id} is deactivated and can do nothing`)
}

export function readable(text: string, longest: number): string {
  if (text.trim() === '' || text.length > longest) throw new Error(`A message has 1 to ${longest} characters`)
  return text
}
