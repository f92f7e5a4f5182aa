import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { PromoCode, PromoCodeCount, PromoCodes } from '../../ports/promo-codes.ts'

export function postgresPromoCodes(sql: Sql): PromoCodes {
  return {
    async add(transaction, projectId, nominalMinor, codes) {
      const added = await sqlOf(transaction).query(
        `insert into promo_codes (project_id, key, code, nominal_minor)
         select $1, key, code, $2 from unnest($3::text[], $4::text[]) as c(key, code) order by key
         on conflict do nothing returning key`,
        [projectId, nominalMinor, codes.map(({ key }) => key), codes.map(({ code }) => code)],
      )
      return added.length
    },

    async freeNominals(projectId, most) {
      const rows = await sql.query<{ nominalMinor: number }>(
        {
          name: 'promo-codes-nominals',
          text: `with recursive free(minor) as (
              (select nominal_minor from promo_codes where project_id = $1 and hold_id is null and spoiled_at is null
                order by nominal_minor limit 1)
              union all
              select (select nominal_minor from promo_codes where project_id = $1 and hold_id is null and spoiled_at is null
                and nominal_minor > minor order by nominal_minor limit 1)
              from free where minor is not null
            )
            select minor as "nominalMinor" from free where minor is not null limit $2`,
        },
        [projectId, most],
      )
      return rows.map(({ nominalMinor }) => nominalMinor)
    },

    count: (projectId) =>
      sql.query<PromoCodeCount>(
        `select p.nominal_minor as "nominalMinor",
           count(*) filter (where p.hold_id is null and p.spoiled_at is null)::int as free,
           count(*) filter (where p.hold_id is not null and h.state <> 'captured')::int as given,
           count(*) filter (where p.spoiled_at is not null or h.state = 'captured')::int as used
         from promo_codes p left join holds h on h.project_id = p.project_id and h.id = p.hold_id
         where p.project_id = $1 group by 1 order by 1`,
        [projectId],
      ),

    async lockAccount(transaction, projectId, customerId) {
      await sqlOf(transaction).query(
        `select from accounts where project_id = $1 and customer_id = $2 for update`,
        [projectId, customerId],
      )
    },

    async nextFree(transaction, projectId, nominalMinor) {
      const [code] = await sqlOf(transaction).query<PromoCode>(
        {
          name: 'promo-codes-next',
          text: `select key, code from promo_codes
            where project_id = $1 and nominal_minor = $2 and hold_id is null and spoiled_at is null
            order by key limit 1 for update skip locked`,
        },
        [projectId, nominalMinor],
      )
      return code
    },

    async give(transaction, projectId, key, { holdId, request }) {
      await sqlOf(transaction).query(
        `update promo_codes set hold_id = $3, request = $4 where project_id = $1 and key = $2`,
        [projectId, key, holdId, request ?? null],
      )
    },

    async givenFor(transaction, projectId, customerId, request) {
      const [row] = await sqlOf(transaction).query<{ holdId: string }>(
        `select h.id as "holdId" from holds h
           join promo_codes p on p.project_id = h.project_id and p.hold_id = h.id
         where h.project_id = $1 and h.customer_id = $2 and p.request = $3 order by h.id desc limit 1`,
        [projectId, customerId, request],
      )
      return row?.holdId
    },

    async unusedOf(transaction, projectId, customerId) {
      const [row] = await sqlOf(transaction).query<{ unused: number }>(
        `select count(*)::int as unused from holds h
           join promo_codes p on p.project_id = h.project_id and p.hold_id = h.id
         where h.project_id = $1 and h.customer_id = $2 and h.state <> 'captured'
           and h.created_at > clock_timestamp() - interval '1 day'`,
        [projectId, customerId],
      )
      return row!.unused
    },
  }
}
