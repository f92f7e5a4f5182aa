import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { OwnTexts } from '../../domain/texts.ts'
import type { OwnTextsStore } from '../../ports/own-texts.ts'

export function postgresOwnTexts({ lookUps }: { lookUps: Sql }): OwnTextsStore {
  return {
    async find(projectId) {
      const [row] = await lookUps.query<{ own: OwnTexts }>(
        `select own from telegram_texts where project_id = $1`,
        [projectId],
      )
      return row?.own ?? {}
    },

    async put(transaction, projectId, own) {
      await sqlOf(transaction).query(
        `insert into telegram_texts (project_id, own) values ($1, $2)
         on conflict (project_id) do update set own = excluded.own, updated_at = now()`,
        [projectId, JSON.stringify(own)],
      )
    },
  }
}
