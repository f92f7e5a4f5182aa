import type { Sql } from '../../../postgres/sql.ts'
import type { Dailies, Daily } from '../../ports/dailies.ts'

export function postgresDailies(sql: Sql): Dailies {
  return {
    async find(projectId, task) {
      const [row] = await sql.query<Daily>(
        `select day, from_day as "from", cursor from daily_tasks where project_id = $1 and task = $2`,
        [projectId, task],
      )
      return row
    },

    async put(projectId, task, { day, from, cursor }) {
      await sql.query(
        `insert into daily_tasks (project_id, task, day, from_day, cursor) values ($1, $2, $3, $4, $5)
         on conflict (project_id, task) do update set day = excluded.day, from_day = excluded.from_day, cursor = excluded.cursor`,
        [projectId, task, day, from, cursor],
      )
    },
  }
}
