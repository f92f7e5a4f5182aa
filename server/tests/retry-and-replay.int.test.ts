import { randomBytes } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { freePort } from '../src/embedded/free-port.ts'
import { createPool } from '../src/postgres/pool.ts'
import { sqlOfPool, type Sql } from '../src/postgres/sql.ts'
import { newId } from '../src/vault/new-id.ts'
import { createDatabase, eventually, startTapline, type Shop, type Tapline } from './tapline.fixture.ts'

type Item = {
  id: string
  status: string
  attempts: number
  reason: string | null
  nextAttemptAt: string | null
  finishedAt: string | null
}

let tapline: Tapline
let shop: Shop
let sql: Sql
let closeSql: () => Promise<void>

beforeAll(async () => {
  tapline = await startTapline()
  shop = await tapline.createShop()
  const pool = createPool({ url: tapline.databaseUrl, max: 2, name: 'tests', onIdleError: () => undefined })
  sql = sqlOfPool(pool)
  closeSql = () => pool.end()
})
afterAll(async () => {
  await closeSql()
  await tapline.stop()
})

const itemOf = async (id: string) => (await shop.get<Item>(`/v1/inbox/${id}`)).body
const earnsOf = async (orderId: string) =>
  (
    await sql.query(
      `select 1 from entries e join orders o on o.project_id = e.project_id and o.id = e.order_ref where o.order_id = $1 and e.kind = 'earn'`,
      [orderId],
    )
  ).length

function purchase(orderId: string, email: string, amountMinor = 100_000) {
  return {
    kind: 'purchase',
    storefront: 'api',
    orderId,
    contact: { email },
    amountMinor,
    currency: 'RUB',
    paid: true,
    lines: [],
  }
}

function inboxItem(projectId: string, command: ReturnType<typeof purchase>) {
  const { orderId, contact } = command
  return {
    projectId, id: newId('inboxItem'), status: 'accepted' as const, format: 'standard', action: 'purchase', storefront: 'api', orderId, command,
    claimKey: `purchase:api:${orderId}`, contacts: [`email:${contact.email}`], receivedAt: new Date(),
  } // prettier-ignore
}

/** Slices of work that a server has done, as its metrics tell. */
async function slicesOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return [...text.matchAll(/^tapline_engine_slices_total\{.*\} (\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  )
}

/** Accepted together, so that one slice takes them all. Half a kopeck is no money: no code of ours writes it, and the engine throws. */
async function accept(
  orderIds: string[],
  poisoned: string,
  email = (orderId: string) => `${orderId}@shop.test`,
): Promise<Map<string, string>> {
  const commands = orderIds.map((orderId) =>
    purchase(orderId, email(orderId), orderId === poisoned ? 0.5 : undefined),
  )
  const items = commands.map((command) => inboxItem(shop.id, command))
  await tapline.app.inbox.append(items)
  await tapline.app.wake(shop.id)
  return new Map(items.map(({ orderId, id }) => [orderId, id]))
}

async function makeDue(id: string): Promise<void> {
  await sql.query(`update inbox_items set next_attempt_at = now() - interval '2 seconds' where id = $1`, [id])
  await tapline.app.wake(shop.id)
}

describe('work that breaks', () => {
  it('is tried again with growing pauses, is dead after five attempts, and harms no neighbour', async () => {
    const ids = await accept(['n-1', 'n-2', 'poison', 'n-3', 'n-4', 'n-5'], 'poison')
    const poison = ids.get('poison')!
    for (let attempt = 1; attempt <= 4; attempt++) {
      const seen = await eventually(() => itemOf(poison), ({ attempts }) => attempts >= attempt) // prettier-ignore
      expect(seen).toMatchObject({
        status: 'accepted',
        attempts: attempt,
        reason: expect.stringContaining('BigInt') as string,
      })
      const pauseSeconds = (Date.parse(seen.nextAttemptAt!) - Date.now()) / 1_000
      const wholePause = 2 ** attempt
      expect(pauseSeconds).toBeLessThanOrEqual(wholePause * 1.25)
      expect(pauseSeconds).toBeGreaterThan(wholePause * 0.75 - 1)
      await makeDue(poison)
    }
    await eventually(() => itemOf(poison), ({ status }) => status === 'dead') // prettier-ignore
    for (const [orderId, id] of ids) {
      if (orderId === 'poison') continue
      expect(await itemOf(id)).toMatchObject({ status: 'processed', attempts: 0 })
      expect(await earnsOf(orderId)).toBe(1)
    }
    expect(await earnsOf('poison')).toBe(0)
    const { body } = await shop.get<{ data: Item[] }>('/v1/inbox?status=dead')
    expect(body.data).toMatchObject([
      { id: poison, attempts: 5, reason: expect.stringContaining('BigInt') as string, nextAttemptAt: null },
    ])
    expect(body.data[0]!.finishedAt).not.toBeNull()
  })

  it('is processed once when it was mended and replayed, however often that is asked', async () => {
    const { body: list } = await shop.get<{ data: Item[] }>('/v1/inbox?status=dead')
    const [{ id }] = list.data as [Item]
    await sql.query(
      `update inbox_items set command = jsonb_set(command, '{amountMinor}', '100000') where id = $1`,
      [id],
    )
    const replay = () => tapline.call('POST', `/v1/inbox/${id}/replay`, shop.secretKey)
    const answers = await Promise.all([replay(), replay(), replay()])
    expect(answers.map(({ status }) => status)).toContain(202)
    const done = await eventually(() => itemOf(id), ({ status }) => status === 'processed') // prettier-ignore
    expect(done).toMatchObject({ attempts: 0, reason: null })
    expect(await replay()).toMatchObject({ status: 409, body: { code: 'not-replayable' } })
    expect(await earnsOf('poison')).toBe(1)
    expect(await shop.customer({ email: 'poison@shop.test' })).toMatchObject({
      ordersCount: 1,
      bonuses: { available: '50.00' },
    })
    expect((await shop.get<{ data: Item[] }>('/v1/inbox?status=dead')).body.data).toEqual([])
  })

  it('costs no attempt while it waits for its next, when the same customer asks for something else', async () => {
    const ids = await accept(['w-1', 'w-poison'], 'w-poison', () => 'wanda@shop.test')
    await eventually(() => itemOf(ids.get('w-poison')!), ({ attempts }) => attempts === 1) // prettier-ignore
    await sql.query(`update inbox_items set next_attempt_at = now() + interval '1 hour' where id = $1`, [
      ids.get('w-poison'),
    ])
    for (let index = 0; index < 6; index++) {
      const spend = await shop.post({
        action: 'spend_bonuses',
        payload: { email: 'wanda@shop.test', amount: 1, orderId: `w-spend-${index}`, orderAmount: 100 },
      })
      expect(spend).toMatchObject({ status: 200, body: { result: { spent: '1.00' } } })
    }
    expect(await itemOf(ids.get('w-poison')!)).toMatchObject({ status: 'accepted', attempts: 1 })
  })
})

describe('without its queue', () => {
  it('finds accepted work after Redis was emptied', async () => {
    const database = await createDatabase()
    const prefix = `t${randomBytes(6).toString('hex')}`
    const door = await startTapline({ database, prefix, roles: ['api'] })
    const doorShop = await door.createShop()
    for (let order = 0; order < 30; order++)
      await doorShop.post({
        action: 'purchase',
        payload: { email: `e${order % 7}@shop.test`, amount: 1000, orderId: `e-${order}` },
      })
    const redis = new Redis(inject('redisUrl'))
    const keys = () => redis.keys(`*${prefix}*`)
    const wakeUps = async () => (await keys()).filter((key) => key.includes('loyalty.work'))
    await eventually(wakeUps, (seen) => seen.length > 0)
    await redis.del(...(await keys()))

    const worker = await startTapline({ database, prefix, roles: ['worker'] })
    const waiting = () => doorShop.get<{ data: unknown[] }>('/v1/inbox?status=accepted')
    expect((await waiting()).body.data.length).toBeGreaterThan(0)
    await eventually(waiting, ({ body }) => body.data.length === 0)
    const { body } = await doorShop.get<{ data: Item[] }>('/v1/inbox?limit=200')
    expect(body.data.map(({ status, attempts }) => [status, attempts])).toEqual(
      Array(30).fill(['processed', 0]),
    )
    redis.disconnect()
    await worker.stop()
    await door.stop()
    await database.drop()
  })

  it('accepts, processes and spends while there is no Redis at all', async () => {
    const alone = await startTapline({ redisUrl: `redis://127.0.0.1:${await freePort()}` })
    const aloneShop = await alone.createShop()
    const began = performance.now()
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, order) =>
        aloneShop.post({
          action: 'purchase',
          payload: { email: 'alone@shop.test', amount: 1000, orderId: `a-${order}` },
        }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(202))
    expect(performance.now() - began).toBeLessThan(5_000)
    const spend = await aloneShop.post({
      action: 'spend_bonuses',
      payload: { email: 'alone@shop.test', amount: 5000, orderId: 'a-spend', orderAmount: 5000 },
    })
    expect(spend).toMatchObject({ status: 200, body: { result: { spent: '5000.00', available: '0.00' } } })
    await aloneShop.post({
      action: 'purchase',
      payload: { email: 'alone@shop.test', amount: 1000, orderId: 'a-last' },
    })
    await eventually(() => aloneShop.get('/v1/orders/a-last'), ({ status }) => status === 200) // prettier-ignore
    expect(await aloneShop.customer({ email: 'alone@shop.test' })).toMatchObject({
      ordersCount: 101,
      bonuses: { available: '50.00' },
    })
    const sweepBegan = performance.now()
    const slices = () => slicesOf(alone.url)
    const before = await slices()
    const commands = Array.from({ length: 900 }, (_, order) =>
      purchase(`b-${order}`, `b${order % 9}@shop.test`),
    )
    await alone.app.inbox.append(commands.map((command) => inboxItem(aloneShop.id, command)))
    await eventually(() => alone.app.inbox.projectsWithWork(0), (seen) => seen.length === 0, 25_000) // prettier-ignore
    // Slice after slice, not one a second.
    expect((performance.now() - sweepBegan) / 1_000).toBeLessThan(2 + ((await slices()) - before) * 0.5)

    const stopBegan = performance.now()
    await alone.stop()
    expect(performance.now() - stopBegan).toBeLessThan(8_000)
  })
})
