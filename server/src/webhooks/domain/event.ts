import type { Instant } from '../../kernel/clock.ts'

/** What a project can be told, by the names that the contract gives them. */
export const EVENT_TYPES = [
  'bonus.awarded',
  'bonus.activated',
  'bonus.spent',
  'bonus.held',
  'bonus.released',
  'hold.expired',
  'bonus.reversed',
  'bonus.refunded',
  'bonus.expiring',
  'bonus.expired',
  'bonus.adjusted',
  'tier.changed',
  'tier.downgrading',
  'referral.qualified',
  'referral.suspected',
  'reservation.doubted',
  'limit.reached',
  'customer.created',
  'customer.merged',
  'customer.unmerged',
  'customer.erased',
  'order.rejected',
  'books.broken',
  'endpoint.failing',
  'endpoint.disabled',
  'endpoint.recovered',
  'webhook.test',
] as const
export type EventType = (typeof EVENT_TYPES)[number]

export type Resource = {
  type: 'customer' | 'order' | 'endpoint' | 'project'
  id: string
  version: number | null
}

/** A fact that is about to get its place among the others of its resource. Amounts are minor units. */
export type Fact = {
  id: string
  type: EventType
  projectId: string
  resource: Resource
  payload: Record<string, unknown>
  occurredAt: Instant
  test: boolean
}

/** A fact with its place; `body` is what is sent, byte for byte. */
export type RecordedEvent = {
  id: string
  type: EventType
  projectId: string
  position: number
  customerId: string | null
  body: string
}

const KNOWN: ReadonlySet<string> = new Set(EVENT_TYPES)
// A Standard Webhooks type has letters, digits, dots and underscores only.
const RENAMED: Readonly<Record<string, EventType>> = { 'customer.merge-undone': 'customer.unmerged' }

/** Undefined: nothing that anybody outside is told of. */
export function eventTypeOf(type: string): EventType | undefined {
  return RENAMED[type] ?? (KNOWN.has(type) ? (type as EventType) : undefined)
}

export function resourceOf(projectId: string, type: EventType, payload: Record<string, unknown>): Resource {
  const { customerId, endpointId, inboxItemId, orderId, storefront, version } = payload
  if (typeof customerId === 'string')
    return { type: 'customer', id: customerId, version: typeof version === 'number' ? version : null }
  if (typeof endpointId === 'string') return { type: 'endpoint', id: endpointId, version: null }
  if (type === 'order.rejected') {
    const id = typeof orderId === 'string' ? `${String(storefront)}/${orderId}` : String(inboxItemId)
    return { type: 'order', id, version: null }
  }
  return { type: 'project', id: projectId, version: null }
}

/** Filters are types, `bonus.*` for all of a kind, or none for everything. */
export function isWanted(filters: readonly string[], type: EventType): boolean {
  return filters.length === 0 || filters.some((filter) => covers(filter, type))
}

/** The filters that no event will ever pass. */
export function unknownFilters(filters: readonly string[]): string[] {
  return filters.filter((filter) => !EVENT_TYPES.some((type) => covers(filter, type)))
}

function covers(filter: string, type: EventType): boolean {
  return filter === type || (filter.endsWith('.*') && type.startsWith(filter.slice(0, -1)))
}
