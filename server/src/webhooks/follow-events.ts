import type { RecordedEvent } from './domain/event.ts'
import type { EventStore } from './ports/event-store.ts'

type Dependencies = { events: EventStore; sleep: (ms: number) => Promise<void>; isStopping: () => boolean }

const LOOK_MS = 250
/** More callers than that get their answer at once: in all, and of one project. */
const MOST_WAITING = 500
const MOST_OF_PROJECT = 20

/** What was recorded after a position, in its order; waits a while for the next when there is nothing yet. */
export function followEvents({ events, sleep, isStopping }: Dependencies) {
  let waiting = 0
  const ofProject = new Map<string, number>()
  const countOf = (projectId: string) => ofProject.get(projectId) ?? 0
  return async (
    projectId: string,
    after: number | undefined,
    { waitMs, limit }: { waitMs: number; limit: number },
  ): Promise<{ events: RecordedEvent[]; position: number }> => {
    if (after === undefined) return { events: [], position: await events.lastPosition(projectId) }
    let came = await events.since(projectId, after, limit)
    if (came.length === 0 && waitMs > 0 && waiting < MOST_WAITING && countOf(projectId) < MOST_OF_PROJECT) {
      waiting++
      ofProject.set(projectId, countOf(projectId) + 1)
      try {
        for (let waited = 0; came.length === 0 && waited < waitMs && !isStopping(); waited += LOOK_MS) {
          await sleep(LOOK_MS)
          came = await events.since(projectId, after, limit)
        }
      } finally {
        waiting--
        if (countOf(projectId) === 1) ofProject.delete(projectId)
        else ofProject.set(projectId, countOf(projectId) - 1)
      }
    }
    return { events: came, position: came.at(-1)?.position ?? after }
  }
}
