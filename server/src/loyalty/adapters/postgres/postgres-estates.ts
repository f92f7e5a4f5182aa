import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Estates } from '../../ports/estates.ts'

const MOST = 10_000

export function postgresEstates(sql: Sql): Estates {
  return {
    async move(transaction, projectId, from, into) {
      const on = sqlOf(transaction)
      const ids = async (text: string) =>
        (await on.query<{ id: string }>(text, [projectId, from, into])).map(({ id }) => id)
      return {
        orders: await ids(
          `update orders set customer_id = $3 where project_id = $1 and customer_id = $2 returning id`,
        ),
        closedHolds: await ids(
          `update holds set customer_id = $3 where project_id = $1 and customer_id = $2 returning id`,
        ),
        friends: await ids(
          `update accounts set referred_by = $3 where project_id = $1 and referred_by = $2 and customer_id <> $3
           returning customer_id as id`,
        ),
        referredOrders: await ids(
          `update orders set referrer_id = $3 where project_id = $1 and referrer_id = $2 returning id`,
        ),
      }
    },

    async moveBack(transaction, projectId, from, into, { orders, friends, referredOrders }) {
      const on = sqlOf(transaction)
      const [counted] = await on.query<{ totalSpentMinor: number; ordersCount: number }>(
        `with back as (
           update orders set customer_id = $2 where project_id = $1 and customer_id = $3 and id = any($4) returning counted_minor
         ) select coalesce(sum(counted_minor), 0)::bigint as "totalSpentMinor", count(counted_minor)::int as "ordersCount" from back`,
        [projectId, from, into, orders],
      )
      await on.query(
        `update accounts set referred_by = $2 where project_id = $1 and referred_by = $3 and customer_id = any($4)`,
        [projectId, from, into, friends],
      )
      await on.query(
        `update orders set referrer_id = $2 where project_id = $1 and referrer_id = $3 and id = any($4)`,
        [projectId, from, into, referredOrders],
      )
      return counted!
    },

    async moveEndedHoldsBack(transaction, projectId, from, into, { closedHolds, holds }) {
      await sqlOf(transaction).query(
        `update holds set customer_id = $2 where project_id = $1 and customer_id = $3
           and (id = any($4) or id = any($5) and state in ('voided', 'expired'))`,
        [projectId, from, into, closedHolds, holds],
      )
    },

    async isMerged(transaction, projectId, customerId) {
      const [row] = await sqlOf(transaction).query<{ merged: boolean }>(
        `select merged_into is not null as merged from accounts where project_id = $1 and customer_id = $2`,
        [projectId, customerId],
      )
      return row?.merged ?? true
    },

    async forget(transaction, projectId, customerId) {
      await sqlOf(transaction).query(
        `update orders set notes = '{}',
           refunds = (select coalesce(jsonb_agg(r - 'reason' order by place), '[]') from jsonb_array_elements(refunds)
             with ordinality as one(r, place))
         where project_id = $1 and customer_id = $2`,
        [projectId, customerId],
      )
    },

    async exportOf(projectId, customerId) {
      const of = (text: string) => sql.query<object>(text, [projectId, customerId, MOST + 1])
      const [account, orders, lots, entries, holds] = await Promise.all([
        of(`select total_spent_minor as "totalSpentMinor", orders_count as "ordersCount", tier, debt_minor as "debtMinor",
          referral_code as "referralCode", referred_by as "referredBy", referral, created_at as "createdAt"
          from accounts where project_id = $1 and customer_id = $2 limit $3`),
        of(`select storefront, order_id as "orderId", status, facts, currency, spent_minor as "spentMinor", returned_minor as "returnedMinor",
          earned_minor as "earnedMinor", refunds, notes, created_at as "createdAt", paid_at as "paidAt"
          from orders where project_id = $1 and customer_id = $2 order by created_at, id limit $3`),
        of(`select id, reason, amount_minor as "amountMinor", remaining_minor as "remainingMinor", state, activates_at as "activatesAt",
          expires_at as "expiresAt", created_at as "createdAt" from lots where project_id = $1 and customer_id = $2 order by created_at, id limit $3`),
        of(`select id, kind, reason, amount_minor as "amountMinor", movements, occurred_at as "occurredAt", sequence, hash
          from entries where project_id = $1 and customer_id = $2 order by sequence desc limit $3`),
        of(`select id, storefront, order_id as "orderId", amount_minor as "amountMinor", state, expires_at as "expiresAt"
          from holds where project_id = $1 and customer_id = $2 order by id limit $3`),
      ])
      const lists = { orders, lots, entries, holds }
      return {
        account: account[0] ?? null,
        ...Object.fromEntries(Object.entries(lists).map(([name, rows]) => [name, rows.slice(0, MOST)])),
        truncated: Object.values(lists).some((rows) => rows.length > MOST),
      }
    },
  }
}
