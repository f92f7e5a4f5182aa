import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import WebSocket from 'ws'
import { openChatDesk, talkOver, type ChatDesk, type Line } from './chat-desk.fixture.ts'
import { createDatabase, startTapline, type Tapline } from './tapline.fixture.ts'

let database: Awaited<ReturnType<typeof createDatabase>>
let tapline: Tapline
let desk: ChatDesk
const lines: Line[] = []

beforeAll(async () => {
  database = await createDatabase()
  tapline = await startTapline({ database })
  desk = await openChatDesk(tapline)
})
afterAll(async () => {
  await Promise.all(lines.map((line) => line.close()))
  await tapline.stop()
  await database.drop()
})

const connect: ChatDesk['connect'] = async (...args) => {
  const line = await desk.connect(...args)
  lines.push(line)
  return line
}
async function pair() {
  const people = await Promise.all([desk.visitor('Anna'), desk.visitor('Olga')])
  const conversationId = await desk.conversation(...people)
  const [hers, theirs] = await Promise.all([connect(people[0]), connect(people[1])])
  return { people, conversationId, hers, theirs }
}

describe('what one says badly', () => {
  it('a text that the database cannot hold spoils no message of others', async () => {
    const { conversationId, hers, theirs } = await pair()
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        n % 10 === 5
          ? theirs.send(conversationId, `bad\u0000${n}`)
          : hers.send(conversationId, `good ${n}`).then((answer) => ({ ...answer, good: true })),
      ),
    )
    const good = answers.filter((answer) => 'good' in answer)
    expect(good.map(({ type }) => type)).toEqual(good.map(() => 'ack'))
  })

  it.each(['\u0000', '\ud800', '__proto__', 'constructor'])(
    'a reaction of %j spoils no reaction of others',
    async (emoji) => {
      const { conversationId, hers } = await pair()
      const said = await hers.send(conversationId, 'React to this')
      const messageId = (said as { messageId: string }).messageId
      const react = (with_: string) =>
        ({ type: 'react', id: hers.nextId(), conversationId, messageId, emoji: with_, on: true }) as const
      const wishes = ['a', 'b', emoji, 'c', 'd'].map(react)
      hers.say(...wishes)
      const answers = await Promise.all(wishes.map(({ id }) => hers.answer(id)))
      expect(answers.filter((_, index) => index !== 2).map(({ type }) => type)).toEqual(Array(4).fill('ack'))
    },
  )
})

describe('marks', () => {
  it('of what was caught up after a reconnect are written', async () => {
    const { people, conversationId, hers, theirs } = await pair()
    await theirs.close()
    await hers.send(conversationId, 'While away')
    const back = await connect(people[1], { positions: [{ conversationId, epoch: 1, sequence: 0 }] })
    await back.frame('synced')
    back.say({ type: 'received', conversationId, sequence: 1 })
    await hers.frame(
      'receipt',
      ({ participantId, received }) => participantId === people[1].participantId && received === 1,
      3_000,
    )
  })
})

describe('presence', () => {
  it('of somebody who left before being greeted ends', async () => {
    const anna = await desk.visitor()
    const tickets = await Promise.all(
      Array.from({ length: 20 }, () =>
        desk.must<{ ticket: string }>('POST', '/v1/socket-tickets', anna.token),
      ),
    )
    for (const { ticket } of tickets) {
      const ws = new WebSocket(`${tapline.url.replace('http', 'ws')}/v1/socket`)
      ws.on('error', () => undefined)
      await new Promise((resolve) => ws.once('open', resolve))
      ws.send(JSON.stringify({ type: 'hello', version: 1, ticket }))
      // Gone while it is asked what there is for it.
      setTimeout(() => ws.terminate(), Math.random() * 4)
    }
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    const redis = new Redis(inject('redisUrl'))
    const keys = await redis.keys(`*presence:*${anna.participantId}`)
    const there = await Promise.all(keys.map((key) => redis.zcount(key, Date.now(), '+inf')))
    redis.disconnect()
    expect(there.filter((count) => count > 0)).toEqual([])
  })
})

describe('asking for more than one reads', () => {
  it('fills no memory', async () => {
    const poor = await openChatDesk(tapline)
    const anna = await poor.visitor()
    const conversationId = await poor.conversation(anna)
    const line = await poor.connect(anna)
    lines.push(line)
    const text = 'я'.repeat(3_900)
    await Promise.all(Array.from({ length: 100 }, () => line.send(conversationId, text)))
    await poor.must('PUT', '/v1/chat-settings', poor.shop.secretKey, {
      allowedOrigins: ['https://shop.example.test'],
      credits: { capacity: 60, refillSeconds: 10, projectPerSecond: 2_000 },
    })
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    line.ws.pause()
    let most = 0
    const look = async () => {
      const text = await (await fetch(`${tapline.url}/metrics`)).text()
      const [found] = /tapline_chat_outgoing_bytes \d+/.exec(text) ?? []
      most = Math.max(most, Number(found?.split(' ')[1] ?? 0))
    }
    for (let round = 0; round < 4; round++)
      line.say(
        ...Array.from(
          { length: 64 },
          () => ({ type: 'sync', id: line.nextId(), conversationId, after: 0 }) as const,
        ),
      )
    for (let n = 0; n < 40; n++) await look()
    line.ws.terminate()
    expect(most).toBeLessThan(4_000_000)
  })
})

describe('frames behind the hello', () => {
  it('are heard', async () => {
    const anna = await desk.visitor()
    const conversationId = await desk.conversation(anna)
    const { ticket } = await desk.must<{ ticket: string }>('POST', '/v1/socket-tickets', anna.token)
    const line = talkOver(new WebSocket(`${tapline.url.replace('http', 'ws')}/v1/socket`))
    lines.push({ ...line, person: anna } as Line)
    await line.opened
    const socket = (line.ws as unknown as { _socket: { cork(): void; uncork(): void } })._socket
    socket.cork()
    line.say({ type: 'hello', version: 1, ticket })
    line.say({ type: 'send', id: 900, clientId: 'pipelined-1', conversationId, text: 'Soon' })
    socket.uncork()
    await line.frame('ack', ({ id }) => id === 900, 3_000)
  })
})
