import { Api } from 'grammy'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { refusal } from './refusal.fixture.ts'
import { startTelegramSimulator, type TelegramSimulator } from './start-telegram-simulator.ts'

let simulator: TelegramSimulator
let api: Api
let olga: number
let ivan: number
let forum: number

beforeEach(async () => {
  simulator = await startTelegramSimulator({ everyoneStarted: true })
  api = new Api(simulator.tokens[0]!, { apiRoot: simulator.url })
  olga = simulator.createPerson({ firstName: 'Ольга' }).id
  ivan = simulator.createPerson({ firstName: 'Ivan' }).id
  forum = simulator.createGroup({ title: 'Поддержка', forum: true, members: [olga, ivan] }).id
  await news()
})
afterEach(() => simulator.stop())

const news = async () => {
  const updates = await api.getUpdates()
  if (updates.length > 0) await api.getUpdates({ offset: updates.at(-1)!.update_id + 1 })
  return updates
}
const reason = async (call: Promise<unknown>) => (await refusal(call)).description
const promote = () => simulator.promoteBot({ groupId: forum, personId: olga })

it('lets an administrator make topics, write there and close them', async () => {
  expect(await reason(api.createForumTopic(forum, 'x'))).toBe(
    'Bad Request: not enough rights to create a topic',
  )
  promote()
  expect(await news()).toMatchObject([
    {
      my_chat_member: { old_chat_member: { status: 'member' }, new_chat_member: { status: 'administrator' } },
    },
  ])
  const topic = await api.createForumTopic(forum, 'Заказ 17', { icon_color: 9367192 })
  const thread = { message_thread_id: topic.message_thread_id }
  expect(topic).toEqual({ ...thread, name: 'Заказ 17', icon_color: 9367192 })
  const sent = await api.sendMessage(forum, 'Здравствуйте', thread)
  expect(sent).toMatchObject({ ...thread, is_topic_message: true, chat: { is_forum: true } })
  expect(sent.reply_to_message).toMatchObject({ forum_topic_created: { name: 'Заказ 17' } })
  simulator.write({ personId: ivan, chatId: forum, text: 'без команды', threadId: topic.message_thread_id })
  simulator.write({ personId: ivan, chatId: forum, text: 'ответ', replyTo: sent.message_id })
  expect((await news()).map(({ message }) => [message!.text, message!.message_thread_id])).toEqual([
    ['без команды', topic.message_thread_id],
    ['ответ', topic.message_thread_id],
  ])

  expect(await api.editForumTopic(forum, topic.message_thread_id, { name: 'Решено' })).toBe(true)
  expect(await reason(api.editForumTopic(forum, topic.message_thread_id, { name: 'Решено' }))).toBe(
    'Bad Request: TOPIC_NOT_MODIFIED',
  )
  expect(await api.closeForumTopic(forum, topic.message_thread_id)).toBe(true)
  expect(await reason(api.closeForumTopic(forum, topic.message_thread_id))).toContain('TOPIC_NOT_MODIFIED')
  expect(await api.reopenForumTopic(forum, topic.message_thread_id)).toBe(true)
  expect(await api.deleteForumTopic(forum, topic.message_thread_id)).toBe(true)
  const gone = 'Bad Request: message thread not found'
  expect(await reason(api.sendMessage(forum, 'x', thread))).toBe(gone)
  expect(await reason(api.reopenForumTopic(forum, topic.message_thread_id))).toBe(gone)
  expect(simulator.messages({ chatId: forum })).toEqual([])
})

it('does not learn of a topic that a person deleted until it writes there', async () => {
  promote()
  const made = simulator.createTopic({ groupId: forum, personId: olga, name: 'Тема' })
  simulator.closeTopic({ groupId: forum, personId: olga, threadId: made.threadId })
  expect((await news()).slice(1)).toMatchObject([
    { message: { forum_topic_created: { name: 'Тема' }, from: { id: olga } } },
    { message: { forum_topic_closed: {}, message_thread_id: made.threadId } },
  ])
  const thread = { message_thread_id: made.threadId }
  expect(await api.sendMessage(forum, 'x', thread)).toMatchObject(thread)
  simulator.deleteTopic({ groupId: forum, personId: olga, threadId: made.threadId })
  expect(await news()).toEqual([])
  expect(await reason(api.sendMessage(forum, 'x', thread))).toBe('Bad Request: message thread not found')
})

it('refuses topics where there are none and names that are none', async () => {
  promote()
  const group = simulator.createGroup({ members: [olga] }).id
  expect(await reason(api.createForumTopic(group, 'x'))).toBe('Bad Request: the chat is not a forum')
  expect(await reason(api.createForumTopic(forum, 'я'.repeat(129)))).toBe(
    'Bad Request: topic name is too long',
  )
  expect(await reason(api.createForumTopic(forum, 'x', { icon_color: 1 as never }))).toContain('icon_color')
  expect(await reason(api.sendMessage(olga, 'x', { message_thread_id: 5 }))).toContain(
    'message thread not found',
  )
})

it('writes to a closed topic only as an administrator', async () => {
  const { threadId } = simulator.createTopic({ groupId: forum, personId: olga, name: 'x' })
  simulator.closeTopic({ groupId: forum, personId: olga, threadId })
  const thread = { message_thread_id: threadId }
  expect(await reason(api.sendMessage(forum, 'x', thread))).toBe('Bad Request: TOPIC_CLOSED')
  promote()
  await api.sendMessage(forum, 'x', thread)
})

it('hears in a group a reply to itself, and reactions as an administrator alone', async () => {
  await api.getUpdates({ allowed_updates: ['message', 'message_reaction'] })
  const { message_id: messageId } = await api.sendMessage(forum, 'Кто возьмёт?')
  simulator.write({ personId: ivan, chatId: forum, text: 'Я', replyTo: messageId })
  simulator.write({ personId: ivan, chatId: forum, text: 'разговор' })
  simulator.react({ personId: ivan, chatId: forum, messageId, emoji: ['👍'] })
  expect((await news()).map(({ message }) => message?.text)).toEqual(['Я'])
  promote()
  simulator.react({ personId: ivan, chatId: forum, messageId, emoji: [] })
  expect(await news()).toMatchObject([
    { message_reaction: { user: { id: ivan }, old_reaction: [{ emoji: '👍' }], new_reaction: [] } },
  ])
})

it('deletes messages of others only with the right to', async () => {
  const { message_id: id } = simulator.write({ personId: ivan, chatId: forum, text: 'x' })
  expect(await reason(api.deleteMessage(forum, id))).toContain("message can't be deleted")
  promote()
  expect(await api.deleteMessage(forum, id)).toBe(true)
})

it('knows who is who in the group', async () => {
  const status = async (userId: number) => (await api.getChatMember(forum, userId)).status
  const stranger = simulator.createPerson({}).id
  expect([await status(olga), await status(ivan), await status(stranger)]).toEqual([
    'creator',
    'member',
    'left',
  ])
  expect(await status(123456)).toBe('member')
  promote()
  expect(await api.getChatMember(forum, 123456)).toMatchObject({
    status: 'administrator',
    can_manage_topics: true,
  })
  expect(await reason(api.getChatMember(forum, 999_999))).toBe('Bad Request: user not found')
})

it('lets anybody press, also under a message that nobody can see any more', async () => {
  const reply_markup = { inline_keyboard: [[{ text: 'Взять', callback_data: 'take' }]] }
  const { message_id: messageId } = await api.sendMessage(forum, 'Новый тикет', { reply_markup })
  for (const personId of [olga, ivan])
    simulator.pressButton({ personId, chatId: forum, messageId, data: 'take' })
  const old = simulator.pressButton({ personId: ivan, messageId: 9999, data: 'old', inaccessible: true })
  const queries = (await news()).map((update) => update.callback_query!)
  expect(queries.map(({ from, message }) => [from.id, message!.date > 0])).toEqual([
    [olga, true],
    [ivan, true],
    [ivan, false],
  ])
  expect(queries[2]!.message).toEqual({
    chat: expect.objectContaining({ id: ivan }),
    message_id: 9999,
    date: 0,
  })

  const answer = (id: string, other: object) => api.answerCallbackQuery(id, other)
  expect(await reason(answer(queries[0]!.id, { text: 'я'.repeat(201) }))).toBe(
    'Bad Request: MESSAGE_TOO_LONG',
  )
  expect(await reason(answer(queries[0]!.id, { url: 'https://shop.example/' }))).toBe(
    'Bad Request: URL_INVALID',
  )
  await answer(queries[0]!.id, { text: 'я'.repeat(200), show_alert: true })
  await answer(old.callbackQueryId, { url: 'https://t.me/shop_123456_bot?start=abc' })
  expect(simulator.answerToPress(old)).toMatchObject({ url: 'https://t.me/shop_123456_bot?start=abc' })
})
