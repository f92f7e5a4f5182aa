import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Weeks } from '../../ports/weeks.ts'

export function postgresWeeks(sql: Sql): Weeks {
  return {
    async waiting(limit, after) {
      // A day ahead of us it may be Monday already.
      const rows = await sql.query<{ id: string }>(
        `select p.id from ticket_numbers n join projects p on p.id = n.project_id
         where ($2::text is null or p.id > $2) and not exists (select from support_weeks w where w.project_id = p.id
           and w.week > (clock_timestamp() + p.clock_offset_ms * interval '1 ms' + interval '14 hours')::date - 7)
         order by p.id limit $1`,
        [limit, after ?? null],
      )
      return rows.map(({ id }) => id)
    },

    async claim(transaction, projectId, monday) {
      const rows = await sqlOf(transaction).query(
        `insert into support_weeks (project_id, week) values ($1, $2) on conflict do nothing returning 1`,
        [projectId, monday],
      )
      return rows.length > 0
    },
  }
}
