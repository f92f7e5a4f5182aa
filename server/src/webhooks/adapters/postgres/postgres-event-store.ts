import { ALL_LANES, laneOf } from '../../../kernel/lane.ts'
import { pageOf } from '../../../kernel/page.ts'
import type { Transaction } from '../../../kernel/transaction.ts'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Fact, RecordedEvent } from '../../domain/event.ts'
import type { EventStore } from '../../ports/event-store.ts'
import type { ProjectFacts } from '../../ports/neighbours.ts'

const EVENT = `v.id, v.type, v.project_id as "projectId", v.position, v.customer_id as "customerId", v.body`

export function postgresEventStore(sql: Sql): EventStore {
  return {
    async record(transaction, facts, write) {
      const on = sqlOf(transaction)
      const known = await on.query<{ id: string }>(
        `select id from webhook_events where (project_id, id) in (select * from unnest($1::text[], $2::text[]))`,
        [facts.map(({ projectId }) => projectId), facts.map(({ id }) => id)],
      )
      const knownIds = new Set(known.map(({ id }) => id))
      const fresh = facts.filter(({ id }) => !knownIds.has(id))
      if (fresh.length === 0) return []
      const numbers = await takeNumbers(transaction, fresh)
      const events = fresh.map((fact): RecordedEvent & { occurredAt: Date; lane: number } => {
        const sequence = numbers.next(fact.projectId, resourceKey(fact))
        const { id, type, projectId, resource, occurredAt } = fact
        return {
          id,
          type,
          projectId,
          position: numbers.next(projectId, ''),
          customerId: resource.type === 'customer' && !fact.test ? resource.id : null,
          body: write(fact, sequence),
          occurredAt: new Date(occurredAt),
          lane: laneOf(projectId),
        }
      })
      await on.query(
        {
          name: 'webhooks-record',
          text: `insert into webhook_events (project_id, id, lane, position, type, customer_id, body, occurred_at)
            select "projectId", id, lane, position, type, "customerId", body, "occurredAt"
            from jsonb_to_recordset($1::jsonb) as v("projectId" text, id text, lane smallint, position bigint, type text, "customerId" text,
              body text, "occurredAt" timestamptz)`,
        },
        [JSON.stringify(events)],
      )
      return events
    },

    async projectsOf(transaction, projectIds) {
      const rows = await sqlOf(transaction).query<{ id: string } & ProjectFacts>(
        {
          name: 'webhooks-projects',
          text: `select id, currency, clock_offset_ms as "clockOffsetMs" from projects where id = any($1)`,
        },
        [projectIds],
      )
      return new Map(rows.map(({ id, ...facts }) => [id, facts]))
    },

    async find(projectId, id) {
      const [row] = await sql.query<RecordedEvent>(
        `select ${EVENT} from webhook_events v where v.project_id = $1 and v.id = $2`,
        [projectId, id],
      )
      return row
    },

    async list(projectId, { type, customerId }, limit, cursor) {
      const rows = await sql.query<RecordedEvent>(
        `select ${EVENT} from webhook_events v where v.project_id = $1 and ($2::text is null or v.type = $2)
           and ($3::text is null or v.customer_id = $3) and ($4::bigint is null or v.position < $4)
         order by v.position desc limit $5`,
        [projectId, type ?? null, customerId ?? null, positionOf(cursor), limit + 1],
      )
      return pageOf(rows, limit, ({ position }) => String(position))
    },

    since: (projectId, position, limit) =>
      sql.query<RecordedEvent>(
        `select ${EVENT} from webhook_events v where v.project_id = $1 and v.position > $2 order by v.position limit $3`,
        [projectId, position, limit],
      ),

    async lastPosition(projectId) {
      const [row] = await sql.query<{ last: number }>(
        `select last from webhook_sequences where project_id = $1 and resource = ''`,
        [projectId],
      )
      return row?.last ?? 0
    },

    async forget(olderThanDays, limit) {
      const rows = await sql.query(
        `delete from webhook_events where (project_id, id) in (
           select project_id, id from webhook_events where lane = any($2) and recorded_at < now() - make_interval(days => $1)
           order by lane, recorded_at limit $3) returning 1`,
        [olderThanDays, ALL_LANES, limit],
      )
      return rows.length
    },
  }
}

/** The project's row stays locked until the commit, so that positions become visible in their order. */
async function takeNumbers(transaction: Transaction, facts: Fact[]) {
  const counts = new Map<string, { projectId: string; resource: string; count: number }>()
  const count = (projectId: string, resource: string) => {
    const key = `${projectId} ${resource}`
    counts.set(key, { projectId, resource, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  for (const fact of facts) {
    count(fact.projectId, '')
    count(fact.projectId, resourceKey(fact))
  }
  const rows = await sqlOf(transaction).query<{ projectId: string; resource: string; last: number }>(
    {
      name: 'webhooks-number',
      text: `insert into webhook_sequences as s (project_id, resource, last)
        select "projectId", resource, count from jsonb_to_recordset($1::jsonb) as n("projectId" text, resource text, count bigint)
        order by "projectId" collate "C", resource collate "C"
        on conflict (project_id, resource) do update set last = s.last + excluded.last
        returning project_id as "projectId", resource, last`,
    },
    [JSON.stringify([...counts.values()])],
  )
  const next = new Map(
    rows.map(({ projectId, resource, last }) => {
      const key = `${projectId} ${resource}`
      return [key, last - counts.get(key)!.count]
    }),
  )
  return {
    next(projectId: string, resource: string): number {
      const key = `${projectId} ${resource}`
      const number = next.get(key)! + 1
      next.set(key, number)
      return number
    },
  }
}

function resourceKey({ resource: { type, id } }: Fact): string {
  return `${type}:${id}`
}

function positionOf(cursor: string | undefined): number | null {
  return cursor !== undefined && /^\d{1,15}$/.test(cursor) ? Number(cursor) : null
}
