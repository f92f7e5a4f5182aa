import { randomUUID } from 'node:crypto'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Vault } from '../../../vault/vault.ts'
import type { Board, Task } from '../../domain/board.ts'
import type { BoardStore, Command, Comment, HeldBoard } from '../../ports/board-store.ts'

const BOARD = `project_id as "projectId", account_id as "accountId", account_name as "accountName", board_id as "boardId",
  board_name as "boardName", overflow_board_id as "overflowBoardId", sections, collaborators, active_tasks as "activeTasks",
  problem, synced_at as "syncedAt"`
const HELD = `${BOARD}, token, sync_token as "syncToken", exchange::float8 as exchange, failures, warned, holder, version::text`
const TASK = `ticket_id as "ticketId", task_id as "taskId", temp_id as "tempId", board_id as "boardId", section_id as "sectionId",
  assignee_uid as "assigneeUid", priority, labels, checked, due, written::float8 as written`
const COMMAND = `key, ticket_id as "ticketId", id::text, uuid, temp_id as "tempId", type, args, upload_id as "uploadId",
  conversation_id as "conversationId", message_id as "messageId", attempts`
const COMMENT = `comment_id as "commentId", ticket_id as "ticketId", is_ours as "isOurs",
  case when message_id is null then null else json_build_object('conversationId', conversation_id, 'messageId', message_id) end as about,
  kind, hash`

export function postgresBoards({ sql, vault }: { sql: Sql; vault: Vault }): BoardStore {
  const context = (projectId: string) => `${projectId}/todoist-token`
  const opened = ({ token, ...row }: Omit<HeldBoard, 'token'> & { token: Buffer }): HeldBoard => ({
    ...row,
    token: vault.open(token, context(row.projectId)),
  })
  const tasksWhere = (condition: string, values: unknown[], on: Sql = sql) =>
    on.query<Task>(`select ${TASK} from board_tasks where ${condition}`, values)

  async function hold(
    condition: string,
    values: unknown[],
    holdMs: number,
    limit: number,
  ): Promise<HeldBoard[]> {
    const rows = await sql.query<Omit<HeldBoard, 'token'> & { token: Buffer }>(
      `update boards b set holder = $1, held_until = clock_timestamp() + make_interval(secs => $2 / 1000.0) from (
         select project_id as id from boards where held_until <= clock_timestamp() and ${condition}
         order by next_at limit $3 for update skip locked
       ) as due where b.project_id = due.id returning ${HELD}`,
      [randomUUID(), holdMs, limit, ...values],
    )
    return rows.map(opened)
  }

  return {
    async find(projectId) {
      const [row] = await sql.query<Board>(`select ${BOARD} from boards where project_id = $1`, [projectId])
      return row
    },

    async tokenOf(projectId) {
      const [row] = await sql.query<{ token: Buffer }>(`select token from boards where project_id = $1`, [
        projectId,
      ])
      return row && vault.open(row.token, context(projectId))
    },

    async save(transaction, { projectId, token, accountId, accountName, boardId, boardName, sections }) {
      await sqlOf(transaction).query(
        `insert into boards as b (project_id, token, account_id, account_name, board_id, board_name, sections)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (project_id) do update set token = excluded.token, account_id = excluded.account_id,
           account_name = excluded.account_name, board_name = excluded.board_name, sections = excluded.sections,
           sync_token = case when b.board_id = excluded.board_id and b.account_id = excluded.account_id then b.sync_token else '*' end,
           overflow_board_id = case when b.board_id = excluded.board_id then b.overflow_board_id end,
           board_id = excluded.board_id, problem = null, failures = 0, next_at = now(), version = b.version + 1`,
        [
          projectId,
          vault.seal(token, context(projectId)),
          accountId,
          accountName,
          boardId,
          boardName,
          JSON.stringify(sections),
        ],
      )
    },

    async remove(transaction, projectId) {
      const within = sqlOf(transaction)
      for (const table of ['board_commands', 'board_comments', 'board_tasks'])
        await within.query(`delete from ${table} where project_id = $1`, [projectId])
      const rows = await within.query(`delete from boards where project_id = $1 returning 1`, [projectId])
      return rows.length > 0
    },

    async ofAccount(accountId) {
      const rows = await sql.query<{ id: string }>(
        `select project_id as id from boards where account_id = $1`,
        [accountId],
      )
      return rows.map(({ id }) => id)
    },

    take: (limit, holdMs) => hold('greatest(next_at, paced_until) <= clock_timestamp()', [], holdMs, limit),

    async takeOne(projectId, holdMs) {
      return (
        await hold(
          'project_id = $4 and greatest(next_at, paced_until) <= clock_timestamp()',
          [projectId],
          holdMs,
          1,
        )
      )[0]
    },

    async hurry(projectId) {
      // A board that has a problem is not hurried: what it waits for is not more work.
      await sql.query(
        `update boards set version = version + 1, next_at = case when failures = 0 then least(next_at, clock_timestamp()) else next_at end
         where project_id = $1`,
        [projectId],
      )
    },

    async holdOn({ projectId, holder }, holdMs) {
      await sql.query(
        `update boards set held_until = clock_timestamp() + make_interval(secs => $3 / 1000.0) where project_id = $1 and holder = $2`,
        [projectId, holder, holdMs],
      )
    },

    async release({ projectId, holder, version }, { afterMs, gapMs, problem = null, failures = 0 }) {
      await sql.query(
        `update boards set holder = null, held_until = '-infinity', problem = $4, failures = $5,
           paced_until = clock_timestamp() + make_interval(secs => $7 / 1000.0),
           next_at = case when version <> $3::bigint and $5 = 0 then next_at else clock_timestamp() + make_interval(secs => $6 / 1000.0) end
         where project_id = $1 and holder = $2`,
        [projectId, holder, version, problem, failures, Math.ceil(afterMs), Math.ceil(gapMs)],
      )
    },

    async keep(transaction, projectId, change) {
      const {
        syncToken,
        exchange,
        boardId,
        overflowBoardId,
        sections,
        collaborators,
        activeTasks,
        warned,
        isSynced,
      } = change
      await sqlOf(transaction).query(
        `update boards set sync_token = coalesce($2, sync_token), exchange = coalesce($3, exchange), board_id = coalesce($4, board_id),
           overflow_board_id = case when $5 then $6 else overflow_board_id end, sections = coalesce($7, sections),
           collaborators = coalesce($8, collaborators), active_tasks = coalesce($9, active_tasks), warned = coalesce($10, warned),
           synced_at = case when $11 then now() else synced_at end where project_id = $1`,
        [
          ...[projectId, syncToken ?? null, exchange ?? null, boardId ?? null],
          ...[overflowBoardId !== undefined, overflowBoardId ?? null],
          ...[sections === undefined ? null : JSON.stringify(sections), collaborators ?? null],
          ...[activeTasks ?? null, warned ?? null, isSynced === true],
        ],
      )
    },

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
          text: `select ${COMMAND} from board_commands c where project_id = $1 and state = 'waiting' and upload_id is null
              and not exists (select from board_commands u where u.project_id = c.project_id and u.state = 'waiting'
                and u.upload_id is not null and u.ticket_id = c.ticket_id and u.id < c.id)
            order by c.id limit $2`,
        },
        [projectId, limit],
      ),

    uploads: (projectId, limit) =>
      sql.query<Command>(
        `select ${COMMAND} from board_commands where project_id = $1 and state = 'waiting' and upload_id is not null
         order by board_commands.id limit $2`,
        [projectId, limit],
      ),

    async uploaded(projectId, key, args) {
      await sql.query(
        `update board_commands set upload_id = null, args = $3 where project_id = $1 and key = $2`,
        [projectId, key, JSON.stringify(args)],
      )
    },

    async settleDone(transaction, projectId, exchange, done) {
      if (done.length === 0) return
      const within = sqlOf(transaction)
      const rows = JSON.stringify(done)
      const FROM = `jsonb_to_recordset($2::jsonb) as d(key text, type text, "tempId" text, "ticketId" text,
        "conversationId" text, "messageId" text, id text)`
      await within.query(
        {
          name: 'board-tasks-made',
          text: `update board_tasks t set task_id = d.id from ${FROM}
            where t.project_id = $1 and t.temp_id = d."tempId" and d.type = 'item_add' and d.id is not null`,
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
            select $1, id, "ticketId", true, case when "messageId" is not null then "conversationId" end, "messageId" from ${FROM}
            where d.type = 'note_add' and d.id is not null and d."ticketId" is not null
            on conflict (project_id, comment_id) do nothing`,
        },
        [projectId, rows],
      )
      await within.query(
        {
          name: 'board-finish-commands',
          text: `update board_commands c set state = 'done', attempts = attempts + 1, finished_at = clock_timestamp(), args = '{}'::jsonb
            from ${FROM} where c.project_id = $1 and c.key = d.key`,
        },
        [projectId, rows],
      )
    },

    async finish(transaction, projectId, key, state, problem) {
      await sqlOf(transaction).query(
        {
          name: 'board-finish-command',
          text: `update board_commands set state = $3, problem = coalesce($4, problem), attempts = attempts + 1,
              finished_at = clock_timestamp(), args = case when $3 = 'done' then '{}'::jsonb else args end
            where project_id = $1 and key = $2`,
        },
        [projectId, key, state, problem],
      )
    },

    async failed(projectId, key, why) {
      await sql.query(
        `update board_commands set attempts = attempts + 1, problem = $3 where project_id = $1 and key = $2`,
        [projectId, key, why],
      )
    },

    async hasWaiting(transaction, projectId, ticketId) {
      const rows = await sqlOf(transaction).query(
        `select 1 from board_commands where project_id = $1 and ticket_id = $2 and state = 'waiting' and type like 'item%' limit 1`,
        [projectId, ticketId],
      )
      return rows.length > 0
    },

    async figures(projectId) {
      const [row] = await sql.query<{ waiting: number; dead: number }>(
        `select count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'dead')::int as dead
         from board_commands where state in ('waiting', 'dead') and ($1::text is null or project_id = $1)`,
        [projectId ?? null],
      )
      return row!
    },

    async task(projectId, ticketId) {
      return (await tasksWhere('project_id = $1 and ticket_id = $2', [projectId, ticketId]))[0]
    },

    async lockTask(transaction, projectId, ticketId) {
      const within = sqlOf(transaction)
      return (
        await tasksWhere('project_id = $1 and ticket_id = $2 for update', [projectId, ticketId], within)
      )[0]
    },

    async taskById(projectId, taskId) {
      return (await tasksWhere('project_id = $1 and task_id = $2', [projectId, taskId]))[0]
    },

    tasksById: (transaction, projectId, taskIds) =>
      tasksWhere('project_id = $1 and task_id = any($2::text[])', [projectId, taskIds], sqlOf(transaction)),
    tasks: (projectId, ticketIds) =>
      tasksWhere('project_id = $1 and ticket_id = any($2::text[])', [projectId, ticketIds]),
    openTasks: (projectId) => tasksWhere('project_id = $1 and not checked', [projectId]),

    async putTask(transaction, projectId, task) {
      await sqlOf(transaction).query(
        `insert into board_tasks (project_id, ticket_id, task_id, temp_id, board_id, section_id, assignee_uid, priority, labels, checked, due, written)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict (project_id, ticket_id) do update set task_id = excluded.task_id, temp_id = excluded.temp_id,
           board_id = excluded.board_id, section_id = excluded.section_id, assignee_uid = excluded.assignee_uid,
           priority = excluded.priority, labels = excluded.labels, checked = excluded.checked, due = excluded.due`,
        [
          ...[
            projectId,
            task.ticketId,
            task.taskId,
            task.tempId,
            task.boardId,
            task.sectionId,
            task.assigneeUid,
          ],
          ...[task.priority, task.labels, task.checked, task.due, task.written],
        ],
      )
    },

    async taskMade(transaction, projectId, tempId, taskId) {
      await sqlOf(transaction).query(
        `update board_tasks set task_id = $3 where project_id = $1 and temp_id = $2`,
        [projectId, tempId, taskId],
      )
    },

    async taskWritten(transaction, projectId, ticketId, exchange) {
      await sqlOf(transaction).query(
        `update board_tasks set written = greatest(written, $3) where project_id = $1 and ticket_id = $2`,
        [projectId, ticketId, exchange],
      )
    },

    async comment(projectId, commentId) {
      const [row] = await sql.query<Comment>(
        `select ${COMMENT} from board_comments where project_id = $1 and comment_id = $2`,
        [projectId, commentId],
      )
      return row
    },

    commentsOf: (projectId, messageIds) =>
      sql.query<Comment>(
        `select ${COMMENT} from board_comments where project_id = $1 and message_id = any($2::text[]) order by comment_id`,
        [projectId, messageIds],
      ),

    async putComment(transaction, projectId, { commentId, ticketId, isOurs, about, kind, hash }) {
      await sqlOf(transaction).query(
        `insert into board_comments (project_id, comment_id, ticket_id, is_ours, conversation_id, message_id, kind, hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (project_id, comment_id) do update set conversation_id = excluded.conversation_id,
           message_id = excluded.message_id, kind = excluded.kind, hash = excluded.hash`,
        [
          projectId,
          commentId,
          ticketId,
          isOurs,
          about?.conversationId ?? null,
          about?.messageId ?? null,
          kind,
          hash,
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
