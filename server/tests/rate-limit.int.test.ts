import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPool } from '../src/postgres/pool.ts'
import {
  createDatabase,
  eventually,
  startTapline,
  type Answer,
  type Shop,
  type Tapline,
} from './tapline.fixture.ts'

let database: Awaited<ReturnType<typeof createDatabase>>
let processes: Tapline[]

beforeAll(async () => {
  database = await createDatabase()
  const prefix = `t${randomBytes(6).toString('hex')}`
  processes = [
    await startTapline({ database, prefix }),
    await startTapline({ database, prefix, roles: ['api'] }),
  ]
})
afterAll(async () => {
  for (const tapline of processes) await tapline.stop()
  await database.drop()
})

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
let count = 0
const purchase = () => ({
  action: 'purchase',
  payload: { email: 'a@test.ru', amount: 100, orderId: `order-${++count}` },
})
const hook = () =>
  `Email=a@test.ru&payment[sys]=x&payment[systranid]=1&payment[amount]=100&payment[orderid]=${++count}`

/** A shop of the first process with its limit; the other process finds it by the address. */
async function limited(on: Tapline, rateLimitPerMinute: number): Promise<Shop> {
  const shop = await on.createShop()
  await on.admin('PATCH', `/admin/v1/projects/${shop.id}`, { rateLimitPerMinute })
  return shop
}

/** Posts many at once, in turns to each process. */
const postMany = (shop: Shop, bodies: unknown[], headers?: Record<string, string>, to = processes) =>
  Promise.all(
    bodies.map((body, at) =>
      to[at % to.length]!.call<Record<string, unknown>>(
        'POST',
        new URL(shop.webhookUrl).pathname,
        undefined,
        body,
        headers,
      ),
    ),
  )

const withStatus = (answers: Answer[], status: number) => answers.filter((answer) => answer.status === status)

/** A minute must not end in the middle of a count. */
async function withinOneMinute(seconds: number): Promise<void> {
  const left = 60_000 - (Date.now() % 60_000)
  if (left < seconds * 1_000) await new Promise((resolve) => setTimeout(resolve, left + 50))
}

async function stored(projectId: string): Promise<Record<string, number>> {
  const pool = createPool({ url: database.url, max: 1, name: 'tests', onIdleError: () => undefined })
  const { rows } = await pool.query<{ status: string; count: number }>(
    `select case when command is null then status else 'stored' end as status, count(*)::int as count from inbox_items where project_id = $1 group by 1`,
    [projectId],
  )
  await pool.end()
  return Object.fromEntries(rows.map(({ status, count: rowCount }) => [status, rowCount]))
}

describe('the limit of a project', () => {
  it('is one over two processes, within 5 %; what is over it is told when to come again, and not stored', async () => {
    const shop = await limited(processes[0]!, 100)
    await withinOneMinute(8)
    const answers = await postMany(shop, Array.from({ length: 300 }, purchase))
    const [taken, refused] = [withStatus(answers, 202), withStatus(answers, 429)]
    expect(taken.length).toBeGreaterThanOrEqual(95)
    expect(taken.length).toBeLessThanOrEqual(105)
    expect(taken.length + refused.length).toBe(300)
    for (const { headers, body } of refused) {
      expect(body).toMatchObject({ code: 'rate-limited', status: 429, details: { limit: 100 } })
      const retryAfter = Number(headers.get('retry-after'))
      expect(retryAfter).toBeGreaterThanOrEqual(1)
      expect(retryAfter).toBeLessThanOrEqual(60 - (Math.floor(Date.now() / 1_000) % 60) + 10)
      expect(headers.get('ratelimit')).toBe(`"default";r=0;t=${retryAfter}`)
      expect(headers.get('ratelimit-policy')).toBe('"default";q=100;w=60')
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/)
    }
    const remaining = taken.map(({ headers }) => Number(/r=(\d+)/.exec(headers.get('ratelimit')!)![1]))
    expect(Math.min(...remaining)).toBeLessThanOrEqual(5)
    expect(Math.max(...remaining)).toBeLessThanOrEqual(99)
    const seen = await eventually(() => stored(shop.id), ({ rejected }) => rejected === refused.length) // prettier-ignore
    expect(seen).toEqual({ stored: taken.length, rejected: refused.length })
  })

  it('is ten times that for Tilda, and counted apart', async () => {
    const shop = await limited(processes[0]!, 6)
    await withinOneMinute(6)
    const hooks = await postMany(shop, Array.from({ length: 90 }, hook), FORM)
    expect(withStatus(hooks, 200)).toHaveLength(60)
    expect(withStatus(hooks, 429)).toHaveLength(30)
    const actions = await postMany(shop, Array.from({ length: 10 }, purchase))
    expect(withStatus(actions, 202)).toHaveLength(6)
    expect(withStatus(actions, 429)).toHaveLength(4)
  })

  it('counts a batch once', async () => {
    const shop = await limited(processes[0]!, 3)
    await withinOneMinute(6)
    const batches = Array.from({ length: 4 }, () => ({
      action: 'batch_purchase',
      payload: { purchases: Array.from({ length: 50 }, () => purchase().payload) },
    }))
    const answers = await postMany(shop, batches)
    expect(withStatus(answers, 202)).toHaveLength(3)
    expect(withStatus(answers, 429)).toHaveLength(1)
    expect((await stored(shop.id)).stored).toBe(150)
  })

  it('counts what is refused, but not what a stranger sends in its name', async () => {
    const shop = await limited(processes[0]!, 3)
    await withinOneMinute(6)
    const forged = await postMany(shop, Array.from({ length: 10 }, purchase), {
      'x-signature': 'ab'.repeat(32),
    })
    expect(withStatus(forged, 401)).toHaveLength(10)
    const answers = await postMany(shop, [
      { action: 'purchase', payload: {} },
      purchase(),
      purchase(),
      purchase(),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 400, 429].sort())
  })

  it('lets nobody else wait', async () => {
    const [shop, neighbour] = [await limited(processes[0]!, 1), await limited(processes[0]!, 100)]
    await withinOneMinute(6)
    await postMany(shop, Array.from({ length: 10 }, purchase))
    expect(withStatus(await postMany(neighbour, Array.from({ length: 10 }, purchase)), 202)).toHaveLength(10)
  })
})

describe('guessing', () => {
  it('of keys is slowed down by address, while a right key comes through', async () => {
    const [tapline] = processes
    const shop = await tapline!.createShop()
    await withinOneMinute(6)
    const guesses = await Promise.all(
      Array.from({ length: 90 }, (_, at) =>
        tapline!.call<Record<string, unknown>>('GET', '/v1/program', `sk_guess${at}`),
      ),
    )
    expect(withStatus(guesses, 401).length).toBeLessThanOrEqual(60)
    const [limitedOne] = withStatus(guesses, 429)
    expect(limitedOne).toMatchObject({ body: { code: 'rate-limited' } })
    expect(Number(limitedOne!.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect(await shop.get('/v1/program')).toMatchObject({ status: 200 })
  })

  it('of webhook addresses too', async () => {
    const [tapline] = processes
    const shop = await tapline!.createShop()
    await withinOneMinute(6)
    const guesses = await Promise.all(
      Array.from({ length: 90 }, (_, at) =>
        tapline!.call<Record<string, unknown>>('POST', `/api/webhook/whk_guess${at}`, undefined, purchase()),
      ),
    )
    expect(withStatus(guesses, 401).length).toBeLessThanOrEqual(60)
    const [limitedOne] = withStatus(guesses, 429)
    expect(limitedOne).toMatchObject({ body: { code: 'rate-limited' } })
    expect(Number(limitedOne!.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect(await shop.post(purchase())).toMatchObject({ status: 202 })
  })
})

describe('without Redis', () => {
  let alone: Tapline
  beforeAll(async () => {
    alone = await startTapline({ database, roles: ['api'], redisUrl: 'redis://127.0.0.1:1' })
  })
  afterAll(() => alone.stop())

  it('the process counts by itself, and takes orders', async () => {
    const shop = await limited(alone, 100)
    await withinOneMinute(6)
    const answers = await postMany(shop, Array.from({ length: 150 }, purchase), undefined, [alone])
    expect(withStatus(answers, 202)).toHaveLength(100)
    expect(withStatus(answers, 429)).toHaveLength(50)
    expect((await stored(shop.id)).stored).toBe(100)
  })
})
