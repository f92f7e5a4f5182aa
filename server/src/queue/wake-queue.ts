import { Queue, Worker } from 'bullmq'
import type { Redis } from 'ioredis'

/** A queue whose jobs say only "this key has work". The work itself, its attempts and its due times are in Postgres. */
export type WakeQueue = {
  /** At most one waiting job a key. Resolves to false when Redis is away: the sweeper finds the work. */
  wake(key: string): Promise<boolean>
  close(): Promise<void>
}

const KEEP_FAILED = 1_000

export function wakeQueue({
  name,
  connection,
  prefix,
}: {
  name: string
  connection: Redis
  prefix: string
}): WakeQueue {
  const queue = new Queue(name, {
    connection,
    prefix,
    skipVersionCheck: true,
    defaultJobOptions: { removeOnComplete: true, removeOnFail: { count: KEEP_FAILED }, attempts: 1 },
  })
  queue.on('error', () => undefined)
  return {
    wake: async (key) => {
      if (connection.status !== 'ready') return false
      try {
        await queue.add('wake', { key }, { deduplication: { id: key, keepLastIfActive: true } })
        return true
      } catch {
        return false
      }
    },
    close: () => queue.close(),
  }
}

export type WakeWorker = { close(): Promise<void> }

type WorkerSettings = {
  name: string
  connection: Redis
  prefix: string
  concurrency: number
  /** One bounded slice of a key's work; `true` puts the key at the tail of the queue again. */
  work: (key: string) => Promise<boolean>
  wake: (key: string) => Promise<boolean>
  onError: (error: Error) => void
}

/** Keys take turns: after each slice a key stands behind all others that wait. */
export function wakeWorker({
  name,
  connection,
  prefix,
  concurrency,
  work,
  wake,
  onError,
}: WorkerSettings): WakeWorker {
  const worker = new Worker<{ key: string }>(
    name,
    async ({ data }) => {
      if (await work(data.key)) await wake(data.key)
    },
    // While a dead worker's lock stands, its key is not woken. Work done twice is harmless: its truth is not in Redis.
    {
      connection,
      prefix,
      concurrency,
      skipVersionCheck: true,
      stalledInterval: 2_500,
      lockDuration: 5_000,
      drainDelay: 5,
    },
  )
  worker.on('error', onError)
  worker.on('failed', (_job, error) => onError(error))
  return { close: () => worker.close() }
}
