import type { Instant } from '../kernel/clock.ts'
import { refuse, type Refusal } from '../kernel/refusal.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import type { WebhookRefusalCode } from './domain/endpoint.ts'
import { isWanted, resourceOf, type EventType, type RecordedEvent } from './domain/event.ts'
import { samplePayload } from './domain/sample-payload.ts'
import type { Delivery, DeliveryStore } from './ports/delivery-store.ts'
import type { EndpointStore } from './ports/endpoint-store.ts'
import type { EventStore } from './ports/event-store.ts'
import type { WriteEvent } from './ports/neighbours.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  events: EventStore
  endpoints: EndpointStore
  deliveries: DeliveryStore
  write: WriteEvent
  newId: (kind: 'event') => string
  now: () => Instant
  wake: () => void
}

/** Events that did not happen, so that a receiver can be tried; each says so of itself. */
export function sendSample({
  unitOfWork,
  events,
  endpoints,
  deliveries,
  write,
  newId,
  now,
  wake,
}: Dependencies) {
  async function record(
    transaction: Transaction,
    projectId: string,
    type: EventType,
  ): Promise<RecordedEvent> {
    const { currency, clockOffsetMs } = (await events.projectsOf(transaction, [projectId])).get(projectId)!
    const occurredAt = now() + clockOffsetMs
    const payload = samplePayload(type, occurredAt)
    const fact = {
      id: newId('event'),
      type,
      projectId,
      resource: resourceOf(projectId, type, payload),
      payload,
      occurredAt,
      test: true,
    }
    const [event] = await events.record(transaction, [fact], (one, sequence) =>
      write(one, sequence, currency),
    )
    return event!
  }

  /** Ahead of all that waits, also where the endpoint is failing. */
  async function force(transaction: Transaction, projectId: string, eventId: string, endpointIds: string[]) {
    const ids = await deliveries.add(
      transaction,
      endpointIds.map((endpointId) => ({ projectId, endpointId, eventId, forced: true, dueAt: 0 })),
    )
    await endpoints.planNext(transaction, endpointIds.map((id) => ({ projectId, id }))) // prettier-ignore
    return ids
  }

  return {
    /** To everybody who wants the type. */
    async toAll(projectId: string, type: EventType): Promise<RecordedEvent> {
      const event = await unitOfWork(async (transaction) => {
        const recorded = await record(transaction, projectId, type)
        const known = await endpoints.lockAll(transaction, [projectId])
        const wanting = known.filter(({ events: wanted }) => isWanted(wanted, type))
        await force(transaction, projectId, recorded.id, wanting.map(({ id }) => id)) // prettier-ignore
        return recorded
      })
      wake()
      return event
    },

    /** To one, whatever it wants. */
    async toOne(
      projectId: string,
      endpointId: string,
      type: EventType,
    ): Promise<Delivery | Refusal<WebhookRefusalCode>> {
      const known = await endpoints.find(projectId, endpointId)
      if (known === undefined) return refuse('endpoint-not-found', { endpointId })
      if (known.status === 'disabled') return refuse('endpoint-disabled', { endpointId })
      const sent = await unitOfWork(async (transaction): Promise<string | Refusal<WebhookRefusalCode>> => {
        // The number first, then the endpoint, as the relay does: the other way round they wait for each other.
        const event = await record(transaction, projectId, type)
        const endpoint = await endpoints.lock(transaction, projectId, endpointId)
        if (endpoint === undefined) return refuse('endpoint-not-found', { endpointId })
        const [id] = await force(transaction, projectId, event.id, [endpointId])
        return id!
      })
      if (typeof sent !== 'string') return sent
      wake()
      return (await deliveries.find(projectId, sent)) ?? refuse('endpoint-not-found', { endpointId })
    },
  }
}
