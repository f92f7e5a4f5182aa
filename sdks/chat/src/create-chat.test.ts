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

test('neither storage nor request before connect, and no storage before the first message', async () => {
  const written: string[] = []
  const storage = { ...memoryStorage(), set: (key: string) => void written.push(key) }
  const { chat } = chatOf(undefined, { storage })
  expect(server.requests).toEqual([])
  await chat.connect()
  const { id } = await chat.startConversation()
  expect(written).toEqual([])
  await chat.send(id, 'Hello').stored
  expect(written.map((key) => key.split(':').at(-1))).toEqual(expect.arrayContaining(['renewal', 'device']))
  expect(server.requests.map(({ path }) => path).join()).not.toMatch(/st_|rn_|pk_/)
})

test('consent from the beginning stores at once, none never', async () => {
  const one = memoryStorage()
  const other = memoryStorage()
  await chatOf(undefined, { storage: one, consent: true }).chat.connect()
  const { chat } = chatOf(undefined, { storage: other, consent: false })
  await chat.connect()
  await chat.send((await chat.startConversation()).id, 'Hello').stored
  expect(Object.keys(await one.load('')).length).toBe(2)
  expect(await other.load('')).toEqual({})
})

test('a visitor who comes again is the same one; one whose renewal has ended is a new one', async () => {
  const storage = memoryStorage()
  const names: (string | undefined)[] = []
  for (let visit = 0; visit < 3; visit++) {
    const { chat } = chatOf(undefined, { storage, consent: true })
    await chat.connect()
    names.push(chat.me?.id)
    chat.disconnect()
    if (visit === 1) server.renewals.clear()
  }
  expect(names[1]).toBe(names[0])
  expect(names[2]).not.toBe(names[0])
})

test('what is refused for now is said later, and nothing overtakes it', async () => {
  const { anna, talk } = pair()
  const { chat } = chatOf(anna.id)
  await chat.connect()
  const waits: number[] = []
  let before = performance.now()
  let refusals = 3
  server.script.refuse = () => {
    waits.push(performance.now() - before)
    before = performance.now()
    return refusals-- > 0 ? { code: 'credits-spent', temporary: true, retryAfterMs: 60 } : undefined
  }
  const all = ['one', 'two', 'three'].map((text) => chat.send(talk.id, text).stored)
  await Promise.all(all)
  expect([...talk.messages.values()].map(({ text }) => text)).toEqual(['one', 'two', 'three'])
  expect(Math.min(...waits.slice(1, 4))).toBeGreaterThan(55)
})

test('what is refused for good leaves the queue with its error, and the rest goes on', async () => {
  const { anna, talk } = pair()
  const storage = memoryStorage()
  const { chat } = chatOf(anna.id, { storage })
  await chat.connect()
  server.script.refuse = ({ text }) =>
    text === 'bad' ? { code: 'message-refused', temporary: false } : undefined
  const refused: unknown[] = []
  chat.on('refused', ({ message, error }) => refused.push([message.text, error.code]))
  const bad = chat.send(talk.id, 'bad')
  await chat.send(talk.id, 'good').stored
  await expect(bad.stored).rejects.toMatchObject({
    name: 'ChatError',
    code: 'message-refused',
    temporary: false,
  })
  expect(refused).toEqual([['bad', 'message-refused']])
  await until(() => expect(shown(chat, talk.id)).toEqual(['good']))
  expect(Object.keys(await storage.load('')).filter((key) => key.includes(':q:'))).toEqual([])
})

test('a full queue says so at once', () => {
  const { anna, talk } = pair()
  const { chat } = chatOf(anna.id)
  for (let count = 0; count < 200; count++) chat.send(talk.id, 'x')
  expect(() => chat.send(talk.id, 'x')).toThrow(
    expect.objectContaining({ code: 'queue-full', temporary: true }),
  )
  const other = chatOf(anna.id).chat
  for (let count = 0; count < 125; count++) other.send(talk.id, 'x'.repeat(4000))
  expect(() => other.send(talk.id, 'x')).toThrow(expect.objectContaining({ code: 'queue-full' }))
})

test('a live gap is held back and closed at once', async () => {
  const { anna, boris, talk } = pair()
  const { chat, texts } = chatOf(anna.id)
  await chat.connect()
  server.script.outgoing = (frame) => !(frame.type === 'events' && frame.events[0]!.sequence === 2)
  for (const text of ['one', 'two', 'three', 'four']) server.say(talk, boris.id, text)
  await until(() => expect(texts()).toEqual(['one', 'two', 'three', 'four']))
  expect(server.heard('sync')).toMatchObject([{ after: 1 }])
})

test('a lost last event is found by the next ping', async () => {
  const { anna, boris, talk } = pair()
  const { chat, texts } = chatOf(anna.id)
  await chat.connect()
  server.script.outgoing = (frame) => frame.type !== 'events'
  server.say(talk, boris.id, 'lost')
  await until(() => expect(texts()).toEqual(['lost']))
})

test('after a long break the newest page comes first, then the rest backwards', async () => {
  await server.stop()
  server = await startReferenceServer({ pingMs: 150, page: 3 })
  const { anna, boris, talk } = pair()
  const { chat, seen } = chatOf(anna.id)
  const order: [string | null, boolean][] = []
  chat.on('message', ({ message, earlier }) => order.push([message.text, earlier]))
  await chat.connect()
  server.cutAll()
  await until(() => expect(server.peers.size).toBe(0))
  for (let count = 1; count <= 8; count++) server.say(talk, boris.id, `${count}`)
  await until(() => expect(seen).toHaveLength(8))
  expect(order.map(([text]) => text)).toEqual(['6', '7', '8', '3', '4', '5', '1', '2'])
  expect(order.map(([, earlier]) => earlier)).toEqual([false, false, false, true, true, true, true, true])
  expect(shown(chat, talk.id)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8'])
  // Only what is there without a hole has been received.
  await until(() => expect(talk.participants.get(anna.id)!.received).toBe(8))
})

test('another epoch: everything is forgotten and loaded anew', async () => {
  const { anna, boris, talk } = pair()
  const { chat } = chatOf(anna.id)
  await chat.connect()
  for (const text of ['one', 'two', 'three']) server.say(talk, boris.id, text)
  await until(() => expect(shown(chat, talk.id)).toEqual(['one', 'two', 'three']))
  talk.messages.delete([...talk.messages.keys()][1]!)
  server.renew(talk)
  await until(() => expect(shown(chat, talk.id)).toEqual(['one', 'three']))
  expect(chat.positions()).toEqual([{ conversationId: talk.id, epoch: 2, sequence: 2 }])
})

test('history is loaded when somebody looks, page by page, and is not told as new', async () => {
  await server.stop()
  server = await startReferenceServer({ pingMs: 150, page: 4 })
  const { anna, boris, talk } = pair()
  for (let count = 1; count <= 10; count++) server.say(talk, boris.id, `${count}`)
  talk.participants.set(anna.id, { received: 10, read: 8 })
  const { chat, seen } = chatOf(anna.id)
  await chat.connect()
  const live = chat.conversation(talk.id)
  await until(() => expect(live.messages.map(({ text }) => text)).toEqual(['7', '8', '9', '10']))
  expect([live.hasEarlier, live.unread, live.read]).toEqual([true, 2, 8])
  await live.loadEarlier()
  await live.loadEarlier(1)
  expect(live.messages.map(({ text }) => text)).toEqual(['2', '3', '4', '5', '6', '7', '8', '9', '10'])
  await live.loadEarlier()
  expect([live.messages.length, live.hasEarlier]).toEqual([10, false])
  expect(seen).toEqual([])
  chat.markRead(talk.id)
  expect(live.unread).toBe(0)
  await until(() => expect(talk.participants.get(anna.id)!.read).toBe(10))
})

test('what has never reached anybody comes as messages at the first connection', async () => {
  const { anna, boris, talk } = pair()
  for (const text of ['one', 'two', 'three']) server.say(talk, boris.id, text)
  talk.participants.set(anna.id, { received: 1, read: 0 })
  const { chat, texts } = chatOf(anna.id)
  await chat.connect()
  await until(() => expect(texts()).toEqual(['two', 'three']))
})

test('changes reach both sides: edited, reacted, taken back', async () => {
  const { anna, boris, talk } = pair()
  const a = chatOf(anna.id).chat
  const b = chatOf(boris.id).chat
  await Promise.all([a.connect(), b.connect()])
  const { messageId } = await a.send(talk.id, 'Helo').stored
  await a.edit(talk.id, messageId, 'Hello')
  await b.react(talk.id, messageId, '👍')
  await a.react(talk.id, messageId, '👍')
  await b.react(talk.id, messageId, '👍', false)
  const expected = { text: 'Hello', reactions: [{ emoji: '👍', participantIds: [anna.id] }] }
  for (const chat of [a, b])
    await until(() => expect(chat.conversation(talk.id).messages).toMatchObject([expected]))
  await expect(b.edit(talk.id, messageId, 'x')).rejects.toMatchObject({ code: 'message-not-yours' })
  await a.remove(talk.id, messageId)
  await until(() =>
    expect(b.conversation(talk.id).messages).toMatchObject([{ text: null, deletedAt: expect.any(String) }]),
  )
})

test('receipts, typing, signals, presence and notices arrive; receipts go out four times a second at most', async () => {
  const { anna, boris, talk } = pair()
  const a = chatOf(anna.id).chat
  const b = chatOf(boris.id).chat
  await Promise.all([a.connect(), b.connect()])
  const told: unknown[] = []
  for (const name of ['typing', 'signal', 'presence', 'notice'] as const)
    b.on(name, (event) => told.push({ name, ...event }))
  a.typing(talk.id)
  a.typing(talk.id)
  await a.signal(talk.id, { offer: 1 })
  server.send({ type: 'presence', participants: [{ participantId: anna.id, present: true }] })
  server.send({ type: 'notice', code: 'credit', message: 'Wait', retryAfterMs: 5 })
  await until(() =>
    expect(told.map((event) => (event as { name: string }).name)).toEqual([
      'typing',
      'signal',
      'presence',
      'notice',
    ]),
  )
  expect(told[1]).toMatchObject({ participantId: anna.id, data: { offer: 1 } })
  const last = () => a.conversation(talk.id).receipts.get(boris.id)
  const began = performance.now()
  for (let count = 0; count < 30; count++) {
    await a.send(talk.id, `${count}`).stored
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  await until(() => expect(last()).toMatchObject({ received: 30 }))
  const seconds = (performance.now() - began) / 1000
  expect(server.heard('received').filter(({ sequence }) => sequence > 0).length).toBeLessThanOrEqual(
    2 * (seconds * 4 + 2),
  )
})

test('an event that comes twice is confirmed again: the server did not know that it is here', async () => {
  const { anna, boris, talk } = pair()
  const { chat, texts } = chatOf(anna.id)
  await chat.connect()
  server.say(talk, boris.id, 'one')
  await until(() => expect(server.heard('received')).toHaveLength(1))
  server.send({ type: 'events', events: [talk.log[0]!] })
  await until(() => expect(server.heard('received')).toHaveLength(2))
  expect(texts()).toEqual(['one'])
})

test('a silent connection is dead after twice the ping, and what an old one brings late is not heard', async () => {
  const { anna, boris, talk } = pair()
  const { chat, texts } = chatOf(anna.id)
  await chat.connect()
  const states: string[] = []
  chat.on('status', ({ status }) => states.push(status))
  const [old] = server.peers
  server.script.silent = true
  const began = performance.now()
  await until(() => expect(states[0]).toBe('waiting'))
  expect(performance.now() - began).toBeGreaterThan(250)
  server.script.silent = false
  server.say(talk, boris.id, 'one')
  await until(() => expect(texts()).toEqual(['one']))
  old!.socket.send(JSON.stringify({ type: 'events', events: talk.log }))
  expect(states).toEqual(['waiting', 'connecting', 'online'])
})

test('a request that is not answered is asked on another connection', async () => {
  const { anna, talk } = pair()
  const { chat } = chatOf(anna.id)
  await chat.connect()
  let swallowed = 0
  server.script.outgoing = (frame) => !(['ack', 'events'].includes(frame.type) && swallowed++ < 2)
  await chat.send(talk.id, 'Hello').stored
  expect(talk.messages.size).toBe(1)
})

test('the server may ask for a wait, and is obeyed', async () => {
  const { anna } = pair()
  const { chat } = chatOf(anna.id)
  await chat.connect()
  const waits: (number | undefined)[] = []
  chat.on('status', ({ retryInMs }) => retryInMs !== undefined && waits.push(retryInMs))
  const began = performance.now()
  server.closeAll(4000, '{"reason":"draining","afterMs":300}')
  await until(() => expect(waits).toEqual([300]))
  await until(() => expect(chat.status).toBe('online'))
  expect(performance.now() - began).toBeGreaterThan(295)
})

test('waits are by chance and grow up to their cap', async () => {
  const { anna } = pair()
  server.script.answer = () => ({ status: 503, body: { code: 'unavailable', detail: 'Later.' } })
  const { chat } = chatOf(anna.id, { random: () => 0.5, backoff: { baseMs: 10, capMs: 60 } })
  const waits: (number | undefined)[] = []
  chat.on('status', ({ retryInMs, error }) => error && waits.push(retryInMs))
  void chat.connect()
  await until(() => expect(waits.length).toBeGreaterThan(4))
  expect(waits.slice(0, 5)).toEqual([5, 10, 20, 30, 30])
})

test('a ticket that is refused is asked for once more with a new session, then it is over', async () => {
  const { anna } = pair()
  let sessions = 0
  const { chat } = chatOf(anna.id, {
    session: () => Promise.resolve({ token: server.open(anna.id).token, at: sessions++ }),
  })
  await chat.connect()
  expect(sessions).toBe(1)
  const stopped: unknown[] = []
  chat.on('status', ({ status, error }) => status === 'stopped' && stopped.push(error?.code))
  server.tickets.set = () => server.tickets
  server.cutAll()
  await until(() => expect(stopped).toEqual(['stopped']))
  expect(sessions).toBe(2)
})

test('4504 ends it; connect tries again', async () => {
  const { anna } = pair()
  const { chat } = chatOf(anna.id)
  await chat.connect()
  server.closeAll(4504, 'ended')
  await until(() => expect(chat.status).toBe('stopped'))
  await chat.connect()
  expect(chat.status).toBe('online')
})

test('a session that has ended is made anew, over HTTP too; a wrong key rejects', async () => {
  const { chat } = chatOf(undefined)
  await chat.connect()
  server.tokens.clear()
  expect((await chat.conversations({ limit: 5 })).data).toEqual([])
  const wrong = chatOf(undefined, { publishableKey: 'nothing' }).chat
  await expect(wrong.connect()).rejects.toMatchObject({ code: 'unauthorized', status: 401, temporary: false })
  expect(wrong.status).toBe('stopped')
})

test('a conversation that could not be begun at once is begun once', async () => {
  const { chat } = chatOf(undefined)
  await chat.connect()
  let failures = 2
  server.script.answer = ({ path }) =>
    path === '/v1/conversations' && failures-- > 0
      ? { status: 503, headers: { 'retry-after': '0.02' }, body: {} }
      : undefined
  await chat.startConversation({ subject: 'Sizes' })
  const keys = server.requests
    .filter(({ path }) => path === '/v1/conversations')
    .map(({ headers }) => headers['idempotency-key'])
  expect([keys.length, new Set(keys).size]).toEqual([3, 1])
})

test('a file is announced, uploaded with its headers and confirmed', async () => {
  const { anna, talk } = pair()
  const { chat, seen } = chatOf(anna.id)
  await chat.connect()
  const file = new Blob(['hello'], { type: 'text/plain' })
  expect(await chat.sendFile(talk.id, file, { name: 'note.txt' })).toMatchObject({ state: 'ready' })
  await until(() => expect(seen).toMatchObject([{ attachment: { name: 'note.txt' } }]))
  const put = server.requests.find(({ method }) => method === 'PUT')!
  expect([put.body, put.headers['x-file']]).toEqual(['hello', put.path.split('/').at(-1)])
  expect(put.headers.authorization).toBeUndefined()
})

test('memory is bounded: the oldest messages are let go, and can be loaded again', async () => {
  const { anna, boris, talk } = pair()
  const { chat } = chatOf(anna.id, { keep: 5 })
  await chat.connect()
  for (let count = 1; count <= 12; count++) server.say(talk, boris.id, `${count}`)
  const live = chat.conversation(talk.id)
  await until(() => expect(live.messages.at(-1)?.text).toBe('12'))
  expect(live.messages.map(({ text }) => text)).toEqual(['8', '9', '10', '11', '12'])
  await live.loadEarlier()
  expect(live.messages).toHaveLength(12)
})

test('a program goes on from the positions that it kept', async () => {
  const { anna, boris, talk } = pair()
  for (const text of ['one', 'two', 'three']) server.say(talk, boris.id, text)
  talk.participants.set(anna.id, { received: 3, read: 0 })
  const { chat, texts } = chatOf(anna.id, { positions: [{ conversationId: talk.id, epoch: 1, sequence: 1 }] })
  await chat.connect()
  await until(() => expect(texts()).toEqual(['two', 'three']))
})

test('a listener that throws harms nobody', async () => {
  const { anna, boris, talk } = pair()
  const { chat, texts } = chatOf(anna.id)
  await chat.connect()
  const thrown: unknown[] = []
  const caught = (fault: unknown) => void thrown.push(fault)
  const others = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException').on('uncaughtException', caught)
  const off = chat.on('change', () => {
    off()
    throw new Error('of the listener')
  })
  server.say(talk, boris.id, 'one')
  server.say(talk, boris.id, 'two')
  await until(() => expect(texts()).toEqual(['one', 'two']))
  await until(() => expect(thrown).toHaveLength(1))
  process.removeAllListeners('uncaughtException')
  for (const other of others) process.on('uncaughtException', other)
})

test('a command that is not answered ends with the connection that does not answer', async () => {
  const { anna, talk } = pair()
  const { chat } = chatOf(anna.id)
  await chat.connect()
  const { messageId } = await chat.send(talk.id, 'Hello').stored
  server.script.outgoing = ({ type }) => type !== 'ack'
  await expect(chat.react(talk.id, messageId, '👍')).rejects.toMatchObject({
    ...{ code: 'disconnected', temporary: true },
  })
})

test('an old socket that does not end is not heard any more', async () => {
  class Undead extends WebSocket {
    override close(): void {}
  }
  const { anna, boris, talk } = pair()
  const { chat } = chatOf(anna.id, { webSocket: Undead })
  await chat.connect()
  const [old] = server.peers
  const heard: string[] = []
  chat.on('typing', ({ participantId }) => heard.push(participantId))
  // A pause by chance may be over before anybody looks.
  const statuses: string[] = []
  chat.on('status', ({ status }) => statuses.push(status))
  server.script.silent = true
  await until(() => expect(statuses).toContain('waiting'))
  server.script.silent = false
  await until(() => expect(chat.status).toBe('online'))
  const typing = (participantId: string) =>
    JSON.stringify({ type: 'typing', conversationId: talk.id, participantId })
  old!.socket.send(typing('par_of_the_old'))
  const ofTheOld = new Promise((resolve) => old!.socket.once('pong', resolve))
  old!.socket.ping()
  await ofTheOld
  ;[...server.peers].at(-1)!.socket.send(typing(boris.id))
  await until(() => expect(heard).toContain(boris.id))
  expect(heard).toEqual([boris.id])
  old!.socket.terminate()
})
