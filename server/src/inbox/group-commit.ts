import { isRetryable, RetryableError } from '../kernel/retryable-error.ts'

export class Overloaded extends RetryableError {
  override readonly code = 'overloaded'
}

type Waiting<Row, Written> = {
  rows: Row[]
  weight: number
  resolve: (written: Written[]) => void
  reject: (error: unknown) => void
}

type Settings<Row, Written> = {
  /** Writes all or nothing, and answers in the order of the rows. */
  write: (rows: Row[]) => Promise<Written[]>
  maxRowsPerFlush: number
  maxFlushes: number
  /** What a row takes of the capacity, bytes for instance. */
  weigh: (row: Row) => number
  /** Weight that may wait; more is refused with `Overloaded`. */
  capacity: number
}

/**
 * Callers who come at the same time share a transaction, so that the disk is asked once for many.
 * A flush that fails is retried caller by caller: a bad row spoils nobody else's. Not so while the database is away.
 */
export function groupCommit<Row, Written>({
  write,
  maxRowsPerFlush,
  maxFlushes,
  weigh,
  capacity,
}: Settings<Row, Written>) {
  const queue: Waiting<Row, Written>[] = []
  let queuedWeight = 0
  let flushes = 0

  function take(): Waiting<Row, Written>[] {
    let rows = 0
    let count = 0
    for (const waiting of queue) {
      if (count > 0 && rows + waiting.rows.length > maxRowsPerFlush) break
      rows += waiting.rows.length
      count++
    }
    const taken = queue.splice(0, count)
    for (const { weight } of taken) queuedWeight -= weight
    return taken
  }

  async function flush(): Promise<void> {
    flushes++
    try {
      while (queue.length > 0) await commit(take())
    } finally {
      flushes--
    }
  }

  async function commit(group: Waiting<Row, Written>[]): Promise<void> {
    try {
      const written = await write(group.flatMap(({ rows }) => rows))
      let from = 0
      for (const { rows, resolve } of group) resolve(written.slice(from, (from += rows.length)))
    } catch (error) {
      if (group.length === 1 || isRetryable(error)) for (const { reject } of group) reject(error)
      else for (const waiting of group) await commit([waiting])
    }
  }

  return {
    async append(rows: Row[]): Promise<Written[]> {
      const weight = rows.reduce((sum, row) => sum + weigh(row), 0)
      if (queue.length > 0 && queuedWeight + weight > capacity) {
        throw new Overloaded(`${queue.length} callers wait for their rows to be written`, {
          retryAfterMs: 1_000,
        })
      }
      return new Promise((resolve, reject) => {
        queue.push({ rows, weight, resolve, reject })
        queuedWeight += weight
        if (flushes < maxFlushes) void flush()
      })
    },
    depth: () => queue.length,
  }
}
