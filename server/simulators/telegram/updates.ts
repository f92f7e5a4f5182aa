import type { TimeSource } from './clock.ts'

export interface Update {
  update_id: number
  [type: string]: unknown
}

export interface QueuedUpdate {
  update: Update
  queue: string
  expiresAt: number
}

const DAY_MS = 24 * 60 * 60 * 1000
const WEEK_MS = 7 * DAY_MS
const MOST_PENDING = 10_000
// An edit stands in line behind the message it edits.
const LINE_OF: Record<string, string> = { edited_message: 'message' }
const ONLY_IF_ASKED = ['chat_member', 'message_reaction', 'message_reaction_count']

export type UpdateQueue = ReturnType<typeof updateQueue>

/** What one bot has not been told yet, oldest first, forgotten after a day. */
export function updateQueue(clock: TimeSource) {
  const listeners = new Set<() => void>()
  let pending: QueuedUpdate[] = []
  let allowed: string[] = []
  let nextId = randomId()
  let lastAddedAt = clock.now()

  const dropExpired = () => {
    if (pending[0] && pending[0].expiresAt <= clock.now()) {
      pending = pending.filter((queued) => queued.expiresAt > clock.now())
    }
  }

  return {
    get allowed() {
      return allowed
    },
    allow(types: string[]) {
      allowed = types
    },
    /** `queue` names the line the update stands in: a webhook gets one line strictly in order. */
    add(type: string, queue: string, payload: unknown): boolean {
      const isWanted = allowed.length > 0 ? allowed.includes(type) : !ONLY_IF_ASKED.includes(type)
      if (!isWanted) return false
      if (clock.now() - lastAddedAt >= WEEK_MS) nextId = randomId()
      lastAddedAt = clock.now()
      const update = { update_id: nextId++, [type]: structuredClone(payload) }
      pending.push({ update, queue: `${LINE_OF[type] ?? type}:${queue}`, expiresAt: clock.now() + DAY_MS })
      if (pending.length > MOST_PENDING) pending.shift()
      for (const listener of [...listeners]) listener()
      return true
    },
    pending(): QueuedUpdate[] {
      dropExpired()
      return pending
    },
    confirmBefore(offset: number) {
      pending = pending.filter((queued) => queued.update.update_id >= offset)
    },
    forget(queued: QueuedUpdate) {
      pending = pending.filter((other) => other !== queued)
    },
    clear() {
      pending = []
    },
    onAdded(listener: () => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

function randomId(): number {
  return 100_000_000 + Math.floor(Math.random() * 800_000_000)
}
