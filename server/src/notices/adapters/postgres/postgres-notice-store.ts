import type { NewId } from '../../../kernel/ids.ts'
import { ALL_LANES, laneOf } from '../../../kernel/lane.ts'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Notice, NoticeStore, SentNotice } from '../../ports/notice-store.ts'

export function postgresNoticeStore({ sql, newId }: { sql: Sql; newId: NewId }): NoticeStore {
  return {
    async add(transaction, notices) {
      const rows = notices.map((notice) => ({
        ...notice,
        id: newId('notice'),
        lane: laneOf(notice.projectId),
      }))
      await sqlOf(transaction).query(
        `insert into notices (project_id, id, lane, event_id, customer_id, channel, address, text)
         select "projectId", id, lane, "eventId", "customerId", channel, address, text
         from jsonb_to_recordset($1::jsonb) as n("projectId" text, id text, lane smallint, "eventId" text, "customerId" text,
           channel text, address text, text text)
         on conflict do nothing`,
        [JSON.stringify(rows)],
      )
    },

    claim: (limit, holdMs) =>
      sql.query<Notice>(
        `update notices n set next_attempt_at = clock_timestamp() + make_interval(secs => $2 / 1000.0) from (
           select project_id, id from notices where lane = any($3) and status = 'waiting' and next_attempt_at <= clock_timestamp()
           order by next_attempt_at limit $1 for update skip locked
         ) as next where n.project_id = next.project_id and n.id = next.id
         returning n.project_id as "projectId", n.id, n.event_id as "eventId", n.customer_id as "customerId", n.channel,
           n.address, n.text, n.attempts`,
        [limit, holdMs, ALL_LANES],
      ),

    async finish({ projectId, id }, status, problem) {
      await sql.query(
        `update notices set status = $3, problem = $4, attempts = attempts + 1, finished_at = now()
         where project_id = $1 and id = $2 and status = 'waiting'`,
        [projectId, id, status, problem],
      )
    },

    async postpone({ projectId, id }, afterMs) {
      await sql.query(
        `update notices set next_attempt_at = clock_timestamp() + make_interval(secs => $3 / 1000.0)
         where project_id = $1 and id = $2 and status = 'waiting'`,
        [projectId, id, afterMs],
      )
    },

    async retry({ projectId, id }, afterMs, problem) {
      await sql.query(
        `update notices set attempts = attempts + 1, problem = $4,
           next_attempt_at = clock_timestamp() + make_interval(secs => $3 / 1000.0)
         where project_id = $1 and id = $2 and status = 'waiting'`,
        [projectId, id, afterMs, problem],
      )
    },

    async readdress({ projectId, id }, address) {
      await sql.query(
        `update notices set address = $3, attempts = attempts + 1, next_attempt_at = clock_timestamp()
         where project_id = $1 and id = $2 and status = 'waiting'`,
        [projectId, id, address],
      )
    },

    async hurry(projectId, channel) {
      await sql.query(
        `update notices set next_attempt_at = clock_timestamp() where project_id = $1 and channel = $2 and status = 'waiting'`,
        [projectId, channel],
      )
    },

    async waiting(projectId, channel) {
      const [row] = await sql.query<{ count: number }>(
        `select count(*)::int as count from notices where project_id = $1 and channel = $2 and status = 'waiting'`,
        [projectId, channel],
      )
      return row!.count
    },

    async eraseOf(transaction, projectId, customerId) {
      await sqlOf(transaction).query(
        `update notices set text = '', address = '', problem = null,
           status = case when status = 'waiting' then 'failed' else status end, finished_at = coalesce(finished_at, now())
         where project_id = $1 and customer_id = $2`,
        [projectId, customerId],
      )
    },

    listOf: (projectId, customerId, limit) =>
      sql.query<SentNotice>(
        `select id, event_id as "eventId", channel, address, text, status, created_at as "createdAt", finished_at as "finishedAt"
         from notices where project_id = $1 and customer_id = $2 order by id limit $3`,
        [projectId, customerId, limit],
      ),
  }
}
