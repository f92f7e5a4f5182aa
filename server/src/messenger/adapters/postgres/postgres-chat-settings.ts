import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { GivenChatSettings } from '../../domain/chat-settings.ts'
import type { ChatSettingsStore } from '../../ports/chat-settings-store.ts'

type Row = { settings: GivenChatSettings }

export function postgresChatSettings({ lookUps }: { lookUps: Sql }): ChatSettingsStore {
  return {
    async find(projectId) {
      const [row] = await lookUps.query<Row>(
        { name: 'chat-settings', text: `select settings from chat_settings where project_id = $1` },
        [projectId],
      )
      return row?.settings
    },

    async put(transaction, projectId, settings) {
      const sql = sqlOf(transaction)
      // Something to lock, also the first time.
      await sql.query(
        `insert into chat_settings (project_id, settings) values ($1, '{}') on conflict do nothing`,
        [projectId],
      )
      const [before] = await sql.query<Row>(
        `select settings from chat_settings where project_id = $1 for update`,
        [projectId],
      )
      await sql.query(`update chat_settings set settings = $2, updated_at = now() where project_id = $1`, [
        projectId,
        JSON.stringify(settings),
      ])
      return before?.settings
    },
  }
}
