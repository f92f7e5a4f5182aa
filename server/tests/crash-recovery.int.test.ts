import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../src/embedded/free-port.ts'
import { postgresBooks } from '../src/loyalty/adapters/postgres/postgres-books.ts'
import type { UnitOfWork } from '../src/kernel/transaction.ts'
import { verifyBooks } from '../src/loyalty/verify-books.ts'
import { createPool } from '../src/postgres/pool.ts'
import { sqlOfPool, unitOfWork as unitOfWorkOn, type Sql } from '../src/postgres/sql.ts'
import { startBreakablePostgres, startBreakableRedis, type BreakableRedis } from './outages.fixture.ts'
import { keepRunning, type KeptServer } from './server-processes.fixture.ts'
import { randomOf, shopLoad, type Random, type TestOrder } from './shop-load.fixture.ts'
import { eventually, OPERATOR_TOKEN, type CreatedProject } from './tapline.fixture.ts'

const SOAK_MS = Number(process.env.TAPLINE_SOAK_SECONDS ?? 60) * 1_000
const SEED = Number(process.env.TAPLINE_SEED ?? randomBytes(3).readUIntBE(0, 3))
const SERVERS = 3
const SHOPPERS = 10
const EARN_PERCENT = 5n
const WELCOME_MINOR = 5_000
/** The lock of a killed worker, and a backlog on a busy machine. */
const DRAIN_MS = 30_000

type Postgres = Awaited<ReturnType<typeof startBreakablePostgres>>

let directory: string
let postgres: Postgres
let redis: BreakableRedis
let servers: KeptServer[]
let project: CreatedProject
let sql: Sql
let unitOfWork: UnitOfWork
let closeSql: () => Promise<void>

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tapline-crash-'))
  postgres = await startBreakablePostgres(join(directory, 'postgres'))
  redis = await startBreakableRedis(join(directory, 'redis'))
  const environment = {
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    TAPLINE_OPERATOR_TOKEN: OPERATOR_TOKEN,
    TAPLINE_ENCRYPTION_KEYS: randomBytes(32).toString('base64'),
    TAPLINE_LOG_LEVEL: 'error',
    TAPLINE_TELEGRAM_API_ROOT: 'http://127.0.0.1:9',
  }
  // All at once on an empty database, as a first deployment does it.
  servers = await Promise.all(
    Array.from({ length: SERVERS }, async (_, index) =>
      keepRunning(await freePort(), {
        ...environment,
        TAPLINE_DATA_DIRECTORY: join(directory, `server-${index}`),
      }),
    ),
  )
  await allReady(90_000)
  project = (await call('POST', '/admin/v1/projects', OPERATOR_TOKEN, {
    name: 'Crash shop',
    currency: 'RUB',
  })) as CreatedProject
  await call('PATCH', `/admin/v1/projects/${project.id}`, OPERATOR_TOKEN, { rateLimitPerMinute: 100_000 })
  await call('PUT', '/v1/program', project.secretKey, {
    basePercent: Number(EARN_PERCENT),
    welcomeBonus: WELCOME_MINOR / 100,
    expiryDays: 365,
  })
  const pool = createPool({ url: postgres.url, max: 4, name: 'crash-test', onIdleError: () => undefined })
  sql = sqlOfPool(pool)
  unitOfWork = unitOfWorkOn(pool)
  closeSql = () => pool.end()
}, 150_000)

afterAll(async () => {
  await Promise.all((servers ?? []).map((server) => server.stop()))
  await closeSql?.()
  await redis?.stop()
  await postgres?.stop()
  await rm(directory, { recursive: true, force: true, maxRetries: 5 })
}, 60_000)

describe(`what was accepted, after crashes of everything (TAPLINE_SEED=${SEED})`, () => {
  it(
    'is processed exactly once, and the books balance',
    { timeout: SOAK_MS + DRAIN_MS + 120_000 },
    async () => {
      const random = randomOf(SEED)
      const load = shopLoad(project, servers.map(({ url }) => url), random) // prettier-ignore
      await load.begin()

      const until = Date.now() + SOAK_MS
      const [restarts] = await Promise.all([
        chaos(random, until),
        load.run(SHOPPERS, () => Date.now() > until),
      ])
      const drainBegan = Date.now()
      await allReady(60_000)
      await eventually(() => count(`inbox_items where status = 'accepted'`), (left) => left === 0, DRAIN_MS) // prettier-ignore
      await eventually(() => count(`outbox_events where relayed_at is null`), (left) => left === 0) // prettier-ignore

      const { requests, accepted, broken, faults, repeats, abandoned, lines } = load.counts
      const kills = servers.reduce((sum, server) => sum + server.counts.kills, 0)
      console.log(
        `crash recovery: ${requests} requests (${accepted} 2xx, ${broken} broken, ${faults} 5xx, ${repeats} repeats, ${abandoned} abandoned, ${lines} batch lines), ` +
          `${load.orders.size} orders, ${kills} kills, ${JSON.stringify(restarts)}, drained in ${Date.now() - drainBegan} ms, seed ${SEED}`,
      )

      expect(servers.flatMap(({ deaths }) => deaths)).toEqual([])
      expect(load.complaints).toEqual([])
      expect(await count(`inbox_items where status = 'dead'`)).toBe(0)
      expect(
        await sql.query(`select id, attempts, reason from inbox_items where attempts > 0 limit 10`),
      ).toEqual([])
      expect(await statusesOf([...load.acceptedIds.keys()])).toEqual({ processed: load.acceptedIds.size })

      const { problems, expected } = judgeOrders([...load.orders.values()], await storedOrders())
      expect(problems.slice(0, 20)).toEqual([])
      for (const email of load.registrations.keys()) addTo(expected, email, { availableMinor: WELCOME_MINOR })
      expect(await storedStandings()).toEqual(expected)
      expect(await bookProblems()).toEqual([])
      expect(await count(`entries where kind = 'earn'`)).toBe(
        await count(`outbox_events where type = 'bonus.awarded'`),
      )
    },
  )
})

/** Kills, floods of nothing, restarts: in an order that the seed decides, each of them at least once a deck. */
async function chaos(random: Random, until: number): Promise<Record<string, number>> {
  const counts = { flushes: 0, redisKills: 0, postgresRestarts: 0, postgresKills: 0 }
  const acts = {
    kill() {
      // A slow machine needs long for a start: somebody must be there to be killed in the middle of work.
      const ready = servers.filter((server) => server.isReady())
      if (ready.length > 1) random.pick(ready).kill()
    },
    killAll: () => servers.forEach((server) => server.kill()),
    async flush() {
      counts.flushes++
      await redis.flush()
    },
    async killRedis() {
      if (redis.kill === undefined) return acts.flush()
      counts.redisKills++
      await redis.kill()
    },
    async restartPostgres() {
      counts.postgresRestarts++
      await postgres.restart()
    },
    async killPostgres() {
      counts.postgresKills++
      await postgres.kill()
    },
  }
  const KILLS = Array<keyof typeof acts>(8).fill('kill')
  let deck: (keyof typeof acts)[] = []
  while (Date.now() < until) {
    if (deck.length === 0)
      deck = random.shuffle([...KILLS, 'killAll', 'flush', 'killRedis', 'restartPostgres', 'killPostgres'])
    await delay(Math.min(300 + random.below(2_700), Math.max(0, until - Date.now())))
    await acts[deck.pop()!]()
  }
  return counts
}

async function allReady(withinMs: number): Promise<void> {
  const missing = () =>
    servers
      .filter((server) => !server.isReady())
      .map((server) => `${server.url} is not ready: ${server.lastWords()}`)
  await eventually(() => Promise.resolve(missing()), (seen) => seen.length === 0, withinMs) // prettier-ignore
}

async function call(method: string, path: string, token: string, body: unknown): Promise<unknown> {
  const response = await fetch(servers[0]!.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response.json()
}

async function count(what: string): Promise<number> {
  const [row] = await sql.query<{ count: number }>(`select count(*) from ${what}`)
  return row!.count
}

async function statusesOf(ids: string[]): Promise<Record<string, number>> {
  const rows = await sql.query<{ status: string | null; count: number }>(
    `select i.status, count(*) from unnest($2::text[]) as wanted(id) left join inbox_items i on i.project_id = $1 and i.id = wanted.id group by 1`,
    [project.id, ids],
  )
  return Object.fromEntries(rows.map(({ status, count }) => [status ?? 'lost', count]))
}

type StoredOrder = {
  key: string
  email: string
  status: string
  amountMinor: number | null
  spentMinor: number
  earnedMinor: number
  earns: number
  spends: number
  entriesMinor: number
}

async function storedOrders(): Promise<Map<string, StoredOrder>> {
  const rows = await sql.query<StoredOrder>(`
    select o.storefront || ' ' || o.order_id as key, o.status, (o.facts->>'amountMinor')::bigint as "amountMinor", o.spent_minor as "spentMinor",
      o.earned_minor as "earnedMinor",
      (select value from identities i where i.customer_id = o.customer_id and i.kind = 'email') as email,
      count(e.id) filter (where e.kind = 'earn') as earns, count(e.id) filter (where e.kind = 'spend') as spends,
      coalesce(sum(e.amount_minor), 0)::bigint as "entriesMinor"
    from orders o left join entries e on e.project_id = o.project_id and e.order_ref = o.id group by o.project_id, o.id, o.storefront, o.order_id`)
  return new Map(rows.map((row) => [row.key, row]))
}

type Standing = { totalSpentMinor: number; ordersCount: number; availableMinor: number; pendingMinor: number }

/** Holds the orders in the database against what the shop was told, order by order, and adds up what each customer must have. */
function judgeOrders(
  wanted: TestOrder[],
  stored: Map<string, StoredOrder>,
): { problems: string[]; expected: Map<string, Standing> } {
  const problems: string[] = []
  const expected = new Map<string, Standing>()
  for (const order of wanted) {
    const key = `${order.storefront} ${order.orderId}`
    const row = stored.get(key)
    stored.delete(key)
    const say = (problem: string) =>
      problems.push(`${key}: ${problem}; told ${JSON.stringify(order)}, stored ${JSON.stringify(row)}`)
    const told = [order.paid, order.unpaid, order.spend]
    if (row === undefined) {
      if (told.includes('accepted')) say('is lost')
      continue
    }
    if (!told.includes('accepted') && !told.includes('unknown')) say('was never accepted')
    const status =
      order.paid === 'accepted'
        ? 'paid'
        : order.paid === 'unknown' && row.status === 'paid'
          ? 'paid'
          : order.unpaid === 'accepted'
            ? 'created'
            : 'expected'
    if (row.status !== status) say(`should be ${status}`)
    const spentMinor =
      order.spend === 'accepted' || (order.spend === 'unknown' && row.spentMinor > 0) ? order.spendMinor : 0
    if (row.spentMinor !== spentMinor || row.spends !== (spentMinor > 0 ? 1 : 0))
      say(`should have spent ${spentMinor} once`)
    const amountMinor = status === 'expected' ? 0 : order.amountMinor
    if (row.email !== order.email || (row.amountMinor ?? 0) !== amountMinor) say('has other facts')
    const earnedMinor = earnedOn(Math.max(0, amountMinor - spentMinor))
    // Before its spend it may have earned more, which was reversed: then its entries add up to the same.
    if (
      row.earnedMinor !== earnedMinor ||
      row.earns !== (amountMinor > 0 ? 1 : 0) ||
      row.entriesMinor !== earnedMinor - spentMinor
    )
      say(`should have earned ${earnedMinor} once`)
    addTo(expected, order.email, {
      ...(status === 'paid' ? { totalSpentMinor: amountMinor - spentMinor, ordersCount: 1 } : {}),
      availableMinor: (status === 'paid' ? earnedMinor : 0) - spentMinor,
      pendingMinor: status === 'created' ? earnedMinor : 0,
    })
  }
  for (const key of stored.keys()) problems.push(`${key} was never sent`)
  return { problems, expected }
}

/** 5 %, whole roubles. */
function earnedOn(minor: number): number {
  return Number((BigInt(minor) * EARN_PERCENT) / 10_000n) * 100
}

function addTo(standings: Map<string, Standing>, email: string, change: Partial<Standing>): void {
  const standing = standings.get(email) ?? {
    totalSpentMinor: 0,
    ordersCount: 0,
    availableMinor: 0,
    pendingMinor: 0,
  }
  for (const [name, value] of Object.entries(change)) standing[name as keyof Standing] += value
  standings.set(email, standing)
}

async function storedStandings(): Promise<Map<string, Standing>> {
  const rows = await sql.query<Standing & { email: string }>(`
    select i.value as email, a.total_spent_minor as "totalSpentMinor", a.orders_count as "ordersCount",
      coalesce(sum(l.remaining_minor) filter (where l.state = 'active'), 0)::bigint as "availableMinor",
      coalesce(sum(l.remaining_minor) filter (where l.state = 'pending'), 0)::bigint as "pendingMinor"
    from accounts a join identities i on i.project_id = a.project_id and i.customer_id = a.customer_id and i.kind = 'email'
    left join lots l on l.project_id = a.project_id and l.customer_id = a.customer_id group by a.project_id, a.customer_id, i.value`)
  return new Map(rows.map(({ email, ...standing }) => [email, standing]))
}

/** Balance = Σ lots = Σ entries, the account ends where its chain ends, and every chain is whole. */
async function bookProblems(): Promise<unknown[]> {
  const unbalanced = await sql.query(`
    select a.customer_id, a.balance_minor, l.lots, e.entries, a.sequence, e.last from accounts a
    left join lateral (select coalesce(sum(remaining_minor), 0) as lots from lots where project_id = a.project_id and customer_id = a.customer_id) l on true
    left join lateral (select coalesce(sum(amount_minor), 0) as entries, coalesce(max(sequence), 0) as last, count(*) as number
      from entries where project_id = a.project_id and customer_id = a.customer_id) e on true
    left join entries newest on newest.project_id = a.project_id and newest.customer_id = a.customer_id and newest.sequence = a.sequence
    where a.balance_minor <> l.lots or a.balance_minor <> e.entries or a.sequence <> e.last or e.last <> e.number or a.last_hash <> coalesce(newest.hash, '')`)
  const verify = verifyBooks({
    unitOfWork,
    books: postgresBooks,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  })
  const problems: unknown[] = [...unbalanced]
  const customers = await sql.query<{ id: string }>(
    `select customer_id as id from accounts where project_id = $1`,
    [project.id],
  )
  for (const { id } of customers) problems.push(...(await verify(project.id, id)))
  return problems
}
