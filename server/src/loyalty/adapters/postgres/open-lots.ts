import type { Lot } from '../../domain/book.ts'

/** Lots of one customer that differ only in what stands in the lists: a value a lot, parted by commas; no list where none has one. */
export type LotsAlike = Pick<Lot, 'reason' | 'state' | 'expiryDays' | 'expiryMonths' | 'expiryEndOf'> & {
  customerId: string
  ids: string
  originIds: string | null
  orderRefs: string | null
  amounts: string
  remainders: string
  activations: string | null
  expiries: string | null
  creations: string
}

// Lots with and without a value are not alike: a list that left some out would not say which.
const ALIKE = `l.customer_id, l.reason, l.state, l.expiry_days, l.expiry_months, l.expiry_end_of,
  l.origin_id is null, l.order_ref is null, l.activates_at is null, l.expires_at is null`
const list = (value: string) => `string_agg(${value}::text, ',')`

// A row a lot would be most of what somebody's thousands of lots cost, on both sides of the wire.
export const OPEN_LOTS = {
  name: 'lots-open',
  // One by one, by the index of open lots: a plan made before there were statistics reads all of the project's.
  text: `select l.customer_id as "customerId", l.reason, l.state, coalesce(l.expiry_days, 0) as "expiryDays",
      l.expiry_months as "expiryMonths", l.expiry_end_of as "expiryEndOf", ${list('l.id')} as ids,
      ${list('l.origin_id')} as "originIds", ${list('l.order_ref')} as "orderRefs", ${list('l.amount_minor')} as amounts,
      ${list('l.remaining_minor')} as remainders, ${list('ms(l.activates_at)')} as activations,
      ${list('ms(l.expires_at)')} as expiries, ${list('ms(l.created_at)')} as creations, ms(clock_timestamp()) as now
    from (
      select l.* from unnest($2::text[]) as owner cross join lateral (
        select * from lots where project_id = $1 and customer_id = owner and remaining_minor > 0 offset 0) as l
      union all
      -- What a hold has emptied comes along: it fills again when the hold ends.
      select l.* from (
        select distinct h.project_id, pin ->> 'lotId' as id from holds h, jsonb_array_elements(h.pins) as pin
        where h.project_id = $1 and h.customer_id = any($2) and h.state in ('awaiting-confirmation', 'active')
      ) as pinned cross join lateral (
        select * from lots where project_id = pinned.project_id and id = pinned.id and remaining_minor = 0 limit 1) as l
    ) as l group by ${ALIKE}
    union all
    select ${Array.from({ length: 14 }, () => 'null').join(', ')}, ms(clock_timestamp())`,
}

/** One row says the time where nobody has a lot. */
export function isOfSomebody<More>(row: Partial<LotsAlike> & More): row is LotsAlike & More {
  return row.ids !== null
}

export function lotsIn(row: LotsAlike): Lot[] {
  const { reason, state, expiryDays, expiryMonths, expiryEndOf } = row
  const originIds = row.originIds?.split(',')
  const orderRefs = row.orderRefs?.split(',')
  const amounts = row.amounts.split(',')
  const remainders = row.remainders.split(',')
  const activations = row.activations?.split(',')
  const expiries = row.expiries?.split(',')
  const creations = row.creations.split(',')
  return row.ids.split(',').map((id, place) => ({
    id,
    originId: originIds === undefined ? null : originIds[place]!,
    orderRef: orderRefs === undefined ? null : orderRefs[place]!,
    reason,
    amountMinor: Number(amounts[place]),
    remainingMinor: Number(remainders[place]),
    state,
    activatesAt: activations === undefined ? null : Number(activations[place]),
    expiresAt: expiries === undefined ? null : Number(expiries[place]),
    expiryDays,
    expiryMonths,
    expiryEndOf,
    createdAt: Number(creations[place]),
  }))
}
