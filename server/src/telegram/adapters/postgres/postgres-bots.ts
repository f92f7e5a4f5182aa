import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Vault } from '../../../vault/vault.ts'
import type { Bots } from '../../ports/bots.ts'

type Row = {
  projectId: string
  botId: string
  username: string | null
  token: Buffer
  problem: string | null
  ownerChatId: string | null
  agentsGroupId: string | null
  botKey: string
  webhookSecret: Buffer | null
  delivery: 'webhook' | 'polling'
  updatedAt: Date | null
}

const COLUMNS = `project_id as "projectId", bot_id as "botId", username, token, problem, owner_chat_id as "ownerChatId",
  agents_group_id as "agentsGroupId", bot_key as "botKey", webhook_secret as "webhookSecret", delivery, updated_at as "updatedAt"`

export function postgresBots({ sql, lookUps, vault }: { sql: Sql; lookUps: Sql; vault: Vault }): Bots {
  const context = (projectId: string) => `${projectId}/telegram-token`
  const secretContext = (projectId: string) => `${projectId}/telegram-webhook-secret`
  const open = ({ token, webhookSecret, ...row }: Row) => ({
    ...row,
    token: vault.open(token, context(row.projectId)),
    webhookSecret: webhookSecret === null ? '' : vault.open(webhookSecret, secretContext(row.projectId)),
  })
  return {
    async save(transaction, { projectId, botId, username, token, botKey, webhookSecret, delivery }) {
      const sql = sqlOf(transaction)
      // One after the other: of two projects that connect the same bot at once one is too late.
      await sql.query(`select pg_advisory_xact_lock(hashtextextended('telegram-bot:' || $1, 0))`, [botId])
      const others = await sql.query(`select 1 from telegram_bots where bot_id = $1 and project_id <> $2`, [
        botId,
        projectId,
      ])
      if (others.length > 0) return false
      await sql.query(
        `insert into telegram_bots as b (project_id, bot_id, username, token, bot_key, webhook_secret, delivery)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (project_id) do update set bot_id = excluded.bot_id, username = excluded.username, token = excluded.token,
           bot_key = excluded.bot_key, webhook_secret = excluded.webhook_secret, delivery = excluded.delivery,
           next_update = case when b.bot_id = excluded.bot_id then b.next_update else 0 end,
           polled_until = '-infinity', problem = null, connected_at = now()`,
        [
          ...[projectId, botId, username, vault.seal(token, context(projectId))],
          ...[botKey, vault.seal(webhookSecret, secretContext(projectId)), delivery],
        ],
      )
      return true
    },

    async remove(transaction, projectId) {
      const rows = await sqlOf(transaction).query(
        `delete from telegram_bots where project_id = $1 returning 1`,
        [projectId],
      )
      return rows.length > 0
    },

    async find(projectId) {
      const [row] = await lookUps.query<Row>(`select ${COLUMNS} from telegram_bots where project_id = $1`, [
        projectId,
      ])
      return row === undefined ? undefined : open(row)
    },

    async byKey(botKey) {
      const [row] = await lookUps.query<Row>(`select ${COLUMNS} from telegram_bots where bot_key = $1`, [
        botKey,
      ])
      return row === undefined ? undefined : open(row)
    },

    async setAgentsGroup(transaction, projectId, chatId) {
      const rows = await sqlOf(transaction).query(
        `update telegram_bots set agents_group_id = $2 where project_id = $1 returning 1`,
        [projectId, chatId],
      )
      return rows.length > 0
    },

    async moveChat(projectId, from, to) {
      await sql.query(
        `update telegram_bots set agents_group_id = case when agents_group_id = $2 then $3 else agents_group_id end,
           owner_chat_id = case when owner_chat_id = $2 then $3 else owner_chat_id end where project_id = $1`,
        [projectId, from, to],
      )
    },

    async takePolled(holder, limit, holdMs) {
      const rows = await sql.query<{
        projectId: string
        botId: string
        botKey: string
        token: Buffer
        offset: string
      }>(
        `update telegram_bots b set poller = $1, polled_until = clock_timestamp() + make_interval(secs => $3 / 1000.0)
         from (
           select project_id from telegram_bots where delivery = 'polling' and polled_until <= clock_timestamp()
           order by polled_until limit $2 for update skip locked
         ) as due where b.project_id = due.project_id
         returning b.project_id as "projectId", bot_id as "botId", bot_key as "botKey", token,
           -- After a week of silence Telegram may begin with lower ids again.
           case when updated_at < now() - interval '6 days' then '0' else next_update::text end as "offset"`,
        [holder, limit, holdMs],
      )
      return rows.map(({ token, offset, ...row }) => ({
        ...row,
        offset: Number(offset),
        token: vault.open(token, context(row.projectId)),
      }))
    },

    async holdPolled(holder, { projectId, botKey }, holdMs) {
      const rows = await sql.query(
        `update telegram_bots set polled_until = clock_timestamp() + make_interval(secs => $3 / 1000.0)
         where project_id = $2 and bot_key = $4 and poller = $1 and delivery = 'polling' and polled_until > '-infinity' returning 1`,
        [holder, projectId, holdMs, botKey],
      )
      return rows.length > 0
    },

    async advance(transaction, { projectId, botKey }, offset) {
      const rows = await sqlOf(transaction).query(
        `update telegram_bots set next_update = $3, updated_at = now() where project_id = $1 and bot_key = $2 returning 1`,
        [projectId, botKey, offset],
      )
      return rows.length > 0
    },

    async releasePolled(holder, { projectId, botKey }) {
      await sql.query(
        `update telegram_bots set polled_until = '-infinity' where project_id = $2 and bot_key = $3 and poller = $1`,
        [holder, projectId, botKey],
      )
    },

    async seen(projectId) {
      await sql.query(
        `update telegram_bots set updated_at = now() where project_id = $1 and updated_at is distinct from now()
           and (updated_at is null or updated_at < now() - interval '5 seconds')`,
        [projectId],
      )
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
