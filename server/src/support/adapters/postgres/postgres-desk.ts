import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { RoomKey } from '../../ports/conversations.ts'
import type { DeskStore } from '../../ports/desk-store.ts'

export function postgresDesk(sql: Sql): DeskStore {
  return {
    async lock(transaction, { projectId, conversationId }) {
      const within = sqlOf(transaction)
      await within.query(
        {
          name: 'desk-open',
          text: `insert into desk_cursors (project_id, conversation_id) values ($1, $2) on conflict do nothing`,
        },
        [projectId, conversationId],
      )
      const [row] = await within.query<{ taken: number; failures: number }>(
        {
          name: 'desk-lock',
          text: `select taken::float8 as taken, failures from desk_cursors where project_id = $1 and conversation_id = $2 for update`,
        },
        [projectId, conversationId],
      )
      return row!
    },

    async advance(transaction, { projectId, conversationId }, taken) {
      await sqlOf(transaction).query(
        {
          name: 'desk-advance',
          text: `update desk_cursors set taken = $3, failures = 0, problem = null, again_at = null
            where project_id = $1 and conversation_id = $2`,
        },
        [projectId, conversationId, taken],
      )
    },

    async fail({ projectId, conversationId }, why) {
      await sql.query(
        `insert into desk_cursors as c (project_id, conversation_id, failures, problem, again_at)
         values ($1, $2, 1, $3, clock_timestamp() + interval '1 second')
         on conflict (project_id, conversation_id) do update set failures = c.failures + 1, problem = excluded.problem,
           again_at = clock_timestamp() + least(interval '5 minutes', interval '1 second' * power(2, least(c.failures, 10)))`,
        [projectId, conversationId, why],
      )
    },

    failed: (limit) =>
      sql.query<RoomKey>(
        `select project_id as "projectId", conversation_id as "conversationId" from desk_cursors
         where again_at <= clock_timestamp() order by again_at limit $1`,
        [limit],
      ),

    async takenOf(projectId, conversationIds) {
      const rows = await sql.query<{ id: string; taken: number }>(
        `select conversation_id as id, taken::float8 as taken from desk_cursors
         where project_id = $1 and conversation_id = any($2::text[])`,
        [projectId, conversationIds],
      )
      return new Map(rows.map(({ id, taken }) => [id, taken]))
    },

    async since(projectId) {
      const find = () =>
        sql.query<{ since: Date }>(`select since from desks where project_id = $1`, [projectId])
      const [known] = await find()
      if (known !== undefined) return known.since
      // The message that made us ask is a moment older.
      await sql.query(
        `insert into desks (project_id, since) values ($1, clock_timestamp() - interval '10 seconds') on conflict do nothing`,
        [projectId],
      )
      return (await find())[0]!.since
    },

    async projects() {
      const rows = await sql.query<{ id: string }>(`select project_id as id from desks`)
      return rows.map(({ id }) => id)
    },

    async keepWords({ projectId, conversationId, clientId }, markdown) {
      await sql.query(
        `insert into desk_words (project_id, conversation_id, client_id, markdown) values ($1, $2, $3, $4)
         on conflict (project_id, conversation_id, client_id) do update set markdown = excluded.markdown`,
        [projectId, conversationId, clientId, markdown],
      )
    },

    async dropWords(transaction, projectId, conversationIds) {
      await sqlOf(transaction).query(
        `delete from desk_words where project_id = $1 and conversation_id = any($2::text[])`,
        [projectId, conversationIds],
      )
    },

    async words({ projectId, conversationId }, clientIds) {
      if (clientIds.length === 0) return new Map()
      const rows = await sql.query<{ clientId: string; markdown: string }>(
        {
          name: 'desk-words',
          text: `select client_id as "clientId", markdown from desk_words
            where project_id = $1 and conversation_id = $2 and client_id = any($3::text[])`,
        },
        [projectId, conversationId, clientIds],
      )
      return new Map(rows.map(({ clientId, markdown }) => [clientId, markdown]))
    },
  }
}
