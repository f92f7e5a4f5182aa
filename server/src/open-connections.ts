import { once } from 'node:events'
import type { Logger } from './telemetry/log.ts'
import { createLookUpPool, createPool } from './postgres/pool.ts'
import { sqlOfPool, sqlTogether, unitOfWork } from './postgres/sql.ts'
import { deadline } from './queue/deadline.ts'
import { connectRedis, connectRedisForWorker } from './redis/connect.ts'

type Settings = { databaseUrl: string; redisUrl: string; poolSize: number; log: Logger }

const DOOR_CONNECTIONS = 4
const LOOK_UP_CONNECTIONS = 4
const CHAT_CONNECTIONS = 8
const REDIS_GRACE_MS = 2_000

/** What a process holds open to Postgres and Redis. Pools are apart, so that none of these waits behind another. */
export async function openConnections({ databaseUrl: url, redisUrl, poolSize, log }: Settings) {
  const onIdleError = (error: Error) => log.warn({ err: error }, 'an idle database connection broke')
  const pool = createPool({ url, max: poolSize, name: 'main', onIdleError })
  // Work that waits for locks must not keep the door from writing.
  const doorPool = createPool({ url, max: DOOR_CONNECTIONS, name: 'door', onIdleError })
  // A quote must not stand behind work, nor be planned again each time.
  const lookUpPool = createLookUpPool({ url, max: LOOK_UP_CONNECTIONS, name: 'look-ups', onIdleError })
  // Whoever speaks waits for no other work.
  const chatPool = createLookUpPool({ url, max: CHAT_CONNECTIONS, name: 'chat', onIdleError })
  const onError = (error: Error) => log.debug({ err: error }, 'redis')
  const redis = connectRedis({ url: redisUrl, name: 'main', onError })
  const listener = connectRedisForWorker({ url: redisUrl, name: 'chat', onError })
  const ofWorkers: ReturnType<typeof connectRedisForWorker>[] = []
  // Not needed to begin, but a start that finds Redis there should say that it is ready.
  await deadline(once(redis, 'ready'), REDIS_GRACE_MS).catch(() => undefined)

  return {
    sql: sqlOfPool(pool),
    unitOfWork: unitOfWork(pool),
    ofDoor: sqlOfPool(doorPool),
    lookUps: sqlTogether(lookUpPool),
    ofChat: sqlOfPool(chatPool),
    redis,
    listener,
    /** Takes jobs, and waits for them in commands that block. */
    redisForWorker() {
      const connection = connectRedisForWorker({ url: redisUrl, name: 'worker', onError })
      ofWorkers.push(connection)
      return connection
    },
    async close(): Promise<void> {
      for (const connection of [redis, listener, ...ofWorkers]) connection.disconnect()
      await Promise.all([pool.end(), doorPool.end(), lookUpPool.end(), chatPool.end()])
    },
  }
}
