import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openChatDesk, talkOver, type ChatDesk, type Line, type Person } from './chat-desk.fixture.ts'
import { eventually, startTapline, type Tapline } from './tapline.fixture.ts'
import WebSocket from 'ws'

let tapline: Tapline
let desk: ChatDesk
const lines: Line[] = []

beforeAll(async () => {
  tapline = await startTapline()
  desk = await openChatDesk(tapline)
})
afterAll(async () => {
  await Promise.all(lines.map((line) => line.close()))
  await tapline.stop()
})

const connect: ChatDesk['connect'] = async (...args) => {
  const line = await desk.connect(...args)
  lines.push(line)
  return line
}
async function pair() {
  const [anna, olga] = await Promise.all([desk.visitor('Anna'), desk.agent('Olga')])
  const conversationId = await desk.conversation(anna, olga)
  return { anna, olga, conversationId }
}
const marksOf = async (conversationId: string, who: Person) => {
  const { data } = await desk.must<{ data: { id: string; received: number; read: number }[] }>(
    'GET',
    `/v1/conversations/${conversationId}/participants`,
    desk.shop.secretKey,
  )
  const { received, read } = data.find(({ id }) => id === who.participantId)!
  return { received, read }
}

describe('from one socket to another', () => {
  it('a message is stored, acknowledged, delivered and confirmed', async () => {
    const { anna, olga, conversationId } = await pair()
    const [hers, theirs] = await Promise.all([connect(anna), connect(olga)])
    const ack = await hers.send(conversationId, 'Здравствуйте!')
    expect(ack).toMatchObject({ type: 'ack', sequence: 1, repeated: false })
    const { events } = await theirs.frame('events')
    expect(events[0]).toMatchObject({
      kind: 'message',
      sequence: 1,
      participantId: anna.participantId,
      message: { text: 'Здравствуйте!', sender: { kind: 'visitor', name: 'Anna' } },
    })
    await hers.frame(
      'receipt',
      ({ participantId, received }) => participantId === olga.participantId && received === 1,
    )
    await eventually(
      () => marksOf(conversationId, olga),
      ({ received }) => received === 1,
    )
    theirs.say({ type: 'read', conversationId, sequence: 1 })
    await hers.frame('receipt', ({ read }) => read === 1)
    expect(await marksOf(conversationId, olga)).toEqual({ received: 1, read: 1 })
    // Nobody has to look at it any more.
    await eventually(
      () =>
        tapline.app.sql.query<{ dueAt: Date | null }>(
          `select due_at as "dueAt" from conversations where id = $1`,
          [conversationId],
        ),
      ([row]) => row!.dueAt === null,
    )
  })

  it('the same client id says it once, for ever, over whatever door', async () => {
    const { anna, conversationId } = await pair()
    const line = await connect(anna)
    const clientId = randomUUID()
    const first = await line.send(conversationId, 'Once', clientId)
    const again = await Promise.all(
      Array.from({ length: 20 }, () => line.send(conversationId, 'Once more', clientId)),
    )
    for (const answer of again) expect(answer).toMatchObject({ type: 'ack', sequence: 1, repeated: true })
    const rest = await desk.must<{ id: string; text: string }>(
      'POST',
      `/v1/conversations/${conversationId}/messages`,
      anna.token,
      { clientId, text: 'By REST' },
    )
    expect(rest).toMatchObject({ id: (first as { messageId: string }).messageId, text: 'Once' })
    expect(await line.send(conversationId, 'Next')).toMatchObject({ sequence: 2 })
  })

  it('edits, reactions and deletions take sequences, and everybody ends with the same', async () => {
    const { anna, olga, conversationId } = await pair()
    const [hers, theirs] = await Promise.all([connect(anna), connect(olga)])
    const { messageId } = (await hers.send(conversationId, 'Wrnog')) as { messageId: string }
    const ask = async (line: Line, frame: Record<string, unknown>) => {
      const id = line.nextId()
      line.say({ ...frame, id, conversationId, messageId } as never)
      return line.answer(id)
    }
    expect(await ask(hers, { type: 'edit', text: 'Wrong' })).toMatchObject({ type: 'ack', sequence: 2 })
    expect(await ask(hers, { type: 'edit', text: 'Wrong' })).toMatchObject({ type: 'ack', repeated: true })
    expect(await ask(theirs, { type: 'react', emoji: '👍', on: true })).toMatchObject({ sequence: 3 })
    expect(await ask(theirs, { type: 'edit', text: 'Mine' })).toMatchObject({
      type: 'error',
      code: 'message-not-yours',
      temporary: false,
    })
    expect(await ask(hers, { type: 'delete' })).toMatchObject({ sequence: 4 })
    expect(await ask(hers, { type: 'edit', text: 'Back' })).toMatchObject({
      type: 'error',
      code: 'message-deleted',
    })
    const log = await eventually(
      async () => theirs.log(conversationId),
      (seen) => seen.length === 4,
    )
    expect(log.map(({ sequence, kind }) => [sequence, kind])).toEqual([
      [1, 'message'],
      [2, 'edited'],
      [3, 'reacted'],
      [4, 'deleted'],
    ])
    // Whoever comes later sees nothing of what was taken back.
    const late = await connect(olga, { positions: [{ conversationId, epoch: 1, sequence: 0 }] })
    const { sync } = await late.frame('synced')
    expect(JSON.stringify(sync)).not.toMatch(/Wrong|Wrnog/)
    expect(sync.events).toHaveLength(4)
  })

  it('whoever was away gets what it missed, in order, once, and first of all', async () => {
    const { anna, olga, conversationId } = await pair()
    const hers = await connect(anna)
    const before = await connect(olga)
    await hers.send(conversationId, 'm1')
    await before.frame('events')
    await before.close()
    for (let n = 2; n <= 21; n++) await hers.send(conversationId, `m${n}`)
    const after = await connect(olga, { positions: [{ conversationId, epoch: 1, sequence: 1 }] })
    await hers.send(conversationId, 'm22')
    await eventually(
      async () => after.texts(conversationId),
      (seen) => seen.length === 21,
    )
    expect(after.texts(conversationId)).toEqual(Array.from({ length: 21 }, (_, n) => `m${n + 2}`))
    const { sync } = await after.frame('synced')
    expect(sync).toMatchObject({ limited: false, previous: null })
    const types = after.frames.map(({ type }) => type)
    expect(types.indexOf('synced')).toBeLessThan(types.indexOf('events'))
  })

  it('of a long absence the newest comes first, and the rest on asking', async () => {
    const { anna, olga, conversationId } = await pair()
    const hers = await connect(anna)
    for (let from = 0; from < 250; from += 50)
      await Promise.all(Array.from({ length: 50 }, (_, n) => hers.send(conversationId, `m${from + n}`)))
    const late = await connect(olga, { positions: [{ conversationId, epoch: 1, sequence: 10 }] })
    const { sync } = await late.frame('synced')
    expect(sync).toMatchObject({ limited: true, previous: 150, top: 250 })
    expect(sync.events.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 100 }, (_, n) => 151 + n),
    )
    const id = late.nextId()
    late.say({ type: 'sync', id, conversationId, after: 10, upTo: 150, limit: 200 })
    const rest = (await late.answer(id)) as { sync: typeof sync }
    expect(rest.sync).toMatchObject({ limited: false, previous: null })
    expect(rest.sync.events).toHaveLength(140)
  })

  it('a position of another epoch is loaded anew', async () => {
    const { anna, olga, conversationId } = await pair()
    const hers = await connect(anna)
    await hers.send(conversationId, 'm1')
    const late = await connect(olga, { positions: [{ conversationId, epoch: 7, sequence: 1 }] })
    const { sync } = await late.frame('synced')
    expect(sync).toMatchObject({ epoch: 1, top: 1 })
    expect(sync.events).toHaveLength(1)
  })

  it('typing, presence and signals reach who is there, and leave nothing behind', async () => {
    const { anna, olga, conversationId } = await pair()
    const theirs = await connect(olga)
    const hers = await connect(anna)
    await theirs.frame('presence', ({ participants }) =>
      participants.some(({ participantId, present }) => participantId === anna.participantId && present),
    )
    await hers.frame('presence', ({ participants }) =>
      participants.some(({ participantId }) => participantId === olga.participantId),
    )
    hers.say({ type: 'typing', conversationId })
    await theirs.frame('typing')
    const clientId = randomUUID()
    for (let times = 0; times < 2; times++) {
      const id = hers.nextId()
      hers.say({ type: 'signal', id, clientId, conversationId, data: { offer: 'sdp' } })
      expect(await hers.answer(id)).toMatchObject({ type: 'ack', sequence: null, repeated: times === 1 })
    }
    expect(await theirs.frame('signal')).toMatchObject({
      participantId: anna.participantId,
      data: { offer: 'sdp' },
    })
    expect(theirs.of('signal')).toHaveLength(1)
    expect(hers.of('signal')).toHaveLength(0)
    expect(
      (
        await desk.must<{ top: number }>(
          'GET',
          `/v1/conversations/${conversationId}/events?afterSequence=0`,
          anna.token,
        )
      ).top,
    ).toBe(0)
  })
})

describe('who may do what', () => {
  it('a stranger to the conversation cannot tell it from one that is not there', async () => {
    const { conversationId } = await pair()
    const eve = await desk.visitor('Eve')
    const line = await connect(eve)
    const missing = `cnv_${'0'.repeat(26)}`
    for (const where of [conversationId, missing]) {
      expect(await line.send(where, 'Hello?')).toMatchObject({
        type: 'error',
        code: 'conversation-not-found',
        temporary: false,
      })
      const id = line.nextId()
      line.say({ type: 'sync', id, conversationId: where, after: 0 })
      expect(await line.answer(id)).toMatchObject({ type: 'error', code: 'conversation-not-found' })
      expect((await desk.call('GET', `/v1/conversations/${where}/messages`, eve.token)).status).toBe(404)
    }
    line.say({ type: 'typing', conversationId }, { type: 'received', conversationId, sequence: 99 })
  })

  it('an agent comes in by writing, and everybody hears of it', async () => {
    const anna = await desk.visitor('Anna')
    const { id: conversationId } = await desk.must<{ id: string }>(
      'POST',
      '/v1/conversations',
      anna.token,
      {},
    )
    const hers = await connect(anna)
    const agent = await desk.agent('Pavel')
    const theirs = await connect(agent, { follow: 'project' })
    await hers.send(conversationId, 'Anybody there?')
    await theirs.frame('events', ({ events }) => events[0]?.conversationId === conversationId)
    await theirs.send(conversationId, 'Yes.')
    const log = await eventually(
      async () => hers.log(conversationId),
      (seen) => seen.length === 3,
    )
    expect(log.map(({ kind }) => kind)).toEqual(['message', 'membership', 'message'])
    expect(log[1]).toMatchObject({ change: 'joined', member: { name: 'Pavel', kind: 'agent' } })
  })

  it('whoever was taken out hears it, and nothing after', async () => {
    const { anna, olga, conversationId } = await pair()
    const [hers, theirs] = await Promise.all([connect(anna), connect(olga)])
    const url = `/v1/conversations/${conversationId}/participants/${anna.participantId}`
    await desk.must('DELETE', url, desk.shop.secretKey)
    await hers.frame('events', ({ events }) =>
      events.some((one) => one.kind === 'membership' && one.change === 'left'),
    )
    await theirs.send(conversationId, 'Just us')
    expect(await hers.send(conversationId, 'And me?')).toMatchObject({ code: 'conversation-not-found' })
    expect(hers.texts(conversationId)).toEqual([])
  })

  it('another project sees nothing and reaches nothing', async () => {
    const { anna, conversationId } = await pair()
    const others = await openChatDesk(tapline)
    const mallory = await others.agent('Mallory')
    const line = await others.connect(mallory, { follow: 'project' })
    const hers = await connect(anna)
    await hers.send(conversationId, 'Ours')
    expect(await line.send(conversationId, 'Theirs')).toMatchObject({ code: 'conversation-not-found' })
    for (const path of ['', '/messages', '/participants', '/events?afterSequence=0'])
      expect(
        (await others.call('GET', `/v1/conversations/${conversationId}${path}`, others.shop.secretKey))
          .status,
      ).toBe(404)
    const foreign = await others.call('POST', '/v1/conversations', others.shop.secretKey, {
      participantIds: [anna.participantId],
    })
    expect(foreign.status).toBe(404)
    expect(line.of('events')).toEqual([])
    await line.close()
  })
})

describe('what is no frame', () => {
  const strange = async () => {
    const line = talkOver(new WebSocket(`${tapline.url.replace('http', 'ws')}/v1/socket`))
    await line.opened
    return line
  }
  it.each([
    ['not JSON', '{', 4500],
    ['binary', Buffer.from([1, 2, 3]), 4500],
    ['a number', '7', 4500],
    ['too many frames', JSON.stringify(Array.from({ length: 65 }, () => ({ type: 'pong', id: 1 }))), 4500],
    ['no hello', JSON.stringify({ type: 'pong', id: 1 }), 4502],
    ['another version', JSON.stringify({ type: 'hello', version: 9, ticket: 'x' }), 4503],
    ['a wrong ticket', JSON.stringify({ type: 'hello', version: 1, ticket: 'x' }), 4501],
    ['too large', JSON.stringify({ type: 'hello', version: 1, ticket: 'x'.repeat(70_000) }), 1009],
  ])('%s ends the connection', async (_, said, code) => {
    const line = await strange()
    line.ws.send(said)
    expect(
      (await eventually(
        async () => line.closed(),
        (seen) => seen !== undefined,
      ))!.code,
    ).toBe(code)
  })

  it('silence ends it after five seconds', async () => {
    const line = await strange()
    expect(
      (await eventually(
        async () => line.closed(),
        (seen) => seen !== undefined,
        8_000,
      ))!.code,
    ).toBe(4502)
  })

  it('a bad frame with an id is refused alone, and many end the connection', async () => {
    const { anna, conversationId } = await pair()
    const line = await connect(anna)
    line.ws.send(
      JSON.stringify([
        { type: 'send', id: 101, conversationId, clientId: 'short', text: '' },
        { type: 'dance', id: 102 },
      ]),
    )
    expect(await line.answer(101)).toMatchObject({ type: 'error', code: 'invalid-request', temporary: false })
    expect(await line.answer(102)).toMatchObject({ type: 'error', code: 'invalid-request' })
    expect(await line.send(conversationId, 'Still here')).toMatchObject({ type: 'ack' })
    for (let times = 0; times < 60; times++) line.ws.send('{"type":"dance"}')
    expect(
      (await eventually(
        async () => line.closed(),
        (seen) => seen !== undefined,
      ))!.code,
    ).toBe(4500)
  })

  it('a ticket is good once', async () => {
    const anna = await desk.visitor()
    const { ticket } = await desk.must<{ ticket: string }>('POST', '/v1/socket-tickets', anna.token)
    const [one, two] = await Promise.all([strange(), strange()])
    for (const line of [one, two]) line.say({ type: 'hello', version: 1, ticket })
    await eventually(
      async () => [one, two].map((line) => line.closed()?.code ?? line.of('welcome').length),
      (seen) => seen.includes(1) && seen.includes(4501),
    )
    await Promise.all([one.close(), two.close()])
  })
})
