import { RetryableError } from '../kernel/retryable-error.ts'

export class Overloaded extends RetryableError {
  override readonly code = 'overloaded'
}

type Waiting<Row, Written> = { rows: Row[]; resolve: (written: Written[]) => void; reject: (error: unknown) => void }

type Settings<Row, Written> = {
  /** Writes all or nothing, and answers in the order of the rows. */
  write: (rows: Row[]) => Promise<Written[]>
  maxRowsPerFlush: number
  maxFlushes: number
  /** Rows that may wait; more are refused with `Overloaded`. */
  capacity: number
}

/**
 * Callers who come at the same time share a transaction, so that the disk is asked once for many.
 * A flush that fails is retried caller by caller: a bad row spoils nobody else's.
 */
export function groupCommit<Row, Written>({ write, maxRowsPerFlush, maxFlushes, capacity }: Settings<Row, Written>) {
  const queue: Waiting<Row, Written>[] = []
  let queuedRows = 0
  let flushes = 0

  function take(): Waiting<Row, Written>[] {
    let rows = 0
    let count = 0
    for (const waiting of queue) {
      if (count > 0 && rows + waiting.rows.length > maxRowsPerFlush) break
      rows += waiting.rows.length
      count++
    }
    queuedRows -= rows
    return queue.splice(0, count)
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
      if (group.length === 1) group[0]!.reject(error)
      else for (const waiting of group) await commit([waiting])
    }
  }

  return {
    async append(rows: Row[]): Promise<Written[]> {
      if (queuedRows + rows.length > capacity) {
        throw new Overloaded(`${queuedRows} rows wait to be written`, { retryAfterMs: 1_000 })
      }
      return new Promise((resolve, reject) => {
        queue.push({ rows, resolve, reject })
        queuedRows += rows.length
        if (flushes < maxFlushes) void flush()
      })
    },
    depth: () => queuedRows,
  }
}
