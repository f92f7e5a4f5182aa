import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { components } from '@tapline/openapi'
import { freePort } from '../src/embedded/free-port.ts'
import { postgresBooks } from '../src/loyalty/adapters/postgres/postgres-books.ts'
import { verifyBooks } from '../src/loyalty/verify-books.ts'
import { createPool } from '../src/postgres/pool.ts'
import { sqlOfPool, unitOfWork as unitOfWorkOn } from '../src/postgres/sql.ts'
import { startBreakablePostgres, startBreakableRedis } from './outages.fixture.ts'
import { keepRunning, type KeptServer } from './server-processes.fixture.ts'
import type { Random } from './random.fixture.ts'
import { eventually, OPERATOR_TOKEN, type CreatedProject } from './tapline.fixture.ts'

type Schemas = components['schemas']
export type CrashingCluster = Awaited<ReturnType<typeof startCrashingCluster>>
type Act = 'kill' | 'killAll' | 'flush' | 'killRedis' | 'restartPostgres' | 'killPostgres'
export type Chaos = { deck: readonly Act[]; pauseMs: [least: number, most: number] }

/** Servers as processes on a Postgres and a Redis of their own, all of which can be killed and come back. Each has all roles, or those that `rolesOf` gives it; `api` among them. */
export async function startCrashingCluster(
  size: number,
  rolesOf?: (index: number) => string,
  env: Record<string, string> = {},
) {
  const directory = await mkdtemp(join(tmpdir(), 'tapline-crash-'))
  const postgres = await startBreakablePostgres(join(directory, 'postgres'))
  const redis = await startBreakableRedis(join(directory, 'redis'))
  const environment = {
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    TAPLINE_OPERATOR_TOKEN: OPERATOR_TOKEN,
    TAPLINE_ENCRYPTION_KEYS: randomBytes(32).toString('base64'),
    TAPLINE_LOG_LEVEL: 'error',
    TAPLINE_TELEGRAM_API_ROOT: 'http://127.0.0.1:9',
    TAPLINE_WEBHOOK_ALLOW: '127.0.0.1',
  }
  // All at once on an empty database, as a first deployment does it.
  const servers: KeptServer[] = await Promise.all(
    Array.from({ length: size }, async (_, index) =>
      keepRunning(await freePort(), {
        ...environment,
        ...env,
        TAPLINE_DATA_DIRECTORY: join(directory, `server-${index}`),
        ...(rolesOf === undefined ? {} : { TAPLINE_ROLES: rolesOf(index) }),
      }),
    ),
  )
  const pool = createPool({ url: postgres.url, max: 4, name: 'crash-test', onIdleError: () => undefined })
  const sql = sqlOfPool(pool)
  const verify = verifyBooks({
    unitOfWork: unitOfWorkOn(pool),
    books: postgresBooks,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  })

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

  const cluster = {
    servers,
    redis,
    urls: servers.map(({ url }) => url),
    sql,
    count,
    allReady,
    call,
    kills: () => servers.reduce((sum, server) => sum + server.counts.kills, 0),

    async createProject(
      settings: Schemas['ProjectInput'],
      program: Schemas['ProgramInput'],
    ): Promise<CreatedProject> {
      const project = (await call('POST', '/admin/v1/projects', OPERATOR_TOKEN, settings)) as CreatedProject
      const path = `/admin/v1/projects/${project.id}`
      await call('PATCH', path, OPERATOR_TOKEN, { rateLimitPerMinute: 100_000 })
      await call('PUT', '/v1/program', project.secretKey, program)
      return project
    },

    /** Kills, floods of nothing, restarts: in an order that the seed decides, each of them at least once a deck. */
    async chaos(
      random: Random,
      until: number,
      { deck, pauseMs: [least, most] }: Chaos,
    ): Promise<Record<string, number>> {
      const counts = { flushes: 0, redisKills: 0, postgresRestarts: 0, postgresKills: 0 }
      const acts = {
        kill() {
          // A slow machine needs long for a start: somebody must be there to be killed in the middle of work.
          const ready = servers.filter((server) => server.isReady())
          if (ready.length > 1) random.pick(ready).kill()
        },
        killAll: () => servers.forEach((server) => server.kill()),
        async flush(): Promise<void> {
          counts.flushes++
          await redis.flush()
        },
        async killRedis(): Promise<void> {
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
      } satisfies Record<Act, () => unknown>
      let left: Act[] = []
      while (Date.now() < until) {
        if (left.length === 0) left = random.shuffle([...deck])
        await delay(Math.min(least + random.below(most - least), Math.max(0, until - Date.now())))
        await acts[left.pop()!]()
      }
      return counts
    },

    /** Nothing accepted waits any more, nothing is untold. */
    async drained(withinMs: number): Promise<void> {
      await eventually(() => count(`inbox_items where status = 'accepted'`), (left) => left === 0, withinMs) // prettier-ignore
      await eventually(() => count(`outbox_events where relayed_at is null`), (left) => left === 0) // prettier-ignore
    },

    /** Balance = Σ lots − debt = Σ entries, the account ends where its chain ends, and every chain is whole. */
    async bookProblems(projectId: string): Promise<unknown[]> {
      const unbalanced = await sql.query(`
        select a.customer_id, a.balance_minor, a.debt_minor, l.lots, e.entries, a.sequence, e.last from accounts a
        left join lateral (select coalesce(sum(remaining_minor), 0) as lots from lots where project_id = a.project_id and customer_id = a.customer_id) l on true
        left join lateral (select coalesce(sum(amount_minor), 0) as entries, coalesce(max(sequence), 0) as last, count(*) as number
          from entries where project_id = a.project_id and customer_id = a.customer_id) e on true
        left join entries newest on newest.project_id = a.project_id and newest.customer_id = a.customer_id and newest.sequence = a.sequence
        where a.balance_minor <> l.lots - a.debt_minor or a.balance_minor <> e.entries or a.sequence <> e.last or e.last <> e.number
          or a.last_hash <> coalesce(newest.hash, '')`)
      const problems: unknown[] = [...unbalanced]
      const customers = await sql.query<{ id: string }>(
        `select customer_id as id from accounts where project_id = $1`,
        [projectId],
      )
      for (const { id } of customers) problems.push(...(await verify(projectId, id)))
      return problems
    },

    async stop(): Promise<void> {
      await Promise.all(servers.map((server) => server.stop()))
      await pool.end()
      await redis.stop()
      await postgres.stop()
      await rm(directory, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  try {
    await allReady(90_000)
  } catch (error) {
    await cluster.stop()
    throw error
  }
  return cluster
}
