import type { MovableClock } from './clock.ts'
import type { Faults } from './faults.ts'
import { updateHolds } from './update-holds.ts'

export interface Update {
  update_id: number
  [type: string]: unknown
}

export interface QueuedUpdate {
  update: Update
  queue: string
  chat: string
  expiresAt: number
  /** It has been delivered once and comes a second time. */
  isRepeat: boolean
}

const DAY_MS = 24 * 60 * 60 * 1000
const WEEK_MS = 7 * DAY_MS
const MOST_PENDING = 10_000
const USUAL_DELAY_MS = 1000
// An edit stands in line behind the message it edits.
const LINE_OF: Record<string, string> = { edited_message: 'message' }
const ONLY_IF_ASKED = ['chat_member', 'message_reaction', 'message_reaction_count']

export type UpdateQueue = ReturnType<typeof updateQueue>

/** What one bot has not been told yet, oldest first, forgotten after a day. */
export function updateQueue(clock: MovableClock, faults: Pick<Faults, 'takeForUpdate'>) {
  const listeners = new Set<() => void>()
  const holds = updateHolds(clock)
  let pending: QueuedUpdate[] = []
  let allowed: string[] = []
  let nextId = randomId()
  let lastAddedAt = clock.now()

  const dropExpired = () => {
    if (pending[0] && pending[0].expiresAt <= clock.now()) {
      pending = pending.filter((queued) => queued.expiresAt > clock.now())
    }
  }

  const put = (type: string, chat: string, payload: unknown) => {
    if (clock.now() - lastAddedAt >= WEEK_MS) nextId = randomId()
    lastAddedAt = clock.now()
    const update = { update_id: nextId++, [type]: payload }
    const queue = `${LINE_OF[type] ?? type}:${chat}`
    pending.push({ update, queue, chat, expiresAt: clock.now() + DAY_MS, isRepeat: false })
    if (pending.length > MOST_PENDING) pending.shift()
    for (const listener of [...listeners]) listener()
  }

  return {
    get allowed() {
      return allowed
    },
    allow(types: string[]) {
      allowed = types
    },
    /** A webhook gets what is of one kind and of one chat strictly in order. */
    add(type: string, chat: string, payload: unknown): boolean {
      const isWanted = allowed.length > 0 ? allowed.includes(type) : !ONLY_IF_ASKED.includes(type)
      if (!isWanted) return false
      const snapshot: unknown = structuredClone(payload)
      const putIt = () => put(type, chat, snapshot)
      if (holds.wait(chat, putIt)) return true
      const fault = faults.takeForUpdate(['delay', 'reorder'], chat)
      if (fault) {
        holds.open(chat, {
          delayMs: fault.delayMs ?? USUAL_DELAY_MS,
          untilOvertaken: fault.effect === 'reorder',
        })
        holds.wait(chat, putIt)
        return true
      }
      putIt()
      holds.overtake(chat)
      return true
    },
    /** As after a week of silence: the next update has this number, or one that nobody expects. */
    jumpTo(updateId = randomId()) {
      nextId = updateId
    },
    pending(): QueuedUpdate[] {
      dropExpired()
      return pending
    },
    /** An offset beyond the newest update comes from before a jump, and confirms nothing. */
    confirmBefore(offset: number) {
      if (offset > nextId) return
      pending = pending.filter((queued) => {
        if (queued.update.update_id >= offset) return true
        if (queued.isRepeat || !faults.takeForUpdate(['duplicate'], queued.chat)) return false
        queued.isRepeat = true
        return true
      })
    },
    forget(queued: QueuedUpdate) {
      pending = pending.filter((other) => other !== queued)
    },
    clear() {
      holds.clear()
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
