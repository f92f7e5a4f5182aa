import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { isRunning, type ProcessIdentity } from './process-identity.ts'

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null }

/** A signal and how long it may take; after the last step comes SIGKILL. */
export type StopStep = { readonly signal: NodeJS.Signals; readonly graceMs: number }

export type Supervised = {
  readonly pid: number
  readonly exited: Promise<Exit>
  hasExited(): boolean
  /** The end of what it printed, for error messages. */
  lastLines(): string
  stop(): Promise<void>
}

const REMEMBERED_LINES = 30
const LONGEST_LINE = 2_000
const LAST_WORDS_MS = 300

/**
 * Runs one long-lived child in a session of its own, so that Ctrl-C reaches only us and we stop it in order.
 * When this process dies without a word, the child's own `setpriv --pdeathsig` (Linux) or the next start ends it.
 */
export async function supervise(settings: {
  command: readonly string[]
  cwd: string
  env: Readonly<Record<string, string>>
  input: string
  stopSteps: readonly StopStep[]
  onLog: (line: string) => void
}): Promise<Supervised> {
  const [file = '', ...args] = settings.command
  const child = spawn(file, args, { cwd: settings.cwd, env: settings.env, detached: true, stdio: 'pipe' })
  await once(child, 'spawn')
  const pid = child.pid as number
  child.on('error', (error) => settings.onLog(error.message))
  child.stdin.on('error', () => undefined)
  child.stdin.end(settings.input)

  const remembered: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    eachLine(stream, (line) => {
      remembered.push(line)
      if (remembered.length > REMEMBERED_LINES) remembered.shift()
      settings.onLog(line)
    })
  }

  const firstSignal = settings.stopSteps[0]?.signal ?? 'SIGTERM'
  const stopAtExit = () => child.kill(firstSignal)
  process.once('exit', stopAtExit)

  let gone = false
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      gone = true
      process.removeListener('exit', stopAtExit)
      // Its last words may still be in the pipe; a grandchild may hold the pipe open for ever.
      const closed = once(child, 'close')
      void Promise.race([closed, delay(LAST_WORDS_MS)]).then(() => resolve({ code, signal }))
    })
  })

  let stopping: Promise<void> | undefined
  return {
    pid,
    exited,
    hasExited: () => gone,
    lastLines: () => remembered.join('\n'),
    stop: () => (stopping ??= climb(settings.stopSteps, (signal) => void child.kill(signal), exited)),
  }
}

/** Ends what a dead owner left behind; does nothing when it is gone or its pid belongs to somebody else by now. */
export async function stopLeftBehind(
  process_: ProcessIdentity,
  stopSteps: readonly StopStep[],
): Promise<void> {
  const gone = (async () => {
    while (isRunning(process_)) await delay(25)
  })()
  const send = (signal: NodeJS.Signals) => {
    if (isRunning(process_)) process.kill(process_.pid, signal)
  }
  await climb(stopSteps, send, gone)
}

async function climb(
  steps: readonly StopStep[],
  send: (signal: NodeJS.Signals) => void,
  ended: Promise<unknown>,
): Promise<void> {
  for (const { signal, graceMs } of steps) {
    send(signal)
    const patience = new AbortController()
    const inTime = await Promise.race([
      ended.then(() => true),
      delay(graceMs, false, { signal: patience.signal }).catch(() => false),
    ])
    patience.abort()
    if (inTime) return
  }
  send('SIGKILL')
  await ended
}

function eachLine(stream: Readable, onLine: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = (lines.pop() ?? '').slice(0, LONGEST_LINE)
    for (const line of lines) if (line !== '') onLine(line.slice(0, LONGEST_LINE))
  })
  stream.on('end', () => {
    if (rest !== '') onLine(rest)
  })
}
