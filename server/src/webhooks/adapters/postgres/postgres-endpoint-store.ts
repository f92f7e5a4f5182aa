import { ALL_LANES, laneOf } from '../../../kernel/lane.ts'
import { pageOf } from '../../../kernel/page.ts'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Vault } from '../../../vault/vault.ts'
import type { Endpoint, EndpointSecret } from '../../domain/endpoint.ts'
import type { EndpointStore, ShownEndpoint } from '../../ports/endpoint-store.ts'
import { PLAN_NEXT_LOOK } from './plan-next-look.ts'
import { sealing } from './seal-secrets.ts'

export const ENDPOINT = `e.project_id as "projectId", e.id, e.url, e.description, e.events, e.status,
  e.disabled_because as "disabledBecause", e.health, e.created_at as "createdAt", e.updated_at as "updatedAt"`
/** Of a delivery that waits: it is held while its endpoint takes nothing. */
const HELD = `case when e.status = 'disabled' or e.health ->> 'state' = 'failing' then (
  select count(*)::int from webhook_deliveries d
  where d.project_id = e.project_id and d.endpoint_id = e.id and d.status = 'waiting') else 0 end as "heldCount"`

type Row = Endpoint & { heldCount: number; sealed: Buffer }

export function postgresEndpointStore({ sql, vault }: { sql: Sql; vault: Vault }): EndpointStore {
  const { seal, open } = sealing(vault)
  const shown = ({ sealed, ...endpoint }: Row): ShownEndpoint => ({
    ...endpoint,
    secretPreviousExpiresAt: overlapEnd(open(endpoint, sealed)),
  })
  return {
    async insert(
      transaction,
      { projectId, id, url, description, events, status, disabledBecause, health, secrets },
    ) {
      await sqlOf(transaction).query(
        `insert into webhook_endpoints (project_id, id, lane, url, description, events, status, disabled_because, health, secrets, clock_offset_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, (select clock_offset_ms from projects where id = $1))`,
        [projectId, id, laneOf(projectId), url, description, events, status, disabledBecause, JSON.stringify(health),
          seal({ projectId, id }, secrets)], // prettier-ignore
      )
    },

    async count(transaction, projectId) {
      const on = sqlOf(transaction)
      await on.query(`select pg_advisory_xact_lock(hashtextextended($1, 2))`, [projectId])
      const [row] = await on.query<{ count: number }>(
        `select count(*)::int as count from webhook_endpoints where project_id = $1 and removed_at is null`,
        [projectId],
      )
      return row!.count
    },

    async find(projectId, id) {
      const [row] = await sql.query<Row>(
        `select ${ENDPOINT}, ${HELD}, e.secrets as sealed from webhook_endpoints e where e.project_id = $1 and e.id = $2 and e.removed_at is null`,
        [projectId, id],
      )
      return row === undefined ? undefined : shown(row)
    },

    async list(projectId, limit, cursor) {
      const rows = await sql.query<Row>(
        `select ${ENDPOINT}, ${HELD}, e.secrets as sealed from webhook_endpoints e
         where e.project_id = $1 and e.removed_at is null and ($2::text is null or e.id < $2) order by e.id desc limit $3`,
        [projectId, cursor ?? null, limit + 1],
      )
      return pageOf(rows.map(shown), limit, ({ id }) => id)
    },

    async lock(transaction, projectId, id) {
      const [row] = await sqlOf(transaction).query<Row>(
        `select ${ENDPOINT}, e.secrets as sealed from webhook_endpoints e where e.project_id = $1 and e.id = $2 and e.removed_at is null for update`,
        [projectId, id],
      )
      if (row === undefined) return undefined
      const { sealed, ...endpoint } = row
      return { ...endpoint, secrets: open(endpoint, sealed) }
    },

    async write(
      transaction,
      { projectId, id },
      { url, description, events, status, disabledBecause, health },
    ) {
      await sqlOf(transaction).query(
        `update webhook_endpoints set url = $3, description = $4, events = $5, status = $6, disabled_because = $7, health = $8,
           updated_at = now() where project_id = $1 and id = $2`,
        [projectId, id, url, description, events, status, disabledBecause, JSON.stringify(health)],
      )
    },

    async writeSecrets(transaction, { projectId, id }, secrets) {
      await sqlOf(transaction).query(
        `update webhook_endpoints set secrets = $3, updated_at = now() where project_id = $1 and id = $2`,
        [projectId, id, seal({ projectId, id }, secrets)],
      )
    },

    async remove(transaction, projectId, id) {
      const rows = await sqlOf(transaction).query(
        `update webhook_endpoints set removed_at = now(), status = 'disabled', disabled_because = 'owner', due_at = null
         where project_id = $1 and id = $2 and removed_at is null returning 1`,
        [projectId, id],
      )
      return rows.length > 0
    },

    async forgetRemoved(limit) {
      const deliveries = await sql.query(
        `delete from webhook_deliveries where (project_id, id) in (
           select d.project_id, d.id from webhook_endpoints e join webhook_deliveries d on d.project_id = e.project_id and d.endpoint_id = e.id
           where e.lane = any($1) and e.removed_at is not null limit $2) returning 1`,
        [ALL_LANES, limit],
      )
      if (deliveries.length > 0) return deliveries.length
      await sql.query(
        `delete from webhook_endpoints e where e.lane = any($1) and e.removed_at is not null and not exists (
           select from webhook_deliveries d where d.project_id = e.project_id and d.endpoint_id = e.id)`,
        [ALL_LANES],
      )
      return 0
    },

    lockAll: (transaction, projectIds) =>
      sqlOf(transaction).query<Endpoint>(
        {
          name: 'webhooks-lock-all',
          text: `select ${ENDPOINT} from webhook_endpoints e where e.project_id = any($1) and e.removed_at is null order by e.project_id, e.id for update`,
        },
        [projectIds],
      ),

    async planNext(transaction, endpoints) {
      const on = sqlOf(transaction)
      const rows = JSON.stringify(endpoints)
      await on.query(
        {
          name: 'webhooks-follow-clock',
          // From the project itself: what a process remembers of it may be a second old.
          text: `update webhook_endpoints e set clock_offset_ms = p.clock_offset_ms
            from jsonb_to_recordset($1::jsonb) as n("projectId" text, id text), projects p
            where e.project_id = n."projectId" and e.id = n.id and p.id = e.project_id and e.clock_offset_ms <> p.clock_offset_ms`,
        },
        [rows],
      )
      await on.query({ name: 'webhooks-plan', text: PLAN_NEXT_LOOK }, [rows])
    },

    async troubled() {
      const [row] = await sql.query<{ failing: number; disabled: number }>(
        `select count(*) filter (where status = 'enabled' and health ->> 'state' = 'failing')::int as failing,
           count(*) filter (where disabled_because <> 'owner')::int as disabled from webhook_endpoints`,
      )
      return row!
    },

    async waiting(projectId) {
      const [row] = await sql.query<{ waiting: number; failing: number }>(
        `select (select count(*) from webhook_deliveries where project_id = $1 and status = 'waiting')::int as waiting,
           count(*) filter (where status = 'enabled' and health ->> 'state' = 'failing' or disabled_because <> 'owner')::int as failing
         from webhook_endpoints where project_id = $1`,
        [projectId],
      )
      return row!
    },
  }
}

function overlapEnd(secrets: EndpointSecret[]): Date | null {
  const ends = secrets.flatMap(({ expiresAt }) => expiresAt ?? []).filter((end) => end > Date.now())
  return ends.length === 0 ? null : new Date(Math.max(...ends))
}
