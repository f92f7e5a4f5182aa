import type { Bot } from './bots.ts'
import type { Group, Topic } from './groups.ts'
import type { Person } from './people.ts'
import { refuseSilenced } from './person-writes.ts'
import type { Telegram } from './telegram.ts'
import { openTopic, removeTopic, setTopicClosed, type Forum } from './topics.ts'
import type { MessageView } from './message-view.ts'

export interface ForumScene {
  telegram: Telegram
  bot: Bot
  group: Group
  person: Person
}

export function createTopic(scene: ForumScene, name: string) {
  if (!scene.group.isForum) throw new Error(`Group ${scene.group.id} is no forum`)
  const { topic, told } = openTopic(forumOf(scene), name)
  tellBot(scene, told)
  return { threadId: topic.id, name }
}

export function closeTopic(scene: ForumScene, threadId: number): void {
  tellBot(scene, setTopicClosed(forumOf(scene), findTopic(scene, threadId), true))
}

export function reopenTopic(scene: ForumScene, threadId: number): void {
  tellBot(scene, setTopicClosed(forumOf(scene), findTopic(scene, threadId), false))
}

/** The bot learns of it when it next writes there. */
export function deleteTopic(scene: ForumScene, threadId: number): void {
  removeTopic(forumOf(scene), findTopic(scene, threadId))
}

function forumOf({ telegram, bot, group, person }: ForumScene): Forum {
  refuseSilenced({ telegram, bot, chat: { id: group.id, group }, person })
  return { telegram, bot, group, by: person.id }
}

function findTopic({ group }: ForumScene, threadId: number): Topic {
  const topic = group.topics.get(threadId)
  if (!topic) throw new Error(`There is no topic ${threadId}`)
  return topic
}

function tellBot({ bot, group }: ForumScene, told: MessageView): void {
  bot.updates.add('message', String(group.id), told)
}
