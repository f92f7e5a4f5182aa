import type { DoorEngine, DoorInbox, StoredItem } from './ports/door-keeping.ts'

export type Awaited = { id: string; contacts: string[] }

const MAX_WAITERS = 200

/**
 * Runs stored work now, for a caller who waits for its result; undefined when it is not there in time, or when too many
 * wait already. The work goes on in either case.
 */
export function awaitResults({ engine, inbox }: { engine: DoorEngine; inbox: DoorInbox }) {
  let waiters = 0

  return async (projectId: string, items: Awaited[], seconds: number): Promise<StoredItem[] | undefined> => {
    if (seconds === 0 || items.length === 0 || waiters >= MAX_WAITERS) return undefined
    waiters++
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'late'>((resolve) => (timer = setTimeout(resolve, seconds * 1_000, 'late')))
    const run = engine.runNow(projectId, items).then(
      () => 'done' as const,
      () => 'failed' as const,
    )
    void run.finally(() => waiters--)
    const outcome = await Promise.race([run, late])
    clearTimeout(timer)
    return outcome === 'done' ? inbox.findAll(projectId, items.map(({ id }) => id)) : undefined // prettier-ignore
  }
}
