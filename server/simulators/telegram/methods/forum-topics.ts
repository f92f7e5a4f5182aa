import { accept, badRequest, isRefused, notSimulated, type Answer, type Refused } from '../answer.ts'
import { findOpenChat } from '../chats.ts'
import type { AdministratorRights, Topic } from '../groups.ts'
import { ICON_COLORS, openTopic, removeTopic, renameTopic, setTopicClosed, type Forum } from '../topics.ts'
import { integer, words, type Method, type MethodCall } from './method.ts'

const LONGEST_NAME = 128

export const createForumTopic: Method = (call) => {
  const name = readName(call)
  if (isRefused(name)) return name
  const color =
    call.parameters.icon_color === undefined ? ICON_COLORS[0] : integer(call.parameters.icon_color)
  if (!color || !ICON_COLORS.includes(color)) return badRequest('invalid icon_color specified')
  const forum = findForum(call, 'canManageTopics', 'create a topic')
  if (isRefused(forum)) return forum
  const { topic } = openTopic(forum, name, color)
  return accept({ message_thread_id: topic.id, name, icon_color: color })
}

export const editForumTopic: Method = (call) => {
  if (call.parameters.name === undefined) return badRequest('TOPIC_NOT_MODIFIED')
  const name = readName(call)
  if (isRefused(name)) return name
  return withTopic(call, 'canManageTopics', (forum, topic) => {
    if (topic.name === name) return badRequest('TOPIC_NOT_MODIFIED')
    renameTopic(forum, topic, name)
    return accept(true)
  })
}

const setClosed =
  (isClosed: boolean): Method =>
  (call) =>
    withTopic(call, 'canManageTopics', (forum, topic) => {
      if (topic.isClosed === isClosed) return badRequest('TOPIC_NOT_MODIFIED')
      setTopicClosed(forum, topic, isClosed)
      return accept(true)
    })

export const closeForumTopic = setClosed(true)
export const reopenForumTopic = setClosed(false)

export const deleteForumTopic: Method = (call) =>
  withTopic(call, 'canDeleteMessages', (forum, topic) => {
    removeTopic(forum, topic)
    return accept(true)
  })

function withTopic(
  call: MethodCall,
  right: keyof AdministratorRights,
  run: (forum: Forum, topic: Topic) => Answer,
): Answer {
  const forum = findForum(call, right, 'manage the topic')
  if (isRefused(forum)) return forum
  const topic = forum.group.topics.get(integer(call.parameters.message_thread_id) ?? 0)
  return topic ? run(forum, topic) : badRequest('message thread not found')
}

function findForum(
  { telegram, bot, parameters }: MethodCall,
  right: keyof AdministratorRights,
  what: string,
): Forum | Refused {
  if (parameters.icon_custom_emoji_id) return notSimulated('icon_custom_emoji_id')
  const chat = findOpenChat(telegram, bot, parameters.chat_id)
  if (isRefused(chat)) return chat
  if (!chat.group?.isForum) return badRequest('the chat is not a forum')
  if (!chat.group.rights.get(bot.id)?.[right]) return badRequest(`not enough rights to ${what}`)
  return { telegram, bot, group: chat.group, by: bot.id }
}

function readName({ parameters }: MethodCall): string | Refused {
  const name = words(parameters.name)?.trim()
  if (!name) return badRequest('TOPIC_TITLE_EMPTY')
  return name.length > LONGEST_NAME ? badRequest('topic name is too long') : name
}
