import { randomBytes } from 'node:crypto'
import type { components } from '@tapline/openapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase, eventually, startTapline, type Shop, type Tapline } from './tapline.fixture.ts'

type Schemas = components['schemas']
type Clock = Schemas['Clock'] & { code?: string; detail?: string; details?: Record<string, string> }

const CLOCK = '/v1/sandbox/clock'
const DAY_MS = 86_400_000
const wait = { prefer: 'wait=10' }
let database: Awaited<ReturnType<typeof createDatabase>>
let tapline: Tapline
let other: Tapline

beforeAll(async () => {
  database = await createDatabase()
  const prefix = `t${randomBytes(6).toString('hex')}`
  tapline = await startTapline({ database, prefix })
  other = await startTapline({ database, prefix, roles: ['api'] })
})
afterAll(async () => {
  await Promise.all([tapline, other].map((one) => one?.stop()))
  await database.drop()
})

const sandbox = (program?: Schemas['ProgramInput']) => tapline.createShop({ sandbox: true }, program)
const clockOf = (shop: Shop) => shop.get<Clock>(CLOCK)
const move = (shop: Shop, wish: object, headers: Record<string, string> = {}) =>
  tapline.call<Clock>('POST', CLOCK, shop.secretKey, wish, headers)
const aheadMs = ({ now }: Clock) => Date.parse(now) - Date.now()

describe("a sandbox's clock", () => {
  it('begins at the real time, and is moved by seconds, by days and to a day', async () => {
    const shop = await sandbox()
    expect(shop.sandbox).toBe(true)
    const { status, body } = await clockOf(shop)
    expect([status, body.offsetSeconds]).toEqual([200, 0])
    expect(Math.abs(aheadMs(body))).toBeLessThan(5_000)

    expect((await move(shop, { advanceSeconds: 90 })).body.offsetSeconds).toBe(90)
    expect((await move(shop, { advanceDays: 2 })).body.offsetSeconds).toBe(90 + 2 * 86_400)
    const to = new Date(Date.now() + 30 * DAY_MS).toISOString()
    const moved = (await move(shop, { to })).body
    expect(Date.parse(moved.now) - Date.parse(to)).toBeGreaterThanOrEqual(0)
    expect(Date.parse(moved.now) - Date.parse(to)).toBeLessThan(5_000)
    const { body: now } = await clockOf(shop)
    expect(now.offsetSeconds).toBe(moved.offsetSeconds)
    expect(Date.parse(now.now)).toBeGreaterThanOrEqual(Date.parse(moved.now))
  })

  it('moves by the sum of those who move it at once', async () => {
    const shop = await sandbox()
    const answers = await Promise.all(Array.from({ length: 20 }, () => move(shop, { advanceSeconds: 10 })))
    expect(answers.map(({ body }) => body.offsetSeconds).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => 10 * (index + 1)),
    )
    expect((await clockOf(shop)).body.offsetSeconds).toBe(200)
  })

  it('never goes back, also when two days are named at once', async () => {
    const shop = await sandbox()
    await move(shop, { advanceDays: 10 })
    const earlier = new Date(Date.now() + 9 * DAY_MS).toISOString()
    const refused = await move(shop, { to: earlier }, { 'accept-language': 'en' })
    expect(refused).toMatchObject({ status: 422, body: { code: 'clock-not-forward' } })
    expect(refused.body.detail).toContain(refused.body.details!.now!)
    const days = [20, 40, 30, 50, 25].map((day) => new Date(Date.now() + day * DAY_MS).toISOString())
    await Promise.all(days.map((to) => move(shop, { to })))
    expect(aheadMs((await clockOf(shop)).body) / DAY_MS).toBeCloseTo(50, 2)
  })

  it('goes no further than a hundred years', async () => {
    const shop = await sandbox()
    for (let decade = 0; decade < 10; decade++)
      expect((await move(shop, { advanceDays: 3_650 })).status).toBe(200)
    expect(await move(shop, { advanceSeconds: 1 })).toMatchObject({
      status: 422,
      body: { code: 'clock-too-far' },
    })
    expect(await move(await sandbox(), { to: '9999-12-31T23:59:59Z' })).toMatchObject({
      status: 422,
      body: { code: 'clock-too-far' },
    })
  })

  it.each([
    {},
    { advanceSeconds: 1, advanceDays: 1 },
    { advanceSeconds: 0 },
    { advanceSeconds: -1 },
    { advanceSeconds: 1.5 },
    { advanceSeconds: 315_360_001 },
    { advanceDays: 3_651 },
    { advanceDays: '1' },
    { to: 'tomorrow' },
    { to: '2099-01-01' },
    { to: '2099-13-01T00:00:00Z' },
    { to: '2099-02-30T00:00:00Z' },
    { to: '2098-12-31T23:59:60Z' },
    { reset: true },
  ])('is not moved by %j', async (wish) => {
    const shop = await sandbox()
    expect(await move(shop, wish)).toMatchObject({ status: 400, body: { code: 'invalid-request' } })
    expect((await clockOf(shop)).body.offsetSeconds).toBe(0)
  })

  it('leaves a record in the audit', async () => {
    const shop = await sandbox()
    const { body } = await move(shop, { advanceDays: 3 })
    const { body: audit } = await tapline.admin<{ data: object[] }>(
      'GET',
      `/admin/v1/projects/${shop.id}/audit`,
    )
    expect(audit.data[0]).toMatchObject({
      action: 'clock.moved',
      actor: 'secret-key',
      details: { now: body.now, offsetSeconds: 259_200 },
    })
  })
})

describe('a project that is no sandbox', () => {
  it.each([
    ['ru', 'песочница'],
    ['en', 'sandbox'],
    ['kk', 'сынақ'],
  ])('says so in %s, and its clock stands', async (language, word) => {
    const shop = await tapline.createShop()
    expect(shop.sandbox).toBe(false)
    for (const wish of [undefined, { advanceDays: 1 }]) {
      const answer = await tapline.call<Clock>(
        wish === undefined ? 'GET' : 'POST',
        CLOCK,
        shop.secretKey,
        wish,
        {
          'accept-language': language,
        },
      )
      expect(answer).toMatchObject({ status: 403, body: { code: 'sandbox-only' } })
      expect(answer.body.detail).toContain(word)
    }
    expect((await tapline.app.projects.find(shop.id))!.clockOffsetMs).toBe(0)
  })

  it('does not become one, nor the other way round', async () => {
    for (const shop of [await tapline.createShop(), await sandbox()]) {
      const path = `/admin/v1/projects/${shop.id}`
      expect((await tapline.admin('PATCH', path, { sandbox: !shop.sandbox })).status).toBe(400)
      expect((await tapline.admin('GET', path)).body).toMatchObject({ sandbox: shop.sandbox })
    }
  })
})

it('bonuses become spendable and expire by it, in this process at once and in others within a second', async () => {
  const shop = await sandbox({ basePercent: 10, activationDelayDays: 14, expiryDays: 30 })
  const email = 'anna@test.ru'
  await shop.post({ action: 'purchase', payload: { email, amount: 1000, orderId: '1' } }, wait)
  const { id } = await shop.customer({ email })
  const bonuses = async (at = tapline) => {
    const { body } = await at.call<Schemas['Customer']>('GET', `/v1/customers/${id}`, shop.secretKey)
    const { available, pending } = body.bonuses
    return [available, pending]
  }
  const moments: [days: number, expected: [available: string, pending: string]][] = [
    [13, ['0.00', '100.00']],
    [1, ['100.00', '0.00']],
    [29, ['100.00', '0.00']],
    [1, ['0.00', '0.00']],
  ]
  expect(await bonuses()).toEqual(['0.00', '100.00'])
  for (const [advanceDays, expected] of moments) {
    // Both have it in memory.
    await Promise.all([bonuses(), bonuses(other)])
    await move(shop, { advanceDays })
    expect(await bonuses()).toEqual(expected)
    await eventually(() => bonuses(other), (seen) => String(seen) === String(expected), 2_000) // prettier-ignore
  }
})

it('the projects whose time is not the real one are known', async () => {
  const [moved, still] = [await sandbox(), await sandbox()]
  await move(moved, { advanceDays: 1 })
  const shifted = await tapline.app.projects.shifted()
  expect(shifted).toContainEqual({ projectId: moved.id, clockOffsetMs: DAY_MS })
  expect(shifted.map(({ projectId }) => projectId)).not.toContain(still.id)
})
