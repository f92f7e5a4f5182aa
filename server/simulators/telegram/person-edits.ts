import { detectEntities } from './message-text.ts'
import { messageView } from './message-view.ts'
import type { Message } from './messages.ts'
import { userOf } from './people.ts'
import { isForBot, readable, refuseDeactivated, refuseSilenced, type Scene } from './person-writes.ts'
import { unixTime } from './post-message.ts'
import { EMOJI, react as setReaction, reactionView } from './reactions.ts'
import { chatView } from './chats.ts'
import { isAdministrator } from './groups.ts'

/** The person edits their own message; the same words again count too, as when only a link preview has changed. */
export function edit(
  scene: Scene,
  {
    messageId,
    text,
    caption,
  }: { messageId: number; text?: string | undefined; caption?: string | undefined },
) {
  const { telegram, bot, chat, person } = scene
  refuseSilenced(scene)
  const message = findMessage(scene, messageId)
  if (message.from !== person.id || message.service)
    throw new Error(`Message ${messageId} is not of person ${person.id}`)
  const words = message.attachment ? caption : text
  if (words === undefined)
    throw new Error(`Message ${messageId} has ${message.attachment ? 'a caption' : 'a text'} to edit`)
  if (message.attachment && !message.attachment.takesCaption)
    throw new Error(`Message ${messageId} takes no caption`)

  message.text = message.attachment && words === '' ? '' : readable(words, message.attachment ? 1024 : 4096)
  message.entities = detectEntities(message.text)
  message.editDate = unixTime(telegram)
  telegram.feed.changed()
  const shown = messageView(telegram, bot, chat, message)
  if (isForBot(scene, message)) bot.updates.add('edited_message', String(chat.id), shown)
  return shown
}

/** The person deletes a message for everyone. No bot is ever told. */
export function deleteMessage(scene: Scene, { messageId }: { messageId: number }): void {
  refuseDeactivated(scene.person)
  scene.telegram.messages.remove(findMessage(scene, messageId))
  scene.telegram.feed.changed()
}

/** The person leaves a reaction, or takes it back with none. In a group only a bot that is an administrator hears of it. */
export function react(scene: Scene, { messageId, emoji }: { messageId: number; emoji: string[] }): void {
  const { telegram, bot, chat, person } = scene
  refuseSilenced(scene)
  const message = findMessage(scene, messageId)
  const wrong = emoji.find((one) => !EMOJI.includes(one))
  if (wrong !== undefined) throw new Error(`${wrong} is no reaction`)
  const before = setReaction(message, person.id, emoji)
  telegram.feed.changed()
  if (chat.group && !isAdministrator(chat.group, bot.id)) return
  bot.updates.add('message_reaction', String(chat.id), {
    chat: chatView(chat),
    message_id: messageId,
    user: userOf(person),
    date: unixTime(telegram),
    old_reaction: reactionView(before),
    new_reaction: reactionView(emoji),
  })
}

function findMessage({ telegram, bot, chat }: Scene, messageId: number): Message {
  const message = telegram.messages.find(bot.id, chat.id, messageId)
  if (!message) throw new Error(`There is no message ${messageId}`)
  return message
}
