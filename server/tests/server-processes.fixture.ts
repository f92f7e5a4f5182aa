import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const LAST_LINES = 25

export type KeptServer = Awaited<ReturnType<typeof keepRunning>>

/** `main.ts` as a process on a fixed port, started again at once whenever it ends, as an orchestrator would. */
export function keepRunning(port: number, environment: Record<string, string>) {
  const url = `http://127.0.0.1:${port}`
  const counts = { kills: 0, failedStarts: 0 }
  let lastWords = ''
  /** Last words of those that ended although nobody killed them. */
  const deaths: string[] = []
  let child: ChildProcess | undefined
  let ready = false
  let stopping = false
  const killed = new WeakSet<ChildProcess>()

  const running = (async () => {
    while (!stopping) {
      ready = false
      const lines: string[] = []
      const started = spawn(process.execPath, ['--enable-source-maps', inject('serverEntrance')], {
        cwd: ROOT,
        env: { PATH: process.env.PATH ?? '', PORT: String(port), ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      child = started
      for (const stream of [started.stdout, started.stderr]) {
        createInterface(stream).on('line', (line) => {
          lines.push(line)
          if (lines.length > LAST_LINES) lines.shift()
        })
      }
      const exit = once(started, 'exit')
      void becomeReady(started)
      const [code, signal] = (await exit) as [number | null, string | null]
      lastWords = lines.join('\n')
      if (stopping || killed.has(started)) continue
      if (!ready) {
        counts.failedStarts++
        await delay(200)
      } else deaths.push(`${url} ended by itself (${code ?? signal}):\n${lastWords}`)
    }
  })()

  async function becomeReady(started: ChildProcess): Promise<void> {
    while (started.exitCode === null && started.signalCode === null && !ready) {
      const alive = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(1_000) }).catch(
        () => undefined,
      )
      if (alive?.ok === true && child === started) ready = true
      else await delay(50)
    }
  }

  function killChild(): void {
    if (child === undefined) return
    killed.add(child)
    child.kill('SIGKILL')
  }
  process.once('exit', killChild)

  return {
    url,
    counts,
    deaths,
    isReady: () => ready,
    pid: () => child?.pid,
    /** Of the start before this one. */
    lastWords: () => lastWords,
    kill() {
      if (child === undefined || killed.has(child)) return
      counts.kills++
      ready = false
      killChild()
    },
    async stop() {
      stopping = true
      child?.kill('SIGTERM')
      const force = setTimeout(killChild, 12_000)
      await running
      clearTimeout(force)
      process.removeListener('exit', killChild)
    },
  }
}
