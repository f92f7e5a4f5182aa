import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Queue, Worker, type Job } from 'bullmq'
import { Redis } from 'ioredis'
import { afterEach, describe, expect, it } from 'vitest'
import { startEmbeddedRedis, type EmbeddedRedis } from './embedded-redis.ts'
import { findExecutable } from './find-executable.ts'
import { kill9, killAllIn, processesIn, startInChild, until } from './start-in-child.fixture.ts'

const NO_SERVER = '/nowhere'
const searchPath = '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin'
const installed = findExecutable(['redis-server', 'valkey-server'], searchPath) !== undefined
const linux = process.platform === 'linux'
const folders: string[] = []
const undo: (() => unknown)[] = []

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
  for (const folder of folders.splice(0)) {
    killAllIn(folder)
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
})

function newFolder(): string {
  const folder = mkdtempSync('/tmp/tapline-redis-')
  folders.push(folder)
  return folder
}

async function start(more: Partial<Parameters<typeof startEmbeddedRedis>[0]> = {}): Promise<EmbeddedRedis> {
  const redis = await startEmbeddedRedis({
    dataDirectory: newFolder(),
    searchPath,
    production: false,
    ...more,
  })
  undo.push(() => redis.stop())
  return redis
}

function client(redis: { url: string }): Redis {
  const connection = new Redis(redis.url, { maxRetriesPerRequest: null, retryStrategy: () => null })
  connection.on('error', () => undefined)
  undo.push(() => connection.disconnect())
  return connection
}

async function keepsStrangersOut(redis: { url: string }): Promise<void> {
  const stranger = new URL(redis.url)
  stranger.password = ''
  await expect(client({ url: stranger.href }).set('a', 'b')).rejects.toThrow('NOAUTH')
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const outside = addresses.find(({ internal, family }) => !internal && family === 'IPv4')
  if (outside === undefined) return
  stranger.hostname = outside.address
  await expect(client({ url: stranger.href }).ping()).rejects.toThrow('Connection is closed')
}

describe.runIf(installed)('a Redis that is installed', () => {
  it('is started for us alone, never evicts and logs every write', async () => {
    const redis = await start({ production: true, dataDirectory: join(newFolder(), 'a "b"', 'données') })
    expect(redis.kind).toMatch(/^(redis|valkey)-server$/)
    const connection = client(redis)
    const shown = await connection.config('GET', 'maxmemory-policy', 'appendonly', 'appendfsync', 'save')
    expect(shown).toEqual(
      expect.arrayContaining([
        'maxmemory-policy',
        'noeviction',
        'appendonly',
        'yes',
        'appendfsync',
        'everysec',
      ]),
    )
    expect((shown as string[])[(shown as string[]).indexOf('save') + 1]).toBe('')
    await keepsStrangersOut(redis)
  })

  it('finds its data again after a stop, and stops in time while a client is blocked', async () => {
    const dataDirectory = newFolder()
    const first = await start({ dataDirectory })
    await client(first).set('kept', '42')
    const blocked = client(first)
      .blpop('nothing', 0)
      .catch(() => 'cut')
    const before = Date.now()
    await Promise.all([first.stop(), first.stop()])
    expect(Date.now() - before).toBeLessThan(5_000)
    expect(await first.exited).toEqual({ code: 0, signal: null })
    expect(await blocked).toBe('cut')
    expect(await client(await start({ dataDirectory })).get('kept')).toBe('42')
  })

  it.runIf(linux)('shows its password neither in the process list nor in a file', async () => {
    const dataDirectory = newFolder()
    const folder = folderOfRedisOnly()
    const { password } = new URL((await start({ dataDirectory, searchPath: folder })).url)
    expect(password.length).toBeGreaterThan(30)
    // Redis paints over its own arguments once it runs, so the wrapper notes what it was started with.
    const startedWith = readFileSync(join(folder, 'started-with'), 'utf8')
    expect(startedWith).toContain('PATH=')
    expect(startedWith).not.toContain(password)
    for (const name of readdirSync(dataDirectory, { recursive: true, encoding: 'utf8' })) {
      if (name === 'appendonlydir') continue
      expect(readFileSync(join(dataDirectory, name), 'utf8')).not.toContain(password)
    }
  })

  it.runIf(linux)('dies with node after kill -9, and the next start has the data', async () => {
    const dataDirectory = newFolder()
    const settings = { dataDirectory, searchPath, production: false }
    const { node, url } = await startInChild('startEmbeddedRedis', settings)
    await client({ url }).set('kept', '42')
    await kill9(node)
    await until('Redis is gone', () => processesIn(dataDirectory).length === 0)
    expect(await client(await start({ dataDirectory })).get('kept')).toBe('42')
  })

  it.runIf(linux)(
    'that was left running, as on a system without setpriv, is stopped by the next start',
    async () => {
      const dataDirectory = newFolder()
      const first = await startInChild('startEmbeddedRedis', {
        dataDirectory,
        searchPath: folderOfRedisOnly(),
        production: false,
      })
      await client(first).set('kept', '42')
      await kill9(first.node)
      const [orphan] = processesIn(dataDirectory)
      expect(orphan).toBeDefined()
      expect(await client(await start({ dataDirectory })).get('kept')).toBe('42')
      expect(processesIn(dataDirectory)).not.toContain(orphan)
    },
  )

  it.runIf(linux)('is stopped by a plain process.exit too, on a system without setpriv', async () => {
    const dataDirectory = newFolder()
    const settings = { dataDirectory, searchPath: folderOfRedisOnly(), production: false }
    const { node } = await startInChild('startEmbeddedRedis', settings)
    node.kill('SIGUSR2')
    await until('Redis is gone', () => processesIn(dataDirectory).length === 0)
  })

  it.runIf(linux)('is out of reach of Ctrl-C in our terminal: its process group is its own', async () => {
    const dataDirectory = newFolder()
    await start({ dataDirectory })
    const [pid] = processesIn(dataDirectory)
    const [, , group] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    expect(group).toBe(String(pid))
  })

  it('refuses a directory that a living process uses', async () => {
    const dataDirectory = newFolder()
    const first = await start({ dataDirectory })
    await expect(start({ dataDirectory })).rejects.toThrow(`in use by process ${process.pid}`)
    expect(await client(first).ping()).toBe('PONG')
  })

  it('that cannot start says why, and the directory can be tried again', async () => {
    const dataDirectory = newFolder()
    mkdirSync(join(dataDirectory, 'appendonlydir'))
    const manifest = join(dataDirectory, 'appendonlydir', 'appendonly.aof.manifest')
    writeFileSync(manifest, 'nonsense\n')
    await expect(start({ dataDirectory })).rejects.toThrow(/Redis did not start.*[^]*AOF manifest/)
    rmSync(manifest)
    expect(await client(await start({ dataDirectory })).ping()).toBe('PONG')
  })

  it.runIf(linux)('spares a stranger who has got the pid of what was left running', async () => {
    const dataDirectory = newFolder()
    const stranger = spawn('/bin/sleep', ['60'])
    undo.push(() => stranger.kill('SIGKILL'))
    const gone = { pid: stranger.pid, startedAt: 'another boot/1' }
    writeFileSync(join(dataDirectory, 'claim.json'), JSON.stringify({ owner: gone, child: gone }))
    expect(await client(await start({ dataDirectory })).ping()).toBe('PONG')
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
  })

  it('does BullMQ’s work', async () => doesTheWorkOfBullmq(await start()))
})

describe('the stand-in, where no Redis is installed', () => {
  it('says once that it keeps nothing, and keeps strangers out', async () => {
    const lines: string[] = []
    const redis = await start({ searchPath: NO_SERVER, onLog: (line) => lines.push(line) })
    expect(redis.kind).toBe('in-process')
    expect(lines).toEqual([
      expect.stringMatching(/no redis-server or valkey-server.*trying things out.*keeps nothing/),
    ])
    await keepsStrangersOut(redis)
  })

  it('is refused in production', async () => {
    await expect(start({ searchPath: NO_SERVER, production: true })).rejects.toThrow(
      'Production needs one, or REDIS_URL',
    )
  })

  it('stops with clients still connected, and exited tells', async () => {
    const redis = await start({ searchPath: NO_SERVER })
    const connection = client(redis)
    expect(await connection.ping()).toBe('PONG')
    await Promise.all([redis.stop(), redis.stop()])
    expect(await redis.exited).toEqual({ code: 0, signal: null })
    await expect(client(redis).ping()).rejects.toThrow('Connection is closed')
  })

  it('does BullMQ’s work', async () => doesTheWorkOfBullmq(await start({ searchPath: NO_SERVER })))
})

function folderOfRedisOnly(): string {
  const folder = newFolder()
  const binary = findExecutable(['redis-server', 'valkey-server'], searchPath) ?? ''
  const script = join(folder, 'redis-server')
  writeFileSync(
    script,
    `#!/bin/sh\n(echo "$@"; /usr/bin/env) >'${folder}/started-with'\nexec ${binary} "$@"\n`,
    {
      mode: 0o755,
    },
  )
  return folder
}

/** What the product asks of its queues; Redis scripts of BullMQ are where stand-ins fail first. */
async function doesTheWorkOfBullmq(redis: EmbeddedRedis): Promise<void> {
  const connection = client(redis)
  const queue = new Queue<{ n: number }>('work', { connection })
  const seen: { n: number; at: number }[] = []
  let openGate: () => void = () => undefined
  const gate = new Promise<void>((resolve) => (openGate = resolve))
  const work = async ({ name, data, attemptsMade }: Job<{ n: number }>) => {
    seen.push({ n: data.n, at: Date.now() })
    if (name === 'fails once' && attemptsMade === 0) throw new Error('once')
    if (name === 'waits') await gate
  }
  const worker = new Worker<{ n: number }>('work', work, { connection })
  undo.push(async () => {
    openGate()
    await worker.close(true)
    await queue.close()
  })
  const numbers = () => seen.map(({ n }) => n)

  await queue.add('plain', { n: 1 })
  await until('a job is done', () => numbers().includes(1))

  const asked = Date.now()
  await queue.add('later', { n: 2 }, { delay: 300 })
  await until('a delayed job is done', () => numbers().includes(2))
  expect(seen.find(({ n }) => n === 2)?.at).toBeGreaterThanOrEqual(asked + 290)

  await queue.add('fails once', { n: 3 }, { attempts: 2, backoff: { type: 'fixed', delay: 50 } })
  await until('a failed job is tried again', () => numbers().filter((n) => n === 3).length === 2)

  const simple = { deduplication: { id: 'simple' }, delay: 300 }
  const [first, second] = [
    await queue.add('once', { n: 4 }, simple),
    await queue.add('once', { n: 5 }, simple),
  ]
  expect(second.id).toBe(first.id)
  await until('the first of two twins is done', () => numbers().includes(4))

  const keepLast = { deduplication: { id: 'last', keepLastIfActive: true } }
  await queue.add('waits', { n: 6 }, keepLast)
  await until('the first is at work', () => numbers().includes(6))
  await queue.add('waits', { n: 7 }, keepLast)
  await queue.add('waits', { n: 8 }, keepLast)
  openGate()
  await until('the last one follows', () => numbers().includes(8))
  await delay(200)
  expect(numbers()).toEqual([1, 2, 3, 3, 4, 6, 8])
}
