import type { TaplineEvent, TaplineEventType } from '@tapline/client'
import { contract } from '../../contract/contract.ts'
import type { Delivery, Endpoint, Shop } from '../state.ts'

/** Every endpoint that wants the event gets a delivery. The mocks send nothing: it stays waiting. */
export function plan(shop: Shop, event: TaplineEvent): void {
  for (const endpoint of shop.state.endpoints)
    if (isWanted(endpoint.events, event.type)) deliver(shop, endpoint, event)
}

/** One delivery of an event to an endpoint; sent again, it is the same one. */
export function deliver(shop: Shop, { id: endpointId, status }: Endpoint, event: TaplineEvent): Delivery {
  const { deliveries } = shop.state
  const waits = status === 'enabled' ? 'waiting' : 'held'
  const known = deliveries.find((one) => one.endpointId === endpointId && one.eventId === event.id)
  if (known !== undefined) return Object.assign(known, { status: waits })
  const delivery: Delivery = {
    id: shop.newId('delivery'),
    endpointId,
    eventId: event.id,
    eventType: event.type,
    status: waits,
    createdAt: shop.now(),
  }
  deliveries.push(delivery)
  return delivery
}

/** Filters are types, `bonus.*` for all of a kind, or none for everything. */
export function isWanted(filters: readonly string[], type: TaplineEventType): boolean {
  return filters.length === 0 || filters.some((filter) => covers(filter, type))
}

/** The filters that no event will ever pass. */
export function unknownFilters(filters: readonly string[]): string[] {
  const types = Object.keys(contract.events).filter((type) => type !== 'webhook.test')
  return filters.filter((filter) => !types.some((type) => covers(filter, type)))
}

function covers(filter: string, type: string): boolean {
  return filter === type || (filter.endsWith('.*') && type.startsWith(filter.slice(0, -1)))
}
