import type { UnitOfWork } from '../kernel/transaction.ts'
import type { Sql } from '../postgres/sql.ts'
import { postgresDesk } from './adapters/postgres/postgres-desk.ts'
import { runDesk } from './run-desk.ts'

type Dependencies = {
  /** Asked from inside transactions too: never of the pool that those hold. */
  lookUps: Sql
  unitOfWork: UnitOfWork
} & Omit<Parameters<typeof runDesk>[0], 'store' | 'unitOfWork'>

/** The reader of conversations, which every process has: whoever commits a message wakes its own. */
export function composeDesk({ lookUps, ...rest }: Dependencies) {
  const store = postgresDesk(lookUps)
  return { ...runDesk({ store, ...rest }), keepWords: store.keepWords, dropWords: store.dropWords }
}
