import type { EventOf, TaplineEvent, TaplineEventType } from '@tapline/client'
import { formatMoney } from '../money.ts'
import type { Instant, Shop } from '../state.ts'
import { plan } from './deliveries.ts'

/** What an event says, in minor units and instants; what is no field of its contract is left away. */
export type Fact = { type: TaplineEventType } & Record<string, unknown>

type Data = TaplineEvent['data']
type Named = Partial<EventOf<'order.rejected'>['data'] & { customerId: string; endpointId: string }>

/** Gives each fact its place among the others of its resource, and every endpoint that wants it a delivery. */
export function recordEvents(shop: Shop, facts: readonly Fact[], version: number | null): TaplineEvent[] {
  return facts.map(({ type, ...fact }) =>
    recordEvent(shop, type, dataOf(fact, shop.state.currency), version, false),
  )
}

export function recordEvent(
  shop: Shop,
  type: TaplineEventType,
  data: Data,
  version: number | null,
  test: boolean,
): TaplineEvent {
  const { state } = shop
  const resource = resourceOf(state.projectId, type, data, version)
  const key = `${resource.type} ${resource.id}`
  const sequence = (state.sequences.get(key) ?? 0) + 1
  state.sequences.set(key, sequence)
  const event = {
    id: shop.newId('event'),
    type,
    timestamp: new Date(shop.now()).toISOString(),
    projectId: state.projectId,
    resource,
    sequence,
    test,
    data,
  } as TaplineEvent
  state.events.push(event)
  if (!test) plan(shop, event)
  return event
}

function resourceOf(
  projectId: string,
  type: TaplineEventType,
  data: Data,
  version: number | null,
): TaplineEvent['resource'] {
  const { customerId, endpointId, orderId, storefront, inboxItemId = '' } = data as Named
  if (customerId !== undefined) return { type: 'customer', id: customerId, version }
  if (endpointId !== undefined) return { type: 'endpoint', id: endpointId, version: null }
  if (type === 'order.rejected')
    return { type: 'order', id: orderId == null ? inboxItemId : `${storefront}/${orderId}`, version: null }
  return { type: 'project', id: projectId, version: null }
}

const MOMENTS: ReadonlySet<string> = new Set(['activatesAt', 'expiresAt', 'at'])

/** `availableMinor: 4000` becomes `available: "40.00"`, an instant a time, basis points a percent. */
function dataOf(fact: Record<string, unknown>, currency: string): Data {
  const told = Object.entries(fact).map(([name, value]) => {
    if (name.endsWith('Minor'))
      return [name.slice(0, -'Minor'.length), value === null ? null : formatMoney(value as number, currency)]
    if (name === 'percentBp') return ['percent', (value as number) / 100]
    if (MOMENTS.has(name) && value !== null) return [name, new Date(value as Instant).toISOString()]
    return [name, value]
  })
  const isOfMoney = 'amountMinor' in fact
  return { ...Object.fromEntries(told), ...(isOfMoney && { currency }) } as Data
}
