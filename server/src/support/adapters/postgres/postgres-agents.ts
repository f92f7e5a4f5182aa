import { pageOf } from '../../../kernel/page.ts'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import { hashSecret } from '../../../vault/vault.ts'
import type { Agent } from '../../domain/agent.ts'
import type { AgentStore } from '../../ports/agent-store.ts'

const COLUMNS = `a.id, a.participant_id as "participantId", a.name, a.todoist_user_id as "todoistUserId",
  a.telegram_id as "telegramId", a.active, a.created_at as "createdAt"`

export function postgresAgents({ sql, lookUps }: { sql: Sql; lookUps: Sql }): AgentStore {
  async function findBy(column: 'todoist_user_id' | 'telegram_id', projectId: string, id: string) {
    const [row] = await lookUps.query<Agent>(
      {
        name: `agent-by-${column}`,
        text: `select ${COLUMNS} from agents a where project_id = $1 and ${column} = $2 and active and removed_at is null
          order by id limit 1`,
      },
      [projectId, id],
    )
    return row
  }

  return {
    async insert(transaction, projectId, { id, participantId, name, todoistUserId, telegramId }) {
      const [row] = await sqlOf(transaction).query<Agent>(
        `insert into agents as a (project_id, id, participant_id, name, todoist_user_id, telegram_id)
         values ($1, $2, $3, $4, $5, $6) returning ${COLUMNS}`,
        [projectId, id, participantId, name, todoistUserId, telegramId],
      )
      return row!
    },

    async find(projectId, agentId) {
      const [row] = await lookUps.query<Agent>(
        {
          name: 'agent-find',
          text: `select ${COLUMNS} from agents a where project_id = $1 and id = $2 and removed_at is null`,
        },
        [projectId, agentId],
      )
      return row
    },

    byTodoistUser: (projectId, todoistUserId) => findBy('todoist_user_id', projectId, todoistUserId),
    byTelegram: (projectId, telegramId) => findBy('telegram_id', projectId, telegramId),

    async list(projectId, limit, cursor) {
      const rows = await lookUps.query<Agent>(
        `select ${COLUMNS} from agents a where project_id = $1 and removed_at is null and ($3::text is null or id < $3)
         order by id desc limit $2`,
        [projectId, limit + 1, cursor ?? null],
      )
      return pageOf(rows, limit, ({ id }) => id)
    },

    names: (projectId) =>
      sql.query(
        `select id, name, removed_at is not null as removed from agents where project_id = $1 order by id`,
        [projectId],
      ),

    async holderOf(transaction, projectId, { todoistUserId = null, telegramId = null }, but) {
      if (todoistUserId === null && telegramId === null) return undefined
      const within = sqlOf(transaction)
      await within.query(`select pg_advisory_xact_lock(hashtextextended('agents ' || $1, 0))`, [projectId])
      const [row] = await within.query<Agent>(
        `select ${COLUMNS} from agents a where project_id = $1 and removed_at is null and id <> $4
           and (todoist_user_id = $2 or telegram_id = $3) order by id limit 1`,
        [projectId, todoistUserId, telegramId, but],
      )
      return row
    },

    async update(transaction, projectId, agentId, change) {
      // What is absent stays; null empties.
      const { name, todoistUserId, telegramId, active } = change
      const [row] = await sqlOf(transaction).query<Agent>(
        `update agents a set name = coalesce($3, name), active = coalesce($4, active),
           todoist_user_id = case when $5 then $6 else todoist_user_id end,
           telegram_id = case when $7 then $8 else telegram_id end
         where project_id = $1 and id = $2 and removed_at is null returning ${COLUMNS}`,
        [
          ...[projectId, agentId, name ?? null, active ?? null],
          ...[todoistUserId !== undefined, todoistUserId ?? null],
          ...[telegramId !== undefined, telegramId ?? null],
        ],
      )
      return row
    },

    async remove(transaction, projectId, agentId) {
      const within = sqlOf(transaction)
      const rows = await within.query(
        `update agents set removed_at = now(), active = false
         where project_id = $1 and id = $2 and removed_at is null returning 1`,
        [projectId, agentId],
      )
      await within.query(`delete from agent_directory where project_id = $1 and agent_id = $2`, [
        projectId,
        agentId,
      ])
      return rows.length > 0
    },

    async setToken(transaction, projectId, agentId, token) {
      await sqlOf(transaction).query(
        `insert into agent_directory (hash, project_id, agent_id) values ($3, $1, $2)
         on conflict (project_id, agent_id) do update set hash = excluded.hash`,
        [projectId, agentId, hashSecret(token)],
      )
    },

    async findByToken(token) {
      const [row] = await lookUps.query<Agent & { projectId: string }>(
        {
          name: 'agent-by-token',
          text: `select a.project_id as "projectId", ${COLUMNS} from agent_directory d
            join agents a on a.project_id = d.project_id and a.id = d.agent_id
            where d.hash = $1 and a.active and a.removed_at is null`,
        },
        [hashSecret(token)],
      )
      return row
    },
  }
}
