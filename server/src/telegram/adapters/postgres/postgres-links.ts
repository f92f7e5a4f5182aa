import { createHash } from 'node:crypto'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Link, Links } from '../../ports/links.ts'

const COLUMNS = `project_id as "projectId", id, code, participant_id as "participantId", customer_id as "customerId", state,
  telegram_id as "telegramId", hold_id as "holdId", expires_at as "expiresAt"`
const NOW = (parameter: string) => `clock_timestamp() + make_interval(secs => ${parameter} / 1000.0)`

const hash = (secret: string) => createHash('sha256').update(secret).digest()

export function postgresLinks(sql: Sql): Links {
  return {
    async add({ projectId, id, token, claim, code, participantId, customerId, holdId }, forMs, offsetMs) {
      const [row] = await sql.query<{ expiresAt: Date }>(
        `insert into telegram_links (project_id, id, token_hash, claim_hash, code, participant_id, customer_id, hold_id, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, ${NOW('$9::float8')}) returning expires_at as "expiresAt"`,
        [
          ...[projectId, id, hash(token), claim === null ? null : hash(claim), code],
          ...[participantId, customerId, holdId, forMs + offsetMs],
        ],
      )
      return row!.expiresAt
    },

    async open(projectId, token, telegramId, offsetMs, updateId) {
      const [row] = await sql.query<Link>(
        `update telegram_links set state = 'asked', telegram_id = $3, opened_by_update = $5
         where project_id = $1 and token_hash = $2 and expires_at > ${NOW('$4::float8')}
           and (state = 'open' or (state = 'asked' and telegram_id = $3 and opened_by_update = $5))
         returning ${COLUMNS}`,
        [projectId, hash(token), telegramId, offsetMs, updateId],
      )
      return row
    },

    async asked(projectId, linkId, telegramId, offsetMs) {
      const [row] = await sql.query<Link>(
        `select ${COLUMNS} from telegram_links where project_id = $1 and id = $2 and telegram_id = $3 and state = 'asked'
           and expires_at > ${NOW('$4::float8')}`,
        [projectId, linkId, telegramId, offsetMs],
      )
      return row
    },

    async waiting(projectId, telegramId, offsetMs) {
      const [row] = await sql.query<Link>(
        `select ${COLUMNS} from telegram_links where project_id = $1 and telegram_id = $2 and state = 'asked' and claim_hash is not null
           and expires_at > ${NOW('$3::float8')} order by created_at desc limit 1`,
        [projectId, telegramId, offsetMs],
      )
      return row
    },

    async answer(transaction, projectId, linkId, { state, customerId }) {
      await sqlOf(transaction).query(
        `update telegram_links set state = $3, customer_id = coalesce($4, customer_id) where project_id = $1 and id = $2 and state = 'asked'`,
        [projectId, linkId, state, customerId],
      )
    },

    async redeem(projectId, claim, offsetMs) {
      const [row] = await sql.query<{ state: Link['state']; customerId: string | null }>(
        `with seen as (
           select id, state, customer_id from telegram_links
           where project_id = $1 and claim_hash = $2 and expires_at > ${NOW('$3::float8')} for update
         ), claimed as (
           update telegram_links l set state = 'claimed' from seen
           where l.project_id = $1 and l.id = seen.id and seen.state = 'confirmed'
         ) select state, customer_id as "customerId" from seen`,
        [projectId, hash(claim), offsetMs],
      )
      if (row === undefined) return 'refused'
      if (row.state === 'open' || row.state === 'asked') return 'pending'
      return row.state === 'confirmed' && row.customerId !== null ? { customerId: row.customerId } : 'refused'
    },

    async removeOf(transaction, projectId, { customerId = null, telegramId = null }) {
      await sqlOf(transaction).query(
        `delete from telegram_links where project_id = $1 and (customer_id = $2 or telegram_id = $3)`,
        [projectId, customerId, telegramId],
      )
    },

    async forgetOld(olderThanMs, limit) {
      const rows = await sql.query(
        `delete from telegram_links where ctid = any(array(select ctid from telegram_links
           where created_at < now() - make_interval(secs => $1 / 1000.0) order by created_at limit $2)) returning 1`,
        [olderThanMs, limit],
      )
      return rows.length
    },
  }
}
