const TOGETHER_MS = 40

export type Feed = ReturnType<typeof feed>

/** Tells the open pages that something has changed, many changes at once as one. */
export function feed() {
  const watchers = new Set<() => void>()
  let timer: NodeJS.Timeout | undefined

  return {
    changed() {
      if (timer || watchers.size === 0) return
      timer = setTimeout(() => {
        timer = undefined
        for (const watcher of [...watchers]) watcher()
      }, TOGETHER_MS)
    },
    watch(watcher: () => void): () => void {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    watcherCount: () => watchers.size,
    stop() {
      clearTimeout(timer)
      watchers.clear()
    },
  }
}
