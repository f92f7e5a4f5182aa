/** At most one call per key and pause; the last wish is never lost. */
export function coalesce(everyMs: number, act: (key: string) => void) {
  const waiting = new Map<string, NodeJS.Timeout>()
  return {
    wake(key: string) {
      if (waiting.has(key)) return
      waiting.set(key, setTimeout(() => { waiting.delete(key); act(key) }, everyMs)) // prettier-ignore
    },
    stop() {
      for (const timer of waiting.values()) clearTimeout(timer)
    },
  }
}
