import openapi from '@tapline/openapi/openapi.json' with { type: 'json' }
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { EXAMPLES } from './answers/answers.ts'
import { ajvError } from './contract/ajv.fixture.ts'
import { contract } from './contract/contract.ts'
import { exampleOf } from './contract/example-of.ts'
import { createHandlers, scenarios, type MockShop } from './index.ts'

const baseUrl = 'https://tapline.example'
const server = setupServer()
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

function open(options: Partial<Parameters<typeof createHandlers>[0]> = {}): MockShop {
  const { handlers, shop } = createHandlers({ baseUrl, ...options })
  server.use(...handlers)
  return shop
}
const call = (method: string, path: string, body?: unknown, key = 'sk_mocks') =>
  fetch(baseUrl + path, {
    method: method.toUpperCase(),
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
const idOf = (kind: string) => `${kind}_01JD3Z8X5T0000000000000000`
const IDS: Record<string, string> = {
  customerId: idOf('cus'),
  lotId: idOf('lot'),
  entryId: idOf('ent'),
  mergeId: idOf('mrg'),
  holdId: idOf('hld'),
  inboxItemId: idOf('inb'),
  checkpointId: idOf('chk'),
  eventId: idOf('evt'),
  endpointId: idOf('whe'),
  deliveryId: idOf('whd'),
  replayId: idOf('whr'),
  projectId: idOf('prj'),
  conversationId: idOf('cnv'),
  messageId: idOf('msg'),
  participantId: idOf('par'),
  attachmentId: idOf('att'),
  agentId: idOf('agt'),
  ticketId: idOf('tic'),
  emoji: encodeURIComponent('👍'),
  uploadToken: idOf('att'),
  fileToken: idOf('att'),
  orderId: '1001',
  secretKind: 'secret',
  webhookSecret: 'mocks',
}

/** Asked by an operator, an agent or a page: the secret key of this test opens none of them. */
const isOfOthers = ({ security }: { security: readonly string[] }) =>
  security.length > 0 && !security.includes('secretKey')

describe('every operation of the contract', () => {
  test.each(Object.entries(contract.operations))(
    '%s is answered as the contract allows',
    async (id, operation) => {
      open()
      const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => IDS[name]!)
      const examples = openapi.paths[operation.path as '/v1/program'][operation.method as 'put'].requestBody
      const body: unknown = examples?.content['application/json']?.example ?? (operation.body && exampleOf(operation.body.schema)) // prettier-ignore
      const response = await call(operation.method, path, body ?? undefined)
      const text = await response.text()
      const answer: unknown = text === '' ? null : JSON.parse(text)
      if (response.ok && operation.answer.schema !== null)
        expect(ajvError(operation.answer.schema, answer)).toBeUndefined()
      if (!response.ok) expect(ajvError(contract.schemas.Problem!, answer)).toBeUndefined()
      expect(response.status).toBeLessThan(500)
      if ((EXAMPLES as readonly string[]).includes(id) && !isOfOthers(operation))
        expect(response.status).toBe(operation.answer.status)
    },
  )
})

test('what is not there is told as the server tells it, and never an unhandled request', async () => {
  open()
  for (const [method, path, status] of [
    ['GET', '/v1/nothing', 404],
    ['POST', '/v1/program', 405],
    ['GET', '/api/webhook/mocks', 405],
  ] as const) {
    const response = await call(method, path, method === 'POST' ? {} : undefined)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
  }
})

describe('the shop', () => {
  const ANNA = { email: 'anna@example.com' }
  const buy = (orderId: string, amount: string) =>
    call('PUT', `/v1/orders/${orderId}`, { status: 'paid', customer: ANNA, amount })

  test('begins with whom it is told of, and nothing has happened', () => {
    const shop = open({ customers: [{ ...ANNA, name: 'Anna', available: '12.50' }] })
    expect(shop.customer(ANNA)).toMatchObject({ name: 'Anna', bonuses: { available: '12.50' } })
    expect(shop.customer({ email: 'nobody@example.com' })).toBeUndefined()
    expect(shop.events).toEqual([])
  })

  test('is steered: a balance, rules, time', async () => {
    const shop = open({ clock: () => new Date('2026-03-01T09:00:00Z') })
    shop.setProgram({ basePercent: 10, activationDelayDays: 14, expiryDays: 30 })
    shop.setBalance(ANNA, '50.00')
    shop.setBalance(ANNA, '20.00')
    await buy('1', '1000')
    expect(shop.customer(ANNA)!.bonuses).toMatchObject({ available: '20.00', pending: '100.00' })
    shop.advance({ days: 14 })
    expect(shop.customer(ANNA)!.bonuses).toMatchObject({ available: '120.00', pending: '0.00' })
    shop.advance({ days: 15, hours: 23, minutes: 59, seconds: 59 })
    expect(shop.customer(ANNA)!.bonuses.available).toBe('120.00')
    shop.advance({ seconds: 1 })
    expect(shop.customer(ANNA)!.bonuses.available).toBe('100.00')
    expect(shop.now().toISOString()).toBe('2026-03-31T09:00:00.000Z')
    expect(shop.events.map(({ type }) => type)).toContain('bonus.expiring')
    expect(shop.order('1')?.earned).toBe('100.00')
    expect(shop.order('1', 'tilda')).toBeUndefined()
    for (const event of shop.events) expect(ajvError(contract.schemas.Event!, event)).toBeUndefined()
  })

  test('the same seed and clock give the same; reset begins anew', async () => {
    const tell = async (shop: MockShop) => {
      await buy('1', '1000')
      return shop.events
    }
    const clock = () => new Date('2026-03-01T09:00:00Z')
    const shop = open({ clock, customers: [ANNA] })
    const first = await tell(shop)
    shop.reset()
    expect(shop.order('1')).toBeUndefined()
    expect(await tell(shop)).toEqual(first)
    server.resetHandlers()
    expect(await tell(open({ clock, customers: [ANNA], seed: 2 }))).not.toEqual(first)
  })

  test('two shops know nothing of each other', async () => {
    const other = createHandlers({ baseUrl: 'https://other.example' }).shop
    const shop = open()
    await buy('1', '1000')
    expect([shop.events.length > 0, other.events.length]).toEqual([true, 0])
  })

  test('what is shown is a copy', async () => {
    const shop = open()
    await buy('1', '1000')
    shop.events[0]!.sequence = 99
    expect(shop.events[0]!.sequence).toBe(1)
  })

  test('a mistake of the test throws, and says what to do', () => {
    const shop = open()
    expect(() => createHandlers({ baseUrl: '/tapline' })).toThrow(/give an absolute one/)
    expect(() => shop.setBalance({}, '1')).toThrow(/names nobody/)
    expect(() => shop.setBalance(ANNA, 'much')).toThrow(/decimal string/)
    expect(() => shop.advance({ days: -1 })).toThrow(/only goes forward/)
    expect(() => shop.setProgram({ referralPercent: 5 })).toThrow(/does not model referralPercent/)
  })

  test('signatures can be required', async () => {
    const shop = open({ requireSignature: true })
    const response = await fetch(shop.webhookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'register_user', payload: ANNA }),
    })
    expect(response.status).toBe(401)
    expect(shop.customer(ANNA)).toBeUndefined()
  })
})

describe('scenarios', () => {
  test('rate limited, as often as wanted, then the usual answer', async () => {
    open()
    server.use(...scenarios.rateLimited({ baseUrl, times: 2, retryAfterSeconds: 7 }))
    const response = await call('GET', '/v1/program')
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('7')
    expect(response.headers.get('ratelimit')).toBe('"default";r=0;t=7')
    const problem = (await response.json()) as object
    expect(problem).toMatchObject({ code: 'rate-limited', details: { limit: 100 } })
    expect(ajvError(contract.schemas.Problem!, problem)).toBeUndefined()
    expect((await call('GET', '/v1/program')).status).toBe(429)
    expect((await call('GET', '/v1/program')).status).toBe(200)
  })

  test('failing, and only below a path', async () => {
    open()
    server.use(...scenarios.failing({ baseUrl, path: '/v1/holds' }))
    const response = await call('POST', '/v1/holds', {})
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
    expect(await response.json()).toMatchObject({ code: 'unavailable' })
    expect((await call('GET', '/v1/program')).status).toBe(200)
    server.use(...scenarios.failing({ baseUrl, status: 500 }))
    expect(await (await call('GET', '/v1/program')).json()).toMatchObject({ code: 'internal-error' })
  })

  test('slow', async () => {
    open()
    server.use(...scenarios.slow({ baseUrl, ms: 60 }))
    const begun = performance.now()
    expect((await call('GET', '/v1/program')).status).toBe(200)
    expect(performance.now() - begun).toBeGreaterThan(50)
  })

  test('a signature that is refused, a network that is gone', async () => {
    const shop = open()
    server.use(...scenarios.badSignature({ baseUrl }))
    const response = await fetch(shop.webhookUrl, { method: 'POST' })
    expect(await response.json()).toMatchObject({ status: 401, code: 'unauthorized' })
    server.use(...scenarios.offline({ baseUrl, times: 1 }))
    await expect(call('GET', '/v1/program')).rejects.toThrow(TypeError)
  })
})
