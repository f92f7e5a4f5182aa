import { fork, type ChildProcess, type Serializable } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export type Started<Job = never, Answer = never> = {
  child: ChildProcess
  /** One job at a time; rejects when the process says that it failed, or ends. */
  ask: <Kind extends Job>(job: Kind) => Promise<Answer>
  stop: () => Promise<void>
  /** What it has used of the processor, which others on the machine change less than the clock. NaN where it is unknown. */
  cpuSeconds: () => number
  /** What it has of the machine's memory now. NaN where it is unknown. */
  residentMb: () => number
}

type Reply<Answer> = { answer: Answer } | { failure: string }

const STOP_GRACE_MS = 12_000
let profiling: string[] = []

/** From now on every process writes its CPU profile when it ends, named by its pid. */
export function profileProcesses(directory: string): void {
  profiling = ['--cpu-prof', `--cpu-prof-dir=${directory}`]
}

/** A process of its own. What it logs goes to stderr, the rest of what it says nowhere. */
export function startProcess<Job = never, Answer = never>(
  entrance: string,
  env: Record<string, string> = {},
): Started<Job, Answer> {
  const child = fork(fileURLToPath(new URL(entrance, import.meta.url)), [], {
    env: { PATH: process.env.PATH, TZ: 'UTC', NODE_ENV: 'production', ...env },
    execArgv: [...process.execArgv, ...profiling],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  if (profiling.length > 0) process.stderr.write(`${entrance} has the pid ${child.pid}\n`)
  createInterface({ input: child.stdout! }).on('line', (line) => {
    if (line.startsWith('{')) process.stderr.write(`${line}\n`)
  })
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  const gone = exited.then(([code, signal]) => {
    throw new Error(`${entrance} ended with ${code ?? signal}`)
  })
  gone.catch(() => undefined)

  return {
    child,
    async ask(job) {
      const replied = once(child, 'message') as Promise<[Reply<Answer>]>
      child.send(job as Serializable)
      const [reply] = await Promise.race([replied, gone])
      if ('failure' in reply) throw new Error(`${entrance}: ${reply.failure}`)
      return reply.answer
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS)
      await exited
      clearTimeout(force)
    },
    cpuSeconds: () => cpuSecondsOf(child.pid!),
    residentMb: () => residentMbOf(child.pid!),
  }
}

/** The other side of `ask`. */
export function answerJobs<Job, Answer>(work: (job: Job) => Promise<Answer>): void {
  process.on('SIGTERM', () => process.exit(0)).on('disconnect', () => process.exit(1))
  process.on('message', (job: Job) => {
    work(job).then(
      (answer) => process.send!({ answer } satisfies Reply<Answer>),
      (error: unknown) => process.send!({ failure: String((error as Error).stack) } satisfies Reply<Answer>),
    )
  })
}

const TICKS_PER_SECOND = 100

function cpuSecondsOf(pid: number): number {
  try {
    // After the name, which may hold blanks, utime and stime are the 12th and 13th field.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
  } catch {
    return NaN
  }
}

function residentMbOf(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1_024
  } catch {
    return NaN
  }
}
