import {
  startTelegramSimulator,
  type TelegramSimulator,
} from '../simulators/telegram/start-telegram-simulator.ts'
import {
  startTodoistSimulator,
  type TodoistSimulator,
} from '../simulators/todoist/start-todoist-simulator.ts'
import { askChat } from './chat-ticket.ts'
import { startProcess } from './processes.ts'
import { inWords, type Row } from './report.ts'
import type { BareDesk, SupportBareJob } from './support-bare.ts'
import { supportTalk, type TalkShop } from './support-talk.ts'
import { createShop, type Role, type Surroundings } from './surroundings.ts'

const SHOPS = 4
const CUSTOMERS = 200
const EVERY_MS = 10_000
const MEASURED_MS = 20_000
const SETTLED_MS = 60_000
const POLL_SECONDS = 2
const APP = { clientId: 'bench', clientSecret: 'secret-of-the-bench' }

type World = { telegram: TelegramSimulator; todoist: TodoistSimulator }
type Desk = TalkShop & BareDesk
type Delays = ReturnType<ReturnType<typeof supportTalk>['delays']>

/** How long a customer's words need to the board, and an agent's to Telegram. */
export async function support(surroundings: Surroundings): Promise<Row> {
  const bare = await among((world) => measureBare(world))
  const woken = await among((world) => measureProduct(surroundings, world, true))
  const asking = await among((world) => measureProduct(surroundings, world, false))
  return {
    row: 'support',
    ours: worst(woken),
    baseline: worst(bare),
    unit: 'ms p95',
    must: { oursAtMost: 500 },
    aim: { oursAtMost: 250 },
    measuredBaseline: undefined,
    note:
      `woken: to the board ${inWords(woken.toBoard)}, to Telegram ${inWords(woken.toTelegram)}; asking every ${POLL_SECONDS} s: ` +
      `to the board ${inWords(asking.toBoard)}, to Telegram ${inWords(asking.toTelegram)}; bare: ${inWords(bare.toBoard)}, ${inWords(bare.toTelegram)}`,
  }
}

const worst = ({ toBoard, toTelegram }: Delays) => Math.max(toBoard.p95, toTelegram.p95)

async function among(measure: (world: World) => Promise<Delays>): Promise<Delays> {
  const world = {
    telegram: await startTelegramSimulator({ everyoneStarted: true }),
    todoist: await startTodoistSimulator({}),
  }
  try {
    return await measure(world)
  } finally {
    await Promise.all([world.telegram.stop(), world.todoist.stop()])
  }
}

async function measureProduct(surroundings: Surroundings, world: World, isWoken: boolean): Promise<Delays> {
  const { telegram, todoist } = world
  const database = await surroundings.createDatabase(isWoken ? 'support_woken' : 'support_asking')
  const server = await surroundings.startRole('api,gateway,worker,relay,scheduler', database, {
    TAPLINE_TELEGRAM_API_ROOT: telegram.url,
    TAPLINE_TELEGRAM_DELIVERY: isWoken ? 'webhook' : 'polling',
    TAPLINE_TODOIST_API_ROOT: todoist.url,
    TAPLINE_TODOIST_POLL_SECONDS: String(isWoken ? 20 : POLL_SECONDS),
    ...(isWoken
      ? { TAPLINE_TODOIST_CLIENT_ID: APP.clientId, TAPLINE_TODOIST_CLIENT_SECRET: APP.clientSecret }
      : {}),
  })
  try {
    if (isWoken)
      todoist.registerApp({ ...APP, callbackUrl: `http://127.0.0.1:${server.port}/v1/todoist-events` })
    const desks: Desk[] = []
    for (let index = 0; index < SHOPS; index++) desks.push(await openDesk(world, server, index, isWoken))
    return await measure(world, desks)
  } finally {
    await server.stop()
    await database.close()
  }
}

async function openDesk(world: World, server: Role, index: number, isWoken: boolean): Promise<Desk> {
  const { secretKey } = await createShop(server)
  const desk = prepareDesk(world, index, isWoken)
  const put = (path: string, body: object) =>
    askChat<{ boardId: string }>(server.port, secretKey, 'PUT', path, body)
  await put('/v1/integrations/telegram', { token: desk.botToken })
  const { boardId } = await put('/v1/integrations/todoist', { token: desk.todoistToken })
  for (const { uid } of desk.agents) {
    world.todoist.shareProject({ projectId: boardId, uid })
    const agent = { name: `Agent ${uid}`, todoistUserId: uid }
    await askChat(server.port, secretKey, 'POST', '/v1/agents', agent)
  }
  return { ...desk, boardId }
}

async function measureBare(world: World): Promise<Delays> {
  const { telegram, todoist } = world
  const bare = startProcess<SupportBareJob, number>('./support-bare.ts')
  try {
    const desks = Array.from({ length: SHOPS }, (_, index) => {
      const desk = prepareDesk(world, index, true)
      const { id: boardId } = todoist.createProject({ uid: desk.accountUid, name: 'Bare' })
      for (const { uid } of desk.agents) todoist.shareProject({ projectId: boardId, uid })
      return { ...desk, boardId }
    })
    const port = await bare.ask({ telegramUrl: telegram.url, todoistUrl: todoist.url, desks })
    todoist.registerApp({ ...APP, callbackUrl: `http://127.0.0.1:${port}/events` })
    for (const [index, { botToken }] of desks.entries()) {
      const hook = encodeURIComponent(`http://127.0.0.1:${port}/${index}`)
      await fetch(`${telegram.url}/bot${botToken}/setWebhook?url=${hook}`)
    }
    return await measure(world, desks)
  } finally {
    await bare.stop()
  }
}

function prepareDesk({ telegram, todoist }: World, index: number, isWoken: boolean): Omit<Desk, 'boardId'> {
  const botToken = `${700_000 + index}:secret-of-the-bot-${index}`
  const { id: botId } = telegram.createBot({ token: botToken, username: `bench_${index}_bot` })
  const { uid: accountUid } = todoist.createUser({ name: `Bridge ${index}` })
  const todoistToken = todoist.createToken({
    uid: accountUid,
    ...(isWoken ? { clientId: APP.clientId } : {}),
  })
  const agents = [1, 2, 3].map((number) => todoist.createUser({ name: `Agent ${index}-${number}` }))
  return { botToken, botId, accountUid, todoistToken, agents }
}

async function measure(world: World, shops: TalkShop[]): Promise<Delays> {
  const talk = supportTalk({ ...world, shops, customersPerShop: CUSTOMERS / SHOPS, chance: Math.random })
  try {
    // First words open tickets; what is measured comes after, as on any day.
    await talk.talk({ forMs: EVERY_MS, everyMs: EVERY_MS })
    await settle()
    const from = await talk.talk({ forMs: MEASURED_MS, everyMs: EVERY_MS })
    const until = Date.now()
    await settle()
    const { board, telegram } = talk.problems()
    if (board.length + telegram.length > 0) throw new Error([...board, ...telegram].slice(0, 5).join('\n'))
    return talk.delays(from, until)
  } finally {
    await talk.stop()
  }

  async function settle(): Promise<void> {
    const missing = await talk.settled(SETTLED_MS)
    if (missing.length > 0) throw new Error(`${missing.length} were lost: ${missing.slice(0, 5).join(', ')}`)
  }
}
