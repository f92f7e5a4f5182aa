import { randomUUID } from 'node:crypto'
import { ALL_LANES, laneOf } from '../kernel/lane.ts'
import type { Sql } from '../postgres/sql.ts'
import type { IdempotencyKeys, KeyClaim } from './idempotency-keys.ts'

/** How long an answer is kept, and how long a claim is believed to have a living process behind it. */
const KEPT_HOURS = 24
const BELIEVED_SECONDS = 60
const OLD_AT_ONCE = 5_000
/** The key was freed between our two looks. */
const MOST_LOOKS = 3

type Row = { fingerprint: Buffer; status: number | null; body: string | null }

/** One row of the primary key decides who answers; what an earlier day left is claimed as if it were not there. */
export function postgresIdempotencyKeys(sql: Sql) {
  async function look(projectId: string, key: string, fingerprint: Buffer): Promise<KeyClaim | undefined> {
    const holder = randomUUID()
    const claimed = await sql.query(
      {
        name: 'idempotency-claim',
        text: `insert into idempotency_keys as k (project_id, key, lane, fingerprint, holder, claimed_at)
          values ($1, $2, $3, $4, $5, clock_timestamp())
          on conflict (project_id, key) do update
            set fingerprint = excluded.fingerprint, holder = excluded.holder, claimed_at = excluded.claimed_at, status = null, body = null
            where k.claimed_at < clock_timestamp() - make_interval(hours => ${KEPT_HOURS})
              or k.status is null and k.fingerprint = excluded.fingerprint
                and k.claimed_at < clock_timestamp() - make_interval(secs => ${BELIEVED_SECONDS})
          returning 1`,
      },
      [projectId, key, laneOf(projectId), fingerprint, holder],
    )
    if (claimed.length > 0) return { state: 'claimed', holder }
    const [row] = await sql.query<Row>(
      {
        name: 'idempotency-find',
        text: `select fingerprint, status, body from idempotency_keys where project_id = $1 and key = $2`,
      },
      [projectId, key],
    )
    if (row === undefined) return undefined
    if (!row.fingerprint.equals(fingerprint)) return { state: 'taken' }
    if (row.status === null) return { state: 'running' }
    const body = row.body === null ? {} : { body: JSON.parse(row.body) as unknown }
    return { state: 'answered', answer: { status: row.status, ...body } }
  }

  const keys: IdempotencyKeys = {
    async claim(projectId, key, fingerprint) {
      for (let looks = 0; looks < MOST_LOOKS; looks++) {
        const claim = await look(projectId, key, fingerprint)
        if (claim !== undefined) return claim
      }
      return { state: 'running' }
    },

    async keep(projectId, key, holder, { status, body }) {
      await sql.query(
        {
          name: 'idempotency-keep',
          text: `update idempotency_keys set status = $4, body = $5 where project_id = $1 and key = $2 and holder = $3`,
        },
        [projectId, key, holder, status, body],
      )
    },

    async free(projectId, key, holder) {
      await sql.query(
        {
          name: 'idempotency-free',
          text: `delete from idempotency_keys where project_id = $1 and key = $2 and holder = $3`,
        },
        [projectId, key, holder],
      )
    },
  }

  return {
    ...keys,
    /** Removes a batch of what is older than a day, and says how many that were. */
    async forget(): Promise<number> {
      const rows = await sql.query(
        `delete from idempotency_keys where (project_id, key) in (
           select project_id, key from idempotency_keys
           where lane = any($1) and claimed_at < now() - make_interval(hours => ${KEPT_HOURS})
           limit ${OLD_AT_ONCE} for update skip locked)
         returning 1`,
        [ALL_LANES],
      )
      return rows.length
    },
  }
}
