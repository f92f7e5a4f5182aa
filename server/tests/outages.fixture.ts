import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { startEmbeddedPostgres } from '../src/embedded/embedded-postgres.ts'
import { startEmbeddedRedis } from '../src/embedded/embedded-redis.ts'
import { findExecutable } from '../src/embedded/find-executable.ts'
import { freePort } from '../src/embedded/free-port.ts'

const searchPath = process.env.PATH ?? ''

/** A Postgres that comes back on the same port with the same data, after a stop or after the kill of its postmaster. */
export async function startBreakablePostgres(directory: string) {
  const port = await freePort()
  const start = () => startEmbeddedPostgres({ dataDirectory: directory, port, searchPath })
  let postgres = await start()
  return {
    url: postgres.url,
    async restart() {
      await postgres.stop()
      postgres = await start()
    },
    async kill() {
      const pid = Number((await readFile(join(directory, 'cluster/postmaster.pid'), 'utf8')).split('\n')[0])
      process.kill(pid, 'SIGKILL')
      await postgres.exited
      postgres = await start()
    },
    stop: () => postgres.stop(),
  }
}

export type BreakableRedis = {
  url: string
  flush(): Promise<void>
  kill?: () => Promise<void>
  /** Gone until the answer is called. */
  leave?: () => Promise<() => Promise<void>>
  stop(): Promise<void>
}

/** A Redis that can be emptied and, where it is a real one, killed: it comes back on the same port. */
export async function startBreakableRedis(directory: string): Promise<BreakableRedis> {
  const hidden = process.env.TAPLINE_TEST_REDIS === 'in-process'
  const binary = hidden ? undefined : findExecutable(['redis-server', 'valkey-server'], searchPath)
  if (binary === undefined) {
    const redis = await startEmbeddedRedis({
      dataDirectory: directory,
      searchPath: '/nowhere',
      production: false,
    })
    return { url: redis.url, flush: () => flush(redis.url), stop: redis.stop }
  }
  await mkdir(directory, { recursive: true })
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  let server: ChildProcess
  const start = async () => {
    server = spawn(
      binary,
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'yes'],
      { cwd: directory, stdio: 'ignore' },
    )
    while (!(await answers(url))) await delay(20)
  }
  const kill = async () => {
    const exited = once(server, 'exit')
    server.kill('SIGKILL')
    await exited
  }
  process.once('exit', () => server.kill('SIGKILL'))
  await start()
  return {
    url,
    flush: () => flush(url),
    leave: () => kill().then(() => start),
    kill: () =>
      kill()
        .then(() => delay(500))
        .then(start),
    stop: kill,
  }
}

async function flush(url: string): Promise<void> {
  await withRedis(url, (redis) => redis.flushall())
}

function answers(url: string): Promise<boolean> {
  return withRedis(url, (redis) => redis.ping()).then(() => true, () => false) // prettier-ignore
}

async function withRedis(url: string, work: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 })
  redis.on('error', () => undefined)
  try {
    await redis.connect()
    await work(redis)
  } finally {
    redis.disconnect()
  }
}
