import type { NewId } from '../../../kernel/ids.ts'
import { laneOf } from '../../../kernel/lane.ts'
import { pageOf } from '../../../kernel/page.ts'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import { hashSecret, type Vault } from '../../../vault/vault.ts'
import { MOST_AHEAD_MS, type ProjectClock } from '../../domain/project-clock.ts'
import type { AuditEntry, Project, ProjectSettings, SecretKind } from '../../domain/project.ts'
import type { ProjectStore } from '../../ports/project-store.ts'

const COLUMNS = `
  p.id, p.name, p.currency, p.locale, p.time_zone as "timeZone", p.default_country as "defaultCountry", p.status,
  p.require_signature as "requireSignature", p.rate_limit_per_minute as "rateLimitPerMinute",
  p.disabled_formats as "disabledFormats", p.field_map as "fieldMap", p.blocklist,
  p.tilda_api_key_name as "tildaApiKeyName", p.sandbox, p.clock_offset_ms as "clockOffsetMs",
  p.created_at as "createdAt"`

const SETTING_COLUMNS: Record<keyof ProjectSettings, string> = {
  name: 'name',
  status: 'status',
  locale: 'locale',
  timeZone: 'time_zone',
  defaultCountry: 'default_country',
  requireSignature: 'require_signature',
  rateLimitPerMinute: 'rate_limit_per_minute',
  disabledFormats: 'disabled_formats',
  fieldMap: 'field_map',
  blocklist: 'blocklist',
  tildaApiKeyName: 'tilda_api_key_name',
}

const NOW_MS = '(extract(epoch from clock_timestamp()) * 1000)::bigint'
const CLOCK = `${NOW_MS} + p.clock_offset_ms as now, p.clock_offset_ms as "offsetMs"`

type Dependencies = { sql: Sql; lookUps: Sql; vault: Vault; newId: NewId }

export function postgresProjectStore({ sql, lookUps, vault, newId }: Dependencies): ProjectStore {
  return {
    async insert(transaction, project) {
      const [row] = await sqlOf(transaction).query<Project>(
        `insert into projects as p (id, lane, name, currency, locale, time_zone, default_country, status, require_signature,
           rate_limit_per_minute, disabled_formats, field_map, blocklist, tilda_api_key_name, sandbox)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) returning ${COLUMNS}`,
        [project.id, laneOf(project.id), project.name, project.currency, project.locale, project.timeZone,
          project.defaultCountry, project.status, project.requireSignature, project.rateLimitPerMinute,
          project.disabledFormats, JSON.stringify(project.fieldMap), project.blocklist, project.tildaApiKeyName,
          project.sandbox],
      ) // prettier-ignore
      return row!
    },

    async update(transaction, projectId, change) {
      const fields = (Object.keys(change) as (keyof ProjectSettings)[]).filter(
        (field) => change[field] !== undefined,
      )
      const assignments = fields.map((field, index) => `${SETTING_COLUMNS[field]} = $${index + 2}`).join(', ')
      const values = fields.map((field) =>
        field === 'fieldMap' ? JSON.stringify(change[field]) : change[field],
      )
      const [row] = await sqlOf(transaction).query<Project>(
        `update projects as p set ${assignments} where id = $1 returning ${COLUMNS}`,
        [projectId, ...values],
      )
      return row
    },

    async find(projectId) {
      const [row] = await lookUps.query<Project>(`select ${COLUMNS} from projects p where id = $1`, [
        projectId,
      ])
      return row
    },

    async list(limit, cursor) {
      const rows = await sql.query<Project>(
        `select ${COLUMNS} from projects p where ($2::text is null or id < $2) order by id desc limit $1`,
        [limit + 1, cursor ?? null],
      )
      return pageOf(rows, limit, ({ id }) => id)
    },

    async clock(projectId) {
      const [row] = await sql.query<ProjectClock & { sandbox: boolean }>(
        `select ${CLOCK}, p.sandbox from projects p where id = $1`,
        [projectId],
      )
      return row
    },

    async moveClock(transaction, projectId, move) {
      // One statement on one row: who comes second moves from where the first came to. The clock is read twice, so
      // greatest() keeps the offset from shrinking by what passed between.
      const wish = `coalesce(p.clock_offset_ms + $2::bigint, $3::bigint - ${NOW_MS})`
      const [row] = await sqlOf(transaction).query<ProjectClock>(
        `update projects as p set clock_offset_ms = greatest(p.clock_offset_ms, ${wish})
         where id = $1 and sandbox and ${wish} > p.clock_offset_ms and ${wish} <= ${MOST_AHEAD_MS}
         returning ${CLOCK}`,
        'to' in move ? [projectId, null, move.to] : [projectId, move.advanceMs, null],
      )
      return row
    },

    shifted: () =>
      sql.query<{ projectId: string; clockOffsetMs: number }>(
        `select id as "projectId", clock_offset_ms as "clockOffsetMs" from projects
         where clock_offset_ms <> 0 order by lane, id`,
      ),

    async findBySecret(kind, secret) {
      const [row] = await sql.query<Project>(
        {
          name: 'project-by-secret',
          text: `select ${COLUMNS} from secret_directory d
            join project_secrets s on s.project_id = d.project_id and s.id = d.secret_id
            join projects p on p.id = d.project_id
            where d.kind = $1 and d.hash = $2 and (s.expires_at is null or s.expires_at > now())`,
        },
        [kind, hashSecret(secret)],
      )
      return row
    },

    async liveSecrets(projectId, kind) {
      const rows = await sql.query<{ ciphertext: Buffer; expiresAt: Date | null }>(
        {
          name: 'live-secrets',
          text: `select ciphertext, expires_at as "expiresAt" from project_secrets
            where project_id = $1 and kind = $2 and (expires_at is null or expires_at > now())
            order by created_at desc, id desc`,
        },
        [projectId, kind],
      )
      return rows.map(({ ciphertext, expiresAt }) => ({
        kind,
        value: vault.open(ciphertext, `${projectId}/${kind}`),
        expiresAt,
      }))
    },

    async addSecret(transaction, projectId, kind, secret) {
      const id = newId('secret')
      await sqlOf(transaction).query(
        `insert into project_secrets (project_id, id, kind, ciphertext) values ($1, $2, $3, $4)`,
        [projectId, id, kind, vault.seal(secret, `${projectId}/${kind}`)],
      )
      if (isAddress(kind)) {
        await sqlOf(transaction).query(
          `insert into secret_directory (kind, hash, project_id, secret_id) values ($1, $2, $3, $4)`,
          [kind, hashSecret(secret), projectId, id],
        )
      }
    },

    lockSecrets: (transaction, projectId, kind) =>
      sqlOf(transaction).query<{ expiresAt: Date | null }>(
        `select expires_at as "expiresAt" from project_secrets
         where project_id = $1 and kind = $2 and (expires_at is null or expires_at > now()) for update`,
        [projectId, kind],
      ),

    async retireSecrets(transaction, projectId, kind, afterSeconds) {
      const [row] = await sqlOf(transaction).query<{ ends: Date }>(
        `with ended as (
           update project_secrets set expires_at = case when expires_at is null then now() + make_interval(secs => $3) else now() end
           where project_id = $1 and kind = $2 and (expires_at is null or expires_at > now())
         )
         select now() + make_interval(secs => $3) as ends`,
        [projectId, kind, afterSeconds],
      )
      return row!.ends
    },

    async record(transaction, projectId, { action, actor, details }) {
      await sqlOf(transaction).query(
        `insert into audit_log (project_id, id, action, actor, details) values ($1, $2, $3, $4, $5)`,
        [projectId, newId('audit'), action, actor, JSON.stringify(details)],
      )
    },

    async audit(projectId, limit, cursor) {
      const rows = await sql.query<AuditEntry>(
        `select id, action, actor, details, at from audit_log
         where project_id = $1 and ($3::text is null or id < $3) order by id desc limit $2`,
        [projectId, limit + 1, cursor ?? null],
      )
      return pageOf(rows, limit, ({ id }) => id)
    },
  }
}

/** Kinds by which a caller is found; the others only verify what a known caller sent. */
function isAddress(kind: SecretKind): boolean {
  return kind === 'webhook-secret' || kind === 'secret-key' || kind === 'publishable-key'
}
