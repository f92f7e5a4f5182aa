import type { UnitOfWork } from '../kernel/transaction.ts'
import type { Sql } from '../postgres/sql.ts'
import { postgresDesk } from './adapters/postgres/postgres-desk.ts'
import { runDesk } from './run-desk.ts'

type Dependencies = { sql: Sql; unitOfWork: UnitOfWork } & Omit<
  Parameters<typeof runDesk>[0],
  'store' | 'unitOfWork'
>

/** The reader of conversations, which every process has: whoever commits a message wakes its own. */
export function composeDesk({ sql, ...rest }: Dependencies) {
  const store = postgresDesk(sql)
  return { ...runDesk({ store, ...rest }), keepWords: store.keepWords, dropWords: store.dropWords }
}
