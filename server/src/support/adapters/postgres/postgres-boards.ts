import { randomUUID } from 'node:crypto'
import { laneOf } from '../../../kernel/lane.ts'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Vault } from '../../../vault/vault.ts'
import type { Board } from '../../domain/board.ts'
import type { BoardStore, HeldBoard } from '../../ports/board-store.ts'
import { boardCommands } from './board-commands.ts'
import { boardTasks } from './board-tasks.ts'

const BOARD = `project_id as "projectId", account_id as "accountId", account_name as "accountName", board_id as "boardId",
  board_name as "boardName", overflow_board_id as "overflowBoardId", sections, members, people, labels,
  active_tasks as "activeTasks", problem, synced_at as "syncedAt"`
const HELD = `${BOARD}, token, refresh_token as "refreshToken", sync_token as "syncToken", exchange::float8 as exchange, failures, warned, unsound,
  built_at > clock_timestamp() - interval '30 seconds' as "isYoung", holder, version::text`

/** `lookUps`: for what is asked while a transaction is open elsewhere. */
export function postgresBoards({
  sql,
  lookUps,
  vault,
}: {
  sql: Sql
  lookUps: Sql
  vault: Vault
}): BoardStore {
  const context = (projectId: string) => `${projectId}/todoist-token`
  const refreshContext = (projectId: string) => `${projectId}/todoist-refresh-token`
  const sealedRefresh = (projectId: string, token: string | null) =>
    token === null ? null : vault.seal(token, refreshContext(projectId))
  const find = async (on: Sql, projectId: string) => {
    const [row] = await on.query<Board>(
      { name: 'board-find', text: `select ${BOARD} from boards where project_id = $1` },
      [projectId],
    )
    return row
  }

  return {
    ...boardCommands(sql),
    ...boardTasks(sql),

    find: (projectId) => find(lookUps, projectId),
    within: (transaction, projectId) => find(sqlOf(transaction), projectId),

    async tokenOf(projectId) {
      const [row] = await sql.query<{ token: Buffer }>(`select token from boards where project_id = $1`, [
        projectId,
      ])
      return row && vault.open(row.token, context(projectId))
    },

    async save(transaction, board) {
      const { projectId, token, refreshToken, accountId, accountName, boardId, boardName, ...facts } = board
      await sqlOf(transaction).query(
        `insert into boards as b (project_id, token, account_id, account_name, board_id, board_name, sections, members, people, labels, refresh_token)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (project_id) do update set token = excluded.token, refresh_token = excluded.refresh_token, account_id = excluded.account_id,
           account_name = excluded.account_name, board_name = excluded.board_name, sections = excluded.sections,
           members = excluded.members, people = excluded.people, labels = excluded.labels,
           sync_token = case when b.board_id = excluded.board_id and b.account_id = excluded.account_id then b.sync_token else '*' end,
           overflow_board_id = case when b.board_id = excluded.board_id then b.overflow_board_id end,
           board_id = excluded.board_id, problem = null, failures = 0, unsound = false, built_at = clock_timestamp(),
           next_at = clock_timestamp(), paced_until = '-infinity', version = b.version + 1`,
        [
          ...[projectId, vault.seal(token, context(projectId)), accountId, accountName, boardId, boardName],
          ...[facts.sections, facts.members, facts.people, facts.labels].map((fact) => JSON.stringify(fact)),
          sealedRefresh(projectId, refreshToken),
        ],
      )
    },

    async renew(projectId, { token, refreshToken }) {
      await sql.query(
        `update boards set token = $2, refresh_token = coalesce($3, refresh_token), problem = null where project_id = $1`,
        [projectId, vault.seal(token, context(projectId)), sealedRefresh(projectId, refreshToken)],
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

    async due(limit) {
      const rows = await sql.query<{ id: string }>(
        {
          name: 'boards-due',
          text: `select project_id as id from boards where next_at <= clock_timestamp() and paced_until <= clock_timestamp()
            and held_until <= clock_timestamp() order by next_at limit $1`,
        },
        [limit],
      )
      return rows.map(({ id }) => id)
    },

    async hold(projectId, holdMs) {
      const [row] = await sql.query<
        Omit<HeldBoard, 'token' | 'refreshToken'> & { token: Buffer; refreshToken: Buffer | null }
      >(
        {
          name: 'board-hold',
          text: `update boards set holder = $2, held_until = clock_timestamp() + make_interval(secs => $3 / 1000.0)
            where project_id = $1 and greatest(next_at, paced_until, held_until) <= clock_timestamp() returning ${HELD}`,
        },
        [projectId, randomUUID(), holdMs],
      )
      return (
        row && {
          ...row,
          token: vault.open(row.token, context(projectId)),
          refreshToken: row.refreshToken && vault.open(row.refreshToken, refreshContext(projectId)),
        }
      )
    },

    async hurry(projectId, withinMs) {
      // What a board with a problem waits for is not more work.
      await sql.query(
        {
          name: 'board-hurry',
          text: `update boards set version = version + 1, next_at = case when failures > 0 then next_at
              else least(next_at, clock_timestamp() + make_interval(secs => $2 / 1000.0)) end where project_id = $1`,
        },
        [projectId, withinMs],
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
        {
          name: 'board-release',
          text: `update boards set holder = null, held_until = '-infinity', problem = $4, failures = $5,
              paced_until = clock_timestamp() + make_interval(secs => $7 / 1000.0),
              next_at = case when version <> $3::bigint and $5 = 0 then
                  least(next_at, clock_timestamp() + make_interval(secs => $6 / 1000.0))
                else clock_timestamp() + make_interval(secs => $6 / 1000.0) end
            where project_id = $1 and holder = $2`,
        },
        [projectId, holder, version, problem, failures, Math.ceil(afterMs), Math.ceil(gapMs)],
      )
    },

    async keep(transaction, { projectId, holder }, change) {
      const { sections, members, people, labels, overflowBoardId } = change
      const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
      const rows = await sqlOf(transaction).query(
        {
          name: 'board-keep',
          text: `update boards set sync_token = coalesce($3, sync_token), exchange = coalesce($4, exchange),
              board_id = coalesce($5, board_id), board_name = coalesce($6, board_name),
              overflow_board_id = case when $7 then $8 else overflow_board_id end, sections = coalesce($9, sections),
              members = coalesce($10, members), people = coalesce($11, people), labels = coalesce($12, labels),
              active_tasks = coalesce($13, active_tasks), warned = coalesce($14, warned), unsound = coalesce($15, unsound),
              synced_at = case when $16 then clock_timestamp() else synced_at end,
              built_at = case when $17 then clock_timestamp() else built_at end
            where project_id = $1 and ($2::text is null or holder = $2) returning 1`,
        },
        [
          ...[projectId, holder ?? null, change.syncToken ?? null, change.exchange ?? null],
          ...[change.boardId ?? null, change.boardName ?? null],
          ...[overflowBoardId !== undefined, overflowBoardId ?? null],
          ...[json(sections), json(members), json(people), json(labels)],
          ...[change.activeTasks ?? null, change.warned ?? null, change.unsound ?? null],
          ...[change.isSynced === true, change.isBuilt === true],
        ],
      )
      return rows.length > 0
    },

    async spend(accountId, windowMs) {
      const [row] = await sql.query<{ calls: number; sinceMs: number }>(
        {
          name: 'board-spend',
          text: `insert into board_budgets as b (account_id, since, calls) values ($1, clock_timestamp(), 1)
            on conflict (account_id) do update set
              calls = case when b.since < clock_timestamp() - make_interval(secs => $2 / 1000.0) then 1 else b.calls + 1 end,
              since = case when b.since < clock_timestamp() - make_interval(secs => $2 / 1000.0) then clock_timestamp() else b.since end
            returning calls, (extract(epoch from clock_timestamp() - since) * 1000)::float8 as "sinceMs"`,
        },
        [accountId, windowMs],
      )
      return row!
    },

    async withoutTask(projectId, boardIds, limit) {
      const rows = await sql.query<{ id: string }>(
        `select t.id from tickets t left join board_tasks k on k.project_id = t.project_id and k.ticket_id = t.id
         where t.lane = $2 and t.project_id = $1 and t.status in ('new', 'in-work', 'waiting')
           and (k.ticket_id is null or k.board_id <> all($3::text[])) order by t.number limit $4`,
        [projectId, laneOf(projectId), boardIds, limit],
      )
      return rows.map(({ id }) => id)
    },
  }
}
