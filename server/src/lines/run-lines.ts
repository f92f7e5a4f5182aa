import { backoff } from '../kernel/backoff.ts'
import type { Item, LineKey, NewItem, Outcome } from '../kernel/line.ts'
import { takeTurns } from '../kernel/take-turns.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { RetryableError } from '../kernel/retryable-error.ts'
import { whileHolding } from '../kernel/while-holding.ts'
import { afterCommit } from '../postgres/sql.ts'
import type { Held, LineStore } from './line-store.ts'

type Dependencies<Body> = {
  store: LineStore<Body>
  work: (item: Item<Body>) => Promise<Outcome>
  /** Lines at the same time in this process. */
  atOnce: number
  /** Whether this process works on lines; if not, what is added is found by those that do. */
  works: boolean
  /** Tells other processes, where this one does not work itself. */
  wakeOthers?: (key: LineKey) => void
  mostAttempts?: number
  onFault: (error: unknown) => void
}

export type Lines<Body> = ReturnType<typeof runLines<Body>>

const HOLD_MS = 15_000
const SLICE = 20
const SWEPT = 200
const MOST_ATTEMPTS = 12
const TIMED_MS = 10_000

/**
 * Works on lines: an item at a time within a line, lines side by side. What fails is tried again with longer and longer waits
 * and set aside at last, so that nothing blocks a line for ever. An item may be worked on twice: by whoever died after its
 * effect, and by the next.
 */
export function runLines<Body>({
  store,
  work,
  atOnce,
  works,
  wakeOthers,
  mostAttempts = MOST_ATTEMPTS,
  onFault,
}: Dependencies<Body>) {
  const timers = new Set<NodeJS.Timeout>()
  const turns = takeTurns<LineKey>({
    atOnce,
    nameOf: ({ projectId, line }) => `${projectId} ${line}`,
    work: runLine,
    onFault,
  })

  function wake(key: LineKey): void {
    if (works) turns.wake(key)
    else wakeOthers?.(key)
  }

  function wakeAfter(key: LineKey, afterMs: number): void {
    if (afterMs > TIMED_MS) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      wake(key)
    }, afterMs + 1)
    timers.add(timer)
  }

  /** True when there is more of it at once. */
  async function runLine(key: LineKey): Promise<boolean> {
    const held = await store.hold(key, HOLD_MS)
    if (held === undefined) return false
    let isLost = false
    return whileHolding({
      everyMs: HOLD_MS / 3,
      holdOn: async () => void (isLost = !(await store.holdOn(held, HOLD_MS))),
      work: () => runHeld(key, held, () => isLost),
    })
  }

  async function runHeld(key: LineKey, held: Held, isLost: () => boolean): Promise<boolean> {
    const items = await store.items(key, SLICE)
    for (const item of items) {
      if (turns.isStopped() || isLost()) break
      const outcome = await judge(item)
      if (outcome.outcome === 'later') {
        await store.postpone(item, outcome)
        await store.release(held, { afterMs: outcome.afterMs })
        wakeAfter(key, outcome.afterMs)
        return false
      }
      await store.finish(item, outcome.outcome, 'why' in outcome ? outcome.why : null)
    }
    return store.release(held, turns.isStopped() || items.length === SLICE ? 'more' : 'empty')
  }

  async function judge(item: Item<Body>): Promise<Outcome> {
    const outcome = await work(item).catch((error: unknown): Outcome => {
      if (!(error instanceof RetryableError)) onFault(error)
      const why = error instanceof Error ? error.message : String(error)
      const told = error instanceof RetryableError ? error.retryAfterMs : undefined
      return {
        outcome: 'later',
        afterMs: told ?? backoff(item.attempts, Math.random()),
        why,
        counts: told === undefined,
      }
    })
    return outcome.outcome === 'later' && outcome.counts && item.attempts + 1 >= mostAttempts
      ? { outcome: 'dead', why: outcome.why }
      : outcome
  }

  return {
    /** Worked on after the commit. */
    async add(transaction: Transaction, items: readonly NewItem<Body>[]): Promise<number> {
      const added = await store.add(transaction, items)
      const lines = new Map(items.map(({ projectId, line }) => [`${projectId} ${line}`, { projectId, line }]))
      if (added > 0) afterCommit(transaction, () => lines.forEach((key) => wake(key)))
      return added
    },
    wake,
    /** Worked on after the commit. */
    async release(transaction: Transaction, key: LineKey): Promise<void> {
      if ((await store.unhold(transaction, key)) > 0) afterCommit(transaction, () => wake(key))
    },
    /** What nobody was told of: after a crash, a wait, or from a process that does no work itself. */
    async sweep(): Promise<boolean> {
      if (turns.waiting() >= SWEPT) return false
      for (const key of await store.due(SWEPT)) if (!turns.isRunning(key)) wake(key)
      return false
    },
    figures: store.figures,
    busy: store.busy,
    clear: store.clear,
    forget: store.forget,
    async stop(): Promise<void> {
      for (const timer of timers) clearTimeout(timer)
      await turns.stop()
    },
  }
}
