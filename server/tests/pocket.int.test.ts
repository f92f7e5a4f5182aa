import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openChatDesk, type ChatDesk } from './chat-desk.fixture.ts'
import { startTapline, type Tapline } from './tapline.fixture.ts'

let tapline: Tapline
let chat: ChatDesk
let count = 0

beforeAll(async () => {
  tapline = await startTapline()
  chat = await openChatDesk(tapline)
})
afterAll(() => tapline.stop())

const messenger = () => tapline.app.messenger
const identity = () => tapline.app.chat
const guest = (name = 'Anna') => identity().participants.newVisitor(chat.shop.id, name)
const opened = async (...participantIds: string[]) => {
  const conversation = await messenger().open(chat.shop.id, { participantIds, subject: 'Where is it?' })
  if ('refused' in conversation) throw new Error(conversation.refused)
  return { projectId: chat.shop.id, conversationId: conversation.conversationId }
}
async function customer(): Promise<{ customerId: string; name: string }> {
  const email = `bought-${++count}@test.ru`
  await chat.shop.post({ action: 'register_user', payload: { email, name: 'Anna' } }, { prefer: 'wait=10' })
  return { customerId: (await chat.shop.customer({ email })).id, name: 'Anna' }
}

describe('a bridge', () => {
  it('opens a conversation, brings an agent in, and everybody who is there sees it', async () => {
    const projectId = chat.shop.id
    const [anna, agent] = [await chat.visitor('Anna'), await chat.agent('Olga')]
    const line = await chat.connect(anna)
    const where = await opened(anna.participantId)
    expect(await messenger().members(where)).toMatchObject([
      { id: anna.participantId, kind: 'visitor', name: 'Anna' },
    ])
    expect(await messenger().membersOf(where)).toMatchObject([{ id: anna.participantId }])
    for (let times = 0; times < 2; times++)
      expect(await messenger().join(where, agent.participantId)).toBeUndefined()
    expect((await messenger().membersOf(where)).map(({ id }) => id).sort()).toEqual(
      [anna.participantId, agent.participantId].sort(),
    )
    const seen = (frame: { events: { conversationId: string }[] }) =>
      frame.events.some(({ conversationId }) => conversationId === where.conversationId)
    expect((await line.frame('events', seen)).events).toMatchObject([
      { kind: 'membership', change: 'joined', sequence: 1, participantId: null },
    ])
    expect(await messenger().join(where, 'par_00000000000000000000000000')).toMatchObject({
      refused: 'participant-not-found',
    })
    expect(
      await messenger().join(
        { projectId, conversationId: 'cnv_00000000000000000000000000' },
        agent.participantId,
      ),
    ).toMatchObject({ refused: 'conversation-not-found' })
    await line.close()
  })

  it('lists where somebody takes part, in pages, the latest first', async () => {
    const { id } = await guest()
    const mine = [await opened(id), await opened(id), await opened(id)].map((one) => one.conversationId)
    await opened((await guest()).id)
    const first = await messenger().listOf(chat.shop.id, id, { status: 'open', limit: 2 })
    const rest = await messenger().listOf(chat.shop.id, id, { limit: 2, cursor: first.nextCursor! })
    expect([...first.data, ...rest.data].map((one) => one.id)).toEqual(mine.toReversed())
    expect(rest.nextCursor).toBeNull()
    expect((await messenger().listOf(chat.shop.id, id, { status: 'closed', limit: 2 })).data).toEqual([])
  })

  it('may not open more for somebody than they may themselves', async () => {
    const { id } = await guest()
    await Promise.all(Array.from({ length: 50 }, () => opened(id)))
    const wish = { participantIds: [id] }
    expect(await messenger().open(chat.shop.id, wish)).toMatchObject({ refused: 'conversation-limit' })
    expect(await messenger().open(chat.shop.id, { ...wish, limited: false })).toHaveProperty('conversationId')
  })

  it('learns that its guest is a customer, whose the conversation is from then on', async () => {
    const { id } = await guest()
    const where = await opened(id)
    const proven = await customer()
    const became = await identity().become(chat.shop.id, proven, id)
    expect(became).toMatchObject({ id, kind: 'customer', customerId: proven.customerId })
    expect(await messenger().members(where)).toMatchObject([{ id, kind: 'customer' }])

    const other = await guest('Somebody')
    const there = await opened(other.id)
    await messenger().membersOf(there)
    expect(await identity().become(chat.shop.id, proven, other.id)).toMatchObject({ id })
    expect(await messenger().membersOf(there)).toMatchObject([{ id, kind: 'customer' }])
  })

  it('finds where something happened of late', async () => {
    const agent = await chat.agent()
    const where = await opened((await guest()).id)
    await messenger().join(where, agent.participantId)
    const tops = await messenger().recentTops(chat.shop.id, 60_000, 1_000)
    expect(tops).toContainEqual({ conversationId: where.conversationId, sequence: 1 })
    expect(await messenger().recentTops(chat.shop.id, 60_000, 1)).toHaveLength(1)
    await tapline.app.sql.query(
      `update conversations set last_activity_at = now() - interval '2 minutes' where project_id = $1 and id = $2`,
      [chat.shop.id, where.conversationId],
    )
    expect(
      (await messenger().recentTops(chat.shop.id, 60_000, 1_000)).map((top) => top.conversationId),
    ).not.toContain(where.conversationId)
  })
})
