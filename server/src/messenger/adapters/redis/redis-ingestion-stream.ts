import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { IngestionStream, Pushed, Taken } from '../../ports/ingestion-stream.ts'

const GROUP = 'messenger'
const ABANDONED_MS = 30_000
const LOOK_FOR_ABANDONED_MS = 5_000

type Entry = [id: string, fields: string[]]

export function redisIngestionStream(redis: Redis, prefix: string): IngestionStream {
  const stream = `${prefix}:chat:ingestion`
  const me = randomUUID()
  let hasGroup = false
  let lookedAt = 0

  async function ensureGroup(): Promise<void> {
    if (hasGroup) return
    await redis.xgroup('CREATE', stream, GROUP, '0', 'MKSTREAM').catch((error: Error) => {
      if (!error.message.startsWith('BUSYGROUP')) throw error
    })
    hasGroup = true
  }

  return {
    async append(messages) {
      const pipeline = redis.pipeline()
      for (const message of messages) pipeline.xadd(stream, '*', 'message', JSON.stringify(message))
      for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) throw error
    },

    async take(most) {
      await ensureGroup()
      if (Date.now() - lookedAt > LOOK_FOR_ABANDONED_MS) {
        lookedAt = Date.now()
        const [, entries] = (await redis.xautoclaim(stream, GROUP, me, ABANDONED_MS, '0', 'COUNT', most)) as [
          string,
          Entry[],
        ]
        if (entries.length > 0) return entries.flatMap(takenOf)
      }
      try {
        const answer = await redis.xreadgroup('GROUP', GROUP, me, 'COUNT', most, 'STREAMS', stream, '>')
        const [[, entries] = [undefined, []]] = (answer ?? []) as [string, Entry[]][]
        return entries.flatMap(takenOf)
      } catch (error) {
        // Somebody emptied Redis.
        if ((error as Error).message.startsWith('NOGROUP')) hasGroup = false
        throw error
      }
    },

    async settle(receipts) {
      if (receipts.length === 0) return
      const pipeline = redis.pipeline()
      pipeline.xack(stream, GROUP, ...receipts)
      pipeline.xdel(stream, ...receipts)
      await pipeline.exec()
    },

    depth: () => redis.xlen(stream),
  }
}

function takenOf([receipt, fields]: Entry): Taken[] {
  const at = fields?.indexOf('message') ?? -1
  return at === -1 ? [] : [{ ...(JSON.parse(fields[at + 1]!) as Pushed), receipt }]
}
