import { badRequest, type Refused } from './answer.ts'
import type { Bot } from './bots.ts'
import type { Chat } from './chats.ts'
import { isAdministrator, type Group, type Topic } from './groups.ts'
import type { MessageView } from './message-view.ts'
import { messageView } from './message-view.ts'
import { keepMessage } from './post-message.ts'
import type { Telegram } from './telegram.ts'

export const ICON_COLORS = [7322096, 16766590, 13338331, 9367192, 16749490, 16478047]
const MOST_TOPICS = 1000

/** A group as one bot sees it, and who acts there. */
export interface Forum {
  telegram: Telegram
  bot: Bot
  group: Group
  by: number
}

/** The topic a bot may write to, or no topic when it asked for none. */
export function findWritableThread(
  bot: Bot,
  chat: Chat,
  parameter: unknown,
): { id: number | undefined } | Refused {
  if (parameter === undefined || parameter === '' || Number(parameter) === 0) return { id: undefined }
  const topic = chat.group?.topics.get(Number(parameter))
  if (!topic) return badRequest('message thread not found')
  if (topic.isClosed && chat.group && !isAdministrator(chat.group, bot.id)) return badRequest('TOPIC_CLOSED')
  return { id: topic.id }
}

export function openTopic(
  forum: Forum,
  name: string,
  iconColor = ICON_COLORS[0]!,
): { topic: Topic; told: MessageView } {
  const { telegram, bot, group, by } = forum
  if (group.topics.size >= MOST_TOPICS)
    throw new Error(`The simulator holds ${MOST_TOPICS} topics a group at most`)
  const chat = { id: group.id, group }
  const message = keepMessage(telegram, bot, chat, {
    from: by,
    service: { forum_topic_created: { name, icon_color: iconColor } },
  })
  // A topic is known by the message that says it was created.
  message.threadId = message.id
  const topic = { id: message.id, name, iconColor, isClosed: false }
  group.topics.set(topic.id, topic)
  return { topic, told: messageView(telegram, bot, chat, message) }
}

export function renameTopic(forum: Forum, topic: Topic, name: string): MessageView {
  topic.name = name
  return tell(forum, topic, { forum_topic_edited: { name } })
}

export function setTopicClosed(forum: Forum, topic: Topic, isClosed: boolean): MessageView {
  topic.isClosed = isClosed
  return tell(forum, topic, { [isClosed ? 'forum_topic_closed' : 'forum_topic_reopened']: {} })
}

/** Takes every message of the topic away, and no bot is told. */
export function removeTopic({ telegram, bot, group }: Forum, topic: Topic): void {
  group.topics.delete(topic.id)
  for (const message of telegram.messages.ofChat(bot.id, group.id)) {
    if (message.threadId === topic.id) telegram.messages.remove(message)
  }
  telegram.feed.changed()
}

function tell(
  { telegram, bot, group, by }: Forum,
  topic: Topic,
  service: Record<string, unknown>,
): MessageView {
  const chat = { id: group.id, group }
  return messageView(
    telegram,
    bot,
    chat,
    keepMessage(telegram, bot, chat, { from: by, threadId: topic.id, service }),
  )
}
