import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { createChat, memoryStorage, type Chat, type ChatMessage, type ChatOptions } from './index.ts'
import { startReferenceServer, type ReferenceServer } from './reference-server.fixture.ts'

let server: ReferenceServer
const chats: Chat[] = []

beforeEach(async () => {
  server = await startReferenceServer({ pingMs: 150, page: 100 })
})
afterEach(async () => {
  for (const chat of chats.splice(0)) chat.disconnect()
  await server.stop()
})

const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 5_000, interval: 5 })

function chatOf(participantId: string | undefined, options: Partial<ChatOptions> = {}) {
  const chat = createChat({
    url: server.url,
    ...(participantId === undefined
      ? { publishableKey: 'pk_of_the_tests' }
      : { session: () => Promise.resolve({ token: server.open(participantId).token }) }),
    webSocket: WebSocket,
    backoff: { baseMs: 20, capMs: 100 },
    ...options,
  })
  chats.push(chat)
  const seen: ChatMessage[] = []
  chat.on('message', ({ message }) => seen.push(message))
  return { chat, seen, texts: () => seen.map(({ text }) => text) }
}
const shown = (chat: Chat, id: string) => chat.conversation(id).messages.map(({ text }) => text)

/** Anna and Boris in one conversation. */
function pair() {
  const anna = server.join('Anna')
  const boris = server.join('Boris', 'agent')
  return { anna, boris, talk: server.startTalk(anna.id, boris.id) }
}

test('connects, sends, receives; the message is shown at once and stands in its place when it is stored', async () => {
  const { anna, boris, talk } = pair()
  const a = chatOf(anna.id)
  const b = chatOf(boris.id)
  await Promise.all([a.chat.connect(), b.chat.connect()])
  const { message, stored } = a.chat.send(talk.id, 'Where is my order?')
  expect(shown(a.chat, talk.id)).toEqual(['Where is my order?'])
  expect(message).toMatchObject({
    id: null,
    sequence: null,
    clientId: expect.stringMatching(/^[\da-f-]{36}$/),
  })
  expect(await stored).toMatchObject({ sequence: 1, clientId: message.clientId })
  await until(() => expect(b.texts()).toEqual(['Where is my order?']))
  await until(() => expect(a.texts()).toEqual(['Where is my order?']))
  expect(a.chat.conversation(talk.id).messages).toMatchObject([{ sequence: 1, clientId: message.clientId }])
})

test('what was missed while the connection was broken comes with the next one, without asking', async () => {
  const { anna, boris, talk } = pair()
  const a = chatOf(anna.id)
  await a.chat.connect()
  server.say(talk, boris.id, 'one')
  await until(() => expect(a.texts()).toEqual(['one']))
  server.cutAll()
  await until(() => expect(server.peers.size).toBe(0))
  server.say(talk, boris.id, 'two')
  server.say(talk, boris.id, 'three')
  await until(() => expect(a.texts()).toEqual(['one', 'two', 'three']))
  expect(server.heard('hello')[0]!.positions).toEqual([{ conversationId: talk.id, epoch: 1, sequence: 1 }])
  expect(server.heard('sync')).toEqual([])
})

test('a queue survives a reload and is sent in order with the same names', async () => {
  const { anna, talk } = pair()
  const storage = memoryStorage()
  const before = chatOf(anna.id, { storage })
  await before.chat.connect()
  server.script.silent = true
  const names = ['one', 'two', 'three'].map((text) => before.chat.send(talk.id, text).message.clientId)
  await until(() => expect(server.heard('send')).toHaveLength(1))
  before.chat.disconnect()
  server.script.silent = false
  const after = chatOf(anna.id, { storage })
  await after.chat.connect()
  await until(() => expect(after.texts()).toEqual(['one', 'two', 'three']))
  expect([...talk.messages.values()].map(({ clientId }) => clientId)).toEqual(names)
  await until(() => expect(storage.load('')).not.toHaveProperty('q:'))
})
