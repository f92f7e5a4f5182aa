import knex from 'knex'
import pg from 'pg'
import type { Sql } from './sql.ts'

const MIGRATION_LOCK = 7_420_001

/** Names never change and carry no extension, so that source and bundle count as the same migration. */
export type Migration = { name: string; up: string }

/**
 * Processes that start together take turns. The turn is a session's advisory lock, which a killed process gives back;
 * knex's own lock row would stay, so it is freed by whoever has the turn.
 */
export async function migrate(url: string, migrations: readonly Migration[]): Promise<string[]> {
  const turn = new pg.Client({ connectionString: url })
  const database = knex({ client: 'pg', connection: url, pool: { min: 0, max: 1 } })
  try {
    await turn.connect()
    await turn.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await database.migrate.forceFreeMigrationsLock(config(migrations))
    const [, applied] = (await database.migrate.latest(config(migrations))) as [number, string[]]
    return applied
  } finally {
    await database.destroy()
    await turn.end()
  }
}

/** The names that are not in the database yet. */
export async function pendingMigrations(sql: Sql, migrations: readonly Migration[]): Promise<string[]> {
  const rows = await sql.query<{ name: string }>('select name from migrations')
  const applied = new Set(rows.map(({ name }) => name))
  return migrations.flatMap(({ name }) => (applied.has(name) ? [] : [name]))
}

function config(migrations: readonly Migration[]) {
  const sorted = [...migrations].sort((left, right) => left.name.localeCompare(right.name))
  return {
    tableName: 'migrations',
    migrationSource: {
      getMigrations: async () => sorted,
      getMigrationName: (migration: Migration) => migration.name,
      getMigration: async (migration: Migration) => ({
        up: (database: knex.Knex) => database.raw(migration.up),
        down: () => Promise.reject(new Error('Migrations only go forward')),
      }),
    },
  }
}
