import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readlinkSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { setTimeout as delay } from 'node:timers/promises'
import { identifyProcess } from './process-identity.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const NOBODY = ['/usr/bin/setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--']

export type StartInChild = { readonly node: ChildProcess; readonly url: string }

/** A node process of its own that starts one of the two servers and then idles until it is killed. */
export function spawnStarter(
  start: 'startEmbeddedPostgres' | 'startEmbeddedRedis',
  settings: Readonly<Record<string, unknown>>,
  as: 'myself' | 'nobody' = 'myself',
): ChildProcess {
  const file = start === 'startEmbeddedPostgres' ? 'embedded-postgres.ts' : 'embedded-redis.ts'
  const script = `
    import { ${start} } from ${JSON.stringify(new URL(file, import.meta.url).href)}
    process.once('SIGUSR2', () => process.exit())
    const server = await ${start}(${JSON.stringify(settings)})
    console.log(server.url)`
  const node = [process.execPath, '--import', 'tsx', '--input-type=module', '--eval', script]
  const [command = '', ...args] = as === 'nobody' ? [...NOBODY, ...node] : node
  return spawn(command, args, {
    cwd: ROOT,
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

export async function startInChild(...args: Parameters<typeof spawnStarter>): Promise<StartInChild> {
  const node = spawnStarter(...args)
  if (node.stdout === null) throw new Error('no stdout')
  const lines = createInterface(node.stdout)
  const exited = once(node, 'exit').then(() => undefined)
  const url = await Promise.race([once(lines, 'line').then(([line]) => String(line)), exited])
  if (url === undefined) throw new Error('the starter ended before its server was ready')
  return { node, url }
}

export async function kill9(node: ChildProcess): Promise<void> {
  if (node.exitCode !== null || node.signalCode !== null) return
  const exited = once(node, 'exit')
  node.kill('SIGKILL')
  await exited
}

/** The last resort of a test that failed half-way. */
export function killAllIn(directory: string): void {
  for (const pid of process.platform === 'linux' ? processesIn(directory) : []) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      continue
    }
  }
}

/** Pids of the living (no zombies) whose working directory is in this one: both servers live in their data. */
export function processesIn(directory: string): readonly number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map(Number).filter((pid) => identifyProcess(pid) !== undefined && workingIn(pid, directory))
}

function workingIn(pid: number, directory: string): boolean {
  try {
    const path = readlinkSync(`/proc/${pid}/cwd`)
    return path === directory || path.startsWith(`${directory}/`)
  } catch {
    return false
  }
}

export async function until(what: string, condition: () => boolean, patienceMs = 5_000): Promise<void> {
  const giveUpAt = Date.now() + patienceMs
  while (!condition()) {
    if (Date.now() > giveUpAt) throw new Error(`not within ${patienceMs} ms: ${what}`)
    await delay(10)
  }
}
