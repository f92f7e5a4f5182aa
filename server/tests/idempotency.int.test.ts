import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerOnce, type KeyedRequest } from '../src/http/answer-once.ts'
import { postgresIdempotencyKeys } from '../src/http/postgres-idempotency-keys.ts'
import { refuse } from '../src/kernel/refusal.ts'
import { createPool } from '../src/postgres/pool.ts'
import { sqlOfPool, type Sql } from '../src/postgres/sql.ts'
import { createDatabase, startTapline, type Answer, type Shop, type Tapline } from './tapline.fixture.ts'

type Body = { now: string; offsetSeconds: number; code?: string }

const CLOCK = '/v1/sandbox/clock'
let database: Awaited<ReturnType<typeof createDatabase>>
let taplines: Tapline[]
let sql: Sql
let closeSql: () => Promise<void>

beforeAll(async () => {
  database = await createDatabase()
  const prefix = `t${randomBytes(6).toString('hex')}`
  taplines = [
    await startTapline({ database, prefix }),
    await startTapline({ database, prefix, roles: ['api'] }),
  ]
  const pool = createPool({ url: database.url, max: 5, name: 'tests', onIdleError: () => undefined })
  sql = sqlOfPool(pool)
  closeSql = () => pool.end()
})
afterAll(async () => {
  await closeSql?.()
  await Promise.all((taplines ?? []).map((tapline) => tapline.stop()))
  await database.drop()
})

const newShop = () => taplines[0]!.createShop({ sandbox: true })
/** Every repeat of this without a key would move the clock again. */
const advance = (
  shop: Shop,
  key: string | undefined,
  body: object = { advanceSeconds: 100 },
  server = 0,
): Promise<Answer<Body>> =>
  taplines[server]!.call(
    'POST',
    CLOCK,
    shop.secretKey,
    body,
    key === undefined ? {} : { 'idempotency-key': key },
  )
const offsetOf = async (shop: Shop) => (await shop.get<Body>(CLOCK)).body.offsetSeconds
const rowsOf = (shop: Shop) =>
  sql.query<{ key: string; status: number | null; body: string | null }>(
    `select key, status, body from idempotency_keys where project_id = $1`,
    [shop.id],
  )
/** As if the row had been written so long ago; without an answer, by a process that died. */
const age = (shop: Shop, seconds: number, { unfinished = false } = {}) =>
  sql.query(
    `update idempotency_keys set claimed_at = clock_timestamp() - make_interval(secs => $2),
       status = case when $3 then null else status end where project_id = $1`,
    [shop.id, seconds, unfinished],
  )

describe('a request that is repeated with its key', () => {
  it('fifty times at once, at two servers, has one effect and one answer', async () => {
    const shop = await newShop()
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => advance(shop, 'fifty', undefined, index % 2)),
    )
    const first = answers.filter(
      ({ status, headers }) => status === 200 && !headers.has('idempotency-replayed'),
    )
    expect(first).toHaveLength(1)
    for (const { status, headers, body } of answers) {
      if (status === 200) expect(body).toEqual(first[0]!.body)
      else {
        expect([status, body.code]).toEqual([409, 'request-in-progress'])
        expect(headers.get('retry-after')).toBe('1')
      }
    }
    expect(await offsetOf(shop)).toBe(100)
    const late = await advance(shop, 'fifty', undefined, 1)
    expect(late).toMatchObject({ status: 200, body: first[0]!.body })
    expect(late.headers.get('idempotency-replayed')).toBe('true')
    expect(await offsetOf(shop)).toBe(100)
  })

  it('is the same one in another spelling of the key or of the body', async () => {
    const shop = await newShop()
    const first = await advance(shop, 'a-key', { advanceDays: 1 })
    for (const key of ['"a-key"', 'a-key']) {
      const again = await advance(shop, key, '{ "advanceDays" : 1.0 }' as unknown as object)
      expect(again).toMatchObject({ status: 200, body: first.body })
      expect(again.headers.get('idempotency-replayed')).toBe('true')
    }
    expect(await offsetOf(shop)).toBe(86_400)
  })

  it('but says something else is refused, and changes nothing', async () => {
    const shop = await newShop()
    await advance(shop, 'a-key')
    expect(await advance(shop, 'a-key', { advanceSeconds: 101 })).toMatchObject({
      status: 422,
      body: { code: 'idempotency-key-reused' },
    })
    const { body: item } = await shop.post({
      action: 'spend_bonuses',
      payload: { email: 'a@test.ru', amount: 1, orderId: '1', orderAmount: 10 },
    })
    const replay = await taplines[0]!.call(
      'POST',
      `/v1/inbox/${item.inboxItemId}/replay`,
      shop.secretKey,
      undefined,
      {
        'idempotency-key': 'a-key',
      },
    )
    expect(replay).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } })
    expect(await offsetOf(shop)).toBe(100)
  })

  it('in another project is another one', async () => {
    const [ours, theirs] = [await newShop(), await newShop()]
    await advance(ours, 'same')
    const answer = await advance(theirs, 'same', { advanceSeconds: 7 })
    expect(answer.status).toBe(200)
    expect(answer.headers.has('idempotency-replayed')).toBe(false)
    expect([await offsetOf(ours), await offsetOf(theirs)]).toEqual([100, 7])
  })

  it('after a refusal is asked again: a refusal claims nothing', async () => {
    const shop = await newShop()
    const past = { to: '2020-01-01T00:00:00Z' }
    for (let time = 0; time < 2; time++) {
      const refused = await advance(shop, 'a-key', past)
      expect(refused).toMatchObject({ status: 422, body: { code: 'clock-not-forward' } })
      expect(refused.headers.has('idempotency-replayed')).toBe(false)
    }
    expect(await rowsOf(shop)).toEqual([])
    expect((await advance(shop, 'a-key')).status).toBe(200)
  })

  it('by a caller whose server died waits a minute, then takes over', async () => {
    const shop = await newShop()
    await advance(shop, 'a-key')
    await age(shop, 55, { unfinished: true })
    expect((await advance(shop, 'a-key')).status).toBe(409)
    await age(shop, 61, { unfinished: true })
    expect(await advance(shop, 'a-key', { advanceSeconds: 5 })).toMatchObject({ status: 422 })
    const answers = await Promise.all(Array.from({ length: 10 }, () => advance(shop, 'a-key')))
    expect(answers.filter(({ headers, status }) => status === 200 && !headers.has('idempotency-replayed'))).toHaveLength(1) // prettier-ignore
    expect(await offsetOf(shop)).toBe(200)
  })

  it('after a day is a new one', async () => {
    const shop = await newShop()
    await advance(shop, 'a-key')
    await age(shop, 86_390)
    expect((await advance(shop, 'a-key')).headers.get('idempotency-replayed')).toBe('true')
    await age(shop, 86_401)
    expect((await advance(shop, 'a-key', { advanceSeconds: 1 })).status).toBe(200)
    expect(await offsetOf(shop)).toBe(101)
  })
})

describe('a key', () => {
  it.each([[''], ['a b'], ['"a'], ['x'.repeat(256)]])('%j is refused, whatever the body', async (key) => {
    const shop = await newShop()
    expect(await advance(shop, key, { nonsense: 1 })).toMatchObject({
      status: 400,
      body: { code: 'idempotency-key-invalid' },
    })
  })

  it('costs nothing who sends none, and means nothing where it is not taken', async () => {
    const shop = await newShop()
    await advance(shop, undefined)
    const put = { 'idempotency-key': 'not a key' }
    const { status } = await taplines[0]!.call('PUT', '/v1/program', shop.secretKey, { basePercent: 1 }, put)
    expect(status).toBe(200)
    expect(await rowsOf(shop)).toEqual([])
  })
})

describe('an answer', () => {
  const request: Omit<KeyedRequest, 'projectId'> = {
    key: 'a-key',
    operationId: 'test',
    path: {},
    query: {},
    body: undefined,
    secret: false,
  }
  const faults: unknown[] = []
  const once = () =>
    answerOnce({ keys: postgresIdempotencyKeys(sql), onFault: (error) => faults.push(error) })

  it.each([
    ['of success is kept', {}, { status: 201, body: { a: [1, 'ы'] } }, true],
    ['without a body is kept', {}, { status: 204 }, true],
    ['of a quarter of a megabyte is kept', {}, { status: 200, body: 'x'.repeat(262_142) }, true],
    ['of more is not', {}, { status: 200, body: 'x'.repeat(262_143) }, false],
    ['that holds a secret is not', { secret: true }, { status: 200, body: { key: 'sk_' } }, false],
    ['of refusal is not', {}, refuse('rate-limited', { retryAfterSeconds: 9 }), false],
    ['that is no success is not', {}, { status: 503, body: {} }, false],
  ])('%s', async (_, more, outcome, kept) => {
    const { id: projectId } = await newShop()
    let ran = 0
    const ask = () =>
      once()({ ...request, projectId, ...more }, async () => {
        ran++
        return outcome
      })
    expect(await ask()).toEqual({ outcome, replayed: false })
    expect(await ask()).toEqual({ outcome, replayed: kept })
    expect(ran).toBe(kept ? 1 : 2)
    const rows = await sql.query(`select 1 from idempotency_keys where project_id = $1`, [projectId])
    expect(rows).toHaveLength(kept ? 1 : 0)
  })

  it('of a fault is not kept either, and the fault goes on', async () => {
    const { id: projectId } = await newShop()
    const broken = once()({ ...request, projectId }, () => Promise.reject(new Error('broken')))
    await expect(broken).rejects.toThrow('broken')
    const again = await once()({ ...request, projectId }, async () => ({ status: 200, body: 1 }))
    expect(again).toEqual({ outcome: { status: 200, body: 1 }, replayed: false })
  })

  it('of one who was taken over replaces nothing', async () => {
    const shop = await newShop()
    const slow = once()({ ...request, projectId: shop.id }, async () => {
      await age(shop, 61)
      await once()({ ...request, projectId: shop.id }, async () => ({ status: 200, body: 'second' }))
      return { status: 200, body: 'first' }
    })
    expect(await slow).toMatchObject({ outcome: { body: 'first' } })
    expect(await rowsOf(shop)).toMatchObject([{ body: '"second"' }])
    expect(faults).toEqual([])
  })

  it('is forgotten after a day, and only then', async () => {
    const [old, young] = [await newShop(), await newShop()]
    await advance(old, 'a-key')
    await advance(young, 'a-key')
    await age(old, 86_401)
    await age(young, 86_000)
    expect(await postgresIdempotencyKeys(sql).forget()).toBeGreaterThan(0)
    expect([await rowsOf(old), await rowsOf(young)]).toMatchObject([[], [{ key: 'a-key' }]])
  })
})
