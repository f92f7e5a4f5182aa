import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts'
import { freePort } from './free-port.ts'
import { kill9, killAllIn, processesIn, spawnStarter, startInChild, until } from './start-in-child.fixture.ts'

const searchPath = '/usr/bin:/bin'
const root = process.getuid?.() === 0
const linux = process.platform === 'linux'
const template = mkdtempSync('/tmp/tapline-postgres-')
const folders: string[] = []
const undo: (() => unknown)[] = []

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
  for (const folder of folders.splice(0)) {
    killAllIn(folder)
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
})

beforeAll(async () => {
  const postgres = await startEmbeddedPostgres({ dataDirectory: template, searchPath })
  await postgres.stop()
})

afterAll(() => rmSync(template, { recursive: true, force: true }))

/** A folder whose first start is behind it. */
function startedBefore(): string {
  const folder = newFolder()
  execFileSync('cp', ['-a', `${template}/.`, folder])
  return folder
}

function newFolder(mode = 0o700): string {
  const folder = mkdtempSync('/tmp/tapline-postgres-')
  chmodSync(folder, mode)
  folders.push(folder)
  return folder
}

async function start(dataDirectory: string, more: { port?: number; searchPath?: string } = {}) {
  const postgres = await startEmbeddedPostgres({ dataDirectory, searchPath, ...more })
  undo.push(() => postgres.stop())
  return postgres
}

async function ask(postgres: { url: string }, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: postgres.url })
  await client.connect()
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' })
    return rows.flat()
  } finally {
    await client.end()
  }
}

const keepOne = (postgres: { url: string }) => ask(postgres, 'create table kept as select 42 as n')
const kept = (postgres: { url: string }) => ask(postgres, 'select n from kept')

async function shift(postgres: EmbeddedPostgres, dataDirectory: string, more = {}) {
  await postgres.stop()
  return start(dataDirectory, more)
}

describe('a start', () => {
  it('makes a durable UTF-8 cluster, and the next one finds what was committed', async () => {
    const folder = join(newFolder(), 'a b', 'données')
    const first = await start(folder)
    const names = [
      'fsync',
      'synchronous_commit',
      'max_connections',
      'shared_buffers',
      'server_encoding',
      'jit',
    ]
    const shown = names.map((name) => `current_setting('${name}')`).join(', ')
    expect(await ask(first, `select ${shown}`)).toEqual(['on', 'on', '100', '256MB', 'UTF8', 'off'])
    expect(await ask(first, `select lower('ЁЖ'), 'Б' < 'а', 'a' > 'B'`)).toEqual(['ёж', true, true])
    await keepOne(first)
    const second = await shift(first, folder)
    expect(await kept(second)).toEqual([42])
  })

  it('lets nobody in without the password, which no other user can read', async () => {
    const folder = startedBefore()
    const postgres = await start(folder)
    const stranger = new URL(postgres.url)
    stranger.password = 'guess'
    await expect(ask({ url: stranger.href }, 'select 1')).rejects.toThrow('password authentication failed')
    expect(statSync(join(folder, 'password')).mode & 0o777).toBe(0o600)
    expect(await ask(postgres, `select current_setting('unix_socket_directories')`)).toEqual([''])
    const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
    const outside = addresses.find(({ internal, family }) => !internal && family === 'IPv4')
    if (outside === undefined) return
    stranger.hostname = outside.address
    await expect(ask({ url: stranger.href }, 'select 1')).rejects.toThrow('ECONNREFUSED')
  })

  it('takes the port that it is given, says so when that is taken, and can be tried again', async () => {
    const folder = startedBefore()
    const port = await freePort()
    const squatter = createServer().listen(port, '127.0.0.1')
    await once(squatter, 'listening')
    await expect(start(folder, { port })).rejects.toThrow(/did not start on .*[^]*Address already in use/)
    squatter.close()
    const postgres = await start(folder, { port })
    expect(new URL(postgres.url).port).toBe(String(port))
  })

  it('refuses a directory that a living process uses, and leaves that one alone', async () => {
    const folder = startedBefore()
    const { node, url } = await startInChild('startEmbeddedPostgres', { dataDirectory: folder, searchPath })
    undo.push(() => kill9(node))
    await expect(start(folder)).rejects.toThrow(`in use by process ${node.pid}`)
    expect(await ask({ url }, 'select 1')).toEqual([1])
  })

  it('says what is missing when the password is lost, and touches nothing', async () => {
    const folder = startedBefore()
    rmSync(join(folder, 'password'))
    await expect(start(folder)).rejects.toThrow(/password is missing/)
    expect(readdirSync(folder)).toEqual(['cluster'])
  })
})

describe('a stop', () => {
  it('ends an open transaction within three seconds, twice is once, and exited tells', async () => {
    const postgres = await start(startedBefore())
    const client = new Client({ connectionString: postgres.url })
    client.on('error', () => undefined)
    await client.connect()
    await client.query('begin')
    await client.query('create table open (n int)')
    const before = Date.now()
    await Promise.all([postgres.stop(), postgres.stop()])
    expect(Date.now() - before).toBeLessThan(3_000)
    expect(await postgres.exited).toEqual({ code: 0, signal: null })
  })

  it('that nobody asked for is told by exited, and the next start recovers', async () => {
    const folder = startedBefore()
    const postgres = await start(folder)
    await keepOne(postgres)
    process.kill(postmasterPid(folder), 'SIGKILL')
    expect(await postgres.exited).toEqual({ code: null, signal: 'SIGKILL' })
    expect(await kept(await start(folder))).toEqual([42])
  })
})

function postmasterPid(folder: string): number {
  return Number(readFileSync(join(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0])
}

describe.runIf(linux)('after kill -9', () => {
  it('of node no postgres is left, and the next start has the data', async () => {
    const folder = startedBefore()
    const { node, url } = await startInChild('startEmbeddedPostgres', { dataDirectory: folder, searchPath })
    await keepOne({ url })
    expect(processesIn(folder).length).toBeGreaterThan(1)
    await kill9(node)
    await until('every postgres is gone', () => processesIn(folder).length === 0)
    expect(await kept(await start(folder))).toEqual([42])
  })

  it('of node a start at once waits for the dying one', async () => {
    const folder = startedBefore()
    const { node, url } = await startInChild('startEmbeddedPostgres', { dataDirectory: folder, searchPath })
    await keepOne({ url })
    await kill9(node)
    expect(await kept(await start(folder))).toEqual([42])
  })

  it('of the postmaster alone a start waits for a backend that is still busy', async () => {
    const folder = startedBefore()
    const postgres = await start(folder)
    await keepOne(postgres)
    const busy = new Client({ connectionString: postgres.url })
    busy.on('error', () => undefined)
    await busy.connect()
    const loop = `declare stop timestamptz := clock_timestamp() + interval '2 s';
      begin while clock_timestamp() < stop loop end loop; end`
    const cut = busy.query(`do $$ ${loop} $$`).catch(() => undefined)
    process.kill(postmasterPid(folder), 'SIGKILL')
    await postgres.exited
    expect(processesIn(folder)).not.toEqual([])
    expect(await kept(await start(folder))).toEqual([42])
    await cut
  })

  it('of node and postmaster a stranger may have got the pid of the lock file', async () => {
    const folder = startedBefore()
    const { node, url } = await startInChild('startEmbeddedPostgres', { dataDirectory: folder, searchPath })
    await keepOne({ url })
    const pid = postmasterPid(folder)
    node.kill('SIGSTOP')
    process.kill(pid, 'SIGKILL')
    await kill9(node)
    await until('every postgres is gone', () => processesIn(folder).length === 0)

    const stranger = spawn('/bin/sleep', ['60'])
    undo.push(() => stranger.kill('SIGKILL'))
    for (const name of ['claim.json', 'cluster/postmaster.pid']) {
      const text = readFileSync(join(folder, name), 'utf8')
      expect(text).toContain(String(pid))
      writeFileSync(join(folder, name), text.replace(String(pid), String(stranger.pid)))
    }
    expect(await kept(await start(folder))).toEqual([42])
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
  })

  it('in the middle of initdb the next start begins anew', async () => {
    const folder = newFolder()
    const node = spawnStarter('startEmbeddedPostgres', { dataDirectory: folder, searchPath })
    undo.push(() => kill9(node))
    const halfWay = () => findFile(folder, 'PG_VERSION') !== undefined
    await until('initdb is at work', halfWay, 20_000)
    node.kill('SIGSTOP')
    killAllIn(folder)
    await kill9(node)
    expect(readdirSync(folder)).not.toContain('cluster')
    expect(await ask(await start(folder), 'select 1')).toEqual([1])
    expect(readdirSync(folder).sort()).toEqual(['claim.json', 'cluster', 'password'])
  })
})

function findFile(folder: string, name: string): string | undefined {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((path) =>
      path.endsWith(`/${name}`),
    )
  } catch {
    return undefined
  }
}

describe.runIf(linux && root)('as root', () => {
  it('works below a folder that only root may enter, and the files stay of root', async () => {
    const folder = join(newFolder(0o700), 'private')
    await ask(await start(folder), 'select 1')
    expect(statSync(join(folder, 'cluster', 'base')).uid).toBe(0)
  })

  // Nobody must be able to read this checkout for it.
  it.runIf(nobodyCanRun())(
    'becomes nobody where user namespaces are forbidden, and takes the files back where they are not',
    async () => {
      const folder = join(newFolder(0o755), 'data')
      const first = await start(folder, { searchPath: searchPathOf(['setpriv', 'sh']) })
      await keepOne(first)
      expect(statSync(join(folder, 'cluster', 'base')).uid).toBe(65534)
      const second = await shift(first, folder)
      expect(await kept(second)).toEqual([42])
      expect(statSync(join(folder, 'cluster', 'base')).uid).toBe(0)
    },
  )

  it.runIf(nobodyCanRun())('dies with node as nobody too', async () => {
    const folder = join(newFolder(0o755), 'data')
    const withoutUnshare = { dataDirectory: folder, searchPath: searchPathOf(['setpriv', 'sh']) }
    const { node } = await startInChild('startEmbeddedPostgres', withoutUnshare)
    await kill9(node)
    await until('every postgres is gone', () => processesIn(folder).length === 0)
  })

  it.runIf(nobodyCanRun())('explains what is in the way when nobody cannot reach the data', async () => {
    const folder = join(newFolder(0o700), 'data')
    const attempt = start(folder, { searchPath: searchPathOf(['setpriv', 'sh']) })
    await expect(attempt).rejects.toThrow(/initdb could not make .*[^]*Permission denied/)
  })

  it('explains what is missing when there is neither unshare nor setpriv', async () => {
    const attempt = start(newFolder(), { searchPath: searchPathOf(['sh']) })
    await expect(attempt).rejects.toThrow(/cannot run here.*neither unshare nor setpriv/)
  })

  it('leaves the files of an ordinary user to that user', async () => {
    const folder = newFolder()
    chownSync(folder, 12345, 12345)
    await expect(start(folder)).rejects.toThrow('belongs to uid 12345')
  })
})

describe.runIf(linux && root && nobodyCanRun())('as an ordinary user', () => {
  it('works, and dies with node', async () => {
    const folder = newFolder()
    chownSync(folder, 65534, 65534)
    const settings = { dataDirectory: folder, searchPath }
    const { node, url } = await startInChild('startEmbeddedPostgres', settings, 'nobody')
    await keepOne({ url })
    await kill9(node)
    await until('every postgres is gone', () => processesIn(folder).length === 0)
  })

  it('stops, at the next start, what a system without setpriv left running', async () => {
    const folder = newFolder()
    chownSync(folder, 65534, 65534)
    const settings = { dataDirectory: folder, searchPath: searchPathOf(['sh']) }
    const first = await startInChild('startEmbeddedPostgres', settings, 'nobody')
    await keepOne(first)
    await kill9(first.node)
    const orphan = postmasterPid(folder)
    expect(processesIn(folder)).toContain(orphan)
    const second = await startInChild('startEmbeddedPostgres', settings, 'nobody')
    undo.push(() => kill9(second.node))
    expect(processesIn(folder)).not.toContain(orphan)
    expect(await kept(second)).toEqual([42])
  })
})

/** A search path on which only these commands are found, as on a system that has no others. */
function searchPathOf(commands: readonly string[]): string {
  const folder = newFolder(0o755)
  const bin = join(folder, 'bin')
  mkdirSync(bin, { mode: 0o755 })
  for (const command of commands) {
    const [path = ''] = [`/usr/bin/${command}`, `/bin/${command}`].filter((candidate) => statSync(candidate))
    symlinkSync(path, join(bin, command))
  }
  return bin
}

function nobodyCanRun(): boolean {
  if (!root || !linux) return false
  const here = new URL(import.meta.url).pathname
  const as = ['--reuid=65534', '--regid=65534', '--clear-groups', '--']
  try {
    execFileSync('/usr/bin/setpriv', [
      ...as,
      process.execPath,
      '-e',
      `fs.readFileSync(${JSON.stringify(here)})`,
    ])
    return true
  } catch {
    return false
  }
}
