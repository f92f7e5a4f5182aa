import { botUser, setStanding, type Bot, type Standing } from './bots.ts'
import { chatView, standingOf, type Chat } from './chats.ts'
import { refuseDeactivated, write } from './person-writes.ts'
import { groupChatOf, isInGroup, type AdministratorRights, type Group, type Membership } from './groups.ts'
import { messageView } from './message-view.ts'
import { privateChatOf, userOf, type Person } from './people.ts'
import { postMessage, unixTime } from './post-message.ts'
import type { Telegram } from './telegram.ts'

/** The person presses Start in the bot's chat, from a deep link when there is a payload. */
export function pressStart(telegram: Telegram, bot: Bot, person: Person, payload: string | undefined) {
  if (payload !== undefined && !/^[A-Za-z0-9_-]{1,64}$/.test(payload)) {
    throw new Error(
      'A start payload is 1 to 64 characters of A-Z, a-z, 0-9, _ and -; Telegram opens no other link',
    )
  }
  refuseDeactivated(person)
  if (standingOf(telegram, bot, person.id) === 'blocked') changeStanding(telegram, bot, person, 'started')
  setStanding(bot, person.id, 'started')
  const at = { telegram, bot, chat: { id: person.id, person }, person }
  return write(at, { text: payload ? `/start ${payload}` : '/start' })
}

/**
 * The person presses a button under a message of the bot; a link button opens, so nothing reaches the bot. `inaccessible`:
 * under a message too old for Telegram to show, which may be one that nobody remembers.
 */
export function pressButton(
  telegram: Telegram,
  bot: Bot,
  chat: Chat,
  person: Person,
  { messageId, data, inaccessible = false }: { messageId: number; data: string; inaccessible?: boolean },
) {
  refuseDeactivated(person)
  const message = telegram.messages.find(bot.id, chat.id, messageId)
  const button = message?.keyboard?.inline_keyboard
    .flat()
    .find((candidate) => candidate.callback_data === data)
  if (!inaccessible && (!message || !button))
    throw new Error(`Message ${messageId} has no button with the data ${JSON.stringify(data)}`)
  const id = bot.callbackQueries.open()
  bot.updates.add('callback_query', String(person.id), {
    id,
    from: userOf(person),
    message:
      inaccessible || !message
        ? { chat: chatView(chat), message_id: messageId, date: 0 }
        : messageView(telegram, bot, chat, message),
    chat_instance: String(chat.id * 7919),
    data,
  })
  return { callbackQueryId: id }
}

export function block(telegram: Telegram, bot: Bot, person: Person): void {
  if (standingOf(telegram, bot, person.id) !== 'blocked') changeStanding(telegram, bot, person, 'blocked')
}

export function unblock(telegram: Telegram, bot: Bot, person: Person): void {
  if (standingOf(telegram, bot, person.id) === 'blocked') changeStanding(telegram, bot, person, 'started')
}

export function deactivate(telegram: Telegram, person: Person): void {
  person.deactivated = true
  telegram.feed.changed()
}

export function addBotToGroup(telegram: Telegram, bot: Bot, group: Group, adder: Person): void {
  if (!isInGroup(group, bot.id)) changeMembership(telegram, bot, group, adder, 'member')
}

/** The founder makes the bot an administrator, which hears everything and may do what it is allowed to. */
export function promoteBot(
  telegram: Telegram,
  bot: Bot,
  group: Group,
  promoter: Person,
  rights: AdministratorRights,
): void {
  if (!isInGroup(group, bot.id)) throw new Error(`The bot is not in group ${group.id}`)
  group.rights.set(bot.id, rights)
  changeMembership(telegram, bot, group, promoter, 'administrator')
}

export function removeBotFromGroup(telegram: Telegram, bot: Bot, group: Group, remover: Person): void {
  changeMembership(telegram, bot, group, remover, 'kicked')
}

/** The owner upgrades the group: from now on the old id answers with the new one. */
export function upgradeGroup(telegram: Telegram, group: Group): Group {
  if (group.supergroup || group.migratedTo) throw new Error(`Group ${group.id} is a supergroup already`)
  const upgraded = telegram.groups.upgrade(group)
  for (const bot of telegram.bots.all().filter((candidate) => isInGroup(group, candidate.id))) {
    const tell = (chat: Group, service: Record<string, number>) => {
      const message = { from: bot.id, text: '', entities: [], service }
      const posted = postMessage(telegram, bot, { id: chat.id, group: chat }, message)
      bot.updates.add('message', String(chat.id), posted)
    }
    tell(group, { migrate_to_chat_id: upgraded.id })
    tell(upgraded, { migrate_from_chat_id: group.id })
  }
  return upgraded
}

function changeStanding(telegram: Telegram, bot: Bot, person: Person, standing: Standing): void {
  setStanding(bot, person.id, standing)
  const [before, after] = standing === 'blocked' ? ['member', 'kicked'] : ['kicked', 'member']
  bot.updates.add('my_chat_member', String(person.id), {
    chat: privateChatOf(person),
    from: userOf(person),
    date: unixTime(telegram),
    old_chat_member: membership(bot, before),
    new_chat_member: membership(bot, after),
  })
  telegram.feed.changed()
}

function changeMembership(telegram: Telegram, bot: Bot, group: Group, by: Person, status: Membership): void {
  const before = group.bots.get(bot.id) ?? 'left'
  if (before === status) return
  group.bots.set(bot.id, status)
  if (status !== 'administrator') group.rights.delete(bot.id)
  bot.updates.add('my_chat_member', String(group.id), {
    chat: groupChatOf(group),
    from: userOf(by),
    date: unixTime(telegram),
    old_chat_member: membership(bot, before),
    new_chat_member: membership(bot, status),
  })
  telegram.feed.changed()
}

function membership(bot: Bot, status: string) {
  return { user: botUser(bot), status, ...(status === 'kicked' && { until_date: 0 }) }
}
