import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openChatDesk, type ChatDesk, type Line, type Person } from './chat-desk.fixture.ts'
import { startBreakableRedis } from './outages.fixture.ts'
import { createDatabase, eventually, startTapline, type Tapline } from './tapline.fixture.ts'

// Two whole servers on one database and one Redis that can be taken away.
let database: Awaited<ReturnType<typeof createDatabase>>
let redis: Awaited<ReturnType<typeof startBreakableRedis>>
let directory: string
let one: Tapline
let two: Tapline
let desk: ChatDesk
const lines: Line[] = []

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tapline-gateways-'))
  redis = await startBreakableRedis(directory)
  database = await createDatabase()
  const prefix = `t${randomBytes(6).toString('hex')}`
  const shared = { database, prefix, redisUrl: redis.url }
  one = await startTapline(shared)
  two = await startTapline(shared)
  desk = await openChatDesk(one)
}, 60_000)
afterAll(async () => {
  await Promise.all(lines.map((line) => line.close()))
  await Promise.all([one.stop(), two.stop()])
  await redis.stop()
  await database.drop()
  await rm(directory, { recursive: true, force: true })
})

const connect: ChatDesk['connect'] = async (...args) => {
  const line = await desk.connect(...args)
  lines.push(line)
  return line
}
async function pair() {
  const [anna, olga] = await Promise.all([desk.visitor('Anna'), desk.visitor('Olga')])
  const conversationId = await desk.conversation(anna, olga)
  const [hers, theirs] = await Promise.all([connect(anna, { at: one }), connect(olga, { at: two })])
  return { anna, olga, conversationId, hers, theirs }
}

describe('two gateways on one database', () => {
  it('bring each other messages, receipts, typing and presence', async () => {
    const { anna, conversationId, hers, theirs } = await pair()
    await hers.send(conversationId, 'From one')
    await theirs.frame('events', undefined, 1_000)
    await hers.frame('receipt', ({ received }) => received === 1)
    await theirs.send(conversationId, 'From two')
    await eventually(
      async () => hers.texts(conversationId),
      (seen) => seen.length === 2,
    )
    hers.say({ type: 'typing', conversationId })
    await theirs.frame('typing')
    await theirs.frame('presence', ({ participants }) =>
      participants.some(({ participantId, present }) => participantId === anna.participantId && present),
    )
  })

  it('write to one conversation at once: no hole, no double, one order for all', async () => {
    const { conversationId, hers, theirs } = await pair()
    const many = 300
    await Promise.all(
      [hers, theirs].flatMap((line, who) =>
        Array.from({ length: many }, (_, n) => line.send(conversationId, `${who}-${n}`)),
      ),
    )
    for (const line of [hers, theirs]) {
      const live = await eventually(
        async () => line.live(conversationId),
        (seen) => new Set(seen.map(({ sequence }) => sequence)).size === 2 * many,
      )
      // As it came: in order, each once.
      expect(live.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 2 * many }, (_, n) => n + 1))
    }
    expect(hers.texts(conversationId)).toEqual(theirs.texts(conversationId))
    for (const who of [0, 1])
      expect(hers.texts(conversationId).filter((text) => text!.startsWith(`${who}-`))).toEqual(
        Array.from({ length: many }, (_, n) => `${who}-${n}`),
      )
  })

  it('say a message once that came to both', async () => {
    const { anna, conversationId, hers } = await pair()
    const other = await connect(anna, { at: two })
    const clientIds = Array.from({ length: 50 }, (_, n) => `both-${String(n).padStart(4, '0')}`)
    const answers = await Promise.all(
      clientIds.flatMap((id) => [hers.send(conversationId, id, id), other.send(conversationId, id, id)]),
    )
    expect(answers.every(({ type }) => type === 'ack')).toBe(true)
    expect(answers.filter((answer) => answer.type === 'ack' && answer.repeated)).toHaveLength(50)
    const log = await eventually(
      async () => hers.log(conversationId),
      (seen) => seen.length === 50,
    )
    expect(new Set(log.map((event) => event.kind === 'message' && event.message.text)).size).toBe(50)
  })

  it('a resume works at the other one', async () => {
    const { olga, conversationId, hers, theirs } = await pair()
    await theirs.close()
    for (let n = 1; n <= 5; n++) await hers.send(conversationId, `m${n}`)
    const back = await connect(olga, { at: one, positions: [{ conversationId, epoch: 1, sequence: 0 }] })
    await eventually(
      async () => back.texts(conversationId),
      (seen) => seen.length === 5,
    )
  })
})

describe('while Redis is away', () => {
  it('chat goes on: here at once, over there within seconds, and credits are counted by each', async () => {
    const { conversationId, hers, theirs } = await pair()
    await hers.send(conversationId, 'before')
    await theirs.frame('events')
    const comeBack = await redis.leave!()
    expect(await hers.send(conversationId, 'during')).toMatchObject({ type: 'ack' })
    await eventually(
      async () => hers.live(conversationId),
      (seen) => seen.length === 2,
      2_000,
    )
    // The relay looks after two seconds, the other gateway half a second later.
    await eventually(
      async () => theirs.texts(conversationId),
      (seen) => seen.length === 2,
      8_000,
    )
    await comeBack()
    await eventually(
      async () => (await fetch(`${two.url}/readyz`)).status,
      (status) => status === 200,
      15_000,
    )
    await hers.send(conversationId, 'after')
    await eventually(
      async () => theirs.texts(conversationId),
      (seen) => seen.length === 3,
    )
    expect(theirs.live(conversationId).map(({ sequence }) => sequence)).toEqual([1, 2, 3])
  }, 40_000)
})

describe('two gateways that are tried hard', () => {
  it('whoever comes in over there hears at once what is said next', async () => {
    const [anna, boris, olga] = await Promise.all([desk.visitor('Anna'), desk.visitor('Boris'), desk.agent()])
    const conversationId = await desk.conversation(anna, boris)
    const [hers, his, theirs] = await Promise.all([
      connect(anna, { at: one }),
      connect(boris, { at: two }),
      connect(olga, { at: two }),
    ])
    await hers.send(conversationId, 'Is anybody there?')
    await his.frame('events')
    await desk.must('POST', `/v1/conversations/${conversationId}/messages`, olga.token, {
      clientId: 'from-olga-1',
      text: 'I am',
    })
    await hers.send(conversationId, 'How nice')
    await eventually(
      async () => theirs.texts(conversationId),
      (seen) => seen.includes('How nice') && seen.includes('I am'),
      1_500,
    )
  })

  it('the text of an erased customer comes out of no memory', async () => {
    await desk.shop.post(
      { action: 'register_user', payload: { email: 'erased@shop.test', externalId: 'erased-1' } },
      { prefer: 'wait=10' },
    )
    const par = await desk.must<{ id: string; customerId: string }>(
      'POST',
      '/v1/chat-participants',
      desk.shop.secretKey,
      { customer: { email: 'erased@shop.test' } },
    )
    const anna = await desk.visitor()
    const customer: Person = { participantId: par.id, token: '', name: '' }
    const conversationId = await desk.conversation(anna, customer)
    await desk.must('POST', `/v1/conversations/${conversationId}/messages`, desk.shop.secretKey, {
      clientId: 'secret-of-1',
      text: 'My secret',
      senderId: par.id,
    })
    const answer = await two.call('DELETE', `/v1/customers/${par.customerId}`, desk.shop.secretKey)
    expect(answer.status).toBeLessThan(300)
    for (const server of [two, one]) {
      const events = await server.call(
        'GET',
        `/v1/conversations/${conversationId}/events?afterSequence=0`,
        desk.shop.secretKey,
      )
      expect(events.status).toBe(200)
      expect(JSON.stringify(events.body)).not.toContain('My secret')
    }
    const line = await connect(anna, { at: one, positions: [{ conversationId, epoch: 1, sequence: 0 }] })
    await line.frame('synced')
    expect(JSON.stringify(line.frames)).not.toContain('My secret')
  })
})

describe('while Redis is away', () => {
  it('people connect', async () => {
    const other = await openChatDesk(one)
    const anna = await other.visitor()
    const conversationId = await other.conversation(anna)
    const comeBack = await redis.leave!()
    try {
      const line = await Promise.race([
        other.connect(anna, { at: two }),
        new Promise<never>((_, reject) => setTimeout(() => reject(new Error('not greeted')), 4_000)),
      ])
      lines.push(line)
      expect(await line.send(conversationId, 'Hello')).toMatchObject({ type: 'ack' })
    } finally {
      await comeBack()
    }
  }, 30_000)
})
