import type { components } from '@tapline/openapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ticket, TicketChange } from '../src/support/domain/ticket.ts'
import type { Transaction, UnitOfWork } from '../src/kernel/transaction.ts'
import { createPool } from '../src/postgres/pool.ts'
import { unitOfWork } from '../src/postgres/sql.ts'
import { startTapline, type Shop, type Tapline } from './tapline.fixture.ts'

type Schemas = components['schemas']
type Agent = Schemas['CreatedAgent']

let tapline: Tapline
let pool: ReturnType<typeof createPool>
let within: UnitOfWork
let shop: Shop
let olga: Agent
let timur: Agent
let count = 0

beforeAll(async () => {
  tapline = await startTapline()
  pool = createPool({ url: tapline.databaseUrl, max: 8, name: 'tests', onIdleError: () => undefined })
  within = unitOfWork(pool)
  shop = await shopWith({})
  olga = await agent(shop, 'Olga')
  timur = await agent(shop, 'Timur')
})
afterAll(async () => {
  await pool.end()
  await tapline.stop()
})

const tickets = () => tapline.app.support.tickets
const OWNER = { by: { kind: 'owner', id: null }, source: 'api' } as const

async function shopWith(
  settings: Schemas['SupportSettings'],
  of: Partial<Schemas['ProjectInput']> = {},
): Promise<Shop> {
  const made = await tapline.createShop({ sandbox: true, timeZone: 'Europe/Moscow', ...of })
  const answer = await made.put('/v1/support-settings', settings)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return made
}

async function agent(of: Shop, name: string): Promise<Agent> {
  return (await tapline.call<Agent>('POST', '/v1/agents', of.secretKey, { name })).body
}

type Person = { conversationId: string; participantId: string; customerId: string | null; shop: Shop }

/** Somebody with a conversation. */
async function person(of: Shop = shop): Promise<Person> {
  const ask = async <Body>(path: string, body: unknown) =>
    (await tapline.call<Body & { id: string }>('POST', path, of.secretKey, body)).body
  const email = `p${++count}@test.ru`
  await of.post({ action: 'register_user', payload: { email, name: 'Anna' } }, { prefer: 'wait=10' })
  const participant = await ask<Schemas['Participant']>('/v1/chat-participants', { customer: { email } })
  const conversation = await ask('/v1/conversations', { participantIds: [participant.id] })
  return {
    conversationId: conversation.id,
    participantId: participant.id,
    customerId: (await of.customer({ email })).id,
    shop: of,
  }
}

const writes = (from: Person, text = 'Where is my order?', topic: string | null = null) =>
  within((transaction) =>
    tickets().onCustomerMessage(transaction, {
      projectId: from.shop.id,
      conversationId: from.conversationId,
      participantId: from.participantId,
      customerId: from.customerId,
      channel: 'telegram',
      text,
      topic,
      at: new Date(),
    }),
  )
const answers = (to: Person, by: Agent = olga) =>
  within((transaction) =>
    tickets().onAgentMessage(transaction, {
      projectId: to.shop.id,
      conversationId: to.conversationId,
      agentId: by.id,
      at: new Date(),
    }),
  )
const takes = (ticket: Ticket, by: Agent) =>
  within((transaction) => tickets().take(transaction, ticket.projectId, ticket.id, by.id, 'api'))
const change = (ticket: Ticket, wanted: TicketChange) =>
  within((transaction) => tickets().change(transaction, ticket.projectId, ticket.id, wanted, OWNER))
const about = (of: Person) =>
  within((transaction: Transaction) => tickets().ofConversation(transaction, of.shop.id, of.conversationId))
const opened = async (from: Person, text?: string) => (await writes(from, text))!.ticket
const kinds = async (ticket: Ticket) =>
  (await tapline.app.support.history(ticket.projectId, ticket.id)).map(({ kind }) => kind)

describe('a ticket', () => {
  it('is opened by the first message, and goes from hand to hand', async () => {
    const anna = await person()
    const { ticket, isNew } = (await writes(anna, '  Where is\n my order? '))!
    expect(isNew).toBe(true)
    expect(ticket).toMatchObject({
      status: 'new',
      subject: 'Where is my order?',
      assigneeId: null,
      priority: 1,
    })
    expect((await writes(anna))!).toMatchObject({ isNew: false, ticket: { id: ticket.id, status: 'new' } })
    expect(await answers(anna)).toMatchObject({ status: 'waiting', assigneeId: olga.id })
    expect((await writes(anna))!.ticket).toMatchObject({ status: 'in-work' })
    expect(await change(ticket, { status: 'solved' })).toMatchObject({ status: 'solved' })
    expect((await writes(anna))!).toMatchObject({ isNew: false, ticket: { status: 'in-work', reopens: 1 } })
    expect(await about(anna)).toMatchObject({ id: ticket.id })
    expect(await kinds(ticket)).toEqual(['opened', 'assigned', 'status', 'status', 'status', 'reopened'])
  })

  it('has one winner of many who take it at the same moment', async () => {
    const ticket = await opened(await person())
    const both = await Promise.all([olga, timur, olga, timur].map((by) => takes(ticket, by)))
    const won = both.filter((outcome) => !('refused' in outcome)) as Ticket[]
    expect(new Set(won.map(({ assigneeId }) => assigneeId)).size).toBe(1)
    expect(both.filter((outcome) => 'refused' in outcome)).toHaveLength(2)
    const winner = won[0]!.assigneeId === olga.id ? olga : timur
    expect(both.find((outcome) => 'refused' in outcome)).toEqual({
      refused: 'ticket-taken',
      details: { ticketId: ticket.id, agentName: winner.name },
    })
    expect(await kinds(ticket)).toEqual(['opened', 'assigned', 'status'])
  })

  it('is one, however many messages come at the same moment, and its number is nobody else’s', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => person()))
    const all = await Promise.all([...people, ...people].map((one) => opened(one)))
    expect(new Set(all.map(({ id }) => id)).size).toBe(5)
    const numbers = [...new Set(all.map(({ number }) => number))].sort((left, right) => left - right)
    expect(numbers).toHaveLength(5)
    expect(numbers.at(-1)! - numbers[0]!).toBe(4)
  })

  it('leaves a history that nobody can change', async () => {
    const ticket = await opened(await person())
    for (const text of [
      'update ticket_events set kind = kind',
      'delete from ticket_events',
      'truncate ticket_events cascade',
    ])
      await expect(pool.query(text)).rejects.toThrow(/append-only/)
    expect(await kinds(ticket)).toEqual(['opened'])
  })
})
