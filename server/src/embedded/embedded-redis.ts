import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { basename } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { choosePrefix } from './choose-prefix.ts'
import { claimDirectory, type Claim } from './claim-directory.ts'
import { findExecutable } from './find-executable.ts'
import { freePort } from './free-port.ts'
import { startInProcessRedis } from './in-process-redis.ts'
import { stopLeftBehind, supervise, type Exit, type StopStep, type Supervised } from './supervise.ts'

export type EmbeddedRedis = {
  readonly url: string
  readonly kind: 'redis-server' | 'valkey-server' | 'in-process'
  readonly exited: Promise<Exit>
  stop(): Promise<void>
}

const STOP_STEPS: readonly StopStep[] = [{ signal: 'SIGTERM', graceMs: 5_000 }]
const LEFT_BEHIND_STEPS: readonly StopStep[] = [{ signal: 'SIGTERM', graceMs: 8_000 }]
const READY_MS = 120_000
const PORT_ATTEMPTS = 5
const NOT_FOUND =
  'There is no redis-server or valkey-server on the search path (Debian: apt-get install redis-server)'

/**
 * Our own Redis on a private directory and port, behind a password of this start. Without a Redis on the machine a
 * stand-in inside this process takes its place; production refuses that one.
 */
export async function startEmbeddedRedis(settings: {
  dataDirectory: string
  searchPath: string
  production: boolean
  onLog?: (line: string) => void
}): Promise<EmbeddedRedis> {
  const onLog = settings.onLog ?? (() => undefined)
  const binary = findExecutable(['redis-server', 'valkey-server'], settings.searchPath)
  if (binary !== undefined) return startServer(binary, { ...settings, onLog })
  if (settings.production) {
    throw new Error(`${NOT_FOUND}. Production needs one, or REDIS_URL: the built-in stand-in keeps nothing.`)
  }
  onLog(
    `${NOT_FOUND}: a slow stand-in inside this process is used, good for trying things out; it keeps nothing.`,
  )
  return startStandIn()
}

async function startStandIn(): Promise<EmbeddedRedis> {
  const password = newPassword()
  const redis = await startInProcessRedis(password)
  let stopping: Promise<void> | undefined
  let resolveExited: (exit: Exit) => void = () => undefined
  const exited = new Promise<Exit>((resolve) => (resolveExited = resolve))
  const stop = () => redis.close().then(() => resolveExited({ code: 0, signal: null }))
  return { url: urlOf(password, redis.port), kind: 'in-process', exited, stop: () => (stopping ??= stop()) }
}

async function startServer(
  binary: string,
  settings: { dataDirectory: string; searchPath: string; onLog: (line: string) => void },
): Promise<EmbeddedRedis> {
  const { dataDirectory, searchPath, onLog } = settings
  const claim = claimDirectory(dataDirectory)
  try {
    if (claim.leftBehind !== undefined) await stopLeftBehind(claim.leftBehind, LEFT_BEHIND_STEPS)
    const prefix = await choosePrefix({
      probe: [binary, '--version'],
      deathSignal: 'SIGTERM',
      refusesRoot: false,
      searchPath,
    })
    const password = newPassword()
    const start = (port: number) =>
      supervise({
        command: [...prefix.words, binary, '-'],
        cwd: dataDirectory,
        env: { LC_ALL: 'C', TZ: 'UTC', PATH: searchPath },
        input: redisConfig(port, password),
        stopSteps: STOP_STEPS,
        onLog,
      })
    const { child, port } = await startUntilReady(start, claim, password, dataDirectory)
    const exited = child.exited.finally(claim.release)
    return {
      url: urlOf(password, port),
      kind: basename(binary) === 'valkey-server' ? 'valkey-server' : 'redis-server',
      exited,
      stop: () =>
        child
          .stop()
          .then(() => exited)
          .then(() => undefined),
    }
  } catch (error) {
    claim.release()
    throw error
  }
}

// Through stdin, so that neither `ps` nor a file shows the password; the directory is the working directory.
function redisConfig(port: number, password: string): string {
  const lines = [
    'bind 127.0.0.1',
    'protected-mode yes',
    `port ${port}`,
    `requirepass ${password}`,
    'daemonize no',
    'dir .',
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    'maxmemory-policy noeviction',
  ]
  return `${lines.join('\n')}\n`
}

async function startUntilReady(
  start: (port: number) => Promise<Supervised>,
  claim: Claim,
  password: string,
  dataDirectory: string,
): Promise<{ child: Supervised; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    const child = await start(port)
    claim.recordChild(child.pid)
    if (await becomesReady(child, port, password)) return { child, port }
    await child.stop()
    await child.exited
    const log = child.lastLines()
    if (attempt === PORT_ATTEMPTS || !/Address already in use/.test(log)) {
      throw new Error(`Redis did not start on ${dataDirectory}, port ${port}. Its last words:\n${log}`)
    }
  }
}

async function becomesReady(child: Supervised, port: number, password: string): Promise<boolean> {
  const giveUpAt = Date.now() + READY_MS
  while (!child.hasExited() && Date.now() < giveUpAt) {
    const answer = await ask(port, [['AUTH', password], ['PING'], ['INFO', 'server']])
    if (answer.includes('+PONG') && answer.includes(`\r\nprocess_id:${child.pid}\r\n`))
      return !child.hasExited()
    await delay(20)
  }
  return false
}

/** What comes back on a fresh connection, read until the server has hung up after QUIT; empty when nobody answers. */
async function ask(port: number, commands: readonly (readonly string[])[]): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () =>
      socket.write([...commands, ['QUIT']].map(encode).join('')),
    )
    socket.setEncoding('utf8')
    socket.setTimeout(2_000, () => socket.destroy())
    socket.on('data', (text: string) => (answer += text))
    socket.once('error', () => undefined)
    socket.once('close', () => resolve(answer))
  })
}

function encode(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`
}

function newPassword(): string {
  return randomBytes(24).toString('base64url')
}

function urlOf(password: string, port: number): string {
  return `redis://:${password}@127.0.0.1:${port}`
}
