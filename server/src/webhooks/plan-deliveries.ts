import type { Transaction } from '../kernel/transaction.ts'
import { isOwnTrouble } from './domain/endpoint.ts'
import { eventTypeOf, isWanted, resourceOf, type Fact } from './domain/event.ts'
import type { DeliveryStore } from './ports/delivery-store.ts'
import type { EndpointStore } from './ports/endpoint-store.ts'
import type { EventStore } from './ports/event-store.ts'
import type { Projects, WriteEvent } from './ports/neighbours.ts'

export type CommittedEvent = {
  projectId: string
  id: string
  type: string
  payload: Record<string, unknown>
  occurredAt: Date
}

type Dependencies = {
  events: EventStore
  endpoints: EndpointStore
  deliveries: DeliveryStore
  projects: Projects
  write: WriteEvent
}

/** A sink of the outbox: gives each event its place, and every endpoint that wants it a delivery, in the same transaction. */
export function planDeliveries({ events, endpoints, deliveries, projects, write }: Dependencies) {
  return async (transaction: Transaction, committed: CommittedEvent[]): Promise<void> => {
    const facts = new Map<string, Fact>()
    const clocks = new Map<string, { currency: string; clockOffsetMs: number }>()
    for (const { projectId, id, type: told, payload, occurredAt } of committed) {
      const type = eventTypeOf(told)
      if (type === undefined) continue
      if (!clocks.has(projectId)) clocks.set(projectId, await projects.facts(projectId))
      facts.set(id, {
        id,
        type,
        projectId,
        resource: resourceOf(projectId, type, payload),
        payload,
        occurredAt: occurredAt.getTime() + clocks.get(projectId)!.clockOffsetMs,
        test: false,
      })
    }
    if (facts.size === 0) return
    const recorded = await events.record(transaction, [...facts.values()], (fact, sequence) =>
      write(fact, sequence, clocks.get(fact.projectId)!.currency),
    )
    const known = await endpoints.lockAll(transaction, [...clocks.keys()])
    const wanted = recorded.flatMap(({ projectId, id: eventId, type }) => {
      const { occurredAt, payload } = facts.get(eventId)!
      return known
        .filter((endpoint) => endpoint.projectId === projectId && isWanted(endpoint.events, type))
        .filter(({ id }) => !isOwnTrouble(id, payload))
        .map(({ id: endpointId }) => ({ projectId, endpointId, eventId, forced: false, dueAt: occurredAt }))
    })
    await deliveries.add(transaction, wanted)
    const touched = new Set(wanted.map(({ endpointId }) => endpointId))
    await endpoints.planNext(
      transaction,
      known
        .filter(({ id }) => touched.has(id))
        .map(({ projectId, id }) => ({ projectId, id, clockOffsetMs: clocks.get(projectId)!.clockOffsetMs })),
    )
  }
}
