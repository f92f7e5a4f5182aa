import type { components } from '@tapline/client'
import { signIdentity } from '@tapline/signing/web'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ajvError } from './contract/ajv.fixture.ts'
import { contract } from './contract/contract.ts'
import { createHandlers, type MockShop } from './index.ts'

type Schemas = components['schemas']

const baseUrl = 'https://tapline.example'
const ORIGIN = 'https://shop.example'
const ANNA = { email: 'anna@example.com' }
const server = setupServer()
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

function open(options: Partial<Parameters<typeof createHandlers>[0]> = {}): MockShop {
  const { handlers, shop } = createHandlers({ baseUrl, ...options })
  server.use(...handlers)
  return shop
}

async function call<Body>(
  method: string,
  path: string,
  body?: unknown,
  key = 'sk_mocks',
  more: Record<string, string> = {},
) {
  const response = await fetch(baseUrl + path, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...more },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as Body }
}

const visit = async (body: object = {}) =>
  (await call<Schemas['VisitorSession']>('POST', '/v1/visitor-sessions', body, 'pk_mocks')).body
const begin = async (key?: string) =>
  (await call<Schemas['Conversation']>('POST', '/v1/conversations', {}, key)).body.id
const say = (id: string, clientId: string, key?: string) =>
  call<Schemas['Message']>('POST', `/v1/conversations/${id}/messages`, { clientId, text: clientId }, key)
const sync = async (id: string, query: string) =>
  (await call<Schemas['ConversationSync']>('GET', `/v1/conversations/${id}/events?${query}`)).body

test('a message is said once, and everything that happens takes the next sequence', async () => {
  open()
  const id = await begin()
  const first = await say(id, 'client-1')
  expect((await say(id, 'client-1')).body).toEqual(first.body)
  const message = `/v1/conversations/${id}/messages/${first.body.id}`
  await call('PATCH', message, { text: 'Changed' })
  await call('PUT', `${message}/reactions/${encodeURIComponent('👍')}`)
  await call('DELETE', message)
  const { events, top } = await sync(id, 'afterSequence=0')
  expect(events.map(({ sequence, kind }) => [sequence, kind])).toEqual([
    [1, 'message'],
    [2, 'edited'],
    [3, 'reacted'],
    [4, 'deleted'],
  ])
  expect(top).toBe(4)
  for (const event of events) expect(ajvError(contract.schemas.ConversationEvent!, event)).toBeUndefined()
})

test('a gap is told, and closed backwards', async () => {
  open()
  const id = await begin()
  for (const clientId of ['client-1', 'client-2', 'client-3', 'client-4', 'client-5']) await say(id, clientId)
  const newest = await sync(id, 'afterSequence=1&limit=2')
  expect([newest.events.map(({ sequence }) => sequence), newest.limited, newest.previous]).toEqual([
    [4, 5],
    true,
    3,
  ])
  const rest = await sync(id, 'afterSequence=1&upToSequence=3&limit=2')
  expect([rest.events.map(({ sequence }) => sequence), rest.limited, rest.previous]).toEqual([
    [2, 3],
    false,
    null,
  ])
})

test('a visitor sees its own conversations only, and is the same again with its renewal', async () => {
  open()
  const [guest, stranger] = [await visit(), await visit()]
  const id = await begin(guest.token)
  await say(id, 'client-1', guest.token)
  expect((await call('GET', `/v1/conversations/${id}`, undefined, stranger.token)).status).toBe(404)
  expect((await visit({ renewal: guest.renewal })).participant.id).toBe(guest.participant.id)
  expect((await call('GET', '/v1/me/entries', undefined, guest.token)).body).toMatchObject({
    code: 'proof-required',
  })
  expect((await call('PATCH', `/v1/conversations/${id}`, { status: 'closed' }, guest.token)).status).toBe(401)
})

test('a session is over after an hour', async () => {
  const shop = open()
  const { token } = await visit()
  shop.advance({ minutes: 59 })
  expect((await call('GET', '/v1/me', undefined, token)).status).toBe(200)
  shop.advance({ minutes: 1 })
  expect((await call('GET', '/v1/me', undefined, token)).status).toBe(401)
})

test('what a visitor said is the customer’s who it turned out to be', async () => {
  const shop = open({ customers: [{ ...ANNA, available: '100.00' }] })
  const known = await visit({ identity: await signIdentity({ secret: shop.signingSecret, ...ANNA }) })
  const guest = await visit()
  const id = await begin(guest.token)
  await say(id, 'client-1', guest.token)
  const identity = await signIdentity({ secret: shop.signingSecret, ...ANNA })
  const anna = await visit({ identity, renewal: guest.renewal })
  expect(anna.participant.id).toBe(known.participant.id)
  expect(anna.renewal).toBeNull()
  const { body } = await call<Schemas['Conversation']>(
    'GET',
    `/v1/conversations/${id}`,
    undefined,
    anna.token,
  )
  expect(body.lastMessage!.sender.id).toBe(anna.participant.id)
  expect(body.epoch).toBe(2)
  expect((await call('GET', '/v1/me', undefined, guest.token)).status).toBe(401)
  const me = await call<Schemas['Me']>('GET', '/v1/me', undefined, anna.token)
  expect(me.body.customer!.bonuses.available).toBe('100.00')
})

test('an identity that somebody else signed proves nothing', async () => {
  open()
  const identity = await signIdentity({ secret: 'another secret of at least 32 characters', ...ANNA })
  const { status, body } = await call('POST', '/v1/visitor-sessions', { identity }, 'pk_mocks')
  expect([status, body]).toMatchObject([401, { code: 'identity-refused' }])
})

test('a page of another origin is turned away', async () => {
  open()
  const from = (origin: string) => call('POST', '/v1/visitor-sessions', {}, 'pk_mocks', { origin })
  expect((await from(ORIGIN)).body).toMatchObject({ code: 'origin-not-allowed' })
  await call('PUT', '/v1/chat-settings', { allowedOrigins: [ORIGIN] })
  expect([(await from(ORIGIN)).status, (await from('https://other.example')).status]).toEqual([201, 403])
})

test('keys of requests are each caller’s own', async () => {
  open()
  const [one, other] = [await visit(), await visit()]
  const keyed = (token: string) =>
    call<Schemas['Conversation']>('POST', '/v1/conversations', {}, token, { 'idempotency-key': 'k-1' })
  const first = await keyed(one.token)
  expect((await keyed(one.token)).body.id).toBe(first.body.id)
  expect((await keyed(other.token)).body.id).not.toBe(first.body.id)
})

test('a file has its message when it was uploaded', async () => {
  open()
  const id = await begin()
  const file = { clientId: 'client-1', name: 'a.txt', size: 5, type: 'text/plain' }
  const announced = `/v1/conversations/${id}/attachments`
  const { attachment, upload } = (await call<Schemas['CreatedAttachment']>('POST', announced, file)).body
  const confirm = () => call('POST', `${announced}/${attachment.id}/confirm`)
  expect((await confirm()).body).toMatchObject({ code: 'attachment-not-uploaded' })
  await fetch(upload.url, { method: 'PUT', body: 'hello' })
  expect((await confirm()).body).toMatchObject({ state: 'ready' })
  await confirm()
  expect((await sync(id, 'afterSequence=0')).top).toBe(1)
})
