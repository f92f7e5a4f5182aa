import type { NewId } from '../kernel/ids.ts'
import { ALL_LANES, laneOf } from '../kernel/lane.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import { sqlOf } from '../postgres/sql.ts'

export type OutboxEvent = {
  projectId: string
  id: string
  type: string
  payload: Record<string, unknown>
  occurredAt: Date
}

/** Turns a committed event into deliveries of one sink, in the relay's transaction. */
export type Sink = (transaction: Transaction, events: OutboxEvent[]) => Promise<void>

const SLICE = 200
const LANES_AT_ONCE = 4

/** Events are written in the transaction of the change, and relayed after it: at least once, each sink by itself. */
export function postgresOutbox({ unitOfWork, newId }: { unitOfWork: UnitOfWork; newId: NewId }) {
  return {
    async add(transaction: Transaction, projectId: string, events: { type: string }[]): Promise<void> {
      const rows = events.map(({ type, ...payload }) => ({ id: newId('event'), type, payload }))
      await sqlOf(transaction).query(
        {
          name: 'outbox-insert',
          text: `insert into outbox_events (project_id, id, lane, type, payload, occurred_at)
            select $1, id, $2, type, payload, clock_timestamp() from jsonb_to_recordset($3::jsonb) as e(id text, type text, payload jsonb)`,
        },
        [projectId, laneOf(projectId), JSON.stringify(rows)],
      )
    },

    /**
     * Hands the next waiting events to the sinks, of each lane one relay at a time and in the order of the changes. Claimed
     * by flag, never by the last id: an id may be committed after a later one.
     */
    relay: (sinks: readonly Sink[], lanes: readonly number[] = ALL_LANES): Promise<number> =>
      unitOfWork(async (transaction) => {
        const free = await sqlOf(transaction).query<{ lane: number }>(
          {
            name: 'outbox-lanes',
            text: `with waiting as materialized (
                select lane from unnest($1::smallint[]) as l(lane)
                where exists (select from outbox_events e where e.lane = l.lane and e.relayed_at is null)
                order by random() limit $2
              ) select lane from waiting where pg_try_advisory_xact_lock(hashtextextended('outbox', lane))`,
          },
          // Not all of them: the others are for whoever else relays, and each has its turn.
          [lanes, LANES_AT_ONCE],
        )
        if (free.length === 0) return 0
        const events = await sqlOf(transaction).query<OutboxEvent & { moment: number }>(
          {
            name: 'outbox-claim',
            text: `update outbox_events e set relayed_at = clock_timestamp() from (
                select e.project_id, e.id from unnest($1::smallint[]) as l(lane) cross join lateral (
                  select project_id, id from outbox_events where lane = l.lane and relayed_at is null
                  order by occurred_at, id limit $2 for update) as e
              ) as next where e.project_id = next.project_id and e.id = next.id
              returning e.project_id as "projectId", e.id, e.type, e.payload, e.occurred_at as "occurredAt", extract(epoch from e.occurred_at) as moment`,
          },
          [free.map(({ lane }) => lane), Math.ceil(SLICE / free.length)],
        )
        events.sort((left, right) => left.moment - right.moment || (left.id < right.id ? -1 : 1))
        for (const sink of sinks) await sink(transaction, events)
        return events.length
      }),
  }
}
