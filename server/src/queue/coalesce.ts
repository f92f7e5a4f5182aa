/** A key's first call at once, then at most one a pause; the last wish is never lost. */
export function coalesce(everyMs: number, act: (key: string) => void) {
  const pauses = new Map<string, { timer: NodeJS.Timeout; isWished: boolean }>()

  function callAndPause(key: string): void {
    act(key)
    const end = () => {
      if (pauses.get(key)!.isWished) callAndPause(key)
      else pauses.delete(key)
    }
    pauses.set(key, { timer: setTimeout(end, everyMs), isWished: false })
  }

  return {
    wake(key: string) {
      const pause = pauses.get(key)
      if (pause === undefined) callAndPause(key)
      else pause.isWished = true
    },
    stop() {
      for (const { timer } of pauses.values()) clearTimeout(timer)
    },
  }
}
