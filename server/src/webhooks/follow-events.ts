import type { RecordedEvent } from './domain/event.ts'
import type { EventStore } from './ports/event-store.ts'

type Dependencies = { events: EventStore; sleep: (ms: number) => Promise<void>; isStopping: () => boolean }

const LOOK_MS = 250
/** More callers than that get their answer at once. */
const MOST_WAITING = 200

/** What was recorded after a position, in its order; waits a while for the next when there is nothing yet. */
export function followEvents({ events, sleep, isStopping }: Dependencies) {
  let waiting = 0
  return async (
    projectId: string,
    after: number | undefined,
    { waitMs, limit }: { waitMs: number; limit: number },
  ): Promise<{ events: RecordedEvent[]; position: number }> => {
    if (after === undefined) return { events: [], position: await events.lastPosition(projectId) }
    let came = await events.since(projectId, after, limit)
    if (came.length === 0 && waitMs > 0 && waiting < MOST_WAITING) {
      waiting++
      try {
        for (let waited = 0; came.length === 0 && waited < waitMs && !isStopping(); waited += LOOK_MS) {
          await sleep(LOOK_MS)
          came = await events.since(projectId, after, limit)
        }
      } finally {
        waiting--
      }
    }
    return { events: came, position: came.at(-1)?.position ?? after }
  }
}
