import { signIdentity } from '@tapline/signing'
import contract from '@tapline/openapi/openapi.json' with { type: 'json' }
import type { components } from '@tapline/openapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPool } from '../src/postgres/pool.ts'
import { unitOfWork } from '../src/postgres/sql.ts'
import {
  eventually,
  startTapline,
  OPERATOR_TOKEN,
  type Answer,
  type Shop,
  type Tapline,
} from './tapline.fixture.ts'

type Schemas = components['schemas']
type Problem = Schemas['Problem']
type Program = Schemas['Program']
type Project = Schemas['Project']
type Rotated = { kind: string; secret: string; webhookUrl?: string; previousExpiresAt: string }
type Page<T> = { data: T[]; nextCursor: string | null }

let tapline: Tapline
let shop: Shop

beforeAll(async () => {
  // Wrong keys are counted by address: those of this test come from many.
  tapline = await startTapline({
    env: {
      TAPLINE_TRUST_PROXY: '1',
      TAPLINE_WEBHOOK_ALLOW: '127.0.0.1',
      TAPLINE_STORAGE_WEBHOOK_TOKEN: STORAGE_TOKEN,
    },
  })
  shop = await tapline.createShop(
    { name: 'Edge', sandbox: true },
    { basePercent: 10, unpaidOrders: 'pending' },
  )
})
afterAll(() => tapline.stop())

const STORAGE_TOKEN = 'token-of-the-storage-0123456789'
/** Whose pages may open sessions. */
const ORIGIN = 'https://shop.test'
/** Nobody listens there. */
const NOBODY = 'http://127.0.0.1:9/hooks'
const wait = { prefer: 'wait=10' }
let count = 0
const purchase = (more: object = {}) => ({
  action: 'purchase',
  payload: { email: 'a@test.ru', amount: 100, orderId: `order-${++count}`, ...more },
})
const projectPath = (of: { id: string }, rest = '') => `/admin/v1/projects/${of.id}${rest}`
const isProblem = (answer: Answer<unknown>, status: number, code: string) => {
  expect(answer).toMatchObject({ status, body: { status, code } })
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  expect((answer.body as Problem).requestId).toBe(answer.headers.get('x-request-id'))
}

describe('every operation of the contract', () => {
  const operations = Object.entries(
    contract.paths as Record<
      string,
      Record<
        string,
        { operationId?: string; security?: Record<string, unknown>[]; 'x-tapline-raw'?: boolean }
      >
    >,
  ).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, { operationId, security = [], 'x-tapline-raw': raw = false }]) =>
      operationId === undefined || raw
        ? []
        : [{ method: method.toUpperCase(), path, operationId, schemes: security.flatMap(Object.keys) }],
    ),
  )
  const bodies: Record<string, unknown> = {
    createProject: { name: 'New', currency: 'KZT' },
    updateProject: { name: 'Renamed' },
    rotateSecret: { overlapSeconds: 60 },
    putProgram: { basePercent: 7 },
    putOrder: { status: 'paid' },
    quoteOrder: { customer: { email: 'a@test.ru' }, amount: 100 },
    createHold: { customer: { email: 'a@test.ru' }, orderId: 'each-hold', amount: 1 },
    adjustBonuses: { amount: '5', reason: 'Late delivery', staff: 'till 2' },
    moveSandboxClock: { advanceSeconds: 1 },
    triggerEvent: { type: 'tier.changed' },
    createWebhookEndpoint: { url: NOBODY },
    updateWebhookEndpoint: { description: 'Changed' },
    putTelegramOwner: { telegramId: '77' },
    createConversation: { subject: 'A question' },
    updateConversation: { subject: 'Another one' },
    sendMessage: { clientId: 'each-sent', text: 'Hello' },
    editMessage: { text: 'Hello again' },
    markRead: { sequence: 1 },
    createAttachment: { clientId: 'edge-attachment', name: 'photo.png', size: 70 },
    receiveStorageEvents: { Records: [] },
    createVisitorSession: { name: 'Guest' },
    createParticipant: { bot: { name: 'Order bot' } },
    putChatSettings: { allowedOrigins: [ORIGIN] },
    createAgent: { name: 'Olga' },
    updateAgent: { name: 'Olga P.' },
    quoteMyOrder: { amount: 100 },
    createMyHold: { orderId: 'my-hold', amount: 1 },
    importPromoCodes: { nominal: '1', codes: ['EDGE-1', 'EDGE-2'] },
    takeMyPromoCode: { nominal: '1' },
    updateMe: { name: 'Anna' },
    rateMyRequest: { score: 5 },
    putPageSettings: { spending: 'off' },
    updateTicket: { priority: 2 },
    addTicketNote: { text: 'Called the courier.' },
    putSupportSettings: { firstAnswerMinutes: 30 },
    banParticipant: { reason: 'spam' },
    putTelegramAgentsGroup: { chatId: null },
    putTelegramTexts: { own: {} },
    createTelegramLink: { customer: { email: 'a@test.ru' } },
    putTodoist: { token: '0123456789abcdef0123456789abcdef01234567' },
  }
  const answers: Record<string, number> = {
    createProject: 201,
    createHold: 201,
    rotateSecret: 201,
    // The bot is gone by then.
    putTelegramOwner: 409,
    putTelegramAgentsGroup: 409,
    createTelegramLink: 409,
    triggerEvent: 202,
    replayEvent: 202,
    createWebhookEndpoint: 201,
    deleteWebhookEndpoint: 204,
    rotateWebhookSecret: 201,
    testWebhookEndpoint: 202,
    replayToWebhookEndpoint: 202,
    replayWebhookDelivery: 202,
    deleteTelegram: 204,
    replayInboxItem: 409,
    proveBooks: 202,
    createConversation: 201,
    sendMessage: 201,
    removeParticipant: 204,
    markRead: 204,
    pushMessages: 202,
    createAttachment: 201,
    // Nothing has been uploaded.
    confirmAttachment: 409,
    receiveStorageEvents: 204,
    createVisitorSession: 201,
    createSocketTicket: 201,
    createAgent: 201,
    deleteAgent: 204,
    rotateAgentToken: 201,
    createMyHold: 201,
    takeMyPromoCode: 201,
    // A customer is called what the shop calls it.
    updateMe: 403,
    // Nothing was asked for there.
    rateMyRequest: 422,
    addTicketNote: 201,
    banParticipant: 204,
    unbanParticipant: 204,
    // Nobody is Todoist here.
    putTodoist: 503,
    deleteTodoist: 204,
  }
  const tables = new Set(['exportSupportReport', 'exportTickets'])
  let known: Record<string, string>
  /** What an operation must be asked with. */
  const queries: Record<string, string> = {}
  /** What an operation uses up is its own. */
  const own: Record<string, Record<string, string>> = {}
  let stranger: Shop
  /** Of each security scheme, as the shop and as another one. */
  let tokens: Record<string, string>
  let strangers: Record<string, string>

  beforeAll(async () => {
    stranger = await tapline.createShop({ sandbox: true })
    tokens = await tokensOf(shop)
    strangers = await tokensOf(stranger)
    const accepted = await shop.post(purchase({ orderId: 'each-1' }), wait)
    const { proving, proofs } = tapline.app.loyalty
    await proving.start(shop.id)
    const checkpoint = await eventually(
      async () => (await proving.step(shop.id), proofs.newest(undefined, shop.id)),
      (newest) => newest !== undefined,
    )
    known = {
      '{projectId}': shop.id,
      '{secretKind}': 'publishable-key',
      '{customerId}': (await shop.customer({ email: 'a@test.ru' })).id,
      '{orderId}': 'each-1',
      '{inboxItemId}': accepted.body.id,
      '{checkpointId}': checkpoint!.id,
    }
    const [from, into, merged, erased] = await Promise.all(
      ['from', 'into', 'merged', 'erased'].map(async (name) => {
        await shop.post(purchase({ email: `${name}@edge.test` }), wait)
        return (await shop.customer({ email: `${name}@edge.test` })).id
      }),
    )
    const merge = await tapline.call<{ id: string }>('POST', `/v1/customers/${into}/merge`, shop.secretKey, {
      from,
    })
    known['{mergeId}'] = merge.body.id
    bodies.mergeCustomer = { from: merged }
    own.eraseCustomer = { '{customerId}': erased! }
    bodies.putTelegram = { token: tapline.telegram.tokens[0] }
    await prepareBonuses()
    await prepareWebhooks()
    await prepareChat()
    await preparePeople()
    await prepareTickets()
  })
  const from = (scheme: string | undefined): Record<string, string> =>
    scheme === 'publishableKey' ? { origin: ORIGIN } : {}

  async function tokensOf(of: Shop): Promise<Record<string, string>> {
    await of.put('/v1/chat-settings', { allowedOrigins: [ORIGIN] })
    const identity = signIdentity({ secret: of.signingSecret, email: 'a@test.ru' })
    const { body: session } = await tapline.call<Schemas['VisitorSession']>(
      'POST',
      '/v1/visitor-sessions',
      of.publishableKey,
      { identity },
      { origin: ORIGIN },
    )
    const { body: agent } = await tapline.call<Schemas['CreatedAgent']>('POST', '/v1/agents', of.secretKey, {
      name: 'Team',
    })
    const { secretKey, publishableKey } = of
    return {
      ...{ secretKey, publishableKey, operatorToken: OPERATOR_TOKEN, storageToken: STORAGE_TOKEN },
      ...{ session: session.token, agentToken: agent.token },
    }
  }

  async function preparePeople(): Promise<void> {
    for (const operationId of ['getAgent', 'updateAgent', 'deleteAgent', 'rotateAgentToken']) {
      const { body } = await tapline.call<Schemas['Agent']>('POST', '/v1/agents', shop.secretKey, {
        name: operationId,
      })
      own[operationId] = { '{agentId}': body.id }
    }
    for (const operationId of ['getMyHold', 'voidMyHold']) {
      const hold = { orderId: operationId, amount: '1' }
      const { body } = await tapline.call<Schemas['Hold']>('POST', '/v1/me/holds', tokens.session, hold)
      own[operationId] = { '{holdId}': body.id }
    }
  }

  /** Each in a conversation of its own, with somebody who asks. */
  async function prepareTickets(): Promise<void> {
    const ask = async (path: string, body: unknown) =>
      (await tapline.call<{ id: string }>('POST', path, shop.secretKey, body)).body.id
    await shop.put('/v1/support-settings', {})
    const participantId = await ask('/v1/chat-participants', { customer: { id: known['{customerId}'] } })
    const pool = createPool({ url: tapline.databaseUrl, max: 1, name: 'tests', onIdleError: () => undefined })
    const open = async () => {
      const conversationId = await ask('/v1/conversations', { participantIds: [participantId] })
      const message = {
        projectId: shop.id,
        conversationId,
        participantId,
        customerId: null,
        text: 'Where is it?',
      }
      const opened = await unitOfWork(pool)((transaction) =>
        tapline.app.support.tickets.onCustomerMessage(transaction, {
          ...message,
          channel: 'api',
          topic: null,
          at: new Date(),
        }),
      )
      return opened!.ticket.id
    }
    const [ticket, merged, into, taken] = [await open(), await open(), await open(), await open()] as const
    known['{ticketId}'] = ticket
    own.mergeTicket = { '{ticketId}': merged }
    own.takeTicket = { '{ticketId}': taken }
    bodies.mergeTicket = { into }
    await pool.end()
  }
  const addressOf = (path: string, operationId: string) =>
    path.replace(/\{\w+\}/g, (name) => own[operationId]?.[name] ?? known[name]!) +
    (queries[operationId] ?? '')

  async function prepareWebhooks(): Promise<void> {
    const ask = async <Body>(path: string, body: unknown) =>
      (await tapline.call<Body & { id: string }>('POST', path, shop.secretKey, body)).body
    const endpoint = await ask('/v1/webhook-endpoints', { url: NOBODY })
    known['{endpointId}'] = endpoint.id
    own.deleteWebhookEndpoint = { '{endpointId}': (await ask('/v1/webhook-endpoints', { url: NOBODY })).id }
    const other = await ask('/v1/webhook-endpoints', { url: NOBODY })
    known['{replayId}'] = (await ask(`/v1/webhook-endpoints/${other.id}/replay`, {})).id
    const delivery = await ask<Schemas['WebhookDelivery']>(`/v1/webhook-endpoints/${endpoint.id}/test`, {})
    known['{deliveryId}'] = delivery.id
    known['{eventId}'] = delivery.eventId
  }

  async function prepareChat(): Promise<void> {
    const ask = async <Body>(path: string, body: unknown) =>
      (await tapline.call<Body & { id: string }>('POST', path, shop.secretKey, body)).body
    const bot = await ask('/v1/chat-participants', { bot: { name: 'Each' } })
    const conversation = await ask('/v1/conversations', { participantIds: [bot.id] })
    const messages = `/v1/conversations/${conversation.id}/messages`
    const [first, deleted] = [
      await ask(messages, { clientId: 'each-first', text: 'First' }),
      await ask(messages, { clientId: 'each-deleted', text: 'To be deleted' }),
    ]
    known['{conversationId}'] = conversation.id
    known['{messageId}'] = first.id
    known['{participantId}'] = bot.id
    known['{emoji}'] = encodeURIComponent('👍')
    own.deleteMessage = { '{messageId}': deleted.id }
    bodies.addParticipant = { participantId: bot.id }
    bodies.pushMessages = {
      messages: [{ conversationId: conversation.id, clientId: 'each-pushed', text: 'Pushed' }],
    }
    const file = { clientId: 'each-file', name: 'photo.png', size: 70 }
    const announced = await ask<Schemas['CreatedAttachment']>(
      `/v1/conversations/${conversation.id}/attachments`,
      file,
    )
    known['{attachmentId}'] = announced.attachment.id
    const { body: mine } = await tapline.call<{ id: string }>('POST', '/v1/conversations', tokens.session, {})
    for (const operationId of ['getMyRequest', 'rateMyRequest'])
      own[operationId] = { '{conversationId}': mine.id }
    queries.listConversationEvents = '?afterSequence=0'
  }

  async function prepareBonuses(): Promise<void> {
    const of = known['{customerId}']!
    const ask = <Body>(method: string, path: string, body?: unknown) =>
      tapline.call<Body>(method, path, shop.secretKey, body)
    const entries = await ask<Page<{ id: string }>>('GET', `/v1/customers/${of}/entries`)
    known['{entryId}'] = entries.body.data[0]!.id
    const pending = ['activateLot', 'cancelLot']
    for (const orderId of pending) await shop.post(purchase({ orderId, paid: false }), wait)
    const lots = await ask<Page<Schemas['Lot']>>('GET', `/v1/customers/${of}/lots`)
    const waiting = lots.body.data.filter(({ state }) => state === 'pending')
    pending.forEach((operationId, index) => (own[operationId] = { '{lotId}': waiting[index]!.id }))
    for (const [operationId, more] of [
      ['getHold', {}],
      ['captureHold', {}],
      ['voidHold', {}],
      ['confirmSandboxHold', { awaitsConfirmation: true }],
    ] as const) {
      const hold = { customer: { id: of }, orderId: operationId, amount: '1', ...more }
      const { body } = await ask<Schemas['Hold']>('POST', '/v1/holds', hold)
      own[operationId] = { '{holdId}': body.id }
    }
    await ask('POST', '/v1/promo-codes', { nominal: '1', codes: ['EDGE-0'] })
    const { body: referrer } = await ask<Schemas['Customer']>('GET', `/v1/customers/${of}`)
    for (const operationId of ['acceptReferral', 'rejectReferral']) {
      // The same mailbox with a tag: it waits for somebody to look.
      const email = `a+${operationId}@test.ru`
      const payload = { email, referralCode: referrer.referralCode }
      await shop.post({ action: 'register_user', payload }, wait)
      own[operationId] = { '{customerId}': (await shop.customer({ email })).id }
    }
  }

  it.each(operations)('$operationId answers as it says', async ({ method, path, operationId, schemes }) => {
    const scheme = schemeOf(schemes)
    // validateResponses of the fixture makes a 500 of an answer that does not fit.
    const answer = await tapline.call<Record<string, unknown>>(
      method,
      addressOf(path, operationId),
      tokens[scheme ?? ''],
      bodies[operationId],
      from(scheme),
    )
    expect(answer.status, JSON.stringify(answer.body)).toBe(answers[operationId] ?? 200)
    if (answer.status < 300 && answer.status !== 204)
      expect(answer.headers.get('content-type')).toMatch(
        tables.has(operationId) ? /^text\/csv; charset=utf-8$/ : /^application\/json/,
      )
  })

  it.each(operations.filter(({ schemes }) => schemes.length > 0))(
    '$operationId lets nobody else in',
    async ({ method, path, operationId, schemes }) => {
      const others = Object.entries(tokens).flatMap(([scheme, token]) =>
        schemes.includes(scheme) ? [] : [token],
      )
      for (const token of [undefined, ...others]) {
        const headers = { 'x-forwarded-for': `192.0.2.${++count % 250}` }
        const answer = await tapline.call(
          method,
          addressOf(path, operationId),
          token,
          bodies[operationId],
          headers,
        )
        isProblem(answer, 401, 'unauthorized')
        expect(answer.headers.get('www-authenticate')).toBe('Bearer')
      }
    },
  )

  it.each(
    operations.filter(({ path }) =>
      /customerId|orderId|inboxItemId|mergeId|checkpointId|holdId|entryId|conversationId|agentId|ticketId|participantId/.test(
        path,
      ),
    ),
  )('$operationId shows nothing of another shop', async ({ method, path, operationId, schemes }) => {
    const answer = await tapline.call(
      method,
      addressOf(path, operationId),
      strangers[schemeOf(schemes)!],
      bodies[operationId],
    )
    expect(answer.status).toBe(404)
  })
})

/** The backend's where it is taken, else the first. */
function schemeOf(schemes: readonly string[]): string | undefined {
  return schemes.includes('secretKey') ? 'secretKey' : schemes[0]
}

describe('what the contract does not know', () => {
  it.each([
    ['an unknown path', 'GET', '/v1/nothing', 404, 'not-found'],
    ['another version', 'GET', '/v2/program', 404, 'not-found'],
    ['another case', 'GET', '/V1/program', 404, 'not-found'],
    ['an unknown query parameter', 'GET', '/v1/program?verbose=1', 400, 'invalid-request'],
    ['a limit that is none', 'GET', '/v1/inbox?limit=0', 400, 'invalid-request'],
    ['a limit without end', 'GET', '/v1/inbox?limit=201', 400, 'invalid-request'],
    ['an unknown status', 'GET', '/v1/inbox?status=lost', 400, 'invalid-request'],
    ['an id that is none', 'GET', '/v1/customers/cus_1', 400, 'invalid-request'],
    [
      'a customer that is not there',
      'GET',
      '/v1/customers/cus_01M7Y6FQC14XA870Q1KZXZ0WQ3',
      404,
      'customer-not-found',
    ],
    [
      'entries of nobody',
      'GET',
      '/v1/customers/cus_01M7Y6FQC14XA870Q1KZXZ0WQ3/entries',
      404,
      'customer-not-found',
    ],
    ['an order that is not there', 'GET', '/v1/orders/nothing', 404, 'order-not-found'],
    ['an order of another storefront', 'GET', '/v1/orders/each-1?storefront=tilda', 404, 'order-not-found'],
    [
      'a request that is not there',
      'GET',
      '/v1/inbox/inb_01M7Y6FQC14XA870Q1KZXZ0WQ3',
      404,
      'inbox-item-not-found',
    ],
    ['a NUL in an address', 'GET', '/v1/orders/a%00b', 400, 'unstorable-text'],
    ['a NUL in a parameter', 'GET', '/v1/customers?externalId=%00', 400, 'unstorable-text'],
    ['a NUL in a cursor', 'GET', '/v1/inbox?cursor=%00', 400, 'unstorable-text'],
    [
      'a cursor that is no number',
      'GET',
      '/v1/customers/{customerId}/entries?cursor=abc',
      400,
      'invalid-request',
    ],
    ['half an escape', 'GET', '/v1/orders/%E0%A4%A', 400, 'invalid-request'],
  ])('%s', async (_, method, path, status, code) => {
    const { id } = await shop.customer({ email: 'a@test.ru' })
    const answer = await tapline.call(method, path.replace('{customerId}', id), shop.secretKey)
    isProblem(answer, status, code)
  })

  it.each([
    ['DELETE', '/v1/program', ['GET', 'PUT']],
    ['POST', '/v1/inbox', ['GET']],
    ['PUT', '/healthz', ['GET']],
  ])('the method: %s %s', async (method, path, allowed) => {
    const answer = await tapline.call(method, path, shop.secretKey)
    isProblem(answer, 405, 'method-not-allowed')
    expect(answer.headers.get('allow')!.split(', ').sort()).toEqual(allowed)
  })
})

describe('a project', () => {
  it('is created with what fits its currency, read, changed and listed', async () => {
    const { body: created, status } = await tapline.admin<Schemas['CreatedProject']>(
      'POST',
      '/admin/v1/projects',
      { name: '  Дүкен ', currency: 'KZT' },
    )
    expect(status).toBe(201)
    expect(created).toMatchObject({
      name: 'Дүкен',
      timeZone: 'Asia/Almaty',
      defaultCountry: 'KZ',
      locale: 'ru',
      status: 'active',
      rateLimitPerMinute: 100,
      requireSignature: false,
      sandbox: false,
    })
    const { webhookSecret, signingSecret, secretKey, publishableKey, tildaApiKey, ...shown } = created
    expect(
      [webhookSecret, signingSecret, secretKey, publishableKey, tildaApiKey].map((secret) =>
        secret.slice(0, 3),
      ),
    ).toEqual(['whk', 'whs', 'sk_', 'pk_', 'tk_'])
    expect(created.webhookUrl).toBe(`${tapline.url}/api/webhook/${webhookSecret}`)
    expect((await tapline.admin('GET', projectPath(created))).body).toEqual(shown)

    const change = {
      name: 'Other',
      locale: 'kk',
      timeZone: 'Europe/Moscow',
      defaultCountry: 'RU',
      requireSignature: true,
      rateLimitPerMinute: 7,
      disabledFormats: ['tilda'],
      fieldMap: { phone: 'Тел' },
      blocklist: ['x@y.ru'],
      tildaApiKeyName: 'X-Key',
    }
    expect(await tapline.admin('PATCH', projectPath(created), change)).toMatchObject({
      status: 200,
      body: change,
    })
    expect((await tapline.admin('GET', projectPath(created))).body).toMatchObject(change)
    const { body: page } = await tapline.admin<Page<Project>>('GET', '/admin/v1/projects?limit=200')
    expect(page.data.find(({ id }) => id === created.id)).toMatchObject(change)
    const text = JSON.stringify(page)
    for (const secret of [webhookSecret, signingSecret, secretKey, publishableKey, tildaApiKey])
      expect(text).not.toContain(secret)
  })

  it.each([
    ['no name', { currency: 'RUB' }, 400],
    ['a blank name', { name: '  ', currency: 'RUB' }, 400],
    ['a NUL in its name', { name: 'a\u0000', currency: 'RUB' }, 400],
    ['a long name', { name: 'x'.repeat(201), currency: 'RUB' }, 400],
    ['no currency', { name: 'x' }, 400],
    ['a currency in small letters', { name: 'x', currency: 'rub' }, 400],
    ['a currency that is none', { name: 'x', currency: 'XQZ' }, 422],
    ['a time zone that is none', { name: 'x', currency: 'RUB', timeZone: 'Mars/Olympus' }, 422],
    ['an unknown setting', { name: 'x', currency: 'RUB', colour: 'red' }, 400],
    ['a status of its own', { name: 'x', currency: 'RUB', status: 'paused' }, 400],
    ['an unknown language', { name: 'x', currency: 'RUB', locale: 'de' }, 400],
  ])('is not created with %s', async (_, input, status) => {
    expect((await tapline.admin('POST', '/admin/v1/projects', input)).status).toBe(status)
  })

  it.each([
    ['nothing', {}, 400],
    ['an unknown setting', { colour: 'red' }, 400],
    ['another currency', { currency: 'USD' }, 400],
    ['a blank name', { name: ' ' }, 400],
    ['no limit', { rateLimitPerMinute: 0 }, 400],
    ['half a limit', { rateLimitPerMinute: 1.5 }, 400],
    ['a limit without end', { rateLimitPerMinute: 1_000_001 }, 400],
    ['a limit as text', { rateLimitPerMinute: '5' }, 400],
    ['a time zone that is none', { timeZone: 'Mars/Olympus' }, 422],
    ['an unknown format', { disabledFormats: ['shopify'] }, 400],
    ['a format twice', { disabledFormats: ['tilda', 'tilda'] }, 400],
    ['an unknown field', { fieldMap: { birthday: 'x' } }, 400],
    ['a field without a name', { fieldMap: { phone: '' } }, 400],
    ['a field of the prototype', JSON.parse('{"fieldMap":{"__proto__":"x"}}') as object, 400],
    ['a NUL in a field', { fieldMap: { phone: 'a\u0000b' } }, 400],
    ['half a character in a field', { fieldMap: { phone: '\ud83d' } }, 400],
    ['a name of a header that is none', { tildaApiKeyName: 'Api Key' }, 400],
    ['a blocklist of too many', { blocklist: Array.from({ length: 1_001 }, (_, at) => `${at}@x.ru`) }, 400],
    ['an unknown status', { status: 'deleted' }, 400],
    ['a country that is none', { defaultCountry: 'rus' }, 400],
  ])('is not changed to %s', async (_, change, status) => {
    const before = (await tapline.admin('GET', projectPath(shop))).body
    expect((await tapline.admin('PATCH', projectPath(shop), change)).status).toBe(status)
    expect((await tapline.admin('GET', projectPath(shop))).body).toEqual(before)
  })

  it('that is paused is shut at the door, and open to its owner', async () => {
    const paused = await tapline.createShop()
    await tapline.admin('PATCH', projectPath(paused), { status: 'paused' })
    expect((await paused.post(purchase())).status).toBe(403)
    expect((await paused.get('/v1/program')).status).toBe(200)
    await tapline.admin('PATCH', projectPath(paused), { status: 'active' })
    expect((await paused.post(purchase())).status).toBe(202)
  })

  it.each(['GET', 'PATCH'])('that is not there: 404 on %s', async (method) => {
    const body = method === 'PATCH' ? { name: 'x' } : undefined
    isProblem(
      await tapline.admin(method, '/admin/v1/projects/prj_01M7Y6FQC14XA870Q1KZXZ0WQ3', body),
      404,
      'project-not-found',
    )
  })

  it('that is not there has no secrets and no audit', async () => {
    isProblem(
      await tapline.admin(
        'POST',
        '/admin/v1/projects/prj_01M7Y6FQC14XA870Q1KZXZ0WQ3/secrets/secret-key/rotate',
        {},
      ),
      404,
      'project-not-found',
    )
    isProblem(
      await tapline.admin('GET', '/admin/v1/projects/prj_01M7Y6FQC14XA870Q1KZXZ0WQ3/audit'),
      404,
      'project-not-found',
    )
  })
})

describe('rotating a secret', () => {
  const rotate = (of: Shop, kind: string, input?: object) =>
    tapline.admin<Rotated>('POST', projectPath(of, `/secrets/${kind}/rotate`), input)
  const TILDA = { 'content-type': 'application/x-www-form-urlencoded' }
  /** Whether a secret of the kind opens what it opens. */
  const lives: Record<string, (of: Shop, secret: string) => Promise<boolean>> = {
    'webhook-secret': async (_, secret) =>
      (await tapline.call('POST', `/api/webhook/${secret}`, undefined, purchase())).status === 202,
    'secret-key': async (_, secret) => (await tapline.call('GET', '/v1/program', secret)).status === 200,
    'tilda-api-key': async (of, secret) =>
      (
        await tapline.call(
          'POST',
          of.webhookUrl,
          undefined,
          `Email=a@test.ru&payment[orderid]=${++count}&payment[amount]=1`,
          { ...TILDA, 'api-key': secret },
        )
      ).status === 200,
  }

  it.each([
    ['webhook-secret', 'webhookSecret'],
    ['secret-key', 'secretKey'],
    ['tilda-api-key', 'tildaApiKey'],
  ] as const)('%s: both live through the overlap, then the new one alone', async (kind, field) => {
    const of = await tapline.createShop()
    const isLive = (secret: string) => lives[kind]!(of, secret)
    const old = of[field]
    expect(await isLive(old)).toBe(true)
    const { status, body } = await rotate(of, kind, { overlapSeconds: 2 })
    expect(status).toBe(201)
    expect(body).toMatchObject({ kind })
    expect(body.secret).not.toBe(old)
    if (kind === 'webhook-secret') expect(body.webhookUrl).toBe(`${tapline.url}/api/webhook/${body.secret}`)
    expect([await isLive(old), await isLive(body.secret)]).toEqual([true, true])
    await eventually(() => isLive(old), (live) => !live, 5_000) // prettier-ignore
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(body.previousExpiresAt) - 50)
    expect(await isLive(body.secret)).toBe(true)
  })

  it('is refused while an overlap runs, unless it is forced, which ends the older ones at once', async () => {
    const of = await tapline.createShop()
    const isLive = (secret: string) => lives['webhook-secret']!(of, secret)
    const { body: second } = await rotate(of, 'webhook-secret')
    expect(Date.parse(second.previousExpiresAt) - Date.now()).toBeGreaterThan(86_300_000)
    const refused = await rotate(of, 'webhook-secret', {})
    isProblem(refused, 409, 'rotation-in-progress')
    expect((refused.body as unknown as Problem).details).toEqual({ until: second.previousExpiresAt })
    expect((await rotate(of, 'signing-secret')).status).toBe(201)
    const { status, body: third } = await rotate(of, 'webhook-secret', { force: true, overlapSeconds: 3_600 })
    expect(status).toBe(201)
    expect([await isLive(of.webhookSecret), await isLive(second.secret), await isLive(third.secret)]).toEqual(
      [false, true, true],
    )
    expect((await tapline.admin<Project>('GET', projectPath(of))).body.webhookUrl).toContain(third.secret)
  })

  it('twice at the same time is one rotation', async () => {
    const of = await tapline.createShop()
    const answers = await Promise.all(Array.from({ length: 5 }, () => rotate(of, 'webhook-secret')))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409])
    expect(await lives['webhook-secret']!(of, of.webhookSecret)).toBe(true)
  })

  it.each([
    { overlapSeconds: -1 },
    { overlapSeconds: 2_592_001 },
    { overlapSeconds: 0.5 },
    { overlapSeconds: '60' },
    { force: 'yes' },
    { also: 1 },
  ])('is refused with %j', async (input) => {
    expect((await rotate(shop, 'secret-key', input)).status).toBe(400)
  })

  it('of an unknown kind is refused', async () => {
    expect((await rotate(shop, 'password')).status).toBe(400)
  })
})

describe('a program', () => {
  it('takes its defaults for what is left out, and makes a version only of what is new', async () => {
    const of = await tapline.createShop()
    const first = (await of.get<Program>('/v1/program')).body
    expect(first).toMatchObject({
      version: 1,
      basePercent: 5,
      expiryDays: 365,
      unpaidOrders: 'pending',
      maxSpendPercent: 100,
    })
    const rules = {
      basePercent: 2.25,
      tiers: [
        { name: 'Gold', threshold: 50_000, percent: 5 },
        { name: 'Silver', threshold: '10000.00', percent: 2 },
      ],
      expiryDays: 0,
    }
    const { body: second } = await of.put<Program>('/v1/program', rules)
    expect(second).toMatchObject({
      version: 2,
      basePercent: 2.25,
      expiryDays: null,
      rounding: 'floor',
      welcomeBonus: '0.00',
    })
    expect(second.tiers!.map(({ name, threshold }) => [name, threshold]).sort()).toEqual([['Gold', '50000.00'], ['Silver', '10000.00']]) // prettier-ignore
    expect((await of.put<Program>('/v1/program', rules)).body.version).toBe(2)
    expect((await of.put<Program>('/v1/program', {})).body.version).toBe(3)
    expect((await of.get<Program>('/v1/program')).body).toMatchObject({ version: 3, basePercent: 0 })
  })

  it.each([
    ['more than a hundred percent', { basePercent: 100.01 }, 400],
    ['less than nothing', { basePercent: -1 }, 400],
    ['a thousandth of a percent', { basePercent: 0.001 }, 422],
    ['percent as text', { basePercent: '5' }, 400],
    [
      'two tiers of one name',
      {
        tiers: [
          { name: 'A', threshold: 1, percent: 1 },
          { name: 'A', threshold: 2, percent: 2 },
        ],
      },
      422,
    ],
    [
      'two tiers at one threshold',
      {
        tiers: [
          { name: 'A', threshold: 1, percent: 1 },
          { name: 'B', threshold: '1.00', percent: 2 },
        ],
      },
      422,
    ],
    ['a tier without a name', { tiers: [{ threshold: 1, percent: 1 }] }, 400],
    ['a NUL in the name of a tier', { tiers: [{ name: 'A\u0000', threshold: 1, percent: 1 }] }, 400],
    [
      'too many tiers',
      { tiers: Array.from({ length: 21 }, (_, at) => ({ name: `T${at}`, threshold: at, percent: 1 })) },
      400,
    ],
    ['a threshold that is no money', { tiers: [{ name: 'A', threshold: '1.234', percent: 1 }] }, 422],
    ['a welcome that is no money', { welcomeBonus: '1.001' }, 422],
    ['a referral address without a code', { referralUrl: 'https://shop.test/' }, 400],
    ['a referral address that is none', { referralUrl: 'https://[{code}' }, 422],
    ['half a day', { expiryDays: 0.5 }, 400],
    ['a delay of years', { activationDelayDays: 366 }, 400],
    ['an unknown rounding', { rounding: 'ceil' }, 400],
    ['an unknown policy', { unpaidOrders: 'later' }, 400],
    ['an unknown rule', { doublePoints: true }, 400],
  ])('of %s is refused', async (_, rules, status) => {
    const before = (await shop.get<Program>('/v1/program')).body
    const answer = await shop.put<Problem>('/v1/program', rules)
    expect(answer.status, JSON.stringify(answer.body)).toBe(status)
    expect((await shop.get<Program>('/v1/program')).body).toEqual(before)
  })
})

describe('a list', () => {
  let many: Shop
  beforeAll(async () => {
    many = await tapline.createShop({}, { basePercent: 10 })
    const purchases = Array.from({ length: 23 }, (_, at) => ({
      email: `page${at}@test.ru`,
      amount: 10,
      orderId: `page-${at}`,
    }))
    await many.post({ action: 'batch_purchase', payload: { purchases } }, wait)
    await many.post(
      {
        action: 'batch_purchase',
        payload: {
          purchases: purchases.map(({ orderId, ...line }) => ({
            ...line,
            email: 'page0@test.ru',
            orderId: `more-${orderId}`,
          })),
        },
      },
      wait,
    )
    for (let at = 0; at < 5; at++) await tapline.admin('PATCH', projectPath(many), { name: `Name ${at}` })
  })

  /** Page by page to the end. */
  async function walk<T extends { id: string }>(path: string, limit: number, token: string): Promise<T[][]> {
    const pages: T[][] = []
    for (let cursor: string | null = ''; cursor !== null && pages.length < 100;) {
      const next: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
      const { status, body }: Answer<Page<T>> = await tapline.call(
        'GET',
        `${path}${path.includes('?') ? '&' : '?'}limit=${limit}${next}`,
        token,
      )
      expect(status).toBe(200)
      pages.push(body.data)
      cursor = body.nextCursor
    }
    return pages
  }

  it.each([
    ['customers', () => ['/v1/customers', 23, many.secretKey] as const],
    [
      'entries',
      async () =>
        [
          `/v1/customers/${(await many.customer({ email: 'page0@test.ru' })).id}/entries`,
          24,
          many.secretKey,
        ] as const,
    ],
    ['the inbox', () => ['/v1/inbox', 48, many.secretKey] as const],
    ['the inbox by status', () => ['/v1/inbox?status=processed', 48, many.secretKey] as const],
    ['audit', () => [projectPath(many, '/audit'), 8, OPERATOR_TOKEN] as const],
  ])('of %s is walked to its end, each once, newest first', async (_, of) => {
    const [path, total, token] = await of()
    for (const limit of [7, total, total + 1]) {
      const pages = await walk(path, limit, token)
      const ids = pages.flat().map(({ id }) => id)
      expect(ids).toHaveLength(total)
      expect(new Set(ids).size).toBe(total)
      expect(ids).toEqual([...ids].sort().reverse())
      expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true)
      expect(pages.at(-1)!.length).toBeGreaterThan(0)
    }
  })

  it('of projects too', async () => {
    const ids = (await walk('/admin/v1/projects', 3, OPERATOR_TOKEN)).flat().map(({ id }) => id)
    expect(ids).toContain(many.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('goes on where it was while new ones come', async () => {
    const { body: first } = await many.get<Page<{ id: string }>>('/v1/inbox?limit=10')
    await many.post(purchase(), wait)
    const { body: second } = await many.get<Page<{ id: string }>>(
      `/v1/inbox?limit=10&cursor=${first.nextCursor}`,
    )
    expect(second.data.some(({ id }) => first.data.some((seen) => seen.id === id))).toBe(false)
  })
})

it('who changed what is in the audit', async () => {
  const of = await tapline.createShop({}, { basePercent: 3 })
  await tapline.admin('PATCH', projectPath(of), { name: 'Changed', requireSignature: true })
  await tapline.admin('POST', projectPath(of, '/secrets/secret-key/rotate'), {})
  const { body } = await tapline.admin<Page<{ action: string; actor: string; details: object; at: string }>>(
    'GET',
    projectPath(of, '/audit'),
  )
  expect(body.data.map(({ action, actor }) => [action, actor])).toEqual([
    ['secret.rotated', 'operator'],
    ['project.updated', 'operator'],
    ['program.published', 'secret-key'],
    ['project.updated', 'operator'],
    ['project.created', 'operator'],
  ])
  expect(body.data[1]!.details).toEqual({ name: 'Changed', requireSignature: true })
  expect(JSON.stringify(body)).not.toMatch(/sk_|whk_|whsec_|tk_|pk_/)
})
