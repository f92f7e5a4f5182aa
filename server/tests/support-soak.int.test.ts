import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { inWords } from '../bench/report.ts'
import { supportTalk, type SupportTalk } from '../bench/support-talk.ts'
import {
  startTelegramSimulator,
  type TelegramSimulator,
} from '../simulators/telegram/start-telegram-simulator.ts'
import {
  startTodoistSimulator,
  type TodoistSimulator,
} from '../simulators/todoist/start-todoist-simulator.ts'
import { freePort } from '../src/embedded/free-port.ts'
import { createPool } from '../src/postgres/pool.ts'
import { sqlOfPool } from '../src/postgres/sql.ts'
import { randomOf } from './random.fixture.ts'
import { keepRunning, type KeptServer } from './server-processes.fixture.ts'
import { APP, shopsWithDesk } from './support-desk.fixture.ts'
import { createDatabase, ENCRYPTION_KEY, eventually, OPERATOR_TOKEN } from './tapline.fixture.ts'

const SOAK_MS = Number(process.env.TAPLINE_SOAK_SECONDS ?? 8) * 1_000
const SEED = Number(process.env.TAPLINE_SEED ?? 6)
const CLEAN_MS = 10_000
const EVERY_MS = 10_000
const SHOPS = 4
const CUSTOMERS = 200
const PERCENT = 5
const MEMORY_MS = 500
/** A heap breathes; what leaks a kilobyte a message would grow by more. */
const MOST_GROWTH_MB = 40
const SETTLED_MS = 60_000

const random = randomOf(SEED)
const chance = () => random.below(1_000_000) / 1_000_000
let telegram: TelegramSimulator
let todoist: TodoistSimulator
let server: KeptServer
let talk: SupportTalk
let directory: string
let database: Awaited<ReturnType<typeof createDatabase>>
let pool: ReturnType<typeof createPool>

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tapline-soak-'))
  telegram = await startTelegramSimulator({ everyoneStarted: true })
  todoist = await startTodoistSimulator({})
  database = await createDatabase()
  pool = createPool({ url: database.url, max: 2, name: 'soak', onIdleError: () => undefined })
  server = keepRunning(await freePort(), {
    DATABASE_URL: database.url,
    REDIS_URL: inject('redisUrl'),
    TAPLINE_REDIS_PREFIX: `soak${randomBytes(4).toString('hex')}`,
    TAPLINE_OPERATOR_TOKEN: OPERATOR_TOKEN,
    TAPLINE_ENCRYPTION_KEYS: ENCRYPTION_KEY.toString('base64'),
    TAPLINE_DATA_DIRECTORY: directory,
    TAPLINE_LOG_LEVEL: 'error',
    TAPLINE_TELEGRAM_API_ROOT: telegram.url,
    TAPLINE_TELEGRAM_DELIVERY: 'webhook',
    TAPLINE_TODOIST_API_ROOT: todoist.url,
    TAPLINE_TODOIST_CLIENT_ID: APP.clientId,
    TAPLINE_TODOIST_CLIENT_SECRET: APP.clientSecret,
    TAPLINE_TODOIST_POLL_SECONDS: '5',
  })
  await eventually(() => Promise.resolve(server.isReady()), (ready) => ready, 50_000) // prettier-ignore
  todoist.registerApp({ ...APP, callbackUrl: `${server.url}/v1/todoist-events` })
  const shop = shopsWithDesk({
    telegram,
    todoist,
    appClientId: APP.clientId,
    createShop: (name) =>
      ask<{ id: string; secretKey: string }>(OPERATOR_TOKEN, 'POST', '/admin/v1/projects', {
        name,
        currency: 'RUB',
        locale: 'en',
      }),
    must: <Body>({ secretKey }: { secretKey: string }, method: string, path: string, body?: unknown) =>
      ask<Body>(secretKey, method, path, body),
  })
  const shops = []
  for (let index = 0; index < SHOPS; index++) shops.push(await shop({ agents: ['Olga', 'Pavel', 'Rita'] }))
  talk = supportTalk({ telegram, todoist, shops, customersPerShop: CUSTOMERS / SHOPS, chance })
}, 90_000)

afterAll(async () => {
  await talk?.stop()
  await server?.stop()
  await Promise.all([telegram?.stop(), todoist?.stop()])
  await pool?.end()
  await database?.drop()
  await rm(directory, { recursive: true, force: true, maxRetries: 5 })
}, 60_000)

it(
  `${CUSTOMERS} customers and their agents understand each other while ${PERCENT} % goes wrong (TAPLINE_SEED=${SEED})`,
  { timeout: EVERY_MS + CLEAN_MS + SOAK_MS + 4 * SETTLED_MS + 60_000 },
  async () => {
    // First words open tickets; what is measured comes after, as on any day.
    await talk.talk({ forMs: EVERY_MS, everyMs: EVERY_MS })
    await talk.settled(SETTLED_MS)
    const from = await talk.talk({ forMs: CLEAN_MS, everyMs: EVERY_MS })
    const clean = Date.now()
    expect(await talk.settled(SETTLED_MS)).toEqual([])

    const memory = watchMemory()
    telegram.injectFaults({ percent: PERCENT, seed: SEED, effects: [...TELEGRAM_FAULTS] })
    todoist.injectFaults({ percent: PERCENT, seed: SEED, effects: [...TODOIST_FAULTS] })
    const troublingEvents = loseEvents()
    await talk.talk({ forMs: SOAK_MS, everyMs: EVERY_MS })
    clearInterval(troublingEvents)
    const grown = memory.stop()
    telegram.clearFaults()
    todoist.clearFaults()
    const troubled = Date.now()
    const missing = await talk.settled(SETTLED_MS)
    const settled = Date.now()
    await eventually(waiting, (left) => left.length === 0, SETTLED_MS).catch(() => undefined)

    const [quiet, noisy] = [talk.delays(from, clean), talk.delays(clean, troubled)]
    const found = talk.problems()
    const uncertain = await uncertainAnswers()
    console.log(
      [
        `support soak, seed ${SEED}: settled ${settled - troubled} ms after the faults, ${found.repeated.length} answers repeated, ${uncertain.size} uncertain`,
        `  without faults: to the board ${inWords(quiet.toBoard)}; to Telegram ${inWords(quiet.toTelegram)}`,
        `  with faults:    to the board ${inWords(noisy.toBoard)}; to Telegram ${inWords(noisy.toTelegram)}`,
        `  memory: ${grown.inWords}`,
      ].join('\n'),
    )
    expect(missing).toEqual([])
    expect(found.board).toEqual([])
    expect(found.telegram).toEqual([])
    expect(found.repeated.filter((name) => !uncertain.has(name))).toEqual([])
    expect(await waiting()).toEqual([])
    expect(await dead()).toEqual([])
    expect(await ticketsPerPerson()).toEqual([{ tickets: CUSTOMERS, people: CUSTOMERS }])
    expect(server.deaths).toEqual([])
    expect(grown.grownMb).toBeLessThan(MOST_GROWTH_MB)
  },
)

const TELEGRAM_FAULTS = [
  'drop-before-processing',
  'drop-after-processing',
  'delay',
  'server-error',
  'too-many-requests',
  'duplicate-update',
  'delay-update',
  'drop-update-answer',
  'reorder-update',
] as const
const TODOIST_FAULTS = ['drop-before-processing', 'drop-after-processing', 'delay', '500', '429'] as const

/** Of about forty events a second, one in twenty. */
function loseEvents(): NodeJS.Timeout {
  const effects = ['drop', 'duplicate', 'reorder'] as const
  return setInterval(() => {
    if (random.chance(25)) todoist.failNextEvent({ times: 1, delayMs: 300 })
    else todoist.failNextEvent({ times: 1, effect: random.pick(effects) })
  }, 500)
}

async function ask<Body>(token: string, method: string, path: string, body?: unknown): Promise<Body> {
  const response = await fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Body
}

const query = <Row extends object>(text: string) => sqlOfPool(pool).query<Row>(text)

function waiting() {
  return query(
    `select queue, line, key, problem, attempts from line_items where state = 'waiting'
     union all select 'board', ticket_id, key, problem, attempts from board_commands where state = 'waiting'`,
  )
}

function dead() {
  return query(
    `select queue, line, key, problem from line_items where state = 'dead'
     union all select 'board', ticket_id, key, problem from board_commands where state = 'dead'`,
  )
}

function ticketsPerPerson() {
  return query(`select count(*)::int as tickets, count(distinct participant_id)::int as people from tickets`)
}

/** Answers that Telegram may have had more than once, by what they say. */
async function uncertainAnswers(): Promise<Set<string>> {
  const rows = await query<{ text: string }>(
    `select m.text from line_items i join messages m on m.project_id = i.project_id
       and m.conversation_id = split_part(i.key, ':', 1) and m.sequence::text = split_part(i.key, ':', 2)
     where i.problem like 'uncertain%'`,
  )
  return new Set(rows.map(({ text }) => text.replace('Re ', '')))
}

/** What the server's process has: its own, since simulators and test are elsewhere. */
function watchMemory() {
  const seen: number[] = []
  const look = () => {
    const found = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${server.pid()}/status`, 'utf8'))
    seen.push(Number(found![1]) / 1_024)
  }
  const timer = setInterval(look, MEMORY_MS)
  return {
    /** The least of a quarter is what the collector leaves over; only the second half has warmed up. */
    stop() {
      clearInterval(timer)
      const quarter = Math.max(1, Math.floor(seen.length / 4))
      const least = [0, 1, 2, 3].map((at) => Math.min(...seen.slice(at * quarter, (at + 1) * quarter)))
      return {
        grownMb: least[3]! - least[2]!,
        inWords: `least of each quarter ${least.map((mb) => mb.toFixed(0)).join(', ')} MB`,
      }
    },
  }
}
