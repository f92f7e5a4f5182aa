import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Vault } from '../../../vault/vault.ts'
import type { Bots } from '../../ports/bots.ts'

type Row = {
  botId: string
  username: string | null
  token: Buffer
  problem: string | null
  ownerChatId: string | null
}

export function postgresBots({ sql, lookUps, vault }: { sql: Sql; lookUps: Sql; vault: Vault }): Bots {
  const context = (projectId: string) => `${projectId}/telegram-token`
  return {
    async save(transaction, { projectId, botId, username, token }) {
      await sqlOf(transaction).query(
        `insert into telegram_bots (project_id, bot_id, username, token) values ($1, $2, $3, $4)
         on conflict (project_id) do update set bot_id = excluded.bot_id, username = excluded.username, token = excluded.token,
           problem = null, connected_at = now()`,
        [projectId, botId, username, vault.seal(token, context(projectId))],
      )
    },

    async remove(transaction, projectId) {
      const rows = await sqlOf(transaction).query(
        `delete from telegram_bots where project_id = $1 returning 1`,
        [projectId],
      )
      return rows.length > 0
    },

    async find(projectId) {
      const [row] = await lookUps.query<Row>(
        `select bot_id as "botId", username, token, problem, owner_chat_id as "ownerChatId" from telegram_bots where project_id = $1`,
        [projectId],
      )
      return row === undefined
        ? undefined
        : { ...row, projectId, token: vault.open(row.token, context(projectId)) }
    },

    async setOwner(transaction, projectId, chatId) {
      const rows = await sqlOf(transaction).query(
        `update telegram_bots set owner_chat_id = $2 where project_id = $1 returning 1`,
        [projectId, chatId],
      )
      return rows.length > 0
    },

    async setProblem(projectId, problem) {
      await sql.query(
        `update telegram_bots set problem = $2 where project_id = $1 and problem is distinct from $2`,
        [projectId, problem],
      )
    },
  }
}
