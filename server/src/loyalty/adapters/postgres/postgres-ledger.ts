import { ALL_LANES, laneOf } from '../../../kernel/lane.ts'
import { pageOf } from '../../../kernel/page.ts'
import { ConcurrentChange } from '../../../kernel/retryable-error.ts'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Account, DaySpend, Hold, Lot } from '../../domain/book.ts'
import type { Order } from '../../domain/order.ts'
import type {
  Alert,
  Changes,
  Ledger,
  LimitUse,
  LockedBook,
  OrderKey,
  RecordedEntry,
  Referral,
  Standing,
  Window,
} from '../../ports/ledger.ts'
import * as write from './ledger-statements.ts'
import { lotsIn, OPEN_LOTS, type LotLists } from './open-lots.ts'

const ACCOUNT = `a.customer_id as "customerId", a.total_spent_minor as "totalSpentMinor", a.orders_count as "ordersCount", a.tier,
  ms(a.tier_lapses_at) as "tierLapsesAt", ms(a.tier_review_at) as "tierReviewAt", a.referral_code as "referralCode",
  a.referred_by as "referredBy", a.referral, ms(a.referred_at) as "referredAt", a.referral_doubt as "referralDoubt",
  ms(a.first_order_kept_at) as "firstOrderKeptAt", a.first_order_ref as "firstOrderRef", a.welcomed,
  ms(a.birthday_at) as "birthdayAt", a.debt_minor as "debtMinor", ms(a.reminded_until) as "remindedUntil",
  a.merged_into as "mergedInto", a.erased, a.sequence, a.last_hash as "lastHash", a.balance_minor as "balanceMinor"`
const LOT = `l.customer_id as "customerId", l.id, l.origin_id as "originId", l.order_ref as "orderRef", l.reason,
  l.amount_minor as "amountMinor", l.remaining_minor as "remainingMinor", l.state, ms(l.activates_at) as "activatesAt",
  ms(l.expires_at) as "expiresAt", coalesce(l.expiry_days, 0) as "expiryDays", l.expiry_months as "expiryMonths",
  l.expiry_end_of as "expiryEndOf", ms(l.created_at) as "createdAt"`
const ORDER = `o.id, o.storefront, o.order_id as "orderId", o.customer_id as "customerId", o.currency, o.facts,
  o.facts_stage as "factsStage", ms(o.paid_at) as "paidAt", ms(o.fulfilled_at) as "fulfilledAt",
  ms(o.cancelled_at) as "cancelledAt", o.refunds, o.refunded_minor as "refundedMinor", o.terms,
  o.spent_minor as "spentMinor", o.spent_from as "spentFrom", o.returned_minor as "returnedMinor",
  o.earned_minor as "earnedMinor", o.referred_minor as "referredMinor", o.referrer_id as "referrerId",
  o.forgiven_minor as "forgivenMinor", o.lapsed_minor as "lapsedMinor", o.counted_minor as "countedMinor", ms(o.counted_at) as "countedAt", o.revision,
  o.flags, o.notes, ms(o.created_at) as "createdAt"`
const HOLD = `h.id, h.storefront, h.order_id as "orderId", h.customer_id as "customerId", h.amount_minor as "amountMinor",
  h.pins, h.state, h.captured_minor as "capturedMinor", h.order_amount_minor as "orderAmountMinor", h.reservation,
  ms(h.confirmed_at) as "confirmedAt",
  ms(h.expires_at) as "expiresAt", ms(h.created_at) as "createdAt"`
const ENTRY = `e.id, e.customer_id as "customerId", e.kind, e.reason, e.amount_minor as "amountMinor", e.movements,
  e.debt_minor as "debtMinor", e.order_ref as "orderRef", e.effect, e.program_version as "programVersion", e.details,
  ms(e.occurred_at) as "occurredAt", e.sequence, e.previous_hash as "previousHash", e.hash, o.storefront, o.order_id as "orderId"`

type LotRow = Lot & { customerId: string }
type AccountRow = Account & { sequence: number; lastHash: string; balanceMinor: number }

/** The ledger in Postgres. Reads and writes go by whole slices: a fixed number of statements, however many orders. */
export function postgresLedger({ sql, lookUps }: { sql: Sql; lookUps: Sql }): Ledger {
  async function openLots(
    on: Sql,
    projectId: string,
    customerIds: string[],
  ): Promise<{ lots: Map<string, Lot[]>; now: number }> {
    const rows = await on.query<(LotLists | { id: null }) & { now: number }>(OPEN_LOTS, [
      projectId,
      customerIds,
    ])
    const lots = new Map<string, Lot[]>(customerIds.map((id) => [id, []]))
    let now = 0
    for (const row of rows) {
      if (row.now > now) now = row.now
      if (row.id === null) continue
      const { customerId } = row
      lots.set(customerId, [...(lots.get(customerId) ?? []), ...lotsIn(row)])
    }
    return { lots, now }
  }

  /** Lots that open holds have emptied: what is held may go back to them. */
  async function addPinned(
    on: Sql,
    projectId: string,
    lots: Map<string, Lot[]>,
    holds: Map<string, Hold[]>,
  ): Promise<void> {
    const pinned = [...holds].flatMap(([customerId, ofCustomer]) => {
      const open = new Set(lots.get(customerId)?.map(({ id }) => id))
      return ofCustomer.flatMap(({ pins }) => pins.map(({ lotId }) => lotId)).filter((id) => !open.has(id))
    })
    if (pinned.length === 0) return
    for (const { customerId, ...lot } of await lotsNamed(on, projectId, [...new Set(pinned)]))
      lots.get(customerId)?.push(lot)
  }

  const lotsNamed = (on: Sql, projectId: string, lotIds: string[]): Promise<LotRow[]> =>
    on.query<LotRow>(
      { name: 'lots-named', text: `select ${LOT} from lots l where l.project_id = $1 and l.id = any($2)` },
      [projectId, lotIds],
    )

  const openHolds = async (on: Sql, projectId: string, customerIds: string[]): Promise<Map<string, Hold[]>> =>
    grouped(
      await on.query<Hold>(
        {
          name: 'holds-open',
          text: `select ${HOLD} from holds h where h.project_id = $1 and h.customer_id = any($2)
            and h.state in ('awaiting-confirmation', 'active')`,
        },
        [projectId, customerIds],
      ),
    )

  async function historyOf(
    on: Sql,
    projectId: string,
    customerIds: string[],
    { timeZone, firstDay }: Exclude<Window, undefined>,
  ): Promise<Map<string, DaySpend[]>> {
    const rows = await on.query<DaySpend & { customerId: string }>(
      {
        name: 'orders-by-day',
        text: `select customer_id as "customerId", ((counted_at at time zone $3)::date - date '1970-01-01') as day,
            sum(counted_minor)::bigint as "spentMinor", count(*)::int as orders
          from orders where project_id = $1 and customer_id = any($2) and counted_minor is not null
            and counted_at >= ((date '1970-01-01' + $4::int)::timestamp at time zone $3)
          group by 1, 2`,
      },
      [projectId, customerIds, timeZone, firstDay],
    )
    const history = new Map<string, DaySpend[]>(customerIds.map((id) => [id, []]))
    for (const { customerId, ...day } of rows) history.get(customerId)?.push(day)
    return history
  }

  async function ownersOfCodes(on: Sql, projectId: string, codes: string[]): Promise<Map<string, string>> {
    const rows = await on.query<{ code: string; customerId: string }>(
      `with recursive owner as (
         select referral_code as code, customer_id, merged_into from accounts where project_id = $1 and referral_code = any($2)
         union
         select o.code, a.customer_id, a.merged_into from owner o
           join accounts a on a.project_id = $1 and a.customer_id = o.merged_into
       ) select code, customer_id as "customerId" from owner where merged_into is null`,
      [projectId, codes],
    )
    return new Map(rows.map(({ code, customerId }) => [code, customerId]))
  }

  async function oneEntry(
    where: string,
    projectId: string,
    value: string,
  ): Promise<RecordedEntry | undefined> {
    const [row] = await sql.query<RecordedEntry>(
      `select ${ENTRY} from entries e left join orders o on o.project_id = e.project_id and o.id = e.order_ref
       where e.project_id = $1 and ${where} = $2`,
      [projectId, value],
    )
    return row
  }

  return {
    async openAccounts(transaction, projectId, accounts) {
      await sqlOf(transaction).query(
        {
          name: 'accounts-open',
          text: `insert into accounts (project_id, lane, customer_id, referral_code)
            select $1, $4::smallint, * from unnest($2::text[], $3::text[]) on conflict do nothing`,
        },
        [
          projectId,
          accounts.map(({ customerId }) => customerId),
          accounts.map(({ referralCode }) => referralCode),
          laneOf(projectId),
        ],
      )
    },

    referrers: (transaction, projectId, codes) => ownersOfCodes(sqlOf(transaction), projectId, codes),

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

    ownersOf: (transaction, projectId, keys) =>
      sqlOf(transaction).query(
        {
          name: 'orders-owners',
          text: `select o.storefront, o.order_id as "orderId", o.customer_id as "customerId", o.referrer_id as "referrerId"
            from (select distinct * from unnest($2::text[], $3::text[]) as k(storefront, order_id)) as key
            cross join lateral (select * from orders where project_id = $1 and storefront = key.storefront
              and order_id = key.order_id limit 1) as o`,
        },
        [projectId, ...columnsOf(keys)],
      ),

    async friendsSince(transaction, projectId, referrerIds, sinceMs) {
      const rows = await sqlOf(transaction).query<{ referrerId: string; friends: number }>(
        `select referred_by as "referrerId", count(*)::int as friends from accounts
         where project_id = $1 and referred_by = any($2) and referred_at >= clock_timestamp() + $3::bigint * interval '1 ms' group by 1`,
        [projectId, referrerIds, sinceMs],
      )
      return new Map(rows.map(({ referrerId, friends }) => [referrerId, friends]))
    },

    async lockBooks(transaction, projectId, customerIds) {
      const on = sqlOf(transaction)
      const [accounts, { lots, now }, holds] = await Promise.all([
        on.query<AccountRow>(
          {
            name: 'accounts-lock',
            text: `select ${ACCOUNT} from accounts a where a.project_id = $1 and a.customer_id = any($2)
              order by a.customer_id for update`,
          },
          [projectId, customerIds],
        ),
        openLots(on, projectId, customerIds),
        openHolds(on, projectId, customerIds),
      ])
      await addPinned(on, projectId, lots, holds)
      const books = new Map<string, LockedBook>()
      for (const { sequence, lastHash, balanceMinor: _balanceMinor, ...account } of accounts) {
        const { customerId } = account
        books.set(customerId, {
          account,
          sequence,
          lastHash,
          lots: lots.get(customerId) ?? [],
          holds: holds.get(customerId) ?? [],
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
        [projectId, ...columnsOf(keys)],
      ),

    ordersOfLots: (transaction, projectId, lotIds) =>
      sqlOf(transaction).query<Order>(
        `select ${ORDER} from orders o where o.project_id = $1
           and o.id in (select order_ref from lots where project_id = $1 and id = any($2))`,
        [projectId, lotIds],
      ),

    ordersOfCustomers: (transaction, projectId, customerIds) =>
      sqlOf(transaction).query<Order>(
        `select ${ORDER} from orders o where o.project_id = $1 and o.customer_id = any($2) order by o.created_at, o.id`,
        [projectId, customerIds],
      ),

    lotsOf: (transaction, projectId, lotIds) => lotsNamed(sqlOf(transaction), projectId, lotIds),

    async expiredOf(transaction, projectId, orderRefs) {
      const rows = await sqlOf(transaction).query<{ orderRef: string; expiredMinor: number }>(
        `select l.order_ref as "orderRef", -sum((m ->> 'amountMinor')::bigint)::bigint as "expiredMinor"
         from lots l
           join entries e on e.project_id = l.project_id and e.customer_id = l.customer_id and e.kind = 'expire' and e.reason = 'expiry'
           cross join jsonb_array_elements(e.movements) as m
         where l.project_id = $1 and l.order_ref = any($2) and l.reason = 'purchase' and m ->> 'lotId' = l.id
         group by 1`,
        [projectId, orderRefs],
      )
      return new Map(rows.map(({ orderRef, expiredMinor }) => [orderRef, expiredMinor]))
    },

    holdsOf: (transaction, projectId, holdIds) =>
      sqlOf(transaction).query<Hold>(
        `select ${HOLD} from holds h where h.project_id = $1 and h.id = any($2)`,
        [projectId, holdIds],
      ),

    async reservationsOf(transaction, projectId, keys) {
      const rows = await sqlOf(transaction).query<
        Hold & { key: string; isImported: boolean; isErased: boolean; id: string | null }
      >(
        {
          name: 'holds-reserved',
          text: `select k.key, p.key is not null as "isImported",
              exists (select from accounts a where a.project_id = $1 and a.customer_id = h.customer_id and a.erased) as "isErased", ${HOLD}
            from unnest($2::text[]) as k(key)
            left join promo_codes p on p.project_id = $1 and p.key = k.key
            left join holds h on h.project_id = $1 and h.reservation = coalesce(p.code, k.key)`,
        },
        [projectId, keys],
      )
      return rows.map(({ key, isImported, isErased, ...hold }) => ({
        key,
        isImported,
        isErased,
        hold: hold.id === null ? null : hold,
      }))
    },

    async spoilCodes(transaction, projectId, keys) {
      await sqlOf(transaction).query(
        `with taken as (
           select key from promo_codes where project_id = $1 and key = any($2) and hold_id is null and spoiled_at is null
           order by key for update
         )
         update promo_codes p set spoiled_at = now() from taken where p.project_id = $1 and p.key = taken.key`,
        [projectId, keys],
      )
    },

    history: (transaction, projectId, customerIds, window) =>
      historyOf(sqlOf(transaction), projectId, customerIds, window),

    // A row that is not there cannot be locked: the first two would both find the cap untouched.
    async budgets(transaction, projectId, ruleIds) {
      const on = sqlOf(transaction)
      const [, rows] = await Promise.all([
        on.query(
          `insert into rule_budgets (project_id, rule_id, used_minor)
           select $1, rule_id, 0 from unnest($2::text[]) as rule_id order by rule_id on conflict do nothing`,
          [projectId, ruleIds],
        ),
        on.query<{ ruleId: string; usedMinor: number }>(
          `select rule_id as "ruleId", used_minor as "usedMinor" from rule_budgets
           where project_id = $1 and rule_id = any($2) order by rule_id for update`,
          [projectId, ruleIds],
        ),
      ])
      return new Map(rows.map(({ ruleId, usedMinor }) => [ruleId, usedMinor]))
    },

    async uses(transaction, projectId, day, keys) {
      const on = sqlOf(transaction)
      const columns = [keys.map(({ kind }) => kind), keys.map(({ subject }) => subject)]
      const [, rows] = await Promise.all([
        on.query(
          `insert into limit_uses (project_id, day, kind, subject, used_minor)
           select distinct $1, $2::int, kind, subject, 0 from unnest($3::text[], $4::text[]) as k(kind, subject)
           order by kind, subject on conflict do nothing`,
          [projectId, day, ...columns],
        ),
        on.query<LimitUse>(
          `select u.day, u.kind, u.subject, u.used_minor as "usedMinor" from limit_uses u
           where u.project_id = $1 and u.day = $2
             and (u.kind, u.subject) in (select * from unnest($3::text[], $4::text[]))
           order by u.kind, u.subject for update of u`,
          [projectId, day, ...columns],
        ),
      ])
      return rows
    },

    async write(
      transaction,
      projectId,
      { lots, accounts, orders, holds, entries, budgets, uses, alerts }: Changes,
    ) {
      const on = sqlOf(transaction)
      const writes: Promise<unknown>[] = []
      const send = (rows: unknown[], statement: { name: string; text: string }, ...more: unknown[]) => {
        if (rows.length > 0) writes.push(on.query(statement, [projectId, JSON.stringify(rows), ...more]))
      }
      // Orders first: lots and entries refer to them. In key order, so that two slices cannot wait for each other.
      send(orders.sort(byKey), write.ORDERS_UPSERT)
      send(lots, write.LOTS_UPSERT, laneOf(projectId))
      send(entries.map(withoutState), write.ENTRIES_INSERT)
      send(accounts, write.ACCOUNTS_UPDATE, accounts.map(({ customerId }) => customerId)) // prettier-ignore
      send(holds, write.HOLDS_UPSERT)
      send(budgets, write.BUDGETS_ADD)
      send(uses, write.USES_ADD)
      send(alerts, write.ALERTS_INSERT)
      await Promise.all(writes).catch((error: unknown) => {
        throw isTaken(error) ? new ConcurrentChange('Somebody else brought the same order just now') : error
      })
    },

    due: (limit, shifted) =>
      shifted === undefined
        ? sql.query(
            `select project_id as "projectId", customer_id as "customerId" from accounts
             where lane = any($2) and due_at <= clock_timestamp() order by due_at limit $1`,
            [limit, ALL_LANES],
          )
        : sql.query(
            `select project_id as "projectId", customer_id as "customerId" from accounts
             where lane = $2 and project_id = $3 and due_at <= clock_timestamp() + $4::bigint * interval '1 ms'
             order by due_at limit $1`,
            [limit, laneOf(shifted.projectId), shifted.projectId, shifted.clockOffsetMs],
          ),

    async putOff(projectId, customerId, byMs, clockOffsetMs) {
      await sql.query(
        `update accounts set due_at = greatest(due_at, clock_timestamp() + $4::bigint * interval '1 ms')
           + $3::bigint * interval '1 ms'
         where project_id = $1 and customer_id = $2`,
        [projectId, customerId, byMs, clockOffsetMs],
      )
    },

    async caps(projectId, day, subjects) {
      const [budgets, uses] = await Promise.all([
        lookUps.query<{ ruleId: string; usedMinor: number }>(
          {
            name: 'rule-budgets',
            text: `select rule_id as "ruleId", used_minor as "usedMinor" from rule_budgets where project_id = $1`,
          },
          [projectId],
        ),
        lookUps.query<LimitUse>(
          {
            name: 'limit-uses',
            text: `select day, kind, subject, used_minor as "usedMinor" from limit_uses
              where project_id = $1 and day = $2 and subject = any($3)`,
          },
          [projectId, day, subjects],
        ),
      ])
      return { budgets: new Map(budgets.map(({ ruleId, usedMinor }) => [ruleId, usedMinor])), uses }
    },

    async account(projectId, customerId, window) {
      return (await this.accounts(projectId, [customerId], window)).get(customerId)
    },

    async accounts(projectId, customerIds, window) {
      const [rows, { lots, now }, holds, history] = await Promise.all([
        lookUps.query<AccountRow>(
          {
            name: 'accounts-read',
            text: `select ${ACCOUNT} from accounts a where a.project_id = $1 and a.customer_id = any($2)`,
          },
          [projectId, customerIds],
        ),
        openLots(lookUps, projectId, customerIds),
        openHolds(lookUps, projectId, customerIds),
        window === undefined ? undefined : historyOf(lookUps, projectId, customerIds, window),
      ])
      await addPinned(lookUps, projectId, lots, holds)
      return new Map(
        rows.map((account): [string, Standing] => {
          const { customerId } = account
          const days = history?.get(customerId)
          return [
            customerId,
            {
              account,
              lots: lots.get(customerId) ?? [],
              holds: holds.get(customerId) ?? [],
              ...(days !== undefined && { history: days }),
              now,
            },
          ]
        }),
      )
    },

    async order(projectId, { storefront, orderId }) {
      const [row] = await sql.query<Order>(
        `select ${ORDER} from orders o where o.project_id = $1 and o.storefront = $2 and o.order_id = $3`,
        [projectId, storefront, orderId],
      )
      return row
    },

    async orderById(projectId, id) {
      const [row] = await sql.query<Order>(
        `select ${ORDER} from orders o where o.project_id = $1 and o.id = $2`,
        [projectId, id],
      )
      return row
    },

    async hold(projectId, holdId) {
      const [row] = await sql.query<Hold>(
        `select ${HOLD} from holds h where h.project_id = $1 and h.id = $2`,
        [projectId, holdId],
      )
      return row
    },

    async lot(projectId, lotId) {
      const [row] = await sql.query<Lot>(`select ${LOT} from lots l where l.project_id = $1 and l.id = $2`, [
        projectId,
        lotId,
      ])
      return row
    },

    entry: (projectId, entryId) => oneEntry('e.id', projectId, entryId),
    entryOfEffect: (projectId, effect) => oneEntry('e.effect', projectId, effect),

    async now() {
      const [row] = await sql.query<{ now: number }>(`select ms(clock_timestamp()) as now`)
      return row!.now
    },

    async referrerOf(projectId, code) {
      return code === undefined ? undefined : (await ownersOfCodes(sql, projectId, [code])).get(code)
    },

    async entries(projectId, customerId, limit, beforeSequence) {
      const rows = await sql.query<RecordedEntry>(
        `select ${ENTRY} from entries e left join orders o on o.project_id = e.project_id and o.id = e.order_ref
         where e.project_id = $1 and e.customer_id = $2 and ($4::bigint is null or e.sequence < $4)
         order by e.sequence desc limit $3`,
        [projectId, customerId, limit + 1, beforeSequence ?? null],
      )
      return pageOf(rows, limit, ({ sequence }) => String(sequence))
    },

    async referrals(projectId, state, limit, cursor) {
      const rows = await sql.query<Referral>(
        `select customer_id as "friendId", referred_by as "referrerId", referral as state, referral_doubt as doubt,
           ms(referred_at) as "referredAt"
         from accounts where project_id = $1 and referral = $2 and referred_by is not null
           and ($4::text is null or customer_id > $4) order by customer_id limit $3`,
        [projectId, state, limit + 1, cursor ?? null],
      )
      return pageOf(rows, limit, ({ friendId }) => friendId)
    },

    latestOrders: (projectId, customerId, limit) =>
      lookUps.query<Order>(
        {
          name: 'orders-latest',
          text: `select ${ORDER} from orders o where o.project_id = $1 and o.customer_id = $2
            order by o.created_at desc, o.id desc limit $3`,
        },
        [projectId, customerId, limit],
      ),

    async broughtBy(projectId, customerId, formerIds) {
      const [row] = await lookUps.query<{ friends: number; earnedMinor: number }>(
        {
          name: 'accounts-brought',
          text: `select
              (select count(*)::int from accounts where project_id = $1 and referred_by = $2
                and referral in ('accepted', 'qualified')) as friends,
              (select coalesce(sum(amount_minor), 0)::bigint from entries where project_id = $1
                and customer_id = any($3) and reason = 'referral' and kind in ('earn', 'reverse')) as "earnedMinor"`,
        },
        [projectId, customerId, [customerId, ...formerIds]],
      )
      return row!
    },

    async alerts(projectId, limit, cursor) {
      const rows = await sql.query<Alert & { at: Date }>(
        `select id, type, customer_id as "customerId", details, at from alerts
         where project_id = $1 and ($3::text is null or id < $3) order by id desc limit $2`,
        [projectId, limit + 1, cursor ?? null],
      )
      return pageOf(rows, limit, ({ id }) => id)
    },
  }
}

// The second is an order's code: made anew at the next try.
const TAKEN = new Set(['orders_pkey', 'holds_reservation'])

/** Two customers for one new order: the second finds it when it looks again. */
function isTaken(error: unknown): boolean {
  const { code, constraint } = error as { code?: string; constraint?: string }
  return code === '23505' && TAKEN.has(constraint ?? '')
}

function columnsOf(keys: OrderKey[]): [string[], string[]] {
  return [keys.map(({ storefront }) => storefront), keys.map(({ orderId }) => orderId)]
}

function grouped<T extends { customerId: string }>(rows: T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) groups.set(row.customerId, [...(groups.get(row.customerId) ?? []), row])
  return groups
}

function withoutState<E extends { opens?: unknown; changes?: unknown }>({
  opens: _opens,
  changes: _changes,
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
