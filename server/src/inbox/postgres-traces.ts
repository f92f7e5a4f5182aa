import type { Transaction } from '../kernel/transaction.ts'
import { sqlOf, type Sql } from '../postgres/sql.ts'
import type { InboxItem } from './inbox-item.ts'

export type Trace = Pick<
  InboxItem,
  | 'id'
  | 'status'
  | 'format'
  | 'action'
  | 'storefront'
  | 'orderId'
  | 'parentId'
  | 'command'
  | 'refusal'
  | 'result'
  | 'receivedAt'
  | 'finishedAt'
>

// Named by a contact; or a refund that names nobody, of an order of theirs (whose own contacts an erasure may have blotted by now).
const CONCERNS = `(i.contacts && $2::text[] or i.contacts = '{}' and i.action = 'refund' and i.command is not null and exists (
  select from inbox_items o where o.project_id = $1 and o.storefront = i.storefront and o.order_id = i.order_id
    and (o.contacts && $2::text[] or o.contacts = '{}' and o.action = 'purchase' and o.command is not null)))`

/**
 * What the inbox holds of people, found by their contacts and blotted out. An item without contacts but with a command was
 * blotted: it can be neither processed nor replayed. There is no index for it: a project's items are read once, by pages.
 */
export function postgresTraces(sql: Sql) {
  return {
    async countWaiting(projectId: string, contacts: string[]): Promise<number> {
      const [row] = await sql.query<{ count: number }>(
        `select count(*)::int as count from inbox_items
         where project_id = $1 and status = 'accepted' and contacts && $2::text[]`,
        [projectId, contacts],
      )
      return row!.count
    },

    /** Oldest first, also what still waits. */
    list: (projectId: string, contacts: string[], limit: number, afterId: string) =>
      sql.query<Trace>(
        `select id, status, format, action, storefront, order_id as "orderId", parent_id as "parentId", command, refusal, result,
           received_at as "receivedAt", finished_at as "finishedAt"
         from inbox_items i where project_id = $1 and id > $4 and ${CONCERNS} order by id limit $3`,
        [projectId, contacts, limit, afterId],
      ),

    /** Without those that still wait: whoever processes them may hold them. */
    finished: (
      transaction: Transaction,
      projectId: string,
      contacts: string[],
      limit: number,
      afterId: string,
    ) =>
      sqlOf(transaction).query<Pick<InboxItem, 'id' | 'parentId' | 'command'>>(
        `select id, parent_id as "parentId", command from inbox_items i
         where project_id = $1 and id > $4 and status <> 'accepted' and ${CONCERNS} order by id limit $3`,
        [projectId, contacts, limit, afterId],
      ),

    /** A dead one gives its claim back: it cannot be replayed any more, so the order may come again. */
    async blot(transaction: Transaction, projectId: string, items: { id: string; command: unknown }[]) {
      await sqlOf(transaction).query(
        `update inbox_items i set command = n.command, contacts = '{}', body = null, reason = null,
           claim_key = case when status = 'dead' then null else claim_key end
         from jsonb_to_recordset($2::jsonb) as n(id text, command jsonb)
         where i.project_id = $1 and i.id = any($3) and i.id = n.id`,
        [projectId, JSON.stringify(items), items.map(({ id }) => id)],
      )
    },

    async dropBodies(transaction: Transaction, projectId: string, ids: string[]) {
      await sqlOf(transaction).query(
        `update inbox_items set body = null where project_id = $1 and id = any($2)`,
        [projectId, ids],
      )
    },

    /** Bodies of what names nobody: turned away, without an order, or of many. */
    bodies: (transaction: Transaction, projectId: string, limit: number, afterId: string) =>
      sqlOf(transaction).query<{ id: string; body: string }>(
        `select id, body from inbox_items
         where project_id = $1 and id > $3 and body is not null and contacts = '{}' order by id limit $2`,
        [projectId, limit, afterId],
      ),
  }
}
