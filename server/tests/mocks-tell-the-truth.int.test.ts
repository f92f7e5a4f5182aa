import type { components, TaplineEvent } from '@tapline/client'
import { createHandlers } from '@tapline/mocks'
import { signIdentity } from '@tapline/signing'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { AWAITED_STORIES, CHAT_STORIES, SESSION_STORIES } from './mock-chat-stories.fixture.ts'
import { STORIES, type Answer, type Story, type ToldShop } from './mock-stories.fixture.ts'
import { eventually, startTapline, type Tapline } from './tapline.fixture.ts'
import { transcript } from './transcript.fixture.ts'

type Place = {
  baseUrl: string
  secretKey: string
  publishableKey: string
  webhookUrl: string
  signingSecret: string
}
type Told = { place: Place; shop: ToldShop; notes: ReturnType<typeof transcript> }

const MOCKS = 'https://mocks.example'
const mocks = setupServer()
let tapline: Tapline

beforeAll(async () => {
  tapline = await startTapline()
  mocks.listen({
    onUnhandledRequest: (request, print) => {
      if (request.url.startsWith(MOCKS)) print.error()
    },
  })
})
afterEach(() => mocks.resetHandlers())
afterAll(async () => {
  mocks.close()
  await tapline.stop()
})

async function send(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init)
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
}

/** The same shop by the same calls, wherever it stands. */
function open(place: Place): Told {
  const { baseUrl, secretKey, publishableKey, webhookUrl, signingSecret } = place
  const notes = transcript()
  async function ask(method: string, path: string, url: string, init: RequestInit): Promise<Answer> {
    const headers = { 'accept-language': 'en', ...(init.headers as Record<string, string>) }
    const answer = await send(url, { ...init, method, headers })
    notes.add(method, path, answer)
    return answer
  }
  const shop: ToldShop = {
    signingSecret,
    publishableKey,
    identityOf: async (identity) => signIdentity({ secret: signingSecret, ...identity }),
    until: async (path, is) => {
      const headers = { authorization: `Bearer ${secretKey}` }
      await eventually(async () => (await send(baseUrl + path, { headers })).body as { data: unknown[] }, is)
    },
    call: (method, path, body, { headers = {}, key = secretKey } = {}) =>
      ask(method, path, baseUrl + path, {
        headers: {
          ...(key === null ? {} : { authorization: `Bearer ${key}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    door: (body, headers) => ask('POST', '/door', webhookUrl, { body, headers }),
    act: (action, payload, headers = { prefer: 'wait=10' }) =>
      ask('POST', `/door ${action}`, webhookUrl, {
        body: JSON.stringify({ action, payload }),
        headers: { 'content-type': 'application/json', ...headers },
      }),
    idOf: async (contact) => {
      const query = new URLSearchParams(contact).toString()
      const { body } = await shop.call('GET', `/v1/customers?${query}`)
      return (body as { data: components['schemas']['Customer'][] }).data[0]!.id
    },
  }
  return { place, shop, notes }
}

async function eventsOf({ place: { baseUrl, secretKey } }: Told): Promise<TaplineEvent[]> {
  const headers = { authorization: `Bearer ${secretKey}` }
  const { body } = await send(`${baseUrl}/v1/events?limit=200`, { headers })
  return (body as { data: TaplineEvent[] }).data
}

/** When it happened is left away: with a sandbox's offset of when the relay came to it. By resource and sequence: what is about different customers has no order among each other. */
function inOrder(told: Told, events: TaplineEvent[]): unknown[] {
  const plain = events.map(
    (event) => told.notes.plain({ ...event, id: 'id', timestamp: 'then' }) as TaplineEvent,
  )
  const keyOf = ({ resource, sequence }: TaplineEvent) =>
    `${resource.type} ${resource.id} ${String(sequence).padStart(4, '0')}`
  return plain.sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))
}

async function tellBoth(story: Story): Promise<void> {
  const real = await tapline.createShop({ sandbox: true, locale: 'en', name: 'Mocks' })
  const atServer = open({ ...real, baseUrl: tapline.url })
  await story(atServer.shop)

  const { handlers, shop } = createHandlers({ baseUrl: MOCKS })
  mocks.use(...handlers)
  const atMocks = open({ ...shop, baseUrl: MOCKS })
  await story(atMocks.shop)

  for (const [index, line] of atServer.notes.lines.entries())
    expect({ index, ...atMocks.notes.lines[index] }).toEqual({ index, ...line })
  expect(atMocks.notes.lines.length).toBe(atServer.notes.lines.length)

  const told = await eventsOf(atMocks)
  const happened = await eventually(
    () => eventsOf(atServer),
    (events) => events.length >= told.length,
  )
  expect(inOrder(atMocks, told)).toEqual(inOrder(atServer, happened))
}

describe('the mocks answer as the server does', () => {
  it.each(Object.entries(STORIES))('%s', (_name, story) => tellBoth(story))
})

describe('and in the chat', () => {
  it.each(Object.entries(CHAT_STORIES))('%s', (_name, story) => tellBoth(story))
})

describe('and to those who speak for themselves', () => {
  it.each(Object.entries(SESSION_STORIES))('%s', (_name, story) => tellBoth(story))
})

describe('and at once', () => {
  it.each(Object.entries(AWAITED_STORIES))('%s', (_name, story) => tellBoth(story))
})
