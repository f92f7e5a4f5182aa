import { canonicalJson } from '../../../kernel/canonical-json.ts'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import { DEFAULT_RULES, type Program, type Rules } from '../../domain/program.ts'
import type { Programs, PublishedProgram } from '../../ports/programs.ts'

type Row = { version: number; rules: Rules; publishedAt: Date }

const CURRENT = {
  name: 'program-current',
  text: `select version, rules, published_at as "publishedAt" from programs where project_id = $1 order by version desc limit 1`,
}

const KNOWN_VERSIONS = 1_000

export function postgresPrograms({ sql, lookUps }: { sql: Sql; lookUps: Sql }): Programs {
  const known = new Map<string, Program>()

  async function current(on: Sql, projectId: string): Promise<PublishedProgram | undefined> {
    const [row] = await on.query<Row>(CURRENT, [projectId])
    return row === undefined ? undefined : programOf(row)
  }
  async function existing(on: Sql, projectId: string): Promise<PublishedProgram> {
    const program = await current(on, projectId)
    if (program === undefined) throw new Error(`Project ${projectId} has no program`)
    return program
  }

  return {
    current: (projectId) => existing(lookUps, projectId),
    currentWithin: (transaction, projectId) => existing(sqlOf(transaction), projectId),

    async versionsWithin(transaction, projectId, versions, newest) {
      const keyOf = (version: number) => `${projectId} ${version}`
      const wanted = [...new Set(versions)].filter((version) => version !== newest.version)
      const missing = wanted.filter((version) => !known.has(keyOf(version)))
      if (missing.length > 0) {
        const rows = await sqlOf(transaction).query<Row>(
          `select version, rules, published_at as "publishedAt" from programs where project_id = $1 and version = any($2)`,
          [projectId, missing],
        )
        if (known.size > KNOWN_VERSIONS) known.clear()
        for (const row of rows) known.set(keyOf(row.version), programOf(row))
      }
      const found = new Map(wanted.map((version) => [version, known.get(keyOf(version))]))
      return (version) => {
        const program = version === newest.version ? newest : found.get(version)
        if (program === undefined)
          throw new Error(`There is no version ${version} of the program of ${projectId}`)
        return program
      }
    },

    async givingBirthdays() {
      const rows = await sql.query<{ projectId: string }>(
        `select project_id as "projectId" from (
           select distinct on (project_id) project_id, rules from programs order by project_id, version desc
         ) as newest where (rules -> 'birthday' ->> 'bonusMinor')::bigint > 0`,
      )
      return rows.map(({ projectId }) => projectId)
    },

    async version(projectId, version) {
      const [row] = await sql.query<Row>(
        `select version, rules, published_at as "publishedAt" from programs where project_id = $1 and version = $2`,
        [projectId, version],
      )
      return row === undefined ? undefined : programOf(row)
    },

    async publish(transaction, projectId, rules) {
      const on = sqlOf(transaction)
      await on.query(`select pg_advisory_xact_lock(hashtextextended($1, 2))`, [projectId])
      const before = await current(on, projectId)
      if (before !== undefined && sameRules(before, rules)) return { program: before, changed: false }
      const [row] = await on.query<Row>(
        `insert into programs (project_id, version, rules) values ($1, $2, $3)
         returning version, rules, published_at as "publishedAt"`,
        [projectId, (before?.version ?? 0) + 1, JSON.stringify(rules)],
      )
      return { program: programOf(row!), changed: true }
    },
  }
}

function programOf({ version, rules, publishedAt }: Row): PublishedProgram {
  // Rules of an older release lack what came later.
  return { ...DEFAULT_RULES, ...rules, version, publishedAt }
}

function sameRules(
  { version: _version, publishedAt: _publishedAt, ...before }: PublishedProgram,
  rules: Rules,
): boolean {
  return canonicalJson(before) === canonicalJson(rules)
}
