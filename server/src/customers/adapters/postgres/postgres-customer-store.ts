import { pageOf } from '../../../kernel/page.ts'
import { ConcurrentChange } from '../../../kernel/retryable-error.ts'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import { identityKey, type Identity } from '../../domain/contact.ts'
import type { Customer } from '../../domain/customer.ts'
import type { CustomerStore, Reach } from '../../ports/customer-store.ts'

const SELECT = `
  select c.id, c.name, c.birthday::text, c.locale, c.telegram_id as "telegramId",
    c.created_at as "createdAt", c.erased_at as "erasedAt", merged_customers(c.project_id, c.id) as "mergedFrom",
    coalesce(array_agg(i.value order by i.created_at, i.value) filter (where i.kind = 'email'), '{}') as emails,
    coalesce(array_agg(i.value order by i.created_at, i.value) filter (where i.kind = 'phone'), '{}') as phones,
    coalesce(array_agg(i.value order by i.created_at, i.value) filter (where i.kind = 'externalId'), '{}') as "externalIds"
  from customers c left join identities i on i.project_id = c.project_id and i.customer_id = c.id`
const GROUP = `group by c.project_id, c.id`

type Owned = Identity & { customerId: string; gone: boolean }

export function postgresCustomerStore({ sql, lookUps }: { sql: Sql; lookUps: Sql }): CustomerStore {
  return {
    async owners(transaction, projectId, identities) {
      const rows = await sqlOf(transaction).query<Owned>(
        {
          name: 'identity-owners',
          // Lateral, with a limit: always by index, whatever the planner believes of a young table.
          // The customers are held, in id order: a merge or an erasure waits for us, or is seen here.
          text: `with found as (
              select i.* from unnest($2::text[], $3::text[]) as key(kind, value) cross join lateral (
                select kind, value, customer_id from identities
                where project_id = $1 and kind = key.kind and value = key.value limit 1) as i
            ), held as (
              select h.* from (select distinct customer_id from found order by customer_id) as f cross join lateral (
                select id, merged_into is not null or erased_at is not null as gone from customers
                where project_id = $1 and id = f.customer_id limit 1 for key share) as h
            )
            select kind, value, customer_id as "customerId", h.gone from found join held h on h.id = customer_id
            union
            select o.kind, o.value, o.customer_id, h.gone from held h cross join lateral (
              select kind, value, customer_id from identities
              where project_id = $1 and customer_id = h.id and kind = 'externalId' limit 100) as o`,
        },
        [projectId, identities.map(({ kind }) => kind), identities.map(({ value }) => value)],
      )
      const gone = rows.find((row) => row.gone)
      if (gone !== undefined) throw new ConcurrentChange(`${gone.customerId} was merged or erased just now`)
      return rows.map(({ gone: _gone, ...owned }) => owned)
    },

    async insert(transaction, projectId, customerIds, identities) {
      if (customerIds.length > 0) {
        await sqlOf(transaction).query(
          {
            name: 'customers-insert',
            text: `insert into customers (project_id, id) select $1, unnest($2::text[])`,
          },
          [projectId, customerIds],
        )
      }
      if (identities.length === 0) return
      // In one order everywhere, so that two slices cannot wait for each other.
      const sorted = [...identities].sort((left, right) => (identityKey(left) < identityKey(right) ? -1 : 1))
      const inserted = await sqlOf(transaction).query(
        {
          name: 'identities-insert',
          text: `insert into identities (project_id, kind, value, customer_id)
            select $1, * from unnest($2::text[], $3::text[], $4::text[]) on conflict do nothing returning 1`,
        },
        [
          projectId,
          sorted.map(({ kind }) => kind),
          sorted.map(({ value }) => value),
          sorted.map(({ customerId }) => customerId),
        ],
      )
      if (inserted.length < identities.length)
        throw new ConcurrentChange('Another order brought the same contact just now')
    },

    async updateProfiles(transaction, projectId, changes) {
      await sqlOf(transaction).query(
        {
          name: 'customers-update',
          text: `update customers c set name = coalesce(n.name, c.name), birthday = coalesce(n.birthday, c.birthday),
              locale = coalesce(n.locale, c.locale), telegram_id = coalesce(n."telegramId", c.telegram_id),
              telegram_unreachable = case when n."telegramId" is distinct from c.telegram_id and n."telegramId" is not null
                then null else c.telegram_unreachable end,
              utm = case when c.utm = '{}' then coalesce(n.utm, '{}') else c.utm end
            from jsonb_to_recordset($2::jsonb)
              as n("customerId" text, name text, birthday date, locale text, "telegramId" text, utm jsonb)
            where c.project_id = $1 and c.id = n."customerId"`,
        },
        [projectId, JSON.stringify(changes)],
      )
    },

    async find(projectId, customerId) {
      const [row] = await sql.query<Customer>(
        `${SELECT} where c.project_id = $1 and c.id = surviving_customer($1, $2) ${GROUP}`,
        [projectId, customerId],
      )
      return row
    },

    async findByIdentity(projectId: string, { kind, value }: Identity) {
      const [row] = await sql.query<Customer>(
        `${SELECT} where c.project_id = $1 and c.id = (select customer_id from identities
           where project_id = $1 and kind = $2 and value = $3) ${GROUP}`,
        [projectId, kind, value],
      )
      return row
    },

    async ownersOf(projectId, identities) {
      const rows = await lookUps.query<{ customerId: string }>(
        {
          name: 'identity-owners-read',
          text: `select distinct i.customer_id as "customerId" from unnest($2::text[], $3::text[]) as key(kind, value)
            cross join lateral (select customer_id from identities
              where project_id = $1 and kind = key.kind and value = key.value limit 1) as i`,
        },
        [projectId, identities.map(({ kind }) => kind), identities.map(({ value }) => value)],
      )
      return rows.map(({ customerId }) => customerId)
    },

    async contactsOf(projectId, contacts) {
      const rows = await sql.query<{ contact: string }>(
        {
          name: 'identity-siblings',
          text: `select o.kind || ':' || o.value as contact from identities i
            join identities o on o.project_id = i.project_id and o.customer_id = i.customer_id
            where i.project_id = $1 and (i.kind, i.value) in (
              select split_part(given, ':', 1), substr(given, strpos(given, ':') + 1) from unnest($2::text[]) as given)`,
        },
        [projectId, contacts],
      )
      return [...new Set([...contacts, ...rows.map(({ contact }) => contact)])]
    },

    async list(projectId, limit, cursor) {
      const rows = await sql.query<Customer>(
        `${SELECT} where c.project_id = $1 and c.id in (select id from customers
           where project_id = $1 and merged_into is null and ($3::text is null or id < $3) order by id desc limit $2) ${GROUP} order by c.id desc`,
        [projectId, limit + 1, cursor ?? null],
      )
      return pageOf(rows, limit, ({ id }) => id)
    },

    async reach(transaction, projectId, customerId) {
      const [row] = await sqlOf(transaction).query<Reach>(
        {
          name: 'customers-reach',
          text: `select telegram_id as "telegramId", telegram_unreachable as "telegramUnreachable", locale from customers
            where project_id = $1 and id = $2 for key share`,
        },
        [projectId, customerId],
      )
      return row
    },

    async hold(transaction, projectId, customerId) {
      const [row] = await sqlOf(transaction).query<{ stands: boolean }>(
        {
          name: 'customers-hold',
          text: `select merged_into is null and erased_at is null as stands from customers
            where project_id = $1 and id = $2 for key share`,
        },
        [projectId, customerId],
      )
      return row?.stands === true
    },

    async linkTelegram(projectId, customerId, telegramId, transaction) {
      const on = transaction === undefined ? sql : sqlOf(transaction)
      const linked = await on.query(
        {
          name: 'customers-link-telegram',
          text: `update customers set telegram_id = $3, telegram_unreachable = null
            where project_id = $1 and id = surviving_customer($1, $2) and erased_at is null returning 1`,
        },
        [projectId, customerId, telegramId],
      )
      return linked.length > 0
    },

    async markTelegramReachable(projectId, telegramId) {
      await sql.query(
        `update customers set telegram_unreachable = null
         where project_id = $1 and telegram_id = $2 and telegram_unreachable is not null`,
        [projectId, telegramId],
      )
    },

    async markTelegramUnreachable(projectId, customerId, why) {
      await sql.query(
        `update customers set telegram_unreachable = $3 where project_id = $1 and id in ($2, surviving_customer($1, $2))
           and telegram_id = (select telegram_id from customers where project_id = $1 and id = $2)`,
        [projectId, customerId, why],
      )
    },
  }
}
