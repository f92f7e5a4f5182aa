import { afterAll, beforeAll, expect, it } from 'vitest'
import { openChatDesk, type ChatDesk } from './chat-desk.fixture.ts'
import { eventually, startTapline, type Tapline } from './tapline.fixture.ts'

let tapline: Tapline
let desk: ChatDesk

beforeAll(async () => {
  tapline = await startTapline()
  desk = await openChatDesk(tapline)
})
afterAll(() => tapline.stop())

let count = 0
type Row = { number: number; status: string; subject: string; channel: string; assigned: boolean }
const ticketsOf = (conversationId: string) =>
  tapline.app.sql.query<Row>(
    `select number, status, subject, channel, assignee_id is not null as assigned from tickets where conversation_id = $1 order by number`,
    [conversationId],
  )
const say = (token: string, conversationId: string, text: string) =>
  desk.must('POST', `/v1/conversations/${conversationId}/messages`, token, {
    text,
    clientId: `${conversationId}:${text.length}:${++count}`,
  })

it('what is said becomes a ticket where support is on', async () => {
  const visitor = await desk.visitor()
  const conversationId = await desk.conversation(visitor)
  const elsewhere = await openChatDesk(tapline)
  const stranger = await elsewhere.visitor()
  const theirs = await elsewhere.conversation(stranger)
  await elsewhere.must('POST', `/v1/conversations/${theirs}/messages`, stranger.token, {
    text: 'Nobody looks here',
    clientId: 'nobody-looks-here',
  })
  expect((await desk.shop.put('/v1/support-settings', {})).status).toBe(200)
  await say(visitor.token, conversationId, 'Where is\nmy order?')
  const [ticket, ...more] = await eventually(
    () => ticketsOf(conversationId),
    (rows) => rows.length > 0,
  )
  expect(ticket).toEqual({
    number: 1,
    status: 'new',
    subject: 'Where is my order?',
    channel: 'widget',
    assigned: false,
  })
  expect(more).toEqual([])
  expect(await ticketsOf(theirs)).toEqual([])
})

it('an answer takes the ticket and makes it wait, the customer moves it back', async () => {
  const [visitor, agent] = [await desk.visitor(), await desk.agent()]
  const conversationId = await desk.conversation(visitor)
  const becomes = (status: string) =>
    eventually(
      () => ticketsOf(conversationId),
      ([ticket]) => ticket?.status === status,
    )
  await say(visitor.token, conversationId, 'Hello')
  await becomes('new')
  await say(agent.token, conversationId, 'Good day')
  expect(await becomes('waiting')).toMatchObject([{ assigned: true }])
  await say(visitor.token, conversationId, 'So?')
  await becomes('in-work')
})

it('reads a conversation in order and each message once, whoever wakes it', async () => {
  const visitor = await desk.visitor()
  const conversationId = await desk.conversation(visitor)
  await Promise.all(Array.from({ length: 40 }, (_, index) => say(visitor.token, conversationId, `m${index}`)))
  await eventually(
    () =>
      tapline.app.sql.query<{ taken: number; last: number }>(
        `select taken::int, last_sequence::int as last from desk_cursors k join conversations c
           on c.project_id = k.project_id and c.id = k.conversation_id where c.id = $1`,
        [conversationId],
      ),
    ([row]) => row !== undefined && row.taken === row.last,
  )
  expect(await ticketsOf(conversationId)).toHaveLength(1)
})
