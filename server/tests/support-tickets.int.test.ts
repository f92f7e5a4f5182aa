import type { components } from '@tapline/openapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ticket, TicketChange, TicketEvent } from '../src/support/domain/ticket.ts'
import type { Transaction, UnitOfWork } from '../src/kernel/transaction.ts'
import { createPool } from '../src/postgres/pool.ts'
import { sqlOfPool, unitOfWork } from '../src/postgres/sql.ts'
import { postgresTickets } from '../src/support/adapters/postgres/postgres-tickets.ts'
import { handleTickets } from '../src/support/handle-tickets.ts'
import { recordTicket } from '../src/support/record-ticket.ts'
import { settingOf } from '../src/support/setting-of.ts'
import { eventually, startTapline, type Shop, type Tapline } from './tapline.fixture.ts'

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
    // Held until all of them wait for it.
    const holder = await pool.connect()
    await holder.query('begin')
    await holder.query('select 1 from tickets where id = $1 for update', [ticket.id])
    const takers = Promise.all([olga, timur, olga, timur].map((by) => takes(ticket, by)))
    const waiting = () => pool.query(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`) // prettier-ignore
    await eventually(waiting, ({ rows }) => rows.length === 4)
    await holder.query('commit')
    holder.release()
    const both = await takers
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
    expect(
      await code(call('PUT', '/v1/chat-participants/par_01M7Y6FQC14XA870Q1KZXZ0WQ3/ban', shop.secretKey, {})),
    ).toBe('participant-not-found')
  })
})

describe('what an agent writes beside a ticket', () => {
  const settings: Schemas['SupportSettings'] = {
    answers: [
      {
        name: 'hi',
        text: {
          en: 'Hello, {name}! {tier} {balance}, ticket {ticket} at {shop}. {agent} {referral_link}',
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
    expect(await reply('/priority 4')).toBe('Priority p1.')
    expect(await reply('/priority P3')).toBe('Priority p3.')
    expect(await now()).toMatchObject({ priority: 2 })
    expect(await reply('/priority urgent')).toBe('Not understood. For example: /priority p1, /priority 4')
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
    expect(await now()).toMatchObject({ status: 'solved', priority: 2 })
  })

  it('is filled in, in the customer’s language where the shop has it', async () => {
    await of.put('/v1/program', { referralPercent: 1, referralUrl: 'https://tea.test/?r={code}' })
    const { body } = await of.get<Schemas['Customer']>(`/v1/customers/${anna.customerId}`)
    const link = `https://tea.test/?r=${body.referralCode}`
    expect(await said('/tpl hi')).toEqual({ kind: 'answer', markdown: `Hello, Anna! — ${await balance()}, ticket 1 at Tea. Mia ${link}` }) // prettier-ignore
    await pool.query(`update customers set locale = 'ru' where project_id = $1 and id = $2`, [of.id, anna.customerId]) // prettier-ignore
    expect(await said('/tpl hi')).toEqual({ kind: 'answer', markdown: 'Привет, Anna!' })
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

const passes = async (of: Shop, seconds: number) => {
  const moved = await tapline.call('POST', '/v1/sandbox/clock', of.secretKey, { advanceSeconds: seconds })
  expect(moved.status, JSON.stringify(moved.body)).toBe(200)
}
const MINUTE = 60
const DAY = 86_400

describe('time', () => {
  const shown = async (ticket: Ticket) =>
    (await tapline.app.support.history(ticket.projectId, ticket.id)).map(({ kind, details }) => `${kind} ${String(details.whom ?? details.promise ?? details.why ?? details.to ?? '')}`.trim()) // prettier-ignore

  it('is business time, by the project’s clock: each thing happens once, whoever is looking', async () => {
    const of = await shopWith({ firstAnswerMinutes: 60, resolutionMinutes: null, unclaimedMinutes: 15 })
    const ticket = await opened(await person(of))
    await passes(of, 16 * MINUTE)
    expect(await shown(ticket)).toEqual(['opened', 'announced'])
    await passes(of, 35 * MINUTE)
    expect(await shown(ticket)).toEqual(['opened', 'announced', 'reminded agent', 'escalated unclaimed'])
    const { clockOffsetMs } = (await tapline.app.projects.find(of.id))!
    await passes(of, 10 * MINUTE)
    const clock = { projectId: of.id, clockOffsetMs: clockOffsetMs + 600_000 }
    await Promise.all(Array.from({ length: 5 }, () => tapline.app.support.tick.all(clock)))
    expect((await shown(ticket)).slice(4)).toEqual(['breached first-answer', 'escalated first-answer'])
    expect(await tickets().find(of.id, ticket.id)).toMatchObject({ priority: 4 })
  })

  it('stands still while the shop is closed', async () => {
    const of = await shopWith({ unclaimedMinutes: 15 })
    const day = (['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const)[new Date(Date.now() + 4 * 86_400_000).getUTCDay()]! // prettier-ignore
    await of.put('/v1/chat-settings', { businessHours: { days: [{ day, from: '10:00', to: '11:00' }], closedReply: { en: 'Closed.' } } }) // prettier-ignore
    const ticket = await opened(await person(of))
    const due = ticket.firstAnswerDueAt!
    expect(due.getTime() - Date.now()).toBeGreaterThan(2 * 86_400_000)
    // In Moscow.
    expect(due.toISOString()).toMatch(/T08:00:00.000Z$/)
    await passes(of, 3 * 3_600)
    expect(await shown(ticket)).toEqual(['opened'])
  })

  it('brings what waits for the customer to an end: a reminder, solved, closed, and then another ticket', async () => {
    const of = await shopWith({})
    const nils = await agent(of, 'Nils')
    const anna = await person(of)
    const ticket = await opened(anna)
    await answers(anna, nils)
    await passes(of, 3 * DAY + 1)
    expect((await shown(ticket)).slice(3)).toEqual(['reminded customer'])
    await passes(of, 4 * DAY + 1)
    expect(await tickets().find(of.id, ticket.id)).toMatchObject({ status: 'solved' })
    expect((await writes(anna))!).toMatchObject({ isNew: false, ticket: { status: 'in-work', reopens: 1 } })
    await change(ticket, { status: 'solved' })
    await passes(of, 7 * DAY + 1)
    expect(await tickets().find(of.id, ticket.id)).toMatchObject({ status: 'closed' })
    expect(await about(anna)).toBeUndefined()
    expect((await writes(anna))!).toMatchObject({
      isNew: true,
      ticket: { number: 2, previousTicketId: ticket.id },
    })
  })

  it('goes on for the others when one ticket cannot be looked at', async () => {
    const of = await shopWith({})
    const [broken, sound] = [await opened(await person(of)), await opened(await person(of))]
    await pool.query(`update tickets set marks = '{"unclaimedSince": "never"}', first_answer_due_at = 'infinity' where id = $1`, [broken.id]) // prettier-ignore
    await passes(of, 16 * MINUTE)
    expect(await shown(sound)).toEqual(['opened', 'announced'])
    await pool.query(`update tickets set marks = '{}', first_answer_due_at = null where id = $1`, [broken.id])
  })

  it('brings the owner the week, once', async () => {
    const of = await shopWith({}, { locale: 'en', name: 'Weekly', timeZone: 'Asia/Almaty' })
    await of.put('/v1/integrations/telegram', { token: tapline.telegram.tokens[0] })
    expect((await of.put('/v1/integrations/telegram/owner', { telegramId: '4243' })).status).toBe(200)
    await tapline.app.support.tellWeeks()
    await opened(await person(of))
    const tell = () => Promise.all([1, 2, 3].map(() => tapline.app.support.tellWeeks()))
    await tell()
    // A Monday, at nine in the morning there; the week that began before the ticket was silent.
    const at = new Date()
    const toMonday = (8 - at.getUTCDay()) % 7 || 7
    const monday = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + toMonday, 4)
    await passes(of, Math.ceil((monday - Date.now()) / 1_000) - 60)
    await tell()
    const weeks = async () => (await pool.query(`select 1 from outbox_events where project_id = $1 and type = 'support.weekly'`, [of.id])).rows.length // prettier-ignore
    expect(await weeks()).toBe(0)
    await passes(of, 61)
    await tell()
    await tell()
    expect(await weeks()).toBe(1)
    const [message] = await eventually(
      () => Promise.resolve(tapline.telegram.messages({ chatId: 4243 })),
      (all) => all.length > 0,
    )
    expect(message!.text).toMatch(/Weekly, support from .* to .*: 1 tickets, 0 solved/)
  })
})

it('refuses what would make two agents one, and words and promises that mean nothing', async () => {
  const of = await shopWith({})
  const add = (ids: object) => tapline.call<Agent & { code?: string }>('POST', '/v1/agents', of.secretKey, { name: 'Mia', ...ids }) // prettier-ignore
  const mia = await add({ todoistUserId: '77', telegramId: '78' })
  expect(mia.status).toBe(201)
  for (const ids of [{ todoistUserId: '77' }, { telegramId: '78' }])
    expect(await add(ids)).toMatchObject({ status: 409, body: { code: 'agent-id-taken' } })
  const other = await add({ todoistUserId: '79' })
  const patch = (id: string, change: object) => tapline.call('PATCH', `/v1/agents/${id}`, of.secretKey, change) // prettier-ignore
  expect((await patch(other.body.id, { todoistUserId: '77' })).status).toBe(409)
  expect((await patch(mia.body.id, { todoistUserId: '77' })).status).toBe(200)

  const refused = async (settings: object) => {
    const { status, body } = await of.put<{ detail: string }>('/v1/support-settings', settings)
    expect(status).toBe(422)
    return body.detail
  }
  expect(await refused({ answers: [{ name: 'hi', text: { en: 'Hello {nme}' } }] })).toContain('{nme}')
  expect(await refused({ firstAnswerMinutes: 120, resolutionMinutes: 60 })).toContain('longer than')
  const businessHours = { days: [{ day: 'mon', from: '9', to: '18:00' }], closedReply: { en: 'Closed.' } }
  const { body } = await of.put<{ errors: object[] }>('/v1/chat-settings', { businessHours })
  expect(body.errors).toMatchObject([{ pointer: '/businessHours/days/0/from' }])
})

describe('figures', () => {
  it('say how support did, and stand in tables that no spreadsheet runs', async () => {
    const of = await shopWith({ topics: [{ key: 'delivery', title: { en: 'Delivery' } }] })
    const [ira, lev] = [await agent(of, 'Ira'), await agent(of, '=Lev')]
    const [anna, boris, clara] = [await person(of), await person(of), await person(of)]
    const first = await opened(anna, '=HYPERLINK("http://x")')
    await writes(boris, 'Where?', 'delivery')
    await opened(clara)
    await passes(of, 10 * MINUTE)
    await takes(first, ira)
    await answers(anna, ira)
    await answers(anna, ira)
    await passes(of, 20 * MINUTE)
    await writes(anna)
    await change(first, { status: 'solved' })
    await writes(anna)
    await change(first, { status: 'solved' })
    await within((transaction) => tickets().rate(transaction, of.id, first.id, { score: 4, comment: 'Fine, "thanks"' }, [anna.participantId], 'telegram')) // prettier-ignore
    await passes(of, 90 * MINUTE)
    await answers(boris, lev)
    const { body: report } = await of.get<Schemas['SupportReport']>('/v1/reports/support')
    expect(report).toMatchObject({
      ...{ opened: 3, solved: 1, reopened: 1, reopenRate: 1 },
      firstAnswer: { count: 2 },
      resolution: { count: 1 },
      promises: { firstAnswerKept: 0.33, resolutionKept: 1 },
      rating: { count: 1, average: 4 },
      byStatus: { solved: 1, waiting: 1, new: 1 },
      byTopic: { delivery: 1, none: 2 },
    })
    expect(Math.round(report.firstAnswer.p50Minutes!)).toBe(10)
    expect(Math.round(report.firstAnswer.p90Minutes!)).toBe(120)
    // Twenty of its thirty minutes it waited for the customer.
    expect(Math.round(report.resolution.p50Minutes!)).toBe(10)
    expect(report.agents).toMatchObject([
      {
        agentId: ira.id,
        name: 'Ira',
        open: 0,
        taken: 1,
        answered: 2,
        solved: 1,
        reopened: 1,
        promisesKept: 1,
        rating: 4,
      },
      {
        agentId: lev.id,
        name: '=Lev',
        open: 1,
        taken: 1,
        answered: 1,
        solved: 0,
        promisesKept: 0,
        rating: null,
      },
    ])
    const empty = await of.get<Schemas['SupportReport']>(
      '/v1/reports/support?from=2020-01-01T00%3A00%3A00Z&to=2020-02-01T00%3A00%3A00Z',
    )
    expect(empty.body).toMatchObject({ opened: 0, reopenRate: null, promises: { firstAnswerKept: null } })

    for (const path of ['/v1/reports/support', '/v1/reports/support.csv', '/v1/tickets.csv'])
      expect(await of.get(`${path}?from=2026-02-01T00:00:00Z&to=2026-01-01`), path).toMatchObject({ status: 422, body: { code: 'range-invalid' } }) // prettier-ignore
    const ofDay = await of.get<Schemas['SupportReport']>('/v1/reports/support?from=2026-01-31&to=2026-01-31')
    expect(ofDay.body).toMatchObject({ from: '2026-01-30T21:00:00.000Z', to: '2026-01-31T21:00:00.000Z' })
    expect((await of.get('/v1/reports/support?from=yesterday')).status).toBe(400)
    // Opened again and not solved since: nothing is solved of which it could be a part.
    await writes(anna)
    expect((await of.get<Schemas['SupportReport']>('/v1/reports/support')).body).toMatchObject({ solved: 0, reopened: 1, reopenRate: null }) // prettier-ignore
    await change(first, { status: 'solved' })

    const table = await of.get<string>('/v1/reports/support.csv')
    expect(table.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(table.body).toContain(`${ira.id},Ira,0,1,2,1,1,1,1,10`)
    expect(table.body).toContain(`${lev.id},'=Lev,1,1,1,0,0,,1,120`)
    const lines = (await of.get<string>('/v1/tickets.csv')).body.split('\r\n')
    expect(lines).toHaveLength(5)
    expect(lines[1]).toContain(
      `1,${first.id},solved,,"'=HYPERLINK(""http://x"")",1,Ira,telegram,${anna.customerId},`,
    )
    expect(lines[1]).toMatch(/,2,4,"Fine, ""thanks"""$/)
    const bytes = await (await fetch(`${tapline.url}/v1/tickets.csv`, { headers: { authorization: `Bearer ${of.secretKey}` } })).arrayBuffer() // prettier-ignore
    expect([...new Uint8Array(bytes).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  })

  it('of what was said hold each message once', async () => {
    const of = await shopWith({ reopenDays: 0 })
    const anna = await person(of)
    const bot = await tapline.call<{ id: string }>('POST', '/v1/chat-participants', of.secretKey, { bot: { name: 'Bot' } }) // prettier-ignore
    await tapline.call('POST', `/v1/conversations/${anna.conversationId}/participants`, of.secretKey, { participantId: bot.body.id }) // prettier-ignore
    const says = (text: string) => tapline.call('POST', `/v1/conversations/${anna.conversationId}/messages`, of.secretKey, { clientId: `said-it-${++count}`, text, senderId: bot.body.id }) // prettier-ignore
    const one = await opened(anna)
    expect((await says('=one')).status).toBe(201)
    await change(one, { status: 'solved' })
    const two = await opened(anna)
    await says('two')
    const { body } = await of.get<string>('/v1/tickets.csv?messages=true')
    const rows = body
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(','))
    expect(rows.map(([number, id, , from, , text]) => [number, id, from, text])).toEqual([
      ['1', one.id, 'bot', "'=one"],
      ['2', two.id, 'bot', 'two'],
    ])
  })

  it('of the operator tell what is open', async () => {
    const { body } = await tapline.call<string>('GET', '/metrics', '')
    expect(body).toMatch(/tapline_tickets_open\{status="new"\} [1-9]/)
    expect(body).toMatch(/tapline_tickets_breached [1-9]/)
    expect(body).toMatch(/tapline_tickets_oldest_unclaimed_seconds \d/)
  })
})

describe('a rating', () => {
  it('is one vote, of whoever asked, and may be changed for a day', async () => {
    const of = await shopWith({})
    const [anna, boris] = [await person(of), await person(of)]
    const ticket = await opened(anna)
    const rate = (rating: { score?: number; comment?: string }, by = anna) =>
      within((transaction) =>
        tickets().rate(transaction, of.id, ticket.id, rating, [by.participantId], 'telegram'),
      )
    expect(await rate({ score: 1 })).toMatchObject({ refused: 'rating-too-early' })
    await change(ticket, { status: 'solved' })
    expect(await rate({ score: 1 }, boris)).toMatchObject({ refused: 'ticket-not-found' })
    expect(await rate({ comment: 'what?' })).toMatchObject({ rating: null })
    expect(await rate({ score: 2 })).toMatchObject({ rating: { score: 2, comment: null } })
    expect(await rate({ comment: 'slow' })).toMatchObject({ rating: { score: 2, comment: 'slow' } })
    expect(await rate({ score: 5 })).toMatchObject({ rating: { score: 5, comment: 'slow' } })
    await passes(of, DAY + 1)
    expect(await rate({ score: 1 })).toMatchObject({ refused: 'rating-too-late' })
    await writes(anna)
    await change(ticket, { status: 'solved' })
    expect(await rate({ score: 3 })).toMatchObject({ rating: { score: 3, comment: null } })
  })
})

describe('a customer’s tickets', () => {
  it('move with a merge and back, are exported, and are forgotten with whoever wrote them', async () => {
    const of = await shopWith({})
    const [anna, boris] = [await person(of), await person(of)]
    const ticket = await opened(anna, 'My secret question')
    await within((transaction) => tickets().note(transaction, of.id, ticket.id, 'Secretive', OWNER))
    const ownerOf = async () => (await tickets().find(of.id, ticket.id))!.customerId
    const merge = await tapline.call<{ id: string }>('POST', `/v1/customers/${boris.customerId}/merge`, of.secretKey, { from: anna.customerId }) // prettier-ignore
    expect(await ownerOf()).toBe(boris.customerId)
    // Who it was before belongs to whoever it is now.
    expect((await tickets().ofParticipants(of.id, [boris.participantId], 9, undefined)).data).toHaveLength(1)
    expect((await writes({ ...boris, conversationId: anna.conversationId }))!.ticket).toMatchObject({ id: ticket.id, participantId: boris.participantId }) // prettier-ignore
    await tapline.call('POST', `/v1/merges/${merge.body.id}/undo`, of.secretKey)
    expect(await ownerOf()).toBe(anna.customerId)

    const { body } = await of.get<{ sections: { support: { tickets: object[] } } }>(`/v1/customers/${anna.customerId}/export`) // prettier-ignore
    expect(body.sections.support.tickets).toMatchObject([
      { number: 1, subject: 'My secret question', status: 'new' },
    ])
    const erased = await tapline.call('DELETE', `/v1/customers/${anna.customerId}`, of.secretKey)
    expect(erased.status).toBeLessThan(300)
    expect(await tickets().find(of.id, ticket.id)).toMatchObject({
      subject: '',
      customerId: null,
      status: 'closed',
    })
    const { rows } = await pool.query(`select (select json_agg(t) from tickets t where id = $1)::text || (select json_agg(w) from ticket_words w where ticket_id = $1)::text || (select json_agg(e) from ticket_events e where ticket_id = $1)::text as all`, [ticket.id]) // prettier-ignore
    expect((rows[0] as { all: string }).all).not.toMatch(/secret/i)
    expect(await kinds(ticket)).toEqual(['opened', 'note', 'status'])
  })
})

describe('settings', () => {
  it('have defaults, are replaced whole, and switch support on', async () => {
    const of = await tapline.createShop({ sandbox: true })
    const anna = await person(of)
    const get = async () => (await of.get<Schemas['SupportSettings']>('/v1/support-settings')).body
    expect(await get()).toMatchObject({ enabled: false, firstAnswerMinutes: 60, notePrefixes: ['//', '!'] })
    expect(await writes(anna)).toBeUndefined()
    await of.put('/v1/support-settings', { firstAnswerMinutes: null })
    expect(await get()).toMatchObject({ enabled: true, firstAnswerMinutes: null, reopenDays: 7 })
    expect((await opened(anna)).firstAnswerDueAt).toBeNull()
    await of.put('/v1/support-settings', { enabled: false })
    expect(await get()).toMatchObject({ enabled: false, firstAnswerMinutes: 60 })
    expect(await writes(anna)).toBeUndefined()
    const { body } = await tapline.admin<{ data: { action: string; details: object }[] }>('GET', `/admin/v1/projects/${of.id}/audit`) // prettier-ignore
    expect(body.data.find(({ action }) => action === 'support-settings.changed')?.details).toEqual({ changed: ['enabled', 'firstAnswerMinutes'] }) // prettier-ignore
  })

  const topic = { key: 'a', title: { en: 'A' } }
  it.each([
    ['a topic twice', { topics: [topic, topic] }, 422, 'settings-invalid'],
    [
      'an answer twice',
      {
        answers: [
          { name: 'Hi', text: { en: 'x' } },
          { name: 'hi', text: { en: 'y' } },
        ],
      },
      422,
      'settings-invalid',
    ],
    ['a blank prefix', { notePrefixes: [' '] }, 422, 'settings-invalid'],
    ['the prefix of answers', { notePrefixes: ['>>'] }, 422, 'settings-invalid'],
    ['no money', { bonusPerCommand: 'much' }, 422, 'settings-invalid'],
    ['a lead who is nobody', { leadAgentId: 'agt_nobody' }, 404, 'agent-not-found'],
    ['a topic of nobody', { topics: [{ ...topic, assigneeId: 'agt_nobody' }] }, 404, 'agent-not-found'],
    ['an unknown one', { colour: 'red' }, 400, 'invalid-request'],
  ])('with %s are refused', async (_, settings, status, code) => {
    expect(await shop.put('/v1/support-settings', settings)).toMatchObject({ status, body: { code } })
  })
})

describe('whoever shows tickets', () => {
  it('is told of everything, in its order and in its transaction', async () => {
    const told: string[] = []
    let breaks = false
    const face = {
      onTicket: (_: Transaction, ticket: Ticket, { kind, sequence }: TicketEvent) => {
        if (breaks) throw new Error('It cannot be shown')
        told.push(`${sequence} ${kind} ${ticket.status} ${ticket.assigneeId === null ? '' : 'taken'}`.trim())
        return Promise.resolve()
      },
      onMessage: () => Promise.resolve(),
    }
    const sql = sqlOfPool(pool)
    const store = postgresTickets({ sql, lookUps: sql })
    const { agents, settings } = tapline.app.support
    const seen = handleTickets({
      store,
      agents,
      settingOf: settingOf({
        settingsOf: settings.of,
        hoursOf: () => Promise.resolve(null),
        shopOf: () => Promise.resolve({ timeZone: 'UTC', clockOffsetMs: 0 }),
      }),
      write: recordTicket({ store, faces: () => [face] }),
      isVip: () => Promise.resolve(true),
      record: () => Promise.resolve(),
      newId: () => `tic_seen${++count}`,
    })
    const anna = await person()
    const message = { projectId: shop.id, conversationId: anna.conversationId, at: new Date() }
    const asks = { ...message, ...anna, channel: 'widget', text: 'Hi', topic: null } as const
    const outcome = await within((transaction) => seen.onCustomerMessage(transaction, asks))
    const { ticket } = outcome!
    // Somebody important.
    expect(ticket.priority).toBe(3)
    await within((transaction) => seen.onAgentMessage(transaction, { ...message, agentId: olga.id }))
    expect(told).toEqual(['1 opened new', '2 assigned waiting taken', '3 status waiting taken'])
    breaks = true
    await expect(within((transaction) => seen.change(transaction, shop.id, ticket.id, { status: 'solved' }, OWNER))).rejects.toThrow('It cannot be shown') // prettier-ignore
    expect(await tickets().find(shop.id, ticket.id)).toMatchObject({ status: 'waiting' })
    expect(await kinds(ticket)).toEqual(['opened', 'assigned', 'status'])
  })

  it('finds agents by what they are elsewhere; what one had who left is free', async () => {
    const leaver = await agent(shop, 'Leaver')
    await tapline.call('PATCH', `/v1/agents/${leaver.id}`, shop.secretKey, {
      todoistUserId: '77',
      telegramId: '88',
    })
    const { agents } = tapline.app.support
    expect(await agents.byTodoistUser(shop.id, '77')).toMatchObject({ id: leaver.id })
    expect(await agents.byTelegram(shop.id, '88')).toMatchObject({ id: leaver.id })
    expect(await agents.byTelegram(shop.id, '77')).toBeUndefined()
    const ticket = await opened(await person())
    await takes(ticket, leaver)
    expect(await takes(ticket, olga)).toMatchObject({ refused: 'ticket-taken' })
    await tapline.call('DELETE', `/v1/agents/${leaver.id}`, shop.secretKey)
    expect(await agents.byTodoistUser(shop.id, '77')).toBeUndefined()
    expect(await takes(ticket, olga)).toMatchObject({ assigneeId: olga.id })
    expect(await change(ticket, { assigneeId: leaver.id })).toMatchObject({ refused: 'agent-not-found' })
  })
})
