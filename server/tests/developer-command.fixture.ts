import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const COMMAND = fileURLToPath(new URL('../../sdks/cli/src/tapline.ts', import.meta.url))

export type DeveloperCommand = ReturnType<typeof startCommand>
type Ended = { code: number | null; out: string; err: string }

/** `tapline`, as a process of its own. Without `TAPLINE_SECRET_KEY` in its environment it has no key. */
export function startCommand(args: string[], environment: Record<string, string> = {}) {
  const child = spawn(
    process.execPath,
    ['--conditions=tapline-source', '--import', 'tsx', COMMAND, ...args],
    {
      cwd: ROOT,
      env: { PATH: process.env.PATH ?? '', LANG: 'en_US.UTF-8', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const closed = once(child, 'close')
  const ended = closed.then(([code]): Ended => ({ code: code as number | null, out, err }))
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('close', () => process.removeListener('exit', kill))
  return {
    out: () => out,
    err: () => err,
    lines: () => out.split('\n').filter(Boolean),
    ended,
    /** What Ctrl-C does. */
    interrupt(): Promise<Ended> {
      child.kill('SIGINT')
      return ended
    },
    async stop(): Promise<void> {
      kill()
      await closed
    },
  }
}

export const runCommand = (args: string[], environment?: Record<string, string>): Promise<Ended> =>
  startCommand(args, environment).ended
