import { randomUUID } from 'node:crypto'
import { sqlOf, type Sql } from '../postgres/sql.ts'
import type { Item, LineKey } from '../kernel/line.ts'
import type { Figures, LineStore } from './line-store.ts'

/** Said of an item whose effect may have happened although no answer came. */
const IF_UNCERTAIN = `case when problem like 'uncertain%' then problem end`
const OF_LINE = 'project_id = $1 and queue = $2 and line = $3'

/** Lines of one queue. Who works on a line holds it for a while; whoever dies loses it to the next. */
export function postgresLines<Body>({ sql, queue }: { sql: Sql; queue: string }): LineStore<Body> {
  return {
    async add(transaction, items) {
      if (items.length === 0) return 0
      const within = sqlOf(transaction)
      const rows = JSON.stringify(items, storable)
      await within.query(
        {
          name: 'lines-wake',
          // In one order, so that two transactions never wait for each other in a circle.
          text: `insert into lines (project_id, queue, line, is_waiting)
            select distinct "projectId", $2, line, true from jsonb_to_recordset($1::jsonb) as i("projectId" text, line text)
            order by 1, 3
            on conflict (project_id, queue, line) do update set is_waiting = true, version = lines.version + 1`,
        },
        [rows, queue],
      )
      const added = await within.query(
        {
          name: 'lines-add',
          text: `insert into line_items (project_id, queue, line, key, body)
            select "projectId", $2, line, key, body from rows from (jsonb_to_recordset($1::jsonb)
              as ("projectId" text, line text, key text, body jsonb)) with ordinality as i("projectId", line, key, body, place)
            order by place
            on conflict do nothing returning 1`,
        },
        [rows, queue],
      )
      return added.length
    },

    async hold({ projectId, line }, holdMs) {
      const holder = randomUUID()
      const [row] = await sql.query<{ version: string }>(
        {
          name: 'lines-hold',
          text: `update lines set holder = $4, held_until = clock_timestamp() + make_interval(secs => $5 / 1000.0)
            where ${OF_LINE} and is_waiting and next_at <= clock_timestamp() and held_until <= clock_timestamp()
            returning version::text`,
        },
        [projectId, queue, line, holder, holdMs],
      )
      return row === undefined ? undefined : { projectId, line, holder, version: row.version }
    },

    async holdOn({ projectId, line, holder }, holdMs) {
      const rows = await sql.query(
        {
          name: 'lines-hold-on',
          text: `update lines set held_until = clock_timestamp() + make_interval(secs => $5 / 1000.0)
            where ${OF_LINE} and holder = $4 returning 1`,
        },
        [projectId, queue, line, holder, holdMs],
      )
      return rows.length > 0
    },

    items: ({ projectId, line }, limit) =>
      sql.query<Item<Body>>(
        {
          name: 'lines-items',
          text: `select project_id as "projectId", line, key, id::text, body, attempts, created_at as "createdAt" from line_items
            where ${OF_LINE} and state = 'waiting' order by line_items.id limit $4`,
        },
        [projectId, queue, line, limit],
      ),

    async finish({ projectId, key }, state, problem) {
      await sql.query(
        {
          name: 'lines-finish',
          // What is dead keeps what it was, for somebody to see; what may have happened twice stays marked.
          text: `update line_items set state = $4, problem = coalesce($5, ${IF_UNCERTAIN}), attempts = attempts + 1, finished_at = clock_timestamp(),
              body = case when $4 = 'done' then null else body end
            where project_id = $1 and queue = $2 and key = $3 and state = 'waiting'`,
        },
        [projectId, queue, key, state, problem],
      )
    },

    async postpone({ projectId, key }, { why, counts }) {
      await sql.query(
        `update line_items set problem = coalesce(${IF_UNCERTAIN}, $4), attempts = attempts + $5::int where project_id = $1 and queue = $2 and key = $3`,
        [projectId, queue, key, why, counts ? 1 : 0],
      )
    },

    async release({ projectId, line, holder, version }, rest) {
      const [row] = await sql.query<{ more: boolean }>(
        {
          name: 'lines-release',
          text: `update lines set holder = null, held_until = '-infinity', is_waiting = $5 or version <> $6::bigint,
              next_at = case when $7::bigint is null then next_at else clock_timestamp() + make_interval(secs => $7 / 1000.0) end
            where ${OF_LINE} and holder = $4 returning is_waiting as more`,
        },
        [
          ...[projectId, queue, line, holder],
          ...[rest !== 'empty', version, typeof rest === 'string' ? null : Math.ceil(rest.afterMs)],
        ],
      )
      return row?.more === true
    },

    async unhold(transaction, { projectId, line }) {
      const within = sqlOf(transaction)
      const rows = await within.query(
        {
          name: 'lines-unhold',
          text: `update line_items set state = 'waiting', finished_at = null where ${OF_LINE} and state = 'held' returning 1`,
        },
        [projectId, queue, line],
      )
      if (rows.length > 0)
        await within.query(`update lines set is_waiting = true, version = version + 1 where ${OF_LINE}`, [
          projectId,
          queue,
          line,
        ])
      return rows.length
    },

    async busy(transaction, projectId, lines) {
      const rows = await sqlOf(transaction).query<{ line: string }>(
        {
          name: 'lines-busy',
          text: `select distinct line from line_items where project_id = $1 and queue = $2 and line = any($3::text[]) and state = 'waiting'`,
        },
        [projectId, queue, lines],
      )
      return new Set(rows.map(({ line }) => line))
    },

    due: (limit) =>
      sql.query<LineKey>(
        {
          name: 'lines-due',
          text: `select project_id as "projectId", line from lines
            where queue = $1 and is_waiting and next_at <= clock_timestamp() and held_until <= clock_timestamp()
            order by next_at limit $2`,
        },
        [queue, limit],
      ),

    async figures(projectId) {
      const [row] = await sql.query<Figures>(
        `select count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'held')::int as held,
           count(*) filter (where state = 'dead')::int as dead,
           coalesce(extract(epoch from clock_timestamp() - min(created_at) filter (where state = 'waiting')) * 1000, 0)::float8 as "oldestMs"
         from line_items where (state = 'waiting' or state = 'held' or state = 'dead') and queue = $1 and ($2::text is null or project_id = $2)`,
        [queue, projectId ?? null],
      )
      return row!
    },

    async clear(transaction, projectId, line) {
      const within = sqlOf(transaction)
      const which = 'project_id = $1 and queue = $2 and ($3::text is null or line = $3)'
      // In the order in which they are added to: whoever is adding right now is waited for, and what was added goes too.
      await within.query(`select 1 from lines where ${which} order by line for update`, [
        ...[projectId, queue, line ?? null],
      ])
      await within.query(`delete from line_items where ${which}`, [projectId, queue, line ?? null])
      await within.query(`delete from lines where ${which}`, [projectId, queue, line ?? null])
    },

    async forget(olderThanMs, limit) {
      const rows = await sql.query(
        `delete from line_items where ctid = any(array(
           select ctid from line_items where state = 'done' and queue = $1
             and finished_at < now() - make_interval(secs => $2 / 1000.0) limit $3)) returning 1`,
        [queue, olderThanMs, limit],
      )
      return rows.length
    },
  }
}

/** Postgres keeps neither NUL nor half a letter: without them a single item would stand in the way of all that came with it. */
function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/[\0\p{Surrogate}]/gu, '') : value
}
