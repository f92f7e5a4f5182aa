import { laneOf, LANES } from '../../../kernel/lane.ts'
import { pageOf } from '../../../kernel/page.ts'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Account, Lot } from '../../domain/book.ts'
import type { Order } from '../../domain/order.ts'
import type { Changes, Ledger, LockedBook, RecordedEntry } from '../../ports/ledger.ts'

const ACCOUNT = `a.customer_id as "customerId", a.total_spent_minor as "totalSpentMinor", a.orders_count as "ordersCount", a.tier,
  a.referral_code as "referralCode", a.referred_by as "referredBy", ms(a.first_order_kept_at) as "firstOrderKeptAt",
  a.welcomed, a.sequence, a.last_hash as "lastHash", a.balance_minor as "balanceMinor"`
const LOT = `l.customer_id as "customerId", l.id, l.order_ref as "orderRef", l.reason, l.amount_minor as "amountMinor",
  l.remaining_minor as "remainingMinor", l.state, ms(l.activates_at) as "activatesAt", ms(l.expires_at) as "expiresAt",
  coalesce(l.expiry_days, 0) as "expiryDays", ms(l.created_at) as "createdAt"`
const ORDER = `o.id, o.storefront, o.order_id as "orderId", o.customer_id as "customerId", o.status, o.currency,
  o.facts, o.spent_minor as "spentMinor", o.earned_minor as "earnedMinor", o.referred_minor as "referredMinor",
  o.referrer_id as "referrerId", o.terms, o.counted, o.flags, o.notes, ms(o.created_at) as "createdAt", ms(o.paid_at) as "paidAt"`

type LotRow = Lot & { customerId: string }
type AccountRow = Account & { sequence: number; lastHash: string; balanceMinor: number }

/** The ledger in Postgres. Reads and writes go by whole slices: a fixed number of statements, however many orders. */
export function postgresLedger(sql: Sql): Ledger {
  async function openLots(
    on: Sql,
    projectId: string,
    customerIds: string[],
  ): Promise<{ lots: Map<string, Lot[]>; now: number }> {
    const rows = await on.query<LotRow & { now: number }>(
      {
        name: 'lots-open',
        text: `select ${LOT}, ms(clock_timestamp()) as now from lots l
          where l.project_id = $1 and l.customer_id = any($2) and l.remaining_minor > 0
          union all
          select null, null, null, null, null, null, null, null, null, null, null, ms(clock_timestamp())`,
      },
      [projectId, customerIds],
    )
    const lots = new Map<string, Lot[]>(customerIds.map((id) => [id, []]))
    let now = 0
    for (const { customerId, now: read, ...lot } of rows) {
      if (read > now) now = read
      lots.get(customerId)?.push(lot)
    }
    return { lots, now }
  }

  return {
    async openAccounts(transaction, projectId, accounts) {
      await sqlOf(transaction).query(
        {
          name: 'accounts-open',
          text: `insert into accounts (project_id, customer_id, referral_code)
            select $1, * from unnest($2::text[], $3::text[]) on conflict do nothing`,
        },
        [
          projectId,
          accounts.map(({ customerId }) => customerId),
          accounts.map(({ referralCode }) => referralCode),
        ],
      )
    },

    async referrers(transaction, projectId, codes) {
      const rows = await sqlOf(transaction).query<{ code: string; customerId: string }>(
        `select referral_code as code, customer_id as "customerId" from accounts where project_id = $1 and referral_code = any($2)`,
        [projectId, codes],
      )
      return new Map(rows.map(({ code, customerId }) => [code, customerId]))
    },

    async referredBy(transaction, projectId, customerIds) {
      const rows = await sqlOf(transaction).query<{ customerId: string; referredBy: string }>(
        {
          name: 'accounts-referred-by',
          text: `select customer_id as "customerId", referred_by as "referredBy" from accounts
            where project_id = $1 and customer_id = any($2) and referred_by is not null`,
        },
        [projectId, customerIds],
      )
      return new Map(rows.map(({ customerId, referredBy }) => [customerId, referredBy]))
    },

    async lockBooks(transaction, projectId, customerIds) {
      const on = sqlOf(transaction)
      const [accounts, { lots, now }] = await Promise.all([
        on.query<AccountRow>(
          {
            name: 'accounts-lock',
            text: `select ${ACCOUNT} from accounts a where a.project_id = $1 and a.customer_id = any($2)
              order by a.customer_id for update`,
          },
          [projectId, customerIds],
        ),
        openLots(on, projectId, customerIds),
      ])
      const books = new Map<string, LockedBook>()
      for (const { sequence, lastHash, balanceMinor: _balanceMinor, ...account } of accounts) {
        books.set(account.customerId, {
          account,
          sequence,
          lastHash,
          lots: lots.get(account.customerId) ?? [],
        })
      }
      return { books, now }
    },

    ordersOf: (transaction, projectId, keys) =>
      sqlOf(transaction).query<Order>(
        {
          name: 'orders-of',
          text: `select ${ORDER} from (select distinct * from unnest($2::text[], $3::text[]) as k(storefront, order_id)) as key
            cross join lateral (select * from orders where project_id = $1 and storefront = key.storefront
              and order_id = key.order_id limit 1) as o`,
        },
        [projectId, keys.map(({ storefront }) => storefront), keys.map(({ orderId }) => orderId)],
      ),

    async write(transaction, projectId, { lots, accounts, orders, entries }: Changes) {
      const on = sqlOf(transaction)
      const writes: Promise<unknown>[] = []
      // Orders first: lots and entries refer to them. In key order, so that two slices cannot wait for each other.
      if (orders.length > 0)
        writes.push(on.query(ORDERS_UPSERT, [projectId, JSON.stringify(orders.sort(byKey))]))
      if (lots.length > 0)
        writes.push(on.query(LOTS_UPSERT, [projectId, laneOf(projectId), JSON.stringify(lots)]))
      if (entries.length > 0)
        writes.push(on.query(ENTRIES_INSERT, [projectId, JSON.stringify(entries.map(withoutState))]))
      if (accounts.length > 0)
        writes.push(
          on.query(ACCOUNTS_UPDATE, [
            projectId,
            JSON.stringify(accounts),
            accounts.map(({ customerId }) => customerId),
          ]),
        )
      await Promise.all(writes)
    },

    due: (limit) =>
      sql.query(
        `select distinct project_id as "projectId", customer_id as "customerId" from (
           (select project_id, customer_id from lots where lane = any($2) and state = 'pending' and remaining_minor > 0
              and activates_at <= now() limit $1)
           union all
           (select project_id, customer_id from lots where lane = any($2) and state = 'active' and remaining_minor > 0
              and expires_at <= now() limit $1)
         ) as due`,
        [limit, Array.from({ length: LANES }, (_, lane) => lane)],
      ),

    async account(projectId, customerId) {
      return (await this.accounts(projectId, [customerId])).get(customerId)
    },

    async accounts(projectId, customerIds) {
      const [rows, { lots, now }] = await Promise.all([
        sql.query<AccountRow>(
          `select ${ACCOUNT} from accounts a where a.project_id = $1 and a.customer_id = any($2)`,
          [projectId, customerIds],
        ),
        openLots(sql, projectId, customerIds),
      ])
      return new Map(
        rows.map((account) => [
          account.customerId,
          { account, lots: lots.get(account.customerId) ?? [], now },
        ]),
      )
    },

    async order(projectId, { storefront, orderId }) {
      const [row] = await sql.query<Order>(
        `select ${ORDER} from orders o where o.project_id = $1 and o.storefront = $2 and o.order_id = $3`,
        [projectId, storefront, orderId],
      )
      return row
    },

    async entries(projectId, customerId, limit, beforeSequence) {
      const rows = await sql.query<RecordedEntry>(
        `select e.id, e.customer_id as "customerId", e.kind, e.reason, e.amount_minor as "amountMinor", e.movements,
           e.order_ref as "orderRef", e.effect, e.program_version as "programVersion", e.details, ms(e.occurred_at) as "occurredAt",
           e.sequence, e.previous_hash as "previousHash", e.hash, o.storefront, o.order_id as "orderId"
         from entries e left join orders o on o.project_id = e.project_id and o.id = e.order_ref
         where e.project_id = $1 and e.customer_id = $2 and ($4::bigint is null or e.sequence < $4)
         order by e.sequence desc limit $3`,
        [projectId, customerId, limit + 1, beforeSequence ?? null],
      )
      return pageOf(rows, limit, ({ sequence }) => String(sequence))
    },
  }
}

const ORDERS_UPSERT = {
  name: 'orders-upsert',
  text: `insert into orders (project_id, storefront, order_id, id, customer_id, status, facts, currency, spent_minor, earned_minor,
      referred_minor, referrer_id, terms, counted, flags, notes, created_at, paid_at)
    select $1, storefront, "orderId", id, "customerId", status, facts, currency, "spentMinor", "earnedMinor",
      "referredMinor", "referrerId", terms, counted, flags, notes, at("createdAt"), at("paidAt")
    from jsonb_to_recordset($2::jsonb) as o(storefront text, "orderId" text, id text, "customerId" text, status text, facts jsonb,
      currency text, "spentMinor" bigint, "earnedMinor" bigint, "referredMinor" bigint, "referrerId" text, terms jsonb,
      counted boolean, flags text[], notes jsonb, "createdAt" bigint, "paidAt" bigint)
    on conflict (project_id, id) do update set status = excluded.status, facts = excluded.facts, spent_minor = excluded.spent_minor,
      earned_minor = excluded.earned_minor, referred_minor = excluded.referred_minor, referrer_id = excluded.referrer_id,
      terms = excluded.terms, counted = excluded.counted, flags = excluded.flags, notes = excluded.notes, paid_at = excluded.paid_at`,
}

const LOTS_UPSERT = {
  name: 'lots-upsert',
  text: `insert into lots (project_id, lane, id, customer_id, order_ref, reason, amount_minor, remaining_minor, state, activates_at,
      expires_at, expiry_days, created_at)
    select $1, $2, id, "customerId", "orderRef", reason, "amountMinor", "remainingMinor", state, at("activatesAt"),
      at("expiresAt"), "expiryDays", at("createdAt")
    from jsonb_to_recordset($3::jsonb) as l(id text, "customerId" text, "orderRef" text, reason text, "amountMinor" bigint,
      "remainingMinor" bigint, state text, "activatesAt" bigint, "expiresAt" bigint, "expiryDays" int, "createdAt" bigint)
    on conflict (project_id, id) do update set remaining_minor = excluded.remaining_minor, state = excluded.state,
      activates_at = excluded.activates_at, expires_at = excluded.expires_at`,
}

const ENTRIES_INSERT = {
  name: 'entries-insert',
  text: `insert into entries (project_id, customer_id, sequence, id, kind, reason, amount_minor, movements, order_ref, effect,
      program_version, details, occurred_at, previous_hash, hash)
    select $1, "customerId", sequence, id, kind, reason, "amountMinor", movements, "orderRef", effect, "programVersion",
      details, at("occurredAt"), "previousHash", hash
    from jsonb_to_recordset($2::jsonb) as e("customerId" text, sequence bigint, id text, kind text, reason text, "amountMinor" bigint,
      movements jsonb, "orderRef" text, effect text, "programVersion" int, details jsonb, "occurredAt" bigint,
      "previousHash" text, hash text)`,
}

const ACCOUNTS_UPDATE = {
  name: 'accounts-update',
  text: `update accounts a set sequence = n.sequence, last_hash = n."lastHash", balance_minor = n."balanceMinor",
      total_spent_minor = n."totalSpentMinor", orders_count = n."ordersCount", tier = n.tier, referred_by = n."referredBy",
      first_order_kept_at = at(n."firstOrderKeptAt"), welcomed = n.welcomed
    from jsonb_to_recordset($2::jsonb) as n("customerId" text, sequence bigint, "lastHash" text, "balanceMinor" bigint,
      "totalSpentMinor" bigint, "ordersCount" int, tier text, "referredBy" text, "firstOrderKeptAt" bigint, welcomed boolean)
    where a.project_id = $1 and a.customer_id = any($3) and a.customer_id = n."customerId"`,
}

function withoutState<E extends { opens?: unknown; activation?: unknown }>({
  opens: _opens,
  activation: _activation,
  ...entry
}: E) {
  return entry
}

function byKey(left: Order, right: Order): number {
  return left.storefront === right.storefront
    ? left.orderId < right.orderId
      ? -1
      : 1
    : left.storefront < right.storefront
      ? -1
      : 1
}
