import { pendingMigrations } from './postgres/migrate.ts'
import type { Sql } from './postgres/sql.ts'
import { deadline } from './queue/deadline.ts'
import type { Redis } from './redis/connect.ts'
import { MIGRATIONS } from './schema.ts'

const PATIENCE_MS = 2_000

/** Whether each part that this process cannot do without answers, and why one does not. */
export function probeParts({ sql, redis }: { sql: Sql; redis: Redis }) {
  const probe = async (name: string, work: () => Promise<unknown>) => {
    try {
      await deadline(work(), PATIENCE_MS)
      return { name, ready: true }
    } catch (error) {
      return { name, ready: false, why: error instanceof Error ? error.message : String(error) }
    }
  }
  return Promise.all([
    probe('postgres', () => sql.query('select 1')),
    probe('redis', () =>
      redis.status === 'ready'
        ? redis.ping()
        : Promise.reject(new Error('Redis does not answer (REDIS_URL)')),
    ),
    probe('migrations', async () => {
      const pending = await pendingMigrations(sql, MIGRATIONS)
      if (pending.length > 0)
        throw new Error(`${pending.length} migrations are not applied, the first is ${pending[0]}`)
    }),
  ])
}
