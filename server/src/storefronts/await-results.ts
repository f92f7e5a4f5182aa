import type { Awaited, DoorEngine, DoorInbox, StoredItem } from './ports/door-keeping.ts'

const MAX_WAITERS = 200
/** So that one project's stuck work does not take the places of all others. */
const MAX_WAITERS_PER_PROJECT = 50

/**
 * Runs stored work now, for a caller who waits for its result; undefined when it is not there in time, or when too many
 * wait already. The work goes on in either case.
 */
export function awaitResults({ engine, inbox }: { engine: DoorEngine; inbox: DoorInbox }) {
  let waiters = 0
  const ofProject = new Map<string, number>()

  function count(projectId: string, change: 1 | -1): void {
    waiters += change
    const now = (ofProject.get(projectId) ?? 0) + change
    if (now === 0) ofProject.delete(projectId)
    else ofProject.set(projectId, now)
  }

  return async (projectId: string, items: Awaited[], seconds: number): Promise<StoredItem[] | undefined> => {
    if (seconds === 0 || items.length === 0) return undefined
    if (waiters >= MAX_WAITERS || (ofProject.get(projectId) ?? 0) >= MAX_WAITERS_PER_PROJECT) return undefined
    count(projectId, 1)
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'late'>((resolve) => (timer = setTimeout(resolve, seconds * 1_000, 'late')))
    const run = engine.runNow(projectId, items).then(
      () => 'done' as const,
      () => 'failed' as const,
    )
    void run.finally(() => count(projectId, -1))
    const outcome = await Promise.race([run, late])
    clearTimeout(timer)
    return outcome === 'done' ? inbox.findAll(projectId, items.map(({ id }) => id)) : undefined // prettier-ignore
  }
}
