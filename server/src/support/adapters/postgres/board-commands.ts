import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Command } from '../../domain/board-command.ts'
import type { BoardStore, Comment } from '../../ports/board-store.ts'

const COMMAND = `key, ticket_id as "ticketId", id::text, uuid, temp_id as "tempId", type, args, upload_id as "uploadId",
  conversation_id as "conversationId", message_id as "messageId", attempts`
const COMMENT = `comment_id as "commentId", ticket_id as "ticketId", is_ours as "isOurs",
  case when message_id is null then null else json_build_object('conversationId', conversation_id, 'messageId', message_id) end as about,
  kind, hash`

type Kept =
  | 'add'
  | 'ready'
  | 'command'
  | 'uploaded'
  | 'finish'
  | 'settleDone'
  | 'failed'
  | 'drop'
  | 'forgetWords'
  | 'hasWaiting'
  | 'figures'
  | 'comment'
  | 'commentsOf'
  | 'putComment'
  | 'forget'

/** What is still to be written to a board, and which comments there are. */
export function boardCommands(sql: Sql): Pick<BoardStore, Kept> {
  return {
    async add(transaction, projectId, commands) {
      if (commands.length === 0) return
      const rows = commands.map(({ about, ...command }) => ({ ...command, ...about }))
      await sqlOf(transaction).query(
        {
          name: 'board-add-commands',
          text: `insert into board_commands (project_id, key, ticket_id, temp_id, type, args, upload_id, conversation_id, message_id)
            select $1, key, "ticketId", "tempId", type, args, "uploadId", "conversationId", "messageId"
            from rows from (jsonb_to_recordset($2::jsonb) as (key text, "ticketId" text, "tempId" text, type text, args jsonb,
              "uploadId" text, "conversationId" text, "messageId" text)) with ordinality
              as c(key, "ticketId", "tempId", type, args, "uploadId", "conversationId", "messageId", place)
            order by place on conflict do nothing`,
        },
        [projectId, JSON.stringify(rows)],
      )
    },

    ready: (projectId, limit) =>
      sql.query<Command>(
        {
          name: 'board-ready-commands',
          text: `select ${COMMAND} from board_commands c where project_id = $1 and state = 'waiting'
              and not exists (select from board_commands u where u.project_id = c.project_id and u.ticket_id = c.ticket_id
                and u.state = 'waiting' and u.upload_id is not null and u.id <= c.id)
            -- A task stands before what is done with it, also where it was made again.
            order by c.type <> 'item_add', c.id limit $2`,
        },
        [projectId, limit],
      ),

    async command(projectId, key) {
      const [row] = await sql.query<Command>(
        `select ${COMMAND} from board_commands where project_id = $1 and key = $2 and state = 'waiting'`,
        [projectId, key],
      )
      return row
    },

    async uploaded(projectId, key, args) {
      await sql.query(
        `update board_commands set upload_id = null, args = $3 where project_id = $1 and key = $2 and upload_id is not null`,
        [projectId, key, JSON.stringify(args)],
      )
    },

    async finish(transaction, projectId, key, state, problem) {
      await sqlOf(transaction).query(
        {
          name: 'board-finish-command',
          text: `update board_commands set state = $3, problem = $4, attempts = attempts + 1,
              finished_at = clock_timestamp(), args = case when $3 = 'done' then '{}'::jsonb else args end
            where project_id = $1 and key = $2 and state = 'waiting'`,
        },
        [projectId, key, state, problem],
      )
    },

    async failed(transaction, projectId, key, { why, anew }) {
      await sqlOf(transaction).query(
        `update board_commands set attempts = attempts + 1, problem = $3, uuid = case when $4 then gen_random_uuid() else uuid end
         where project_id = $1 and key = $2`,
        [projectId, key, why, anew],
      )
    },

    async settleDone(transaction, projectId, exchange, done) {
      if (done.length === 0) return
      const within = sqlOf(transaction)
      const rows = JSON.stringify(done.map(({ args: _, ...facts }) => facts))
      const FROM = `jsonb_to_recordset($2::jsonb) as d(key text, type text, "tempId" text, "ticketId" text,
        "conversationId" text, "messageId" text, "madeId" text)`
      await within.query(
        {
          name: 'board-tasks-made',
          text: `update board_tasks t set task_id = d."madeId" from ${FROM}
            where t.project_id = $1 and t.temp_id = d."tempId" and d.type = 'item_add' and d."madeId" is not null`,
        },
        [projectId, rows],
      )
      await within.query(
        {
          name: 'board-tasks-written',
          text: `update board_tasks t set written = greatest(written, $3) where project_id = $1
            and ticket_id in (select "ticketId" from ${FROM} where d.type like 'item%')`,
        },
        [projectId, rows, exchange],
      )
      await within.query(
        {
          name: 'board-comments-made',
          text: `insert into board_comments (project_id, comment_id, ticket_id, is_ours, conversation_id, message_id)
            select $1, "madeId", "ticketId", true, case when "messageId" is not null then "conversationId" end, "messageId"
            from ${FROM} where d.type = 'note_add' and d."madeId" is not null on conflict (project_id, comment_id) do nothing`,
        },
        [projectId, rows],
      )
      await within.query(
        {
          name: 'board-finish-commands',
          text: `update board_commands c set state = 'done', attempts = attempts + 1, problem = null,
              finished_at = clock_timestamp(), args = '{}'::jsonb
            from ${FROM} where c.project_id = $1 and c.key = d.key and c.state = 'waiting'`,
        },
        [projectId, rows],
      )
    },

    async drop(transaction, projectId, ticketId, why) {
      await sqlOf(transaction).query(
        `update board_commands set state = 'done', problem = $3, finished_at = clock_timestamp(), args = '{}'
         where project_id = $1 and ticket_id = $2 and state = 'waiting'`,
        [projectId, ticketId, why],
      )
    },

    async forgetWords(transaction, projectId, ticketIds) {
      await sqlOf(transaction).query(
        `update board_commands set state = 'done', finished_at = clock_timestamp(), args = '{}', problem = null
         where project_id = $1 and ticket_id = any($2::text[]) and state <> 'done' and type <> 'item_add'`,
        [projectId, ticketIds],
      )
    },

    async hasWaiting(transaction, projectId, ticketId) {
      const rows = await sqlOf(transaction).query(
        {
          name: 'board-has-waiting',
          text: `select 1 from board_commands where project_id = $1 and ticket_id = $2 and state = 'waiting' and type like 'item%' limit 1`,
        },
        [projectId, ticketId],
      )
      return rows.length > 0
    },

    async figures(projectId) {
      const [row] = await sql.query<{ waiting: number; dead: number; oldestMs: number }>(
        `select count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'dead')::int as dead,
           coalesce(extract(epoch from clock_timestamp() - min(created_at) filter (where state = 'waiting')) * 1000, 0)::float8 as "oldestMs"
         from board_commands where (state = 'waiting' or state = 'dead') and ($1::text is null or project_id = $1)`,
        [projectId ?? null],
      )
      return row!
    },

    async comment(projectId, commentId) {
      const [row] = await sql.query<Comment>(
        {
          name: 'board-comment',
          text: `select ${COMMENT} from board_comments where project_id = $1 and comment_id = $2`,
        },
        [projectId, commentId],
      )
      return row
    },

    async commentsOf(projectId, messageIds) {
      if (messageIds.length === 0) return new Map()
      const rows = await sql.query<{ messageId: string; commentId: string }>(
        `select message_id as "messageId", comment_id as "commentId" from board_comments
         where project_id = $1 and message_id = any($2::text[]) and is_ours`,
        [projectId, messageIds],
      )
      return new Map(rows.map(({ messageId, commentId }) => [messageId, commentId]))
    },

    async putComment(transaction, projectId, { commentId, ticketId, isOurs, about, kind, hash }) {
      await sqlOf(transaction).query(
        {
          name: 'board-put-comment',
          text: `insert into board_comments (project_id, comment_id, ticket_id, is_ours, conversation_id, message_id, kind, hash)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (project_id, comment_id) do update set conversation_id = excluded.conversation_id,
              message_id = excluded.message_id, kind = excluded.kind, hash = excluded.hash`,
        },
        [
          ...[projectId, commentId, ticketId, isOurs, about?.conversationId ?? null],
          ...[about?.messageId ?? null, kind, hash],
        ],
      )
    },

    async forget(olderThanMs, limit) {
      const rows = await sql.query(
        `delete from board_commands where ctid = any(array(select ctid from board_commands where state = 'done'
           and finished_at < now() - make_interval(secs => $1 / 1000.0) limit $2)) returning 1`,
        [olderThanMs, limit],
      )
      return rows.length
    },
  }
}
