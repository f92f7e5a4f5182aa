import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Person } from '../../domain/alike.ts'
import type { Identity } from '../../domain/contact.ts'
import type {
  DatedIdentity,
  ExportedCustomer,
  IdentityStore,
  LockedCustomer,
} from '../../ports/identity-store.ts'

const PROFILE = `c.id, c.name, c.birthday::text, c.locale, c.telegram_id as "telegramId",
  c.telegram_unreachable as "telegramUnreachable", c.utm`

export function postgresIdentityStore(sql: Sql): IdentityStore {
  return {
    async survivorOf(transaction, projectId, customerId) {
      const [row] = await sqlOf(transaction).query<{ id: string | null }>(
        `select surviving_customer($1, $2) as id`,
        [projectId, customerId],
      )
      return row!.id ?? undefined
    },

    async mergedInto(transaction, projectId, customerId) {
      const [row] = await sqlOf(transaction).query<{ ids: string[] }>(
        `select merged_customers($1, $2) as ids`,
        [projectId, customerId],
      )
      return row!.ids
    },

    async lock(transaction, projectId, customerIds) {
      const rows = await sqlOf(transaction).query<LockedCustomer>(
        `select ${PROFILE}, c.merged_into as "mergedInto", c.erased_at as "erasedAt" from customers c
         where c.project_id = $1 and c.id = any($2) order by c.id for update`,
        [projectId, customerIds],
      )
      return new Map(rows.map((row) => [row.id, row]))
    },

    moveIdentities: (transaction, projectId, from, to) =>
      sqlOf(transaction).query<Identity>(
        `update identities set customer_id = $3 where project_id = $1 and customer_id = $2 returning kind, value`,
        [projectId, from, to],
      ),

    async moveBack(transaction, projectId, identities, from, to) {
      await sqlOf(transaction).query(
        `update identities set customer_id = $3 where project_id = $1 and customer_id = $2
           and (kind, value) in (select * from unnest($4::text[], $5::text[]))`,
        [projectId, from, to, identities.map(({ kind }) => kind), identities.map(({ value }) => value)],
      )
    },

    async writeProfile(transaction, projectId, customerId, profile) {
      const { name, birthday, locale, telegramId, telegramUnreachable, utm } = profile
      await sqlOf(transaction).query(
        `update customers set name = $3, birthday = $4, locale = $5, telegram_id = $6, telegram_unreachable = $7, utm = $8
         where project_id = $1 and id = $2`,
        [projectId, customerId, name, birthday, locale, telegramId, telegramUnreachable, JSON.stringify(utm)],
      )
    },

    async setMergedInto(transaction, projectId, customerId, into) {
      await sqlOf(transaction).query(
        `update customers set merged_into = $3 where project_id = $1 and id = $2`,
        [projectId, customerId, into],
      )
    },

    async erase(transaction, projectId, customerIds) {
      const on = sqlOf(transaction)
      await on.query(`delete from identities where project_id = $1 and customer_id = any($2)`, [
        projectId,
        customerIds,
      ])
      const [row] = await on.query<{ erasedAt: Date }>(
        `update customers set name = null, birthday = null, locale = null, telegram_id = null, telegram_unreachable = null,
           utm = '{}', erased_at = now() where project_id = $1 and id = any($2) returning erased_at as "erasedAt"`,
        [projectId, customerIds],
      )
      return row!.erasedAt
    },

    async contactsOf(transaction, projectId, customerIds) {
      const rows = await sqlOf(transaction).query<{ contact: string }>(
        `select kind || ':' || value as contact from identities where project_id = $1 and customer_id = any($2)
         union
         select 'telegramId:' || telegram_id from customers
         where project_id = $1 and id = any($2) and telegram_id is not null`,
        [projectId, customerIds],
      )
      return rows.map(({ contact }) => contact)
    },

    identitiesOf: (projectId, customerId, limit) =>
      sql.query<DatedIdentity>(
        `select kind, value, created_at as "createdAt" from identities where project_id = $1 and customer_id = $2
         order by created_at, kind, value limit $3`,
        [projectId, customerId, limit],
      ),

    profilesOf: (projectId, customerIds) =>
      sql.query<ExportedCustomer>(
        `select ${PROFILE}, c.created_at as "createdAt" from customers c where c.project_id = $1 and c.id = any($2)
         order by c.id`,
        [projectId, customerIds],
      ),

    async persons(transaction, projectId, customerIds) {
      const rows = await sqlOf(transaction).query<Person & { asked: string }>(
        {
          name: 'customers-alike',
          text: `select asked, s.id, s.name, s.birthday::text, s.telegram_id as "telegramId",
              array(select value from identities i where i.project_id = $1 and i.customer_id = s.id and kind = 'email' limit 100) as emails,
              array(select value from identities i where i.project_id = $1 and i.customer_id = s.id and kind = 'phone' limit 100) as phones
            from unnest($2::text[]) as asked cross join lateral (
              select * from customers where project_id = $1 and id = surviving_customer($1, asked) limit 1) as s`,
        },
        [projectId, customerIds],
      )
      return new Map(rows.map(({ asked, ...person }) => [asked, person]))
    },

    async bornOn(projectId, days, limit, afterCustomerId) {
      const rows = await sql.query<{ id: string }>(
        `select id from customers where project_id = $1
           and (extract(month from birthday) * 100 + extract(day from birthday))::int = any($2)
           and birthday is not null and merged_into is null and erased_at is null and ($4::text is null or id > $4)
         order by id limit $3`,
        [projectId, days, limit, afterCustomerId ?? null],
      )
      return rows.map(({ id }) => id)
    },
  }
}
