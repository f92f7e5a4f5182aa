import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createChat, memoryStorage, type Chat, type ChatMessage, type ChatOptions } from '@tapline/chat'
import WebSocket from 'ws'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { openChatDesk, ORIGIN, type ChatDesk, type Person } from './chat-desk.fixture.ts'
import { startTapline, type Tapline } from './tapline.fixture.ts'

let tapline: Tapline
let desk: ChatDesk
const chats: Chat[] = []

beforeAll(async () => {
  tapline = await startTapline()
  desk = await openChatDesk(tapline)
})
afterEach(() => {
  for (const chat of chats.splice(0)) chat.disconnect()
})
afterAll(() => tapline.stop())

const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 8_000, interval: 10 })

/** What a browser adds by itself. */
const fromThePage = (url: string, { headers, ...init }: RequestInit) =>
  fetch(url, { ...init, headers: { ...(headers as Record<string, string>), origin: ORIGIN } })

function open(who: Person | 'a visitor', options: Partial<ChatOptions> = {}) {
  const sockets: WebSocket[] = []
  const chat = createChat({
    url: tapline.url,
    fetch: fromThePage,
    ...(who === 'a visitor'
      ? { publishableKey: desk.shop.publishableKey }
      : { session: () => Promise.resolve({ token: who.token }) }),
    webSocket: class extends WebSocket {
      constructor(url: string) {
        super(url)
        sockets.push(this)
      }
    },
    backoff: { baseMs: 20, capMs: 200 },
    ...options,
  })
  chats.push(chat)
  const heard: ChatMessage[] = []
  chat.on('message', ({ message }) => heard.push(message))
  return { chat, heard, texts: () => heard.map(({ text }) => text), cut: () => sockets.at(-1)!.terminate() }
}
const shown = (chat: Chat, id: string) => chat.conversation(id).messages.map(({ text }) => text)

it('a visitor and an agent talk: said, received, read, changed, taken back', async () => {
  const agent = await desk.agent()
  const anna = open('a visitor', { name: 'Anna' })
  const olga = open(agent, { follow: 'project' })
  await Promise.all([anna.chat.connect(), olga.chat.connect()])
  const { id } = await anna.chat.startConversation({ subject: 'Sizes' })
  const { messageId } = await anna.chat.send(id, 'Is it in blu?').stored
  await until(() => expect(olga.texts()).toEqual(['Is it in blu?']))
  await anna.chat.edit(id, messageId, 'Is it in blue?')
  await olga.chat.react(id, messageId, '👍')
  await until(() =>
    expect(olga.chat.conversation(id).messages).toMatchObject([
      { text: 'Is it in blue?', reactions: [{ emoji: '👍' }] },
    ]),
  )
  await olga.chat.send(id, 'It is.', { replyTo: messageId }).stored
  await until(() => expect(anna.texts()).toEqual(['Is it in blu?', 'It is.']))
  anna.chat.markRead(id)
  await until(() => {
    const receipt = olga.chat.conversation(id).receipts.get(anna.chat.me!.id)
    expect(receipt?.read).toBe(receipt?.received)
    expect(receipt?.read).toBeGreaterThan(1)
  })
  await anna.chat.remove(id, messageId)
  await until(() => expect(shown(olga.chat, id)).toEqual([null, 'It is.']))
  expect((await anna.chat.conversations()).data.map((one) => one.id)).toEqual([id])
})

it('what was said while the connection was broken comes with the next one, once', async () => {
  const [anna, olga] = await Promise.all([desk.visitor(), desk.agent()])
  const id = await desk.conversation(anna, olga)
  const [a, o] = [open(anna), open(olga)]
  await Promise.all([a.chat.connect(), o.chat.connect()])
  const expected: string[] = []
  for (let round = 0; round < 6; round++) {
    a.cut()
    for (const [who, name] of [
      [o, 'olga'],
      [a, 'anna'],
    ] as const) {
      expected.push(`${name} ${round}`)
      const { stored } = who.chat.send(id, `${name} ${round}`)
      if (who === o) o.cut()
      await stored
    }
  }
  for (const { chat, texts, heard } of [a, o]) {
    await until(() => expect(texts()).toHaveLength(expected.length))
    expect([...texts()].sort()).toEqual([...expected].sort())
    const sequences = heard.map(({ sequence }) => sequence!)
    expect(sequences).toEqual([...sequences].sort((one, other) => one - other))
    expect(shown(chat, id)).toEqual(texts())
  }
})

it('a long absence: the newest page first, then the rest, without a hole', async () => {
  const [anna, olga] = await Promise.all([desk.visitor(), desk.agent()])
  const id = await desk.conversation(anna, olga)
  const a = open(anna)
  await a.chat.connect()
  a.chat.disconnect()
  const o = open(olga)
  await o.chat.connect()
  const all = Array.from({ length: 150 }, (_, index) => `${index}`)
  await Promise.all(all.map((text) => o.chat.send(id, text).stored))
  await a.chat.connect()
  await until(() => expect(a.heard).toHaveLength(all.length))
  expect(shown(a.chat, id)).toEqual(all)
})

it('a visitor who comes again is the same one, and finds what was said', async () => {
  const storage = memoryStorage()
  const first = open('a visitor', { storage })
  await first.chat.connect()
  const { id } = await first.chat.startConversation()
  await first.chat.send(id, 'Hello').stored
  const me = first.chat.me!.id
  first.chat.disconnect()
  const again = open('a visitor', { storage })
  await again.chat.connect()
  expect(again.chat.me!.id).toBe(me)
  await until(() => expect(shown(again.chat, id)).toEqual(['Hello']))
})

it('spent credits delay, and lose and reorder nothing', async () => {
  const poor = await openChatDesk(tapline, {
    credits: { capacity: 3, refillSeconds: 1, projectPerSecond: 1_000 },
  })
  const [anna, olga] = await Promise.all([poor.visitor(), poor.agent()])
  const id = await poor.conversation(anna, olga)
  const [a, o] = [open(anna), open(olga)]
  await Promise.all([a.chat.connect(), o.chat.connect()])
  const all = Array.from({ length: 8 }, (_, index) => `${index}`)
  for (const text of all) a.chat.send(id, text)
  await until(() => expect(o.texts()).toEqual(all))
}, 30_000)

it('the example runs: a visitor asks, the bot of the project answers', async () => {
  const child = spawn('npm', ['start', '--silent', '--', tapline.url, ORIGIN], {
    cwd: fileURLToPath(new URL('../../examples/chat-node', import.meta.url)),
    env: {
      PATH: process.env.PATH,
      TAPLINE_PUBLISHABLE_KEY: desk.shop.publishableKey,
      TAPLINE_SECRET_KEY: desk.shop.secretKey,
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  const [status] = (await once(child, 'close')) as [number]
  expect([status, output]).toEqual([0, 'visitor: Where is my order?\nbot: You said: Where is my order?\n'])
})
