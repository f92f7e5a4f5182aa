import { ALL_LANES, laneOf } from '../../../kernel/lane.ts'
import { pageOf } from '../../../kernel/page.ts'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Replay, ReplayStore, RunningReplay } from '../../ports/replay-store.ts'

const REPLAY = `r.project_id as "projectId", r.id, r.endpoint_id as "endpointId", r.state, r.events_count as "eventsCount",
  r.replayed_count as "replayedCount", (extract(epoch from r.from_at) * 1000)::bigint as "from",
  (extract(epoch from r.until_at) * 1000)::bigint as "until", r.types, r.statuses, r.created_at as "createdAt", r.finished_at as "finishedAt"`
/** Of a replay `r`, the events that it is about. */
const MATCHES = `v.project_id = r.project_id and v.position > r.after_position and v.position <= r.last_position
  and (r.from_at is null or v.occurred_at >= r.from_at) and v.occurred_at < r.until_at
  and (r.types = '{}' or exists (select from unnest(r.types) as f(filter)
    where f.filter = v.type or right(f.filter, 2) = '.*' and starts_with(v.type, left(f.filter, -1))))
  and not (v.type like 'endpoint.%' and v.body::jsonb -> 'data' ->> 'endpointId' = r.endpoint_id)
  and case coalesce(d.status, 'never') when 'waiting' then 'held' else coalesce(d.status, 'never') end = any(r.statuses)`
const EVENTS = `webhook_events v left join webhook_deliveries d
  on d.project_id = v.project_id and d.event_id = v.id and d.endpoint_id = r.endpoint_id`

export function postgresReplayStore(sql: Sql): ReplayStore {
  return {
    async insert(transaction, { projectId, id, endpointId, from, until, types, statuses }) {
      const on = sqlOf(transaction)
      await on.query(
        `insert into webhook_replays (project_id, id, lane, endpoint_id, from_at, until_at, types, statuses, last_position, events_count)
         values ($1, $2, $3, $4, $5, $6, $7, $8,
           coalesce((select last from webhook_sequences where project_id = $1 and resource = ''), 0), 0)`,
        [
          projectId,
          id,
          laneOf(projectId),
          endpointId,
          from === null ? null : new Date(from),
          new Date(until),
          types,
          statuses,
        ],
      )
      const [row] = await on.query<Replay>(
        `update webhook_replays r set events_count = (select count(*) from ${EVENTS} where ${MATCHES})
         where r.project_id = $1 and r.id = $2 returning ${REPLAY}`,
        [projectId, id],
      )
      return row!
    },

    async find(projectId, id) {
      const [row] = await sql.query<Replay>(
        `select ${REPLAY} from webhook_replays r where r.project_id = $1 and r.id = $2`,
        [projectId, id],
      )
      return row
    },

    async list(projectId, endpointId, limit, cursor) {
      const rows = await sql.query<Replay>(
        `select ${REPLAY} from webhook_replays r where r.project_id = $1 and ($2::text is null or r.endpoint_id = $2)
           and ($3::text is null or r.id < $3) order by r.id desc limit $4`,
        [projectId, endpointId ?? null, cursor ?? null, limit + 1],
      )
      return pageOf(rows, limit, ({ id }) => id)
    },

    async isRunning(transaction, projectId, endpointId) {
      const rows = await sqlOf(transaction).query(
        `select 1 from webhook_replays where project_id = $1 and endpoint_id = $2 and state = 'running'`,
        [projectId, endpointId],
      )
      return rows.length > 0
    },

    async lockNext(transaction, mostWaiting) {
      const [row] = await sqlOf(transaction).query<RunningReplay>(
        `select ${REPLAY}, r.after_position as "after" from webhook_replays r
         where r.lane = any($1) and r.state = 'running' and (
           select count(*) from (select 1 from webhook_deliveries d where d.project_id = r.project_id and d.endpoint_id = r.endpoint_id
             and d.status = 'waiting' limit $2) as waiting) < $2
         order by r.lane, r.id limit 1 for update of r skip locked`,
        [ALL_LANES, mostWaiting],
      )
      return row
    },

    eventsOf: (transaction, { projectId, id }, limit) =>
      sqlOf(transaction).query<{ id: string; position: number }>(
        `select v.id, v.position from webhook_replays r cross join lateral (
           select v.id, v.position from ${EVENTS} where ${MATCHES} order by v.position limit $3) as v
         where r.project_id = $1 and r.id = $2 order by v.position`,
        [projectId, id, limit],
      ),

    async advance(transaction, { projectId, id }, { after, replayed, finished }) {
      await sqlOf(transaction).query(
        `update webhook_replays set after_position = $3, replayed_count = replayed_count + $4,
           state = case when $5 then 'finished' else state end, finished_at = case when $5 then now() end
         where project_id = $1 and id = $2`,
        [projectId, id, after, replayed, finished],
      )
    },
  }
}
