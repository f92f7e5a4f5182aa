import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { startEmbeddedPostgres } from './embedded/embedded-postgres.ts'
import { startEmbeddedRedis } from './embedded/embedded-redis.ts'
import type { Logger } from './telemetry/log.ts'

export type Infrastructure = {
  databaseUrl: string
  redisUrl: string
  /** Where the demo's bot and board live, when these are simulators. */
  simulators: { telegram: Simulator | undefined; todoist: Simulator | undefined }
  /** Resolves with a sentence when a part that we started ended by itself. */
  broken: Promise<string>
  stop(): Promise<void>
}

export type Simulator = { url: string; token: string }

const TELEGRAM = 'https://api.telegram.org'
const TODOIST = 'https://api.todoist.com'
export const SIMULATOR_TOKEN = '123456:TEST-TOKEN'
const TODOIST_SIMULATOR_TOKEN = '0123456789abcdef0123456789abcdef01234567'

/** What the environment does not name, the product starts by itself. */
export async function startInfrastructure(
  config: Config,
  log: Logger,
  say: (line: string) => void,
): Promise<Infrastructure> {
  const stops: (() => Promise<void>)[] = []
  const endings: Promise<string>[] = []
  const stop = async () => {
    for (const stopOne of stops.reverse())
      await stopOne().catch((error: unknown) => log.warn({ err: error }, 'a part did not stop well'))
  }
  try {
    let { databaseUrl, redisUrl } = config
    const { searchPath, dataDirectory, production } = config
    if (databaseUrl === undefined) {
      const postgres = await startEmbeddedPostgres({
        dataDirectory: join(dataDirectory, 'postgres'),
        searchPath,
        onLog: (line) => log.debug({ postgres: line }),
      })
      stops.push(postgres.stop)
      endings.push(postgres.exited.then(() => 'The private Postgres ended by itself'))
      databaseUrl = postgres.url
    }
    if (redisUrl === undefined) {
      const redis = await startEmbeddedRedis({
        dataDirectory: join(dataDirectory, 'redis'),
        searchPath,
        production,
        onLog: (line) => log.debug({ redis: line }),
      })
      stops.push(redis.stop)
      endings.push(redis.exited.then(() => 'The private Redis ended by itself'))
      if (redis.kind === 'in-process')
        say(
          'No redis-server found: a small in-process one is used. It is for trying things out and keeps nothing.',
        )
      redisUrl = redis.url
    }
    const telegram = isSimulated(config, config.telegram)
      ? await startSimulator('telegram', config.telegram.simulatorPort, SIMULATOR_TOKEN, [
          '--everyone-started',
          ...DEMO_PEOPLE.flatMap((person) => ['--person', person]),
        ])
      : undefined
    if (telegram !== undefined) stops.push(telegram.stop)
    const todoist = isSimulated(config, config.todoist)
      ? await startSimulator('todoist', config.todoist.simulatorPort, TODOIST_SIMULATOR_TOKEN, [
          '--owner',
          'Tapline',
        ])
      : undefined
    if (todoist !== undefined) stops.push(todoist.stop)
    return {
      databaseUrl,
      redisUrl,
      simulators: { telegram, todoist },
      broken: Promise.race(endings.length > 0 ? endings : [new Promise<never>(() => undefined)]),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** What the demo shop is told: as a merchant has it from the pages of a project. */
type ShopSettings = {
  apiUrl: string
  publishableKey: string
  secretKey: string
  webhookUrl: string
  identitySecret: string
  telegramUrl: string | null
  todoistUrl: string | null
  tildaUrl: string | null
}

type TildaSite = {
  /** Of a T123 block. */
  snippet: string
  membersSnippet: string
  webhook: {
    url: string
    form: 'C'
    products: 'objects'
    escaped: false
    key: { name: string; value: string; place: 'header' }
  }
}

/** On the phone of the demo; the first is whom the welcome text registers. */
const DEMO_PEOPLE = ['1001=Anna', '1002=Boris']

const RUNNING = 'running.json'
export type Running = { databaseUrl: string; redisUrl: string; publicUrl: string }

/** Lets the operator's command find what this process started. Answers how to take it back. */
export async function announce(dataDirectory: string, running: Running): Promise<() => Promise<void>> {
  const path = join(dataDirectory, RUNNING)
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 })
  await rm(path, { force: true })
  await writeFile(path, JSON.stringify(running), { mode: 0o600 })
  return () => rm(path, { force: true })
}

export async function findRunning(dataDirectory: string): Promise<Running | undefined> {
  try {
    return JSON.parse(await readFile(join(dataDirectory, RUNNING), 'utf8')) as Running
  } catch {
    return undefined
  }
}

type Simulators = Pick<Infrastructure, 'simulators'>

export function telegramApiRoot(config: Config, { simulators }: Simulators): string {
  return config.telegram.apiRoot ?? simulators.telegram?.url ?? TELEGRAM
}

export function todoistApiRoot(config: Config, { simulators }: Simulators): string {
  return config.todoist.apiRoot ?? simulators.todoist?.url ?? TODOIST
}

function isSimulated(
  { demo }: Config,
  { apiRoot, demoToken }: { apiRoot: string | undefined; demoToken: string | undefined },
): boolean {
  return demo && apiRoot === undefined && demoToken === undefined
}

type Child = { url: string; stop(): Promise<void> }

/** They are not in the image, which is for shops in earnest. */
export const hasShops = existsSync(new URL('../simulators/shop/main.ts', import.meta.url))

/** The demo shop, with the stage on which it stands beside phone, board and books. */
export const startShop = (port: number, settings: ShopSettings): Promise<Child> =>
  startChild('shop', port, [], settings)

/** A site made with Tilda, whose owner has pasted our snippet and our webhook address. */
export async function startTildaSite(port: number, directory: string, site: TildaSite): Promise<Child> {
  const path = join(directory, 'tilda-site.json')
  await writeFile(path, JSON.stringify(site), { mode: 0o600 })
  return startChild('tilda', port, ['--site', path])
}

async function startSimulator(
  name: 'telegram' | 'todoist',
  port: number,
  token: string,
  options: string[],
): Promise<Simulator & { stop(): Promise<void> }> {
  return { ...(await startChild(name, port, ['--token', token, ...options])), token }
}

async function startChild(name: string, port: number, options: string[], message?: object): Promise<Child> {
  const main = new URL(`../simulators/${name}/main.ts`, import.meta.url)
  const start = async (at: number) => {
    const child = fork(main, ['--port', String(at), ...options], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    })
    if (message !== undefined) child.send(message)
    const first = await Promise.race([once(child.stdout!, 'data'), once(child, 'exit').then(() => undefined)])
    return {
      child,
      url: first === undefined ? undefined : (JSON.parse(String(first[0])) as { url: string }).url,
    }
  }
  let started = await start(port)
  // The usual port may be taken by another project of the same person.
  if (started.url === undefined) started = await start(0)
  const { child, url } = started
  if (url === undefined) throw new Error(`The simulator of ${name} did not start`)
  return {
    url,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      const force = setTimeout(() => child.kill('SIGKILL'), 3_000)
      await exited
      clearTimeout(force)
    },
  }
}
