import type { EventOf, TaplineEventType } from '@tapline/client'
import { dataFor } from '../events/samples.ts'
import { pageOf } from '../http/page-of.ts'
import type { Answer } from '../http/request.ts'
import { deliver, isWanted } from '../shop/events/deliveries.ts'
import { recordEvent } from '../shop/events/record-event.ts'
import { presentDelivery } from '../shop/present.ts'
import { refuse } from '../shop/refusal.ts'
import type { Shop } from '../shop/state.ts'

export const listEvents: Answer<'listEvents'> = ({ state: { events } }, { query }) => {
  const { type, customerId } = query
  const wanted = events.filter(
    (event) =>
      (type === undefined || event.type === type) &&
      (customerId === undefined || (event.data as { customerId?: string }).customerId === customerId),
  )
  return { status: 200, body: pageOf(wanted, query, ({ id }) => id) }
}

export const getEvent: Answer<'getEvent'> = ({ state: { events } }, { path: { eventId } }) => {
  const event = events.find(({ id }) => id === eventId)
  return event === undefined ? refuse('event-not-found', { eventId }) : { status: 200, body: event }
}

/** Positions count from 1. Nobody is made to wait: what there is comes at once. */
export const followEvents: Answer<'followEvents'> = ({ state: { events } }, { query }) => {
  const { after = events.length, limit = 50 } = query
  const data = events.slice(after, after + limit)
  return { status: 200, body: { data, position: after + data.length } }
}

export const triggerEvent: Answer<'triggerEvent'> = (shop, { body: { type } }) => {
  const event = sample(shop, type)
  for (const endpoint of shop.state.endpoints)
    if (isWanted(endpoint.events, type)) deliver(shop, endpoint, event)
  return { status: 202, body: event }
}

export const replayEvent: Answer<'replayEvent'> = (shop, { path: { eventId }, body = {} }) => {
  const { events, endpoints } = shop.state
  const event = events.find(({ id }) => id === eventId)
  if (event === undefined) return refuse('event-not-found', { eventId })
  const { endpointId } = body
  const named = endpoints.find(({ id }) => id === endpointId)
  if (endpointId !== undefined && named === undefined) return refuse('endpoint-not-found', { endpointId })
  if (named?.status === 'disabled') return refuse('endpoint-disabled', { endpointId: named.id })
  const wanting = endpoints.filter(
    ({ status, events: types }) => status === 'enabled' && isWanted(types, event.type),
  )
  const sent = (named === undefined ? wanting : [named]).map((endpoint) => deliver(shop, endpoint, event))
  return { status: 202, body: { deliveries: sent.map(presentDelivery) } }
}

export const listWebhookDeliveries: Answer<'listWebhookDeliveries'> = (
  { state: { deliveries } },
  { query },
) => {
  const { endpointId, eventId, status } = query
  const wanted = deliveries.filter(
    (one) =>
      (endpointId === undefined || one.endpointId === endpointId) &&
      (eventId === undefined || one.eventId === eventId) &&
      (status === undefined || one.status === status),
  )
  const { data, nextCursor } = pageOf(wanted, query, ({ id }) => id)
  return { status: 200, body: { data: data.map(presentDelivery), nextCursor } }
}

export const getWebhookDelivery: Answer<'getWebhookDelivery'> = ({ state }, { path: { deliveryId } }) => {
  const delivery = state.deliveries.find(({ id }) => id === deliveryId)
  if (delivery === undefined) return refuse('delivery-not-found', { deliveryId })
  const event = state.events.find(({ id }) => id === delivery.eventId)
  return { status: 200, body: { ...presentDelivery(delivery), attempts: [], body: JSON.stringify(event) } }
}

export const replayWebhookDelivery: Answer<'replayWebhookDelivery'> = (shop, { path: { deliveryId } }) => {
  const { deliveries, endpoints, events } = shop.state
  const delivery = deliveries.find(({ id }) => id === deliveryId)
  if (delivery === undefined) return refuse('delivery-not-found', { deliveryId })
  const endpoint = endpoints.find(({ id }) => id === delivery.endpointId)!
  if (endpoint.status === 'disabled') return refuse('endpoint-disabled', { endpointId: endpoint.id })
  const event = events.find(({ id }) => id === delivery.eventId)!
  return { status: 202, body: presentDelivery(deliver(shop, endpoint, event)) }
}

/** It did not happen, and says so. */
export function sample<Type extends TaplineEventType>(shop: Shop, type: Type): EventOf<Type> {
  return recordEvent(shop, type, dataFor(type), null, true) as EventOf<Type>
}
