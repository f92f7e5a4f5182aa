import { randomBytes } from 'node:crypto'
import type { components } from '@tapline/openapi'
import { inject } from 'vitest'
import { startTelegramSimulator } from '../simulators/telegram/start-telegram-simulator.ts'
import { startApp, type App, type AppSettings } from '../src/app.ts'
import { readConfig, type Role } from '../src/config.ts'
import { createPool } from '../src/postgres/pool.ts'
import { createLog } from '../src/telemetry/log.ts'
import { databaseAt, TEMPLATE } from './global-setup.ts'

type Schemas = components['schemas']

export type CreatedProject = Schemas['CreatedProject']
export const OPERATOR_TOKEN = 'operator-token-of-the-tests-0123456789'
export const ENCRYPTION_KEY = Buffer.alloc(32, 3)

/** A database of its own, cloned from the template. */
export async function createDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const admin = inject('databaseUrl')
  const name = `t_${randomBytes(6).toString('hex')}`
  await query(admin, `create database ${name} template ${TEMPLATE}`)
  return { url: databaseAt(admin, name), drop: () => query(admin, `drop database ${name} with (force)`) }
}

async function query(url: string, text: string): Promise<void> {
  const pool = createPool({ url, max: 1, name: 'tests', onIdleError: () => undefined })
  try {
    await pool.query(text)
  } finally {
    await pool.end()
  }
}

export type Answer<Body = Record<string, unknown>> = { status: number; headers: Headers; body: Body }

/** What the door may answer: an acceptance or a problem. */
export type DoorBody = Omit<Schemas['Accepted'], 'status'> &
  Omit<Schemas['Problem'], 'status'> & { status: string | number }

export type Shop = CreatedProject & {
  /** Posts to the door. */
  post(body: unknown, headers?: Record<string, string>): Promise<Answer<DoorBody>>
  get<Body = Record<string, never>>(path: string): Promise<Answer<Body>>
  put<Body = Record<string, never>>(path: string, body: unknown): Promise<Answer<Body>>
  customer(contact: { email?: string; phone?: string; externalId?: string }): Promise<Schemas['Customer']>
}

export type Tapline = Awaited<ReturnType<typeof startTapline>>

type Choices = {
  roles?: Role[]
  database?: { url: string }
  prefix?: string
  /** Further settings, as the environment would give them. */
  env?: Record<string, string>
} & Partial<Pick<AppSettings, 'log' | 'redisUrl'>>

/** The whole product on real Postgres and Redis, as `npm start` composes it, with a Telegram simulator beside. */
export async function startTapline({ roles, database, prefix, env = {}, ...instead }: Choices = {}) {
  const own = database === undefined ? await createDatabase() : undefined
  const databaseUrl = (database ?? own!).url
  const telegram = await startTelegramSimulator({ port: 0, host: '127.0.0.1', everyoneStarted: true })
  const app: App = await startApp({
    config: readConfig(
      {
        PORT: '0',
        DATABASE_URL: databaseUrl,
        TAPLINE_ENCRYPTION_KEYS: ENCRYPTION_KEY.toString('base64'),
        TAPLINE_REDIS_PREFIX: prefix ?? `t${randomBytes(6).toString('hex')}`,
        TAPLINE_LOG_LEVEL: process.env.TAPLINE_LOG_LEVEL ?? 'fatal',
        ...(roles === undefined ? {} : { TAPLINE_ROLES: roles.join(',') }),
        ...env,
      },
      '/nowhere',
    ),
    databaseUrl,
    redisUrl: inject('redisUrl'),
    telegramApiRoot: telegram.url,
    todoistApiRoot: env.TAPLINE_TODOIST_API_ROOT ?? 'http://127.0.0.1:9',
    operatorToken: OPERATOR_TOKEN,
    encryptionKeys: [ENCRYPTION_KEY],
    log: createLog(process.env.TAPLINE_LOG_LEVEL ?? 'fatal'),
    validateResponses: true,
    ...instead,
  })
  const url = app.url()

  async function call<Body>(
    method: string,
    path: string,
    token: string | undefined,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const response = await fetch(path.startsWith('http') ? path : url + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const json = response.headers.get('content-type')?.includes('json') === true && text !== ''
    return {
      status: response.status,
      headers: response.headers,
      body: (json ? JSON.parse(text) : text) as Body,
    }
  }

  async function createShop(
    settings: Partial<Schemas['ProjectInput']> = {},
    program?: Schemas['ProgramInput'],
  ): Promise<Shop> {
    const { body: project, status } = await call<CreatedProject>(
      'POST',
      '/admin/v1/projects',
      OPERATOR_TOKEN,
      { name: 'Test shop', currency: 'RUB', ...settings },
    )
    if (status !== 201) throw new Error(`The project was not created: ${JSON.stringify(project)}`)
    const shop: Shop = {
      ...project,
      post: (body, headers) => call('POST', project.webhookUrl, undefined, body, headers),
      get: (path) => call('GET', path, project.secretKey),
      put: (path, body) => call('PUT', path, project.secretKey, body),
      customer: async (contact) => {
        const answer = await shop.get<{ data: Schemas['Customer'][] }>(
          `/v1/customers?${new URLSearchParams(contact).toString()}`,
        )
        const [customer] = answer.body.data ?? []
        if (customer === undefined)
          throw new Error(`No customer ${JSON.stringify(contact)}: ${JSON.stringify(answer.body)}`)
        return customer
      },
    }
    // Tests come faster than a shop's customers.
    await admin('PATCH', `/admin/v1/projects/${project.id}`, { rateLimitPerMinute: 100_000 })
    if (program !== undefined) {
      const published = await shop.put('/v1/program', program)
      if (published.status !== 200)
        throw new Error(`The program was refused: ${JSON.stringify(published.body)}`)
    }
    return shop
  }

  const admin = <Body = Record<string, never>>(method: string, path: string, body?: unknown) =>
    call<Body>(method, path, OPERATOR_TOKEN, body)

  return {
    url,
    app,
    telegram,
    databaseUrl,
    call,
    admin,
    createShop,
    async stop() {
      await app.stop()
      await telegram.stop()
      await own?.drop()
    },
  }
}

/** Asks until the answer is there; a test that waits for what never comes says what it saw last. */
export async function eventually<T>(
  look: () => Promise<T>,
  accept: (seen: T) => boolean,
  withinMs = 10_000,
): Promise<T> {
  const until = Date.now() + withinMs
  for (;;) {
    const seen = await look()
    if (accept(seen)) return seen
    if (Date.now() > until)
      throw new Error(`Not within ${withinMs} ms; last seen: ${String(JSON.stringify(seen)).slice(0, 1_000)}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
