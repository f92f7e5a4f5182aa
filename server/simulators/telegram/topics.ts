import { badRequest, isRefused, type Refused } from './answer.ts'
import type { Bot } from './bots.ts'
import type { Chat } from './chats.ts'
import { isAdministrator, type Group, type Topic } from './groups.ts'

/** The topic a bot may write to, or no topic when it asked for none. */
export function findWritableThread(
  bot: Bot,
  chat: Chat,
  parameter: unknown,
): { id: number | undefined } | Refused {
  if (parameter === undefined || parameter === '' || Number(parameter) === 0) return { id: undefined }
  const topic = chat.group && findTopic(chat.group, parameter)
  if (!topic || isRefused(topic)) return badRequest('message thread not found')
  if (topic.isClosed && !isAdministrator(chat.group, bot.id)) return badRequest('TOPIC_CLOSED')
  return { id: topic.id }
}

export function findTopic(group: Group, parameter: unknown): Topic | Refused {
  return group.topics.get(Number(parameter)) ?? badRequest('message thread not found')
}
