import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startEmbeddedPostgres } from '../src/embedded/embedded-postgres.ts'
import { startEmbeddedRedis } from '../src/embedded/embedded-redis.ts'
import { freePort } from '../src/embedded/free-port.ts'
import { migrate } from '../src/postgres/migrate.ts'
import { createPool } from '../src/postgres/pool.ts'
import type { UnitOfWork } from '../src/kernel/transaction.ts'
import { sqlOfPool, unitOfWork, type Sql } from '../src/postgres/sql.ts'
import { MIGRATIONS } from '../src/schema.ts'
import { startProcess, type Started } from './processes.ts'

export type Database = { url: string; sql: Sql; unitOfWork: UnitOfWork; close: () => Promise<void> }
export type Role = { port: number } & Pick<Started, 'stop' | 'cpuSeconds' | 'residentMb'>
export type Shop = {
  projectId: string
  webhookSecret: string
  signingSecret: string
  secretKey: string
  publishableKey: string
}
export type Surroundings = Awaited<ReturnType<typeof startSurroundings>>

const OPERATOR_TOKEN = randomBytes(24).toString('hex')
const ENCRYPTION_KEY = randomBytes(32).toString('base64')
const READY_MS = 30_000

/** A real Postgres with fsync and a real Redis, in directories of their own, and the product's roles as processes. */
export async function startSurroundings() {
  const directory = await mkdtemp(join(tmpdir(), 'tapline-bench-'))
  const searchPath = process.env.PATH ?? ''
  const postgres = await startEmbeddedPostgres({ dataDirectory: join(directory, 'postgres'), searchPath })
  const redis = await startEmbeddedRedis({
    dataDirectory: join(directory, 'redis'),
    searchPath,
    production: true,
  })
  const admin = createPool({ url: postgres.url, max: 1, name: 'bench', onIdleError: () => undefined })

  return {
    /** Migrated, and empty. */
    async createDatabase(name: string): Promise<Database> {
      await admin.query(`create database ${name}`)
      const address = new URL(postgres.url)
      address.pathname = `/${name}`
      await migrate(address.href, MIGRATIONS)
      const pool = createPool({ url: address.href, max: 2, name: 'bench', onIdleError: () => undefined })
      return {
        url: address.href,
        sql: sqlOfPool(pool),
        unitOfWork: unitOfWork(pool),
        close: () => pool.end(),
      }
    },

    /** `npm start` with these roles and no other. Ready when it resolves, where there is a port to ask. */
    async startRole(roles: string, database: Database, settings: Record<string, string> = {}): Promise<Role> {
      const port = await freePort()
      const { child, stop, cpuSeconds, residentMb } = startProcess('./role.ts', {
        TAPLINE_ROLES: roles,
        PORT: String(port),
        DATABASE_URL: database.url,
        REDIS_URL: redis.url,
        TAPLINE_REDIS_PREFIX: new URL(database.url).pathname.slice(1),
        TAPLINE_ENCRYPTION_KEYS: ENCRYPTION_KEY,
        TAPLINE_OPERATOR_TOKEN: OPERATOR_TOKEN,
        TAPLINE_LOG_LEVEL: 'warn',
        TAPLINE_WEBHOOK_ALLOW: '127.0.0.1',
        ...settings,
      })
      const until = Date.now() + READY_MS
      const ready = roles.includes('api') ? isReady : roles.includes('gateway') ? isOpen : undefined
      while (ready !== undefined && !(await ready(port))) {
        if (child.exitCode !== null || Date.now() > until) throw new Error(`The roles ${roles} did not start`)
        await delay(50)
      }
      return { port, stop, cpuSeconds, residentMb }
    },

    async stop() {
      await admin.end()
      await redis.stop()
      await postgres.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** Signatures required, the limiter on but out of the way. */
export async function createShop({ port }: Role): Promise<Shop> {
  const ask = async (method: string, path: string, body: object) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { authorization: `Bearer ${OPERATOR_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok)
      throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
    return response.json()
  }
  const project = (await ask('POST', '/admin/v1/projects', { name: 'Bench', currency: 'RUB' })) as {
    id: string
  } & Shop
  await ask('PATCH', `/admin/v1/projects/${project.id}`, {
    requireSignature: true,
    rateLimitPerMinute: 1_000_000,
  })
  // A process keeps what it knows of a project for a second.
  await delay(1_100)
  const { id: projectId, webhookSecret, signingSecret, secretKey, publishableKey } = project
  return { projectId, webhookSecret, signingSecret, secretKey, publishableKey }
}

async function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/readyz`).then(({ ok }) => ok, () => false) // prettier-ignore
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true))
    socket.once('connect', () => socket.destroy()).once('error', () => resolve(false))
  })
}
