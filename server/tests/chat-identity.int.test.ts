import type { components } from '@tapline/openapi'
import { generateSecret, signIdentity } from '@tapline/signing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTapline, type Answer, type Shop, type Tapline } from './tapline.fixture.ts'

type Schemas = components['schemas']
type Problem = Schemas['Problem']
type Session = Schemas['VisitorSession']
type Agent = Schemas['CreatedAgent']

const PAGE = 'https://shop.test'
const wait = { prefer: 'wait=10' }

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
const identityOf = (who: object, of: Shop = shop) =>
  signIdentity({ secret: of.signingSecret, ...who } as Parameters<typeof signIdentity>[0])
const somebody = () => `somebody-${++count}@test.ru`
const me = (token: string, headers: Record<string, string> = {}) =>
  tapline.call<Schemas['Me']>('GET', '/v1/me', token, undefined, headers)
const isProblem = (answer: Answer<unknown>, status: number, code: string) =>
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status, body: { code } })
/** Whatever is remembered of somebody is forgotten by then. */
const refusedSoon = async (token: string) => {
  const until = Date.now() + 5_000
  for (;;) {
    const { status } = await me(token)
    if (status === 401 || Date.now() > until) return expect(status).toBe(401)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

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
    isProblem(await ask('POST', '/v1/me/quotes', { amount: 1 }), 403, 'proof-required')
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
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    isProblem(await me(token), 403, 'project-paused')
    isProblem(await open({}, paused), 403, 'project-paused')
  })
})
