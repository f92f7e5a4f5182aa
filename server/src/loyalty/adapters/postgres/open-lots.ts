import type { Lot } from '../../domain/book.ts'

/** Lots of one customer: of each column a list with a value a lot, parted by commas, empty for null. None has a comma in it. */
export type LotLists = Record<keyof Lot, string> & { customerId: string }

const COLUMNS: Readonly<Record<keyof Lot, string>> = {
  id: 'l.id',
  originId: 'l.origin_id',
  orderRef: 'l.order_ref',
  reason: 'l.reason',
  amountMinor: 'l.amount_minor',
  remainingMinor: 'l.remaining_minor',
  state: 'l.state',
  activatesAt: 'ms(l.activates_at)',
  expiresAt: 'ms(l.expires_at)',
  expiryDays: 'l.expiry_days',
  expiryMonths: 'l.expiry_months',
  expiryEndOf: 'l.expiry_end_of',
  createdAt: 'ms(l.created_at)',
}
const NAMES = Object.keys(COLUMNS) as (keyof Lot)[]
const LISTS = NAMES.map((name) => `string_agg(coalesce(${COLUMNS[name]}::text, ''), ',') as "${name}"`)

// A row a lot would be most of what somebody's thousands of lots cost Node.
export const OPEN_LOTS = {
  name: 'lots-open',
  // One by one, by the index of open lots: a plan made before there were statistics reads all of the project's.
  text: `select owner as "customerId", lists.*, ms(clock_timestamp()) as now
    from unnest($2::text[]) as owner cross join lateral (
      select ${LISTS.join(', ')} from lots l
      where l.project_id = $1 and l.customer_id = owner and l.remaining_minor > 0) as lists
    union all
    -- What a hold has emptied comes along: it fills again when the hold ends.
    select l.customer_id, ${LISTS.join(', ')}, ms(clock_timestamp()) from (
      select distinct h.project_id, pin ->> 'lotId' as id from holds h, jsonb_array_elements(h.pins) as pin
      where h.project_id = $1 and h.customer_id = any($2) and h.state in ('awaiting-confirmation', 'active')
    ) as pinned cross join lateral (
      select * from lots where project_id = pinned.project_id and id = pinned.id and remaining_minor = 0 limit 1) as l
    group by l.customer_id
    union all
    select null, ${NAMES.map(() => 'null').join(', ')}, ms(clock_timestamp())`,
}

export function lotsIn(row: LotLists): Lot[] {
  const lists = Object.fromEntries(NAMES.map((name) => [name, row[name].split(',')])) as Record<
    keyof Lot,
    string[]
  >
  return lists.id.map((id, place) => ({
    id,
    originId: lists.originId[place] || null,
    orderRef: lists.orderRef[place] || null,
    reason: lists.reason[place]!,
    amountMinor: Number(lists.amountMinor[place]),
    remainingMinor: Number(lists.remainingMinor[place]),
    state: lists.state[place] as Lot['state'],
    activatesAt: momentIn(lists.activatesAt[place]!),
    expiresAt: momentIn(lists.expiresAt[place]!),
    expiryDays: Number(lists.expiryDays[place]),
    expiryMonths: Number(lists.expiryMonths[place]),
    expiryEndOf: lists.expiryEndOf[place] as Lot['expiryEndOf'],
    createdAt: Number(lists.createdAt[place]),
  }))
}

function momentIn(text: string): number | null {
  return text === '' ? null : Number(text)
}
