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

describe('over the API', () => {
  const call = <Body>(method: string, path: string, token: string, body?: unknown) =>
    tapline.call<Body>(method, path, token, body)
  const code = async (answer: Promise<{ status: number; body: unknown }>) =>
    ((await answer).body as { code?: string }).code

  it('agents steer tickets in their own name, the secret key as the owner', async () => {
    const ticket = await opened(await person())
    const path = `/v1/tickets/${ticket.id}`
    expect((await call<Schemas['Ticket']>('POST', `${path}/take`, olga.token)).body).toMatchObject({ assigneeId: olga.id, status: 'in-work' }) // prettier-ignore
    expect((await call<Schemas['Problem']>('POST', `${path}/take`, timur.token)).body).toMatchObject({ code: 'ticket-taken', detail: expect.stringContaining('Olga') as string }) // prettier-ignore
    await call('PATCH', path, timur.token, { priority: 3, snoozedUntil: '2099-01-01T00:00:00Z' })
    const noted = await call<Schemas['TicketEvent']>('POST', `${path}/notes`, timur.token, {
      text: 'Called.',
    })
    expect(noted).toMatchObject({ status: 201, body: { kind: 'note', by: { kind: 'agent', id: timur.id }, details: { text: 'Called.' } } }) // prettier-ignore
    const solved = await call<Schemas['Ticket']>('PATCH', path, shop.secretKey, {
      status: 'solved',
      assigneeId: timur.id,
    })
    expect(solved.body).toMatchObject({
      status: 'solved',
      assigneeId: timur.id,
      snoozedUntil: null,
      priority: 3,
    })
    const { body: history } = await call<{ data: Schemas['TicketEvent'][] }>(
      'GET',
      `${path}/history`,
      shop.secretKey,
    )
    expect(history.data.map(({ sequence, kind, by }) => [sequence, kind, by.kind])).toEqual([
      [1, 'opened', 'customer'],
      [2, 'assigned', 'agent'],
      [3, 'status', 'agent'],
      [4, 'priority', 'agent'],
      [5, 'snoozed', 'agent'],
      [6, 'note', 'agent'],
      [7, 'assigned', 'owner'],
      [8, 'status', 'owner'],
    ])
    expect(await code(call('PATCH', path, shop.secretKey, { assigneeId: 'agt_nobody' }))).toBe(
      'agent-not-found',
    )
    expect(await code(call('PATCH', path, shop.secretKey, { topic: 'x' }))).toBe('topic-unknown')
  })

  it('are listed by what they are, page by page, and those of others are not there', async () => {
    const of = await shopWith({})
    const [one, two, three] = [await person(of), await person(of), await person(of)]
    const all = [await opened(one), await opened(two), await opened(three)]
    const mia = await agent(of, 'Mia')
    await takes(all[1]!, mia)
    const list = async (query: string) =>
      (await of.get<{ data: Schemas['Ticket'][]; nextCursor: string | null }>(`/v1/tickets?${query}`)).body
    const numbers = async (query: string) => (await list(query)).data.map(({ number }) => number)
    expect(await numbers('')).toEqual([3, 2, 1])
    const first = await list('limit=2')
    expect(first.data).toHaveLength(2)
    expect(await numbers(`limit=2&cursor=${first.nextCursor}`)).toEqual([1])
    expect(await numbers('status=in-work')).toEqual([2])
    expect(await numbers(`assigneeId=${mia.id}`)).toEqual([2])
    expect(await numbers('assigneeId=none')).toEqual([3, 1])
    expect(await numbers(`conversationId=${one.conversationId}`)).toEqual([1])
    expect(await numbers(`customerId=${three.customerId}`)).toEqual([3])
    expect((await shop.get(`/v1/tickets/${all[0]!.id}`)).status).toBe(404)
    expect(await tickets().loads(of.id)).toEqual(new Map([[mia.id, 1]]))
    expect((await tickets().ofParticipants(of.id, [one.participantId], 10, undefined)).data).toMatchObject([
      { number: 1 },
    ])
  })

  it('two of a customer become one; what is said in either goes on there', async () => {
    const anna = await person()
    const second = await tapline.call<{ id: string }>('POST', '/v1/conversations', shop.secretKey, { participantIds: [anna.participantId] }) // prettier-ignore
    const also = { ...anna, conversationId: second.body.id }
    const [one, other] = [await opened(anna), await opened(also)]
    const merged = await call<Schemas['Ticket']>('POST', `/v1/tickets/${one.id}/merge`, olga.token, {
      into: other.id,
    })
    expect(merged).toMatchObject({ status: 200, body: { id: other.id } })
    expect((await writes(anna))!).toMatchObject({ isNew: false, ticket: { id: other.id } })
    expect(await about(anna)).toMatchObject({ id: other.id })
    expect(await tickets().find(shop.id, one.id)).toMatchObject({ status: 'closed', mergedInto: other.id })
    expect(await code(call('POST', `/v1/tickets/${other.id}/merge`, olga.token, { into: other.id }))).toBe('ticket-merge-refused') // prettier-ignore
    // What it became is over, and something else began in its own conversation: that goes on.
    await change(other, { status: 'closed' })
    const { ticket: next, isNew } = (await writes(anna))!
    expect(isNew).toBe(true)
    expect(next).toMatchObject({ conversationId: anna.conversationId, previousTicketId: other.id })
  })

  it('what is solved is not taken up again when the customer asks for something else by now', async () => {
    const of = await shopWith({ reopenDays: 0 })
    const anna = await person(of)
    const old = await opened(anna)
    await change(old, { status: 'solved' })
    const next = await opened(anna)
    expect(next).toMatchObject({ number: 2, previousTicketId: old.id })
    expect(await change(old, { status: 'in-work' })).toMatchObject({ refused: 'ticket-closed' })
    expect(await about(anna)).toMatchObject({ id: next.id })
  })

  it('nobody listens to whoever is banned, and everybody knows who did it', async () => {
    const anna = await person()
    const ticket = await opened(anna)
    const path = `/v1/chat-participants/${anna.participantId}/ban`
    const banned = () => tickets().isBanned(shop.id, anna.participantId)
    expect((await call('PUT', path, olga.token, { reason: 'spam' })).status).toBe(204)
    expect((await call('PUT', path, olga.token, {})).status).toBe(204)
    expect(await banned()).toBe(true)
    expect(await writes(anna)).toBeUndefined()
    expect((await call('DELETE', path, shop.secretKey)).status).toBe(204)
    expect(await banned()).toBe(false)
    expect(await writes(anna)).toMatchObject({ isNew: false })
    expect(await kinds(ticket)).toEqual(['opened', 'banned', 'unbanned'])
    const { body } = await tapline.admin<{ data: { action: string; details: object }[] }>('GET', `/admin/v1/projects/${shop.id}/audit`) // prettier-ignore
    expect(
      body.data
        .filter(({ action }) => action.startsWith('participant.'))
        .map(({ action, details }) => [action, details]),
    ).toEqual([
      ['participant.unbanned', { participantId: anna.participantId, by: 'owner', byId: null }],
      ['participant.banned', { participantId: anna.participantId, by: 'agent', byId: olga.id }],
    ])
    expect(await code(call('PUT', '/v1/chat-participants/par_01M7Y6FQC14XA870Q1KZXZ0WQ3/ban', shop.secretKey, {}))).toBe(
      'participant-not-found',
    )
  })
})

describe('what an agent writes beside a ticket', () => {
  const settings: Schemas['SupportSettings'] = {
    answers: [
      {
        name: 'hi',
        text: {
          en: 'Hello, {name}! {tier} {balance}, ticket {ticket} at {shop}. {agent}',
          ru: 'Привет, {name}!',
        },
      },
    ],
    bonusPerCommand: '100',
    bonusPerAgentDay: '150',
  }
  let of: Shop
  let mia: Agent
  let anna: Person
  let ticket: Ticket
  let keys = 0

  beforeAll(async () => {
    of = await shopWith(settings, { locale: 'en', name: 'Tea' })
    mia = await agent(of, 'Mia')
    await agent(of, 'Maria')
    anna = await person(of)
    ticket = await opened(anna)
  })
  const said = (markdown: string, { by = mia, key = `key-${++keys}`, about: one = ticket } = {}) =>
    tapline.app.support.readAgentWords({
      ...{ projectId: of.id, ticket: one, agentId: by.id, markdown, key, source: 'board' },
    })
  const reply = async (...words: Parameters<typeof said>) => {
    const outcome = await said(...words)
    if (outcome.kind !== 'done') throw new Error(`It went to somebody: ${outcome.markdown}`)
    return outcome.reply
  }
  const now = () => tickets().find(of.id, ticket.id)
  const balance = async () => {
    const { body } = await of.get<Schemas['Customer']>(`/v1/customers/${anna.customerId}`)
    return body.bonuses.available
  }

  it('is an answer, a note, or a command that is done once', async () => {
    expect(await said('Hello')).toEqual({ kind: 'answer', markdown: 'Hello' })
    expect(await said('// angry')).toEqual({ kind: 'note', markdown: 'angry' })
    expect(await reply('/dance')).toMatch(/no command \/dance.*\/take/)
    expect(await reply('/help')).toContain('/bonus 500 reason')
    expect(await reply('/take', { key: 'once' })).toBe('Ticket 1 is yours.')
    await change(ticket, { assigneeId: null })
    expect(await reply('/take', { key: 'once' })).toBe('Ticket 1 is yours.')
    expect(await now()).toMatchObject({ assigneeId: null })
    expect(await tapline.app.support.readAgentWords({ ...{ projectId: of.id, ticket, agentId: undefined, markdown: '/close', key: 'k', source: 'board' } })).toMatchObject({ kind: 'done', reply: expect.stringContaining('agents only') as string }) // prettier-ignore
  })

  it('moves the ticket', async () => {
    expect(await reply('/assign mia')).toBe('Handed over to Mia.')
    expect(await reply('/assign m')).toBe('Several fit: Maria, Mia. Say which one.')
    expect(await reply('/assign bob')).toBe('No agent is called bob. There are: Maria, Mia.')
    expect(await reply('/assign mar')).toBe('Handed over to Maria.')
    expect(await reply('/take')).toBe('Maria has taken this ticket already.')
    expect(await reply('/priority 4')).toBe('Priority 4.')
    expect(await reply('/priority urgent')).toBe('Not understood. For example: /priority 4')
    expect(await reply('/snooze 2d')).toMatch(/^Snoozed until /)
    expect((await now())!.snoozedUntil!.getTime()).toBeGreaterThan(Date.now() + 47 * 3_600_000)
    expect(await reply('/snooze soon')).toContain('/snooze 2d')
    expect(await reply('/ban spam')).toMatch(/^Banned/)
    expect(await tickets().isBanned(of.id, anna.participantId)).toBe(true)
    expect(await reply('/unban')).toBe('Not banned any more.')
    expect(await reply('/merge 77')).toBe('There is no ticket 77.')
    const stranger = await opened(await person(of))
    expect(await reply(`/merge #${stranger.number}`)).toMatch(/^Not merged/)
    expect(await reply('/close')).toBe('The ticket is solved.')
    expect(await now()).toMatchObject({ status: 'solved', priority: 4 })
  })

  it('is filled in, in the customer’s language where the shop has it', async () => {
    expect(await said('/tpl hi')).toEqual({ kind: 'answer', markdown: `Hello, Anna! — ${await balance()}, ticket 1 at Tea. Mia` }) // prettier-ignore
    await tapline.call('PATCH', `/v1/customers/${anna.customerId}`, of.secretKey, { locale: 'ru' })
    expect(await reply('/tpl bye')).toBe('There is no canned answer bye. There are: hi.')
  })

  it('gives bonuses within the limits, once for each comment, with a trace', async () => {
    const before = Number(await balance())
    expect(await reply('/bonus 100,01 late')).toBe('Not given: at most 100.00 at once.')
    expect(await reply('/bonus 50')).toContain('/bonus 500 late')
    const key = 'comment-1'
    const same = await Promise.all([1, 2, 3].map(() => reply('/bonus 90 late delivery', { key })))
    expect(new Set(same)).toEqual(
      new Set([`Given: 90.00. The customer has ${(before + 90).toFixed(2)} now.`]),
    )
    expect(await reply('/bonus 90 late delivery', { key })).toBe(same[0])
    // Of the sixty that are left one alone fits, whoever is first.
    const many = await Promise.all([1, 2, 3].map(() => reply('/bonus 40 again')))
    expect(many.filter((one) => one.startsWith('Given'))).toHaveLength(1)
    expect(
      many.filter((one) => one === 'Not given: you may give 20.00 more today (of 150.00 a day).'),
    ).toHaveLength(2)
    expect(Number(await balance())).toBe(before + 130)
    const events = (await tapline.app.support.history(of.id, ticket.id)).filter(
      ({ kind }) => kind === 'bonus',
    )
    expect(events.map(({ by, details }) => [by.id, details])).toEqual([
      [mia.id, { amount: '90.00', customerId: anna.customerId, text: 'late delivery' }],
      [mia.id, { amount: '40.00', customerId: anna.customerId, text: 'again' }],
    ])
  })

  it('gives a bonus after a crash between the promise and the gift, and not another one', async () => {
    const lena = await agent(of, 'Lena')
    const before = Number(await balance())
    await pool.query(
      `insert into agent_commands (project_id, key, ticket_id, agent_id, command, bonus_minor, day) values ($1, 'crashed', $2, $3, 'bonus', 3000, now())`,
      [of.id, ticket.id, lena.id],
    )
    expect(await reply('/bonus 30 sorry', { by: lena, key: 'crashed' })).toMatch(/^Given: 30.00/)
    expect(await reply('/bonus 30 sorry', { by: lena, key: 'crashed' })).toMatch(/^Given: 30.00/)
    expect(Number(await balance())).toBe(before + 30)
  })
})
