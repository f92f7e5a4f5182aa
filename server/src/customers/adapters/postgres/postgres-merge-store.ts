import { pageOf } from '../../../kernel/page.ts'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Merge, MergeRecord } from '../../domain/merge.ts'
import type { MergeStore } from '../../ports/merge-store.ts'

const MERGE = `m.id, m.from_id as "from", m.into_id as "into", m.reason, m.merged_at as "mergedAt", m.undone_at as "undoneAt"`

export function postgresMergeStore(sql: Sql): MergeStore {
  return {
    async insert(transaction, projectId, { id, from, into, reason, record }) {
      const [row] = await sqlOf(transaction).query<Merge>(
        `insert into merges as m (project_id, id, from_id, into_id, reason, record) values ($1, $2, $3, $4, $5, $6)
         returning ${MERGE}`,
        [projectId, id, from, into, reason, JSON.stringify(record)],
      )
      return row!
    },

    async find(transaction, projectId, mergeId) {
      const [row] = await sqlOf(transaction).query<Merge & { record: MergeRecord }>(
        `select ${MERGE}, m.record from merges m where m.project_id = $1 and m.id = $2`,
        [projectId, mergeId],
      )
      return row
    },

    async laterThan(transaction, projectId, mergeId) {
      const [row] = await sqlOf(transaction).query<{ id: string }>(
        `select later.id from merges m join merges later on later.project_id = m.project_id and later.undone_at is null
           and (later.from_id in (m.from_id, m.into_id) or later.into_id in (m.from_id, m.into_id))
           and (later.merged_at, later.id) > (m.merged_at, m.id)
         where m.project_id = $1 and m.id = $2 order by later.merged_at desc, later.id desc limit 1`,
        [projectId, mergeId],
      )
      return row?.id
    },

    async markUndone(transaction, projectId, mergeId) {
      const [row] = await sqlOf(transaction).query<Merge>(
        `update merges m set undone_at = clock_timestamp() where project_id = $1 and id = $2 returning ${MERGE}`,
        [projectId, mergeId],
      )
      return row!
    },

    async forget(transaction, projectId, customerIds) {
      await sqlOf(transaction).query(
        `update merges set record = '{}', reason = null where project_id = $1 and (from_id = any($2) or into_id = any($2))`,
        [projectId, customerIds],
      )
    },

    async list(projectId, customerId, limit, cursor) {
      const rows = await sql.query<Merge>(
        `select ${MERGE} from merges m where m.project_id = $1 and ($2::text is null or m.from_id = $2 or m.into_id = $2)
           and ($3::text is null or m.id < $3) order by m.id desc limit $4`,
        [projectId, customerId ?? null, cursor ?? null, limit + 1],
      )
      return pageOf(rows, limit, ({ id }) => id)
    },
  }
}
