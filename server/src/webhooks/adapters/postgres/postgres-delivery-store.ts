import type { NewId } from '../../../kernel/ids.ts'
import { ALL_LANES } from '../../../kernel/lane.ts'
import { pageOf } from '../../../kernel/page.ts'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { UnitOfWork } from '../../../kernel/transaction.ts'
import { PROBE_EVERY_MS } from '../../domain/health.ts'
import type { Vault } from '../../../vault/vault.ts'
import type {
  Attempt,
  Claimed,
  Delivery,
  DeliveryStore,
  InTry,
  NewDelivery,
} from '../../ports/delivery-store.ts'
import type { EndpointKey } from '../../ports/endpoint-store.ts'
import { ENDPOINT } from './postgres-endpoint-store.ts'
import { healthInstant, PLAN_NEXT_LOOK } from './plan-next-look.ts'
import { sealing } from './seal-secrets.ts'

type Dependencies = { sql: Sql; unitOfWork: UnitOfWork; vault: Vault; newId: NewId }
type DueEndpoint = { projectId: string; id: string; failing: boolean; sealed: Buffer; url: string }

const ENDPOINTS_AT_ONCE = 64
/** By the clock of the endpoint's project. */
const NOW = `clock_timestamp() + make_interval(secs => e.clock_offset_ms / 1000.0)`
const NOW_MS = `(extract(epoch from clock_timestamp()) * 1000)::bigint + e.clock_offset_ms`
const DELIVERY = `d.project_id as "projectId", d.id, d.endpoint_id as "endpointId", d.event_id as "eventId", v.type as "eventType",
  case when d.status = 'waiting' and (e.status = 'disabled' or e.health ->> 'state' = 'failing') then 'held' else d.status end as status,
  d.attempts_count as "attemptsCount", case when d.status = 'waiting' then d.next_attempt_at end as "nextAttemptAt",
  d.last_error as "lastError", d.created_at as "createdAt", d.finished_at as "finishedAt"`
const OF_DELIVERY = `webhook_deliveries d
  join webhook_endpoints e on e.project_id = d.project_id and e.id = d.endpoint_id and e.removed_at is null
  join webhook_events v on v.project_id = d.project_id and v.id = d.event_id`

export function postgresDeliveryStore({ sql, unitOfWork, vault, newId }: Dependencies): DeliveryStore {
  const { open } = sealing(vault)
  const rowsOf = (deliveries: (NewDelivery & { dueAt: number })[]) =>
    JSON.stringify(
      deliveries.map(({ dueAt, ...delivery }) => ({
        ...delivery,
        id: newId('delivery'),
        dueAt: new Date(dueAt),
      })),
    )
  const RECORDSET = `jsonb_to_recordset($1::jsonb) as n("projectId" text, id text, "endpointId" text, "eventId" text, forced boolean, "dueAt" timestamptz)`

  return {
    async add(transaction, deliveries) {
      if (deliveries.length === 0) return []
      const rows = await sqlOf(transaction).query<{ id: string }>(
        {
          name: 'webhooks-add',
          text: `insert into webhook_deliveries (project_id, id, endpoint_id, event_id, forced, next_attempt_at)
            select "projectId", id, "endpointId", "eventId", forced, "dueAt" from ${RECORDSET}
            on conflict do nothing returning id`,
        },
        [rowsOf(deliveries)],
      )
      return rows.map(({ id }) => id)
    },

    async renew(transaction, deliveries) {
      if (deliveries.length === 0) return []
      const rows = await sqlOf(transaction).query<{ id: string }>(
        `insert into webhook_deliveries as d (project_id, id, endpoint_id, event_id, forced, next_attempt_at)
         select "projectId", id, "endpointId", "eventId", forced, "dueAt" from ${RECORDSET}
         on conflict (project_id, endpoint_id, event_id) do update set status = 'waiting', attempts = 0, forced = excluded.forced,
           next_attempt_at = excluded.next_attempt_at, finished_at = null
         returning id`,
        [rowsOf(deliveries)],
      )
      return rows.map(({ id }) => id)
    },

    async find(projectId, id) {
      const [row] = await sql.query<Delivery>(
        `select ${DELIVERY} from ${OF_DELIVERY} where d.project_id = $1 and d.id = $2`,
        [projectId, id],
      )
      return row
    },

    async list(projectId, { endpointId, eventId, status }, limit, cursor) {
      const rows = await sql.query<Delivery>(
        `select * from (select ${DELIVERY} from ${OF_DELIVERY}
           where d.project_id = $1 and ($2::text is null or d.endpoint_id = $2) and ($3::text is null or d.event_id = $3)
             and ($4::text is null or d.status = case $4 when 'held' then 'waiting' else $4 end)
             and ($5::text is null or d.id < $5)) as one
         where $4::text is null or status = $4 order by id desc limit $6`,
        [projectId, endpointId ?? null, eventId ?? null, status ?? null, cursor ?? null, limit + 1],
      )
      return pageOf(rows, limit, ({ id }) => id)
    },

    async attemptsOf(projectId, id, limit) {
      return sql.query<Attempt>(
        `select number, at, url, status, error, duration_ms as "durationMs", address, response_headers as "responseHeaders",
           response_body as "responseBody" from webhook_attempts where project_id = $1 and delivery_id = $2
         order by number desc limit $3`,
        [projectId, id, limit],
      )
    },

    async bodyOf(projectId, eventId) {
      const [row] = await sql.query<{ body: string }>(
        `select body from webhook_events where project_id = $1 and id = $2`,
        [projectId, eventId],
      )
      return row?.body ?? ''
    },

    claim: ({ room, share, shares, busy, fullProjects, holdMs }) =>
      unitOfWork(async (transaction) => {
        const on = sqlOf(transaction)
        const full = Object.entries(shares).flatMap(([key, free]) => (free <= 0 ? [key] : []))
        // Locked first: what the relay adds meanwhile is planned for by the relay, after us.
        const due = await on.query<DueEndpoint>(
          {
            name: 'webhooks-due',
            text: `select e.project_id as "projectId", e.id, e.url, e.secrets as sealed, e.health ->> 'state' = 'failing' as failing
              from webhook_endpoints e where e.lane = any($1) and e.due_at <= clock_timestamp() and not (e.id = any($2)) and not (e.project_id = any($5))
              order by e.id = any($3), e.due_at limit $4 for update skip locked`,
          },
          [ALL_LANES, full, busy, ENDPOINTS_AT_ONCE, fullProjects],
        )
        if (due.length === 0) return { claimed: [], more: false }
        const wishes = due.map(({ projectId, id, failing }, turn) => ({
          projectId,
          id,
          turn,
          most: failing ? 1 : Math.min(shares[id] ?? share, Math.ceil(room / due.length)),
        }))
        const rows = await on.query<Claimed & { probe: boolean }>(
          {
            name: 'webhooks-claim',
            text: `with next as (
                select d.project_id, d.id from jsonb_to_recordset($1::jsonb) as n("projectId" text, id text, most int, turn int)
                join webhook_endpoints e on e.project_id = n."projectId" and e.id = n.id
                cross join lateral (
                  select d.project_id, d.id from webhook_deliveries d
                  where d.project_id = n."projectId" and d.endpoint_id = n.id and d.status = 'waiting' and d.next_attempt_at <= ${NOW}
                    and (d.forced or coalesce(${healthInstant('pausedUntil')}, '-infinity') <= ${NOW}
                      and (e.health ->> 'state' = 'ok' or coalesce(${healthInstant('nextProbeAt')}, '-infinity') <= ${NOW}))
                  order by d.next_attempt_at limit n.most for update skip locked) as d
                order by n.turn limit $2
              ), held as (
                update webhook_deliveries d set next_attempt_at = ${NOW} + make_interval(secs => $3 / 1000.0)
                from next, webhook_endpoints e where d.project_id = next.project_id and d.id = next.id
                  and e.project_id = d.project_id and e.id = d.endpoint_id
                returning d.project_id, d.id, d.endpoint_id, d.event_id
              )
              select h.project_id as "projectId", h.id, h.endpoint_id as "endpointId", h.event_id as "eventId", v.body
              from held h join webhook_events v on v.project_id = h.project_id and v.id = h.event_id`,
          },
          [JSON.stringify(wishes), room, holdMs],
        )
        // One probe in five minutes, not one with each look.
        const probed = due.filter(
          ({ id, failing }) => failing && rows.some(({ endpointId }) => endpointId === id),
        )
        if (probed.length > 0)
          await on.query(
            `update webhook_endpoints e set health = jsonb_set(e.health, '{nextProbeAt}', to_jsonb(${NOW_MS} + $3))
             where (e.project_id, e.id) in (select * from unnest($1::text[], $2::text[]))`,
            [probed.map(({ projectId }) => projectId), probed.map(({ id }) => id), PROBE_EVERY_MS],
          )
        await on.query({ name: 'webhooks-plan', text: PLAN_NEXT_LOOK }, [JSON.stringify(due.map(({ projectId, id }) => ({ projectId, id })))]) // prettier-ignore
        const endpoints = new Map(due.map((endpoint) => [endpoint.id, endpoint]))
        const claimed = rows.map((row): Claimed => {
          const { url, failing, sealed, ...key } = endpoints.get(row.endpointId)!
          return { ...row, url, probe: failing, secrets: open(key, sealed) }
        })
        return { claimed, more: rows.length > 0 }
      }),

    async lockTried(transaction, tried) {
      const on = sqlOf(transaction)
      const keys = endpointsOf(tried.map(({ claimed }) => claimed))
      const endpoints = await on.query<Awaited<ReturnType<DeliveryStore['lockTried']>>['endpoints'][number]>(
        {
          name: 'webhooks-lock-tried',
          text: `select ${ENDPOINT}, ${NOW_MS} as now from webhook_endpoints e
            where (e.project_id, e.id) in (select * from unnest($1::text[], $2::text[])) order by e.project_id, e.id for update`,
        },
        [keys.map(({ projectId }) => projectId), keys.map(({ id }) => id)],
      )
      const deliveries = await on.query<InTry>(
        {
          name: 'webhooks-tried',
          text: `select id, attempts from webhook_deliveries where status = 'waiting'
            and (project_id, id) in (select * from unnest($1::text[], $2::text[]))`,
        },
        [tried.map(({ claimed }) => claimed.projectId), tried.map(({ claimed }) => claimed.id)],
      )
      return { endpoints, deliveries: new Map(deliveries.map((delivery) => [delivery.id, delivery])) }
    },

    async hurry(transaction, { projectId, id }) {
      await sqlOf(transaction).query(
        `update webhook_deliveries d set next_attempt_at = ${NOW} from webhook_endpoints e
         where e.project_id = $1 and e.id = $2 and d.project_id = e.project_id and d.endpoint_id = e.id and d.status = 'waiting'
           and d.next_attempt_at > ${NOW}`,
        [projectId, id],
      )
    },

    release: (deliveries) =>
      unitOfWork(async (transaction) => {
        const on = sqlOf(transaction)
        const endpoints = endpointsOf(deliveries)
        await on.query(
          `select 1 from webhook_endpoints where (project_id, id) in (select * from unnest($1::text[], $2::text[]))
           order by project_id, id for update`,
          [endpoints.map(({ projectId }) => projectId), endpoints.map(({ id }) => id)],
        )
        await on.query(
          `update webhook_deliveries d set next_attempt_at = ${NOW} from webhook_endpoints e
           where (d.project_id, d.id) in (select * from unnest($1::text[], $2::text[])) and d.status = 'waiting'
             and e.project_id = d.project_id and e.id = d.endpoint_id`,
          [deliveries.map(({ projectId }) => projectId), deliveries.map(({ id }) => id)],
        )
        await on.query({ name: 'webhooks-plan', text: PLAN_NEXT_LOOK }, [JSON.stringify(endpoints)])
      }),

    async waitingOf(transaction, { projectId, id }) {
      const [row] = await sqlOf(transaction).query<{ count: number }>(
        `select count(*)::int as count from webhook_deliveries where project_id = $1 and endpoint_id = $2 and status = 'waiting'`,
        [projectId, id],
      )
      return row!.count
    },

    async settle(transaction, tried, settled) {
      const on = sqlOf(transaction)
      const deliveries = settled.flatMap(({ endpoint: { projectId }, deliveries: ofEndpoint }) =>
        ofEndpoint.map(({ nextAttemptAt, ...delivery }) => ({
          ...delivery,
          projectId,
          nextAttemptAt: new Date(nextAttemptAt),
        })),
      )
      const attempts = tried.map(({ claimed, at, outcome: { retryAfterMs: _after, ...outcome } }) => ({
        ...outcome,
        projectId: claimed.projectId,
        deliveryId: claimed.id,
        url: claimed.url,
        at: new Date(at),
      }))
      await on.query(
        {
          name: 'webhooks-settle',
          text: `with changed as (
              update webhook_deliveries d set status = n.status, attempts = n.attempts, last_error = n."lastError",
                attempts_count = d.attempts_count + 1, next_attempt_at = n."nextAttemptAt", forced = false,
                finished_at = case when n.status <> 'waiting' then clock_timestamp() end
              from jsonb_to_recordset($1::jsonb) as n("projectId" text, id text, status text, attempts smallint, "lastError" text, "nextAttemptAt" timestamptz)
              where d.project_id = n."projectId" and d.id = n.id and d.status = 'waiting'
              returning d.project_id, d.id, d.attempts_count
            )
            insert into webhook_attempts (project_id, delivery_id, number, at, url, status, error, duration_ms, address, response_headers, response_body)
            select c.project_id, c.id, c.attempts_count, t.at, t.url, t.status, t.error, t."durationMs", t.address, t."responseHeaders", t."responseBody"
            from changed c join jsonb_to_recordset($2::jsonb) as t("projectId" text, "deliveryId" text, at timestamptz, url text, status smallint,
              error text, "durationMs" int, address text, "responseHeaders" jsonb, "responseBody" text)
              on t."projectId" = c.project_id and t."deliveryId" = c.id
            on conflict do nothing`,
        },
        [JSON.stringify(deliveries), JSON.stringify(attempts)],
      )
      await on.query(
        {
          name: 'webhooks-settle-endpoints',
          text: `update webhook_endpoints e set status = n.status, disabled_because = n."disabledBecause", health = n.health
            from jsonb_to_recordset($1::jsonb) as n("projectId" text, id text, status text, "disabledBecause" text, health jsonb)
            where e.project_id = n."projectId" and e.id = n.id`,
        },
        [JSON.stringify(settled.map(({ endpoint }) => endpoint))],
      )
      await on.query({ name: 'webhooks-plan', text: PLAN_NEXT_LOOK }, [
        JSON.stringify(settled.map(({ endpoint: { projectId, id } }) => ({ projectId, id }))),
      ])
    },
  }
}

/** Each once. */
function endpointsOf(deliveries: Pick<Claimed, 'projectId' | 'endpointId'>[]): EndpointKey[] {
  const keys = deliveries.map(
    ({ projectId, endpointId }) => [endpointId, { projectId, id: endpointId }] as const,
  )
  return [...new Map(keys).values()]
}
