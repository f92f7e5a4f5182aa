import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { SettingsStore } from '../../ports/settings-store.ts'

type Table = 'chat_settings' | 'page_settings'

export function postgresSettings<Given>({
  lookUps,
  table,
}: {
  lookUps: Sql
  table: Table
}): SettingsStore<Given> {
  type Row = { settings: Given }
  return {
    async find(projectId) {
      const [row] = await lookUps.query<Row>(
        { name: table, text: `select settings from ${table} where project_id = $1` },
        [projectId],
      )
      return row?.settings
    },

    async put(transaction, projectId, settings) {
      const sql = sqlOf(transaction)
      // Something to lock, also the first time.
      await sql.query(
        `insert into ${table} (project_id, settings) values ($1, '{}') on conflict do nothing`,
        [projectId],
      )
      const [before] = await sql.query<Row>(
        `select settings from ${table} where project_id = $1 for update`,
        [projectId],
      )
      await sql.query(`update ${table} set settings = $2, updated_at = now() where project_id = $1`, [
        projectId,
        JSON.stringify(settings),
      ])
      return before?.settings
    },
  }
}
