export type Lanes = ReturnType<typeof createLanes>

/** Tasks of one key run one after another, those of others beside them; `add` waits while `most` are unfinished. */
export function createLanes(most: number) {
  const unfinished = new Set<Promise<void>>()
  const last = new Map<string, Promise<void>>()
  return {
    async add(key: string, task: () => Promise<void>): Promise<void> {
      while (unfinished.size >= most) await Promise.race(unfinished)
      const turn: Promise<void> = (last.get(key) ?? Promise.resolve()).then(task).finally(() => {
        unfinished.delete(turn)
        if (last.get(key) === turn) last.delete(key)
      })
      unfinished.add(turn)
      last.set(key, turn)
    },
    async idle(): Promise<void> {
      await Promise.all(unfinished)
    },
  }
}
