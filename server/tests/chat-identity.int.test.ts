import type { components } from '@tapline/openapi'
import { generateSecret, signIdentity } from '@tapline/signing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, startTapline, type Answer, type Shop, type Tapline } from './tapline.fixture.ts'

type Schemas = components['schemas']
type Session = Schemas['VisitorSession']
type Agent = Schemas['CreatedAgent']

const PAGE = 'https://shop.test'

let tapline: Tapline
let shop: Shop
let count = 0

beforeAll(async () => {
  tapline = await startTapline({ env: { TAPLINE_TRUST_PROXY: '1' } })
  shop = await createShop()
})
afterAll(() => tapline.stop())

async function createShop(settings: object = {}): Promise<Shop> {
  const created = await tapline.createShop({ sandbox: true }, { basePercent: 10 })
  const put = await created.put('/v1/chat-settings', { allowedOrigins: [PAGE], ...settings })
  expect(put.status, JSON.stringify(put.body)).toBe(200)
  return created
}

const open = (body: object = {}, of: Shop = shop, headers: Record<string, string> = { origin: PAGE }) =>
  tapline.call<Session>('POST', '/v1/visitor-sessions', of.publishableKey, body, headers)
const identityOf = (who: object, of: Shop = shop) => signIdentity({ secret: of.signingSecret, ...who })
const somebody = () => `somebody-${++count}@test.ru`
const me = (token: string, headers: Record<string, string> = {}) =>
  tapline.call<Schemas['Me']>('GET', '/v1/me', token, undefined, headers)
const isProblem = (answer: Answer<unknown>, status: number, code: string) =>
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status, body: { code } })
/** What is remembered of somebody is forgotten within a second. */
const soon = (ask: () => Promise<Answer<unknown>>, status: number) =>
  eventually(ask, (answer) => answer.status === status, 5_000)

describe('a visitor session', () => {
  it('is opened from a page of an allowed origin, and says nobody is proven', async () => {
    const { status, body } = await open({ name: ' Guest ' })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      token: expect.stringMatching(/^st_/),
      participant: { kind: 'visitor', name: 'Guest', customerId: null, agentId: null },
    })
    const ends = Date.parse(body.expiresAt) - Date.now()
    expect(ends).toBeGreaterThan(3_590_000)
    expect(ends).toBeLessThanOrEqual(3_600_000)
    const { body: seen } = await me(body.token)
    expect(seen).toEqual({ participant: body.participant, customer: null })
  })

  it('is refused to pages elsewhere, and to whoever is no page', async () => {
    isProblem(await open({}, shop, { origin: 'https://thief.test' }), 403, 'origin-not-allowed')
    isProblem(await open({}, shop, { origin: 'null' }), 403, 'origin-not-allowed')
    isProblem(await open({}, shop, { origin: `${PAGE}.thief.test` }), 403, 'origin-not-allowed')
    isProblem(await open({}, shop, {}), 403, 'origin-not-allowed')
    const unset = await tapline.createShop()
    isProblem(await open({}, unset), 403, 'origin-not-allowed')
  })

  it('is not usable from another page either, but without one', async () => {
    const { token } = (await open()).body
    isProblem(await me(token, { origin: 'https://thief.test' }), 403, 'origin-not-allowed')
    expect((await me(token, { origin: PAGE })).status).toBe(200)
    expect((await me(token)).status).toBe(200)
  })

  it('is opened with the publishable key only, and opens nothing else with it', async () => {
    for (const key of [shop.secretKey, shop.signingSecret, 'pk_wrong', undefined])
      isProblem(
        await tapline.call('POST', '/v1/visitor-sessions', key, {}, { origin: PAGE }),
        401,
        'unauthorized',
      )
    isProblem(
      await tapline.call('GET', '/v1/me', shop.publishableKey, undefined, { origin: PAGE }),
      401,
      'unauthorized',
    )
    const { token } = (await open()).body
    isProblem(await tapline.call('GET', '/v1/customers', token), 401, 'unauthorized')
    isProblem(await tapline.call('PUT', '/v1/chat-settings', token, {}), 401, 'unauthorized')
  })

  it('shows nothing of the bonuses', async () => {
    const { token } = (await open()).body
    const ask = (method: string, path: string, body?: unknown) => tapline.call(method, path, token, body)
    isProblem(await ask('GET', '/v1/me/entries'), 403, 'proof-required')
    // As for anybody who is new.
    expect(await ask('POST', '/v1/me/quotes', { amount: 1 })).toMatchObject({
      status: 200,
      body: { customerId: null, spend: { available: '0.00' } },
    })
    isProblem(await ask('POST', '/v1/me/holds', { orderId: '1', amount: 1 }), 403, 'proof-required')
    isProblem(await ask('GET', '/v1/me/holds/hld_01M7Y6FQC14XA870Q1KZXZ0WQ3'), 403, 'proof-required')
    isProblem(await ask('POST', '/v1/me/holds/hld_01M7Y6FQC14XA870Q1KZXZ0WQ3/void'), 403, 'proof-required')
  })

  it('cannot be made up, changed, or used as a renewal; nor a renewal as one', async () => {
    const { token, renewal } = (await open()).body
    const [body, signature] = token.slice('st_'.length).split('.') as [string, string]
    const claims = Buffer.from(body, 'base64url').toString()
    const changed = Buffer.from(claims.replace('visitor', 'customer')).toString('base64url')
    for (const forged of [
      `st_${changed}.${signature}`,
      `st_${body}.${signature}x`,
      renewal!.replace(/^sr_/, 'st_'),
    ])
      isProblem(
        await tapline.call('GET', '/v1/me', forged, undefined, { 'x-forwarded-for': '9.9.9.9' }),
        401,
        'unauthorized',
      )
    const other = await open({ renewal: token.replace(/^st_/, 'sr_') })
    expect(other.body.participant.id).not.toBe((await open({ renewal: renewal! })).body.participant.id)
  })

  it('of a paused project is refused, and opens none', async () => {
    const paused = await createShop()
    const { token } = (await open({}, paused)).body
    await tapline.admin('PATCH', `/admin/v1/projects/${paused.id}`, { status: 'paused' })
    isProblem(await soon(() => me(token), 403), 403, 'project-paused')
    isProblem(await soon(() => open({}, paused), 403), 403, 'project-paused')
  })
})

describe('a renewal', () => {
  it('continues the same visitor, by another name if it gives one', async () => {
    const first = (await open({ name: 'Guest' })).body
    const next = (await open({ renewal: first.renewal! })).body
    expect(next.participant).toEqual(first.participant)
    const renamed = (await open({ renewal: next.renewal!, name: 'Anna' })).body
    expect(renamed.participant).toEqual({ ...first.participant, name: 'Anna' })
  })

  it('of another shop, or of nobody, is a new visitor', async () => {
    const other = await createShop()
    const theirs = (await open({}, other)).body
    const { status, body } = await open({ renewal: theirs.renewal! })
    expect(status).toBe(201)
    expect(body.participant.id).not.toBe(theirs.participant.id)
    expect((await open({ renewal: 'sr_nonsense' })).status).toBe(201)
  })
})

describe('a signed identity', () => {
  it('is the customer that orders know, or a new one', async () => {
    const email = somebody()
    await shop.post(
      { action: 'purchase', payload: { email, amount: 100, orderId: email } },
      { prefer: 'wait=10' },
    )
    const known = await shop.customer({ email })
    const { status, body } = await open({
      identity: identityOf({ email: email.toUpperCase(), name: 'Anna' }),
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      renewal: null,
      participant: { kind: 'customer', name: 'Anna', customerId: null },
    })
    expect((await me(body.token)).body.customer).toMatchObject({
      id: known.id,
      bonuses: { available: '10.00' },
    })

    const externalId = somebody()
    const fresh = (await open({ identity: identityOf({ externalId, phone: '8 (916) 123-45-67' }) })).body
    expect((await me(fresh.token)).body.customer).toMatchObject({
      externalIds: [externalId],
      phones: ['+79161234567'],
      bonuses: { available: '0.00' },
    })
  })

  it('is the same participant each time, also when asked many times at once', async () => {
    const identity = identityOf({ email: somebody() })
    const opened = await Promise.all(Array.from({ length: 8 }, () => open({ identity })))
    expect(new Set(opened.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(opened.map(({ body }) => body.participant.id)).size).toBe(1)
  })

  it('gives what it says besides to a customer known by a part of it', async () => {
    const email = somebody()
    const [first] = [(await open({ identity: identityOf({ email }) })).body]
    const externalId = somebody()
    const second = (await open({ identity: identityOf({ email, externalId }) })).body
    expect(second.participant.id).toBe(first.participant.id)
    expect(await shop.customer({ externalId })).toMatchObject({ emails: [email] })
  })

  it.each([
    ['signed by somebody else', () => signIdentity({ secret: generateSecret(), email: 'a@b.ru' }), 'no-matching-signature'],
    ['that is over', () => identityOf({ email: 'a@b.ru', now: new Date(Date.now() - 7_200_000) }), 'expired'],
    ['from the future', () => identityOf({ email: 'a@b.ru', now: new Date(Date.now() + 600_000) }), 'not-yet-valid'],
    ['that is none', () => 'a.b.c', 'malformed-token'],
    ['without a signature', () => `${identityOf({ email: 'a@b.ru' }).split('.').slice(0, 2).join('.')}.`, 'malformed-token'],
    ['of an address that is none', () => identityOf({ email: 'nobody' }), 'unusable-contact'],
  ])('%s is refused', async (_, identity, reason) => {
    const answer = await open({ identity: identity() })
    isProblem(answer, 401, 'identity-refused')
    expect(answer.body).toMatchObject({ details: { reason } })
  }) // prettier-ignore

  it('of two customers at once is refused', async () => {
    const [email, externalId] = [somebody(), somebody()]
    await open({ identity: identityOf({ email }) })
    await open({ identity: identityOf({ externalId }) })
    isProblem(await open({ identity: identityOf({ email, externalId }) }), 422, 'customer-conflict')
  })

  it('is good by each signing secret that lives, and by none that ended', async () => {
    const rotated = await createShop()
    const rotate = (body: object) =>
      tapline.admin<{ secret: string }>(
        'POST',
        `/admin/v1/projects/${rotated.id}/secrets/signing-secret/rotate`,
        body,
      )
    const identity = identityOf({ email: somebody() }, rotated)
    const { secret } = (await rotate({ overlapSeconds: 3_600 })).body
    expect((await open({ identity }, rotated)).status).toBe(201)
    const renewed = signIdentity({ secret, email: somebody() })
    expect((await soon(() => open({ identity: renewed }, rotated), 201)).status).toBe(201)
    await rotate({ overlapSeconds: 0, force: true })
    isProblem(await soon(() => open({ identity }, rotated), 401), 401, 'identity-refused')
  })

  it('can be asked of everybody: then visitors are let in no more', async () => {
    const strict = await createShop()
    const visitor = (await open({}, strict)).body
    await strict.put('/v1/chat-settings', { allowedOrigins: [PAGE], requireIdentity: true })
    isProblem(await open({}, strict), 403, 'identity-required')
    isProblem(await open({ renewal: visitor.renewal! }, strict), 403, 'identity-required')
    isProblem(await soon(() => me(visitor.token), 403), 403, 'identity-required')
    expect((await open({ identity: identityOf({ email: somebody() }, strict) }, strict)).status).toBe(201)
  })

  it('ends with the customer', async () => {
    const email = somebody()
    const { token } = (await open({ identity: identityOf({ email, name: 'Anna' }) })).body
    const { id } = await shop.customer({ email })
    expect((await me(token)).status).toBe(200)
    expect((await tapline.call('DELETE', `/v1/customers/${id}`, shop.secretKey)).status).toBe(200)
    isProblem(await soon(() => me(token), 401), 401, 'unauthorized')
    const again = (await open({ identity: identityOf({ email }) })).body
    expect((await me(again.token)).body.customer!.id).not.toBe(id)
  })
})

/** As the messenger writes them, without its servers. */
const chats = {
  sql: <Row>(text: string, values: unknown[]) => tapline.app.sql.query<Row>(text, values),
  async begin(...members: string[]): Promise<string> {
    const id = `cnv_${String(++count).padStart(26, '0')}`
    await chats.sql(`insert into conversations (project_id, id, lane, subject) values ($1, $2, 0, 'Where is my order')`, [shop.id, id])
    for (const member of members) await chats.join(id, member)
    return id
  },
  join: (id: string, member: string, received = 0) =>
    chats.sql(
      `insert into conversation_participants (project_id, conversation_id, participant_id, received, read) values ($1, $2, $3, $4, $4)`,
      [shop.id, id, member, received],
    ),
  async say(id: string, sender: string, text: string, { clientId = `c-${++count}`, reactions = null as object | null } = {}) {
    const [row] = await chats.sql<{ sequence: number }>(
      `update conversations set last_sequence = last_sequence + 1 where project_id = $1 and id = $2 returning last_sequence as sequence`,
      [shop.id, id],
    )
    await chats.sql(
      `insert into messages (project_id, conversation_id, sequence, id, sender_id, client_id, text, reactions, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, now())`,
      [shop.id, id, row!.sequence, `msg_${String(++count).padStart(26, '0')}`, sender, clientId, text, reactions === null ? null : JSON.stringify(reactions)],
    )
    return row!.sequence
  },
  async change(id: string, by: string, details: object) {
    await chats.sql(
      `with next as (update conversations set last_sequence = last_sequence + 1 where project_id = $1 and id = $2 returning last_sequence)
       insert into conversation_changes (project_id, conversation_id, sequence, kind, participant_id, details, at)
       select $1, $2, last_sequence, 'membership', $3, $4, now() from next`,
      [shop.id, id, by, JSON.stringify(details)],
    )
  },
  /** Said with the message of a sequence, or announced only. */
  file: (id: string, sender: string, sequence: number | null = null) =>
    chats.sql(
      `insert into chat_attachments (project_id, id, lane, conversation_id, sender_id, client_id, name, size, expires_at, message_sequence)
       values ($1, $2, 0, $3, $4, 'same', 'passport.jpg', 1, now(), $5)`,
      [shop.id, `att_${String(++count).padStart(26, '0')}`, id, sender, sequence],
    ),
  async look(id: string) {
    const [members, messages, changes, files, [conversation]] = await Promise.all([
      chats.sql<{ id: string; received: number; left: boolean }>(
        `select participant_id as id, received, left_at is not null as left from conversation_participants
         where project_id = $1 and conversation_id = $2 order by 1`,
        [shop.id, id],
      ),
      chats.sql<{ sender: string; text: string | null; reactions: object | null; deleted: boolean }>(
        `select sender_id as sender, text, reactions, deleted_at is not null as deleted from messages
         where project_id = $1 and conversation_id = $2 order by sequence`,
        [shop.id, id],
      ),
      chats.sql<{ by: string; details: object }>(
        `select participant_id as by, details from conversation_changes where project_id = $1 and conversation_id = $2 order by sequence`,
        [shop.id, id],
      ),
      chats.sql<{ sender: string; name: string }>(
        `select sender_id as sender, name from chat_attachments where project_id = $1 and conversation_id = $2 order by id`,
        [shop.id, id],
      ),
      chats.sql<{ epoch: number; subject: string | null }>(
        `select epoch, subject from conversations where project_id = $1 and id = $2`,
        [shop.id, id],
      ),
    ])
    return { members, messages, changes, files, ...conversation! }
  },
} // prettier-ignore

describe('a visitor that signs in', () => {
  it('stays who it was, with its chats, when the customer had none', async () => {
    const visitor = (await open({ name: 'Guest' })).body
    const chat = await chats.begin(visitor.participant.id)
    await chats.say(chat, visitor.participant.id, 'Hello')
    const identity = identityOf({ email: somebody(), name: 'Anna' })
    expect((await me(visitor.token)).status).toBe(200)
    const customer = (await open({ identity, renewal: visitor.renewal! })).body
    expect((await me(customer.token)).body.participant.id).toBe(visitor.participant.id)
    expect(customer.participant).toEqual({ ...visitor.participant, kind: 'customer', name: 'Anna' })
    expect((await chats.look(chat)).messages).toMatchObject([
      { sender: visitor.participant.id, text: 'Hello' },
    ])
    // What proves nothing is no way to the customer it became.
    isProblem(await soon(() => me(visitor.token), 401), 401, 'unauthorized')
    const after = (await open({ renewal: visitor.renewal! })).body
    expect(after.participant).toMatchObject({ kind: 'visitor' })
    expect(after.participant.id).not.toBe(visitor.participant.id)
  })

  it('brings what it said to the customer, who had chats already', async () => {
    const identity = identityOf({ email: somebody() })
    const own = (await open({ identity })).body.participant.id
    const visitor = (await open()).body
    const guest = visitor.participant.id
    const agent = (await tapline.call<Agent>('POST', '/v1/agents', shop.secretKey, { name: 'Olga' })).body
    const alone = await chats.begin(guest, agent.participantId)
    await chats.say(alone, guest, 'I am new', { reactions: { '👍': [guest, agent.participantId] } })
    await chats.say(alone, agent.participantId, 'Welcome', { reactions: { '🎉': [guest] } })
    await chats.change(alone, agent.participantId, { change: 'joined', memberId: guest })
    const both = await chats.begin()
    await chats.join(both, guest, 3)
    await chats.join(both, own, 1)
    await chats.say(both, guest, 'Twice', { clientId: 'same' })
    await chats.say(both, own, 'Twice', { clientId: 'same' })
    await chats.file(alone, guest, 1)
    await chats.file(both, guest)
    await chats.file(both, own)
    await chats.say(both, own, 'Once', { reactions: { '👍': [guest, own], '❤️': [guest] } })
    const theirs = await chats.begin(agent.participantId)

    const signedIn = await Promise.all(
      Array.from({ length: 4 }, () => open({ identity, renewal: visitor.renewal! })),
    )
    expect(signedIn.map(({ status, body }) => [status, body.participant.id])).toEqual(
      Array(4).fill([201, own]),
    )

    expect(await chats.look(alone)).toMatchObject({
      epoch: 2,
      members: [agent.participantId, own].sort().map((id) => ({ id })),
      messages: [
        { sender: own, reactions: { '👍': [own, agent.participantId] } },
        { sender: agent.participantId, reactions: { '🎉': [own] } },
      ],
      changes: [{ by: agent.participantId, details: { memberId: own } }],
    })
    const together = await chats.look(both)
    expect(together).toMatchObject({
      epoch: 2,
      messages: [{ sender: own }, { sender: own }, { sender: own, reactions: { '👍': [own], '❤️': [own] } }],
    })
    expect(together.members).toEqual([{ id: own, received: 3, left: false }])
    expect((await chats.look(alone)).files).toMatchObject([{ sender: own }])
    expect(together.files).toMatchObject([{ sender: own }, { sender: own }])
    expect((await chats.look(theirs)).epoch).toBe(1)
    isProblem(await soon(() => me(visitor.token), 401), 401, 'unauthorized')
  })

  it('on two devices at once is one participant', async () => {
    const visitors = await Promise.all(Array.from({ length: 5 }, () => open()))
    const chatIds = await Promise.all(visitors.map(({ body }) => chats.begin(body.participant.id)))
    const email = somebody()
    // Known already, so that nothing but the participant is fought for.
    const payload = { email, amount: 1, orderId: email }
    await shop.post({ action: 'purchase', payload }, { prefer: 'wait=10' })
    const identity = identityOf({ email })
    const opened = await Promise.all(visitors.map(({ body }) => open({ identity, renewal: body.renewal! })))
    expect(opened.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])
    const ids = new Set(opened.map(({ body }) => body.participant.id))
    expect(ids.size).toBe(1)
    for (const id of chatIds) expect((await chats.look(id)).members).toMatchObject([{ id: [...ids][0] }])
  })

  it('as somebody else later leaves the first one alone', async () => {
    const visitor = (await open()).body
    const anna = (await open({ identity: identityOf({ email: somebody() }), renewal: visitor.renewal! })).body
    const boris = (await open({ identity: identityOf({ email: somebody() }), renewal: visitor.renewal! }))
      .body
    expect(boris.participant.id).not.toBe(anna.participant.id)
    expect((await me(anna.token)).status).toBe(200)
  })
})

describe('a socket ticket', () => {
  const ticketFor = (token: string, body?: object, at: { url: string } = tapline) =>
    tapline.call<Schemas['SocketTicket']>('POST', `${at.url}/v1/socket-tickets`, token, body)
  const redeem = (ticket: string, at: Pick<Tapline, 'app'> = tapline) =>
    at.app.chat.socketTickets.redeem(ticket)

  it('names whom the session named, in its language, and is good once', async () => {
    const { token, participant } = (await open()).body
    const { status, body } = await tapline.call<Schemas['SocketTicket']>(
      'POST',
      '/v1/socket-tickets',
      token,
      undefined,
      { 'accept-language': 'kk' },
    )
    expect(status).toBe(201)
    expect(body.url).toBe(`${tapline.url.replace('http:', 'ws:')}/v1/socket`)
    expect(Date.parse(body.expiresAt) - Date.now()).toBeGreaterThan(28_000)
    expect(Date.parse(body.expiresAt) - Date.now()).toBeLessThanOrEqual(30_000)
    expect(await redeem(body.ticket)).toEqual({
      projectId: shop.id,
      locale: 'kk',
      speaker: {
        participantId: participant.id,
        kind: 'visitor',
        name: null,
        customerId: null,
        agentId: null,
      },
    })
    expect(await redeem(body.ticket)).toBeUndefined()
  })

  it('is good once among many who show it at once, on two servers', async () => {
    const prefix = 'chat-identity-two'
    const servers = [
      await startTapline({ database: { url: tapline.databaseUrl }, prefix, roles: ['api'] }),
      await startTapline({ database: { url: tapline.databaseUrl }, prefix, roles: ['api'] }),
    ]
    try {
      const { token } = (await open()).body
      const { ticket } = (await ticketFor(token, undefined, servers[0])).body
      const shown = Array.from({ length: 20 }, (_, index) => redeem(ticket, servers[index % 2]))
      expect((await Promise.all(shown)).filter((one) => one !== undefined)).toHaveLength(1)
    } finally {
      for (const server of servers) await server.stop()
    }
  })

  it('is good once while Redis is away', async () => {
    const alone = await startTapline({
      database: { url: tapline.databaseUrl },
      redisUrl: 'redis://127.0.0.1:9',
      roles: ['api'],
    })
    try {
      const { token } = (await open()).body
      const { ticket } = (await ticketFor(token, undefined, alone)).body
      expect(await redeem(ticket, alone)).toBeDefined()
      expect(await redeem(ticket, alone)).toBeUndefined()
    } finally {
      await alone.stop()
    }
  })

  it('is nothing that was made up, nor a session', async () => {
    const { token } = (await open()).body
    const { ticket } = (await ticketFor(token)).body
    for (const forged of ['', 'x', `${ticket}x`, ticket.slice(1), token, token.slice('st_'.length)])
      expect(await redeem(forged)).toBeUndefined()
  })

  it('ends with whoever it names', async () => {
    const agent = (await tapline.call<Agent>('POST', '/v1/agents', shop.secretKey, { name: 'Olga' })).body
    const { ticket } = (await ticketFor(agent.token)).body
    await tapline.call('PATCH', `/v1/agents/${agent.id}`, shop.secretKey, { active: false })
    expect(await redeem(ticket)).toBeUndefined()
  })

  it('of a backend is for a bot or a customer, by default for the bot of the shop', async () => {
    const of = await createShop()
    const shown = async (body?: object) =>
      (await redeem((await ticketFor(of.secretKey, body)).body.ticket))!.speaker
    const create = (body: object) =>
      tapline.call<Schemas['Participant']>('POST', '/v1/chat-participants', of.secretKey, body)
    expect(await shown()).toMatchObject({ kind: 'bot', name: 'Test shop' })
    expect(await shown()).toEqual(await shown({}))
    const bots = await Promise.all(Array.from({ length: 5 }, () => create({ bot: { name: ' Order bot ' } })))
    expect(new Set(bots.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1)
    expect(bots[0]!.body).toMatchObject({ kind: 'bot', name: 'Order bot' })
    expect(await shown({ participantId: bots[0]!.body.id })).toMatchObject({ name: 'Order bot' })

    const email = somebody()
    isProblem(await create({ customer: { email } }), 404, 'customer-not-found')
    const signedIn = (await open({ identity: identityOf({ email }, of) }, of)).body
    const customer = (await create({ customer: { email } })).body
    const { id: customerId } = await of.customer({ email })
    expect(customer).toMatchObject({ id: signedIn.participant.id, kind: 'customer', customerId })
    expect(await shown({ participantId: customer.id })).toMatchObject({ kind: 'customer', customerId })

    const visitor = (await open({}, of)).body.participant.id
    const stranger = (await open()).body.participant.id
    for (const participantId of [visitor, stranger, 'par_01M7Y6FQC14XA870Q1KZXZ0WQ3'])
      isProblem(await ticketFor(of.secretKey, { participantId }), 404, 'participant-not-found')
    isProblem(await ticketFor(signedIn.token, { participantId: customer.id }), 403, 'forbidden')
  })
})

describe('an agent', () => {
  const call = <Body = Agent>(method: string, path: string, body?: object) =>
    tapline.call<Body>(method, path, shop.secretKey, body)
  const works = async (token: string) => (await tapline.call('POST', '/v1/socket-tickets', token)).status

  it('is made with its participant and a token that is shown once', async () => {
    const { status, body } = await call('POST', '/v1/agents', { name: ' Olga ', todoistUserId: '42' })
    expect(status).toBe(201)
    const { token, ...agent } = body
    expect(agent).toMatchObject({ name: 'Olga', todoistUserId: '42', telegramId: null, active: true })
    expect(token).toMatch(/^at_[\w-]{43}$/)
    expect((await call('GET', `/v1/agents/${agent.id}`)).body).toEqual(agent)
    expect((await call<{ data: Agent[] }>('GET', '/v1/agents')).body.data).toContainEqual(agent)
    const rows = await chats.sql(`select * from chat_participants where project_id = $1 and id = $2`, [shop.id, agent.participantId])
    expect(rows).toMatchObject([{ kind: 'agent', name: 'Olga', agent_id: agent.id }])
    const stored = await chats.sql(`select * from agent_directory`, [])
    expect(JSON.stringify(stored)).not.toContain(token.slice('at_'.length))
    expect(await works(token)).toBe(201)
  })

  it('keeps its participant when it is renamed', async () => {
    const { body } = await call('POST', '/v1/agents', { name: 'Olga', telegramId: '5' })
    const { status, body: changed } = await call('PATCH', `/v1/agents/${body.id}`, { name: 'Olga P.', telegramId: null })
    expect(status).toBe(200)
    expect(changed).toMatchObject({ participantId: body.participantId, name: 'Olga P.', telegramId: null })
    const rows = await chats.sql(`select name from chat_participants where project_id = $1 and agent_id = $2`, [shop.id, body.id])
    expect(rows).toEqual([{ name: 'Olga P.' }])
  })

  it('has a token that ends when it is replaced, and that of one who is away or gone is good for nothing', async () => {
    const { body } = await call('POST', '/v1/agents', { name: 'Olga' })
    const { status, body: rotated } = await call('POST', `/v1/agents/${body.id}/token/rotate`)
    expect(status).toBe(201)
    expect([await works(body.token), await works(rotated.token)]).toEqual([401, 201])
    await call('PATCH', `/v1/agents/${body.id}`, { active: false })
    expect(await works(rotated.token)).toBe(401)
    await call('PATCH', `/v1/agents/${body.id}`, { active: true })
    expect(await works(rotated.token)).toBe(201)
    expect((await call('DELETE', `/v1/agents/${body.id}`)).status).toBe(204)
    expect(await works(rotated.token)).toBe(401)
    for (const [method, path, change] of [
      ['GET', ''],
      ['PATCH', '', { active: true }],
      ['DELETE', ''],
      ['POST', '/token/rotate'],
    ] as const)
      isProblem(await call(method, `/v1/agents/${body.id}${path}`, change), 404, 'agent-not-found')
  })

  it('sees no bonuses of anybody', async () => {
    const { body } = await call('POST', '/v1/agents', { name: 'Olga' })
    for (const path of ['/v1/me', '/v1/customers']) isProblem(await tapline.call('GET', path, body.token), 401, 'unauthorized')
  })
}) // prettier-ignore

describe('a proven customer', () => {
  it('sees its own bonuses, quotes and holds, and nobody else\'s', async () => {
    const email = somebody()
    await shop.post({ action: 'purchase', payload: { email, amount: 1000, orderId: email } }, { prefer: 'wait=10' })
    const anna = (await open({ identity: identityOf({ email }) })).body
    const boris = (await open({ identity: identityOf({ email: somebody() }) })).body
    const ask = <Body = Schemas['Hold']>(who: Session, method: string, path: string, body?: object, headers?: Record<string, string>) =>
      tapline.call<Body>(method, `/v1/me${path}`, who.token, body, headers)

    const entries = await ask<{ data: Schemas['Entry'][] }>(anna, 'GET', '/entries?limit=10')
    expect(entries.body.data.some(({ amount }) => amount === '100.00')).toBe(true)
    expect((await ask<{ data: unknown[] }>(boris, 'GET', '/entries')).body.data).toEqual([])
    const quote = await ask<Schemas['Quote']>(anna, 'POST', '/quotes', { amount: 500 })
    expect(quote).toMatchObject({ status: 200, body: { earned: '50.00' } })

    const held = await ask(anna, 'POST', '/holds', { orderId: 'mine', amount: 40, orderAmount: 500 })
    expect(held).toMatchObject({ status: 201, body: { amount: '40.00', state: 'awaiting-confirmation' } })
    const path = `/holds/${held.body.id}`
    expect((await ask(anna, 'GET', path)).body).toMatchObject({ state: 'awaiting-confirmation' })
    isProblem(await ask(boris, 'GET', path), 404, 'hold-not-found')
    isProblem(await ask(boris, 'POST', `${path}/void`), 404, 'hold-not-found')
    // What waits for the customer cannot be taken by whoever has the page.
    isProblem(await tapline.call('POST', `/v1/holds/${held.body.id}/capture`, shop.secretKey), 409, 'hold-unconfirmed')
    expect((await ask(anna, 'POST', `${path}/void`)).body).toMatchObject({ state: 'voided' })

    const other = await ask(anna, 'POST', '/holds', { orderId: 'mine-2', amount: 40, orderAmount: 500 })
    await tapline.call('POST', `/v1/sandbox/holds/${other.body.id}/confirm`, shop.secretKey)
    isProblem(await ask(anna, 'POST', `/holds/${other.body.id}/void`), 403, 'forbidden')
    expect((await tapline.call('POST', `/v1/holds/${other.body.id}/void`, shop.secretKey)).status).toBe(200)
  })

  it('gets the answer of its own Idempotency-Key only', async () => {
    const people = await Promise.all(
      [somebody(), somebody()].map(async (email) => {
        await shop.post({ action: 'purchase', payload: { email, amount: 1000, orderId: email } }, { prefer: 'wait=10' })
        return (await open({ identity: identityOf({ email }) })).body
      }),
    )
    const hold = (who: Session, orderId: string) =>
      tapline.call<Schemas['Hold']>('POST', '/v1/me/holds', who.token, { orderId, amount: 1, orderAmount: 10 }, { 'idempotency-key': 'the-same-for-both' })
    const first = await hold(people[0]!, 'keyed')
    const again = await hold(people[0]!, 'keyed')
    expect(again.body).toEqual(first.body)
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    const others = await hold(people[1]!, 'keyed')
    expect(others.headers.get('idempotency-replayed')).toBeNull()
    expect(others.body.id).not.toBe(first.body.id)
  })
}) // prettier-ignore

describe('a browser', () => {
  const preflight = (path: string, method: string) =>
    fetch(tapline.url + path, {
      method: 'OPTIONS',
      headers: { origin: PAGE, 'access-control-request-method': method, 'access-control-request-headers': 'authorization,content-type' },
    })

  it.each([
    ['POST', '/v1/visitor-sessions'],
    ['GET', '/v1/me'],
    ['POST', '/v1/me/holds'],
    ['POST', '/v1/socket-tickets'],
    ['GET', '/v1/conversations/cnv_01M7Y6FQC14XA870Q1KZXZ0WQ3/messages'],
  ])('learns that it may %s %s', async (method, path) => {
    const { status, headers } = await preflight(path, method)
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('access-control-allow-methods')).toContain(method)
    expect(headers.get('access-control-allow-headers')).toBe('Authorization,Content-Type,Accept-Language,Idempotency-Key')
    expect(headers.get('access-control-max-age')).toBe('7200')
    expect(headers.get('access-control-allow-credentials')).toBeNull()
  })

  it.each([
    ['GET', '/v1/customers'],
    ['PUT', '/v1/chat-settings'],
    ['POST', '/v1/agents'],
    ['POST', '/admin/v1/projects'],
    ['POST', '/api/webhook/whk_x'],
    ['DELETE', '/v1/me'],
    ['GET', '/v1/nothing'],
  ])('learns nothing of %s %s', async (method, path) => {
    expect((await preflight(path, method)).headers.get('access-control-allow-origin')).toBeNull()
  })

  it('may read answers and refusals of what is for browsers, and of nothing else', async () => {
    const read = ({ headers }: Answer<unknown>) => [
      headers.get('access-control-allow-origin'),
      headers.get('access-control-expose-headers'),
    ]
    const open_ = ['*', 'Retry-After,RateLimit,Idempotency-Replayed,X-Request-Id,Tapline-Should-Retry']
    const { token } = (await open()).body
    expect(read(await open())).toEqual(open_)
    expect(read(await me(token))).toEqual(open_)
    expect(read(await open({}, shop, { origin: 'https://thief.test' }))).toEqual(open_)
    expect(read(await open({ colour: 'red' }))).toEqual(open_)
    expect(read(await me('st_wrong'))).toEqual(open_)
    expect(read(await shop.get('/v1/customers'))).toEqual([null, null])
  })
}) // prettier-ignore

describe('chat settings', () => {
  it('are complete, and say in the audit what changed', async () => {
    const of = await tapline.createShop()
    const { body: first } = await of.get<Schemas['ChatSettings']>('/v1/chat-settings')
    expect(first).toEqual({
      allowedOrigins: [],
      requireIdentity: false,
      credits: { capacity: 60, refillSeconds: 10, projectPerSecond: 2_000 },
      maxAttachmentBytes: 20_971_520,
      moderation: null,
      autoReply: null,
      businessHours: null,
    })
    const change = { allowedOrigins: ['https://Shop.test'], credits: { capacity: 5 } }
    const { body: put } = await of.put<Schemas['ChatSettings']>('/v1/chat-settings', change)
    expect(put).toEqual({ ...first, allowedOrigins: ['https://shop.test'], credits: { ...first.credits, capacity: 5 } })
    expect((await of.get('/v1/chat-settings')).body).toEqual(put)
    await of.put('/v1/chat-settings', put)
    const audit = await tapline.admin<{ data: { action: string; details: object }[] }>('GET', `/admin/v1/projects/${of.id}/audit`)
    expect(audit.body.data.filter(({ action }) => action === 'chat-settings.changed')).toMatchObject([
      { details: { changed: ['allowedOrigins', 'credits'] } },
    ])
  })

  it('that contradict themselves are refused, and change nothing', async () => {
    const of = await tapline.createShop()
    const businessHours = { days: [{ day: 'mon', from: '18:00', to: '09:00' }], closedReply: { en: 'Closed' } }
    isProblem(await of.put('/v1/chat-settings', { requireIdentity: true, businessHours }), 422, 'settings-invalid')
    expect((await of.get('/v1/chat-settings')).body).toMatchObject({ requireIdentity: false, businessHours: null })
  })
}) // prettier-ignore

describe('with its customer, a participant', () => {
  const merge = (from: string, into: string) =>
    tapline.call<Schemas['Merge']>('POST', `/v1/customers/${into}/merge`, shop.secretKey, { from })
  const undo = (mergeId: string) => tapline.call('POST', `/v1/merges/${mergeId}/undo`, shop.secretKey)
  async function signedIn(name?: string) {
    const email = somebody()
    const identity = identityOf(name === undefined ? { email } : { email, name })
    const { token, participant } = (await open({ identity })).body
    return { token, participant: participant.id, id: (await shop.customer({ email })).id, identity }
  }

  it('is handed on when the other customer has none, and comes back', async () => {
    const from = await signedIn()
    const email = somebody()
    await shop.post({ action: 'purchase', payload: { email, amount: 1, orderId: email } }, { prefer: 'wait=10' })
    const into = await shop.customer({ email })
    const merged = await merge(from.id, into.id)
    expect(merged.status).toBe(200)
    expect((await eventually(() => me(from.token), ({ body }) => body.customer?.id === into.id)).status).toBe(200)
    expect((await undo(merged.body.id)).status).toBe(200)
    await eventually(() => me(from.token), ({ body }) => body.customer?.id === from.id)
  })

  it('becomes one with the other, and parts again with what was its own', async () => {
    const [from, into] = [await signedIn('From'), await signedIn('Into')]
    const alone = await chats.begin(from.participant)
    await chats.say(alone, from.participant, 'mine', { reactions: { '👍': [from.participant] } })
    const both = await chats.begin(from.participant, into.participant)
    await chats.file(alone, from.participant, 1)
    await chats.say(both, from.participant, 'from')
    await chats.file(both, from.participant, 1)
    await chats.file(both, into.participant)
    await chats.say(both, into.participant, 'into', { reactions: { '👍': [into.participant, from.participant] } })
    await chats.change(both, from.participant, { change: 'joined', memberId: into.participant })
    const before = [await chats.look(alone), await chats.look(both)]

    const merged = await merge(from.id, into.id)
    expect(merged.status, JSON.stringify(merged.body)).toBe(200)
    for (const id of [alone, both]) {
      const seen = await chats.look(id)
      expect(seen.epoch).toBe(2)
      expect(seen.members.map((member) => member.id)).toEqual([into.participant])
      expect(JSON.stringify(seen)).not.toContain(from.participant)
    }
    // Whoever had proven to be one is the other one now.
    await eventually(() => me(from.token), ({ body }) => body.participant?.id === into.participant)
    await chats.say(alone, into.participant, 'since')

    expect((await undo(merged.body.id)).status).toBe(200)
    const [aloneAfter, bothAfter] = [await chats.look(alone), await chats.look(both)]
    expect(bothAfter).toEqual({ ...before[1], epoch: 3 })
    expect(aloneAfter.messages.slice(0, 1)).toEqual(before[0]!.messages)
    expect(aloneAfter.files).toEqual(before[0]!.files)
    expect(aloneAfter.messages[1]).toMatchObject({ sender: into.participant, text: 'since' })
    expect(aloneAfter.members.map(({ id }) => id).sort()).toEqual([from.participant, into.participant].sort())
    await eventually(() => me(from.token), ({ body }) => body.participant?.id === from.participant)
  })

  it('is exported with its chats', async () => {
    const customer = await signedIn()
    const chat = await chats.begin(customer.participant)
    await chats.say(chat, customer.participant, 'Where is it?')
    const { body } = await shop.get<Schemas['CustomerExport']>(`/v1/customers/${customer.id}/export`)
    expect(JSON.parse(JSON.stringify(body))).toMatchObject({
      sections: {
        chat: {
          truncated: false,
          conversations: [{ id: chat, messages: [{ own: true, from: 'customer', text: 'Where is it?' }] }],
        },
      },
    })
  })

  it('is nobody when it is erased, also what it said before it was proven or was another', async () => {
    const visitor = (await open({ name: 'Guest' })).body
    const guest = visitor.participant.id
    const chat = await chats.begin(guest)
    await chats.say(chat, guest, 'secret of the visitor')
    await chats.file(chat, guest)
    const customer = await signedIn('Anna Secret')
    await open({ identity: customer.identity, renewal: visitor.renewal! })
    const other = await signedIn('Other Secret')
    const agent = (await tapline.call<Agent>('POST', '/v1/agents', shop.secretKey, { name: 'Olga' })).body
    const others = await chats.begin(other.participant, agent.participantId)
    await chats.say(others, other.participant, 'secret of the other')
    await chats.say(others, agent.participantId, 'What the shop said')
    expect((await merge(other.id, customer.id)).status).toBe(200)

    expect((await tapline.call('DELETE', `/v1/customers/${customer.id}`, shop.secretKey)).status).toBe(200)
    for (const [id, epoch] of [[chat, 3], [others, 3]] as const)
      expect(await chats.look(id)).toMatchObject({ subject: null, epoch, messages: [{ sender: customer.participant, text: null, deleted: true }, ...(id === others ? [{ text: 'What the shop said', deleted: false }] : [])] })
    expect((await chats.look(chat)).files).toMatchObject([{ name: 'removed' }])
    const people = await chats.sql<{ name: string | null; customer_id: string | null }>(
      `select name, customer_id from chat_participants where project_id = $1 and id = any($2)`,
      [shop.id, [guest, customer.participant, other.participant]],
    )
    expect(people).toEqual(Array(3).fill({ name: null, customer_id: null }))
    isProblem(await soon(() => me(customer.token), 401), 401, 'unauthorized')
    isProblem(await soon(() => me(other.token), 401), 401, 'unauthorized')
  })
}) // prettier-ignore
