import { afterAll, beforeAll, expect, it } from 'vitest'
import { supportTalk, type SupportTalk } from '../bench/support-talk.ts'
import {
  startTelegramSimulator,
  type TelegramSimulator,
} from '../simulators/telegram/start-telegram-simulator.ts'
import {
  startTodoistSimulator,
  type TodoistSimulator,
} from '../simulators/todoist/start-todoist-simulator.ts'
import { startBalancer } from './balancer.fixture.ts'
import { startCrashingCluster, type Chaos, type CrashingCluster } from './crashing-cluster.fixture.ts'
import { randomOf } from './random.fixture.ts'
import { APP, shopsWithDesk } from './support-desk.fixture.ts'
import { eventually } from './tapline.fixture.ts'

const SOAK_MS = Number(process.env.TAPLINE_SOAK_SECONDS ?? 8) * 1_000
const SEED = Number(process.env.TAPLINE_SEED ?? 7)
const CUSTOMERS = 20
const EVERY_MS = 2_500
const BONUS = 7
const SETTLED_MS = 90_000
const CHAOS: Chaos = {
  deck: ['kill', 'flush', 'kill', 'killAll', 'killRedis', 'kill'],
  pauseMs: [600, 2_400],
}

const random = randomOf(SEED)
const chance = () => random.below(1_000_000) / 1_000_000
let telegram: TelegramSimulator
let todoist: TodoistSimulator
let balancer: Awaited<ReturnType<typeof startBalancer>>
let cluster: CrashingCluster
let talk: SupportTalk

beforeAll(async () => {
  telegram = await startTelegramSimulator({ everyoneStarted: true })
  todoist = await startTodoistSimulator({})
  const ready = () => (cluster?.servers ?? []).filter((server) => server.isReady())
  balancer = await startBalancer(() => ready().map(({ url }) => Number(new URL(url).port)))
  cluster = await startCrashingCluster(2, undefined, {
    TAPLINE_PUBLIC_URL: balancer.url,
    TAPLINE_TELEGRAM_API_ROOT: telegram.url,
    TAPLINE_TELEGRAM_DELIVERY: 'webhook',
    TAPLINE_TODOIST_API_ROOT: todoist.url,
    TAPLINE_TODOIST_CLIENT_ID: APP.clientId,
    TAPLINE_TODOIST_CLIENT_SECRET: APP.clientSecret,
    TAPLINE_TODOIST_POLL_SECONDS: '2',
  })
  todoist.registerApp({ ...APP, callbackUrl: `${balancer.url}/v1/todoist-events` })
  const shop = await shopsWithDesk({
    telegram,
    todoist,
    appClientId: APP.clientId,
    createShop: (name) => cluster.createProject({ name, currency: 'RUB', locale: 'en' }, { basePercent: 10 }),
    must: async <Body>({ secretKey }: { secretKey: string }, method: string, path: string, body?: unknown) =>
      (await cluster.call(method, path, secretKey, body)) as Body,
  })({ agents: ['Olga', 'Pavel'] })
  talk = supportTalk({ telegram, todoist, shops: [shop], customersPerShop: CUSTOMERS, chance })
  for (const { id } of talk.customers)
    telegram.shareContact({ botId: shop.botId, personId: id, phone: `+7900${id}0` })
  await eventually(() => cluster.count('customers'), (count) => count === CUSTOMERS, 30_000) // prettier-ignore
}, 150_000)

afterAll(async () => {
  await talk?.stop()
  await cluster?.stop()
  await balancer?.stop()
  await Promise.all([telegram?.stop(), todoist?.stop()])
}, 60_000)

it(
  `loses nothing between Telegram and the board through kills of servers and Redis, and does nothing twice (TAPLINE_SEED=${SEED})`,
  { timeout: SOAK_MS + 2 * SETTLED_MS + 90_000 },
  async () => {
    const until = Date.now() + SOAK_MS
    let isTalking = true
    const [chaos] = await Promise.all([
      cluster.chaos(random, until, CHAOS),
      talk.talk({ forMs: SOAK_MS, everyMs: EVERY_MS }).finally(() => (isTalking = false)),
      giveBonuses(() => isTalking),
    ])
    await cluster.allReady(60_000)
    const began = Date.now()
    const missing = await talk.settled(SETTLED_MS)
    await eventually(waiting, (left) => left === 0, SETTLED_MS)
    await giveBonuses(() => false)
    await eventually(given, (rows) => rows.length === CUSTOMERS, SETTLED_MS).catch(() => undefined)

    const found = talk.problems()
    const said = talk.customers.reduce((sum, one) => sum + one.questions.length + one.answers.length, 0)
    console.log(
      `support crash, seed ${SEED}: ${said} messages, ${cluster.kills()} kills, ${JSON.stringify(chaos)}, settled ${Date.now() - began} ms after the last start, ${found.repeated.length} answers repeated`,
    )
    expect(missing).toEqual([])
    expect(found.board).toEqual([])
    expect(found.telegram).toEqual([])
    expect(await cluster.count('tickets')).toBe(CUSTOMERS)
    expect(await cluster.count(`line_items where state = 'dead'`)).toBe(0)
    expect(await cluster.count(`board_commands where state = 'dead'`)).toBe(0)
    expect((await given()).filter(({ times, minor }) => times !== 1 || minor !== BONUS * 100)).toEqual([])
    expect(await given()).toHaveLength(CUSTOMERS)
    expect(cluster.kills()).toBeGreaterThan(1)
    expect(cluster.servers.flatMap(({ deaths }) => deaths)).toEqual([])
  },
)

const thanked = new Set<string>()

/** A comment with a bonus on each task, as soon as there is one; each once. */
async function giveBonuses(isTalking: () => boolean): Promise<void> {
  do {
    for (const { taskId, shop } of talk.customers) {
      if (taskId === undefined || thanked.has(taskId) || (isTalking() && !random.chance(10))) continue
      thanked.add(taskId)
      todoist.addComment({ uid: shop.agents[0]!.uid, taskId, content: `/bonus ${BONUS} thank you` })
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  } while (isTalking())
}

/** What customers have of what agents gave. */
function given() {
  return cluster.sql.query<{ id: string; times: number; minor: number }>(
    `select customer_id as id, count(*)::int as times, sum(amount_minor)::int as minor from entries group by 1`,
  )
}

async function waiting(): Promise<number> {
  const [items, commands] = await Promise.all([
    cluster.count(`line_items where state = 'waiting'`),
    cluster.count(`board_commands where state = 'waiting'`),
  ])
  return items + commands
}
