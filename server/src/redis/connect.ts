import { Redis } from 'ioredis'

export type RedisSettings = { url: string; name: string; onError: (error: Error) => void }

const COMMAND_TIMEOUT_MS = 1_000
const MAX_RECONNECT_MS = 2_000

/** For calls that must answer soon: while Redis is away they fail at once instead of waiting for it. */
export function connectRedis({ url, name, onError }: RedisSettings): Redis {
  return guarded(
    new Redis(url, {
      connectionName: `tapline-${name}`,
      enableOfflineQueue: false,
      commandTimeout: COMMAND_TIMEOUT_MS,
      maxRetriesPerRequest: 0,
      retryStrategy,
    }),
    onError,
  )
}

/** For workers, whose blocking reads wait for as long as it takes. */
export function connectRedisForWorker({ url, name, onError }: RedisSettings): Redis {
  return guarded(
    new Redis(url, { connectionName: `tapline-${name}`, maxRetriesPerRequest: null, retryStrategy }),
    onError,
  )
}

/** Of a cluster; not, as far as known, while it does not answer. */
export async function isCluster(redis: Redis): Promise<boolean> {
  return redis.info('cluster').then(
    (told) => told.includes('cluster_enabled:1'),
    () => false,
  )
}

function retryStrategy(times: number): number {
  return Math.min(50 * 2 ** Math.min(times, 6), MAX_RECONNECT_MS)
}

function guarded(redis: Redis, onError: (error: Error) => void): Redis {
  redis.on('error', onError)
  return redis
}
