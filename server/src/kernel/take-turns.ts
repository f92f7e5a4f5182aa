/** Keys that take turns in this process: each runs once at a time, and once more when it was woken meanwhile. */
export function takeTurns<Key>({
  atOnce,
  nameOf,
  work,
  onFault,
}: {
  atOnce: number
  nameOf: (key: Key) => string
  /** True: there is more of it at once; it stands behind the others again. */
  work: (key: Key) => Promise<boolean>
  onFault: (error: unknown, key: Key) => void
}) {
  const waiting = new Map<string, Key>()
  const running = new Map<string, boolean>()
  let stopped = false
  let idle: (() => void) | undefined

  function startNext(): void {
    while (!stopped && running.size < atOnce) {
      const [next] = waiting
      if (next === undefined) return
      const [name, key] = next
      waiting.delete(name)
      running.set(name, false)
      void work(key)
        .catch((error: unknown) => {
          onFault(error, key)
          return false
        })
        .then((more) => {
          const again = more || running.get(name) === true
          running.delete(name)
          if (again && !stopped) waiting.set(name, key)
          startNext()
          if (running.size === 0) idle?.()
        })
    }
  }

  return {
    wake(key: Key): void {
      if (stopped) return
      const name = nameOf(key)
      if (running.has(name)) running.set(name, true)
      else waiting.set(name, key)
      startNext()
    },
    isRunning: (key: Key) => running.has(nameOf(key)),
    isStopped: () => stopped,
    waiting: () => waiting.size,
    async stop(): Promise<void> {
      stopped = true
      waiting.clear()
      if (running.size > 0) await new Promise<void>((resolve) => (idle = resolve))
    },
  }
}
