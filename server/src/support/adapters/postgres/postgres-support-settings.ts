import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { GivenSupportSettings } from '../../domain/support-settings.ts'
import type { SettingsStore } from '../../ports/settings-store.ts'

type Row = { settings: GivenSupportSettings }

export function postgresSupportSettings({ lookUps }: { lookUps: Sql }): SettingsStore {
  return {
    async find(projectId) {
      const [row] = await lookUps.query<Row>(
        { name: 'support-settings', text: `select settings from support_settings where project_id = $1` },
        [projectId],
      )
      return row?.settings
    },

    async put(transaction, projectId, settings) {
      const sql = sqlOf(transaction)
      const [before] = await sql.query<Row>(
        `select settings from support_settings where project_id = $1 for update`,
        [projectId],
      )
      await sql.query(
        `insert into support_settings (project_id, settings) values ($1, $2)
         on conflict (project_id) do update set settings = excluded.settings, updated_at = now()`,
        [projectId, JSON.stringify(settings)],
      )
      return before?.settings
    },
  }
}
