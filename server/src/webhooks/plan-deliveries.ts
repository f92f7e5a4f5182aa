import type { Transaction } from '../kernel/transaction.ts'
import { isOwnTrouble } from './domain/endpoint.ts'
import { eventTypeOf, isWanted, resourceOf, type Fact } from './domain/event.ts'
import type { DeliveryStore } from './ports/delivery-store.ts'
import type { EndpointStore } from './ports/endpoint-store.ts'
import type { EventStore } from './ports/event-store.ts'
import type { WriteEvent } from './ports/neighbours.ts'

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
  write: WriteEvent
  onFault: (error: unknown, fact: Fact) => void
}

/** A sink of the outbox: gives each event its place, and every endpoint that wants it a delivery, in the same transaction. */
export function planDeliveries({ events, endpoints, deliveries, write, onFault }: Dependencies) {
  /** Before it gets a number: one that nobody can write must not stop those behind it. */
  function canBeWritten(fact: Fact, currency: string): boolean {
    try {
      return write(fact, 0, currency) !== ''
    } catch (error) {
      onFault(error, fact)
      return false
    }
  }

  return async (transaction: Transaction, committed: CommittedEvent[]): Promise<void> => {
    const told = committed.filter(({ type }) => eventTypeOf(type) !== undefined)
    const projects = await events.projectsOf(transaction, [...new Set(told.map(({ projectId }) => projectId))]) // prettier-ignore
    const facts = new Map<string, Fact>()
    for (const { projectId, id, type: name, payload, occurredAt } of told) {
      const type = eventTypeOf(name)!
      const { currency, clockOffsetMs } = projects.get(projectId)!
      const fact: Fact = {
        id,
        type,
        projectId,
        resource: resourceOf(projectId, type, payload),
        payload,
        occurredAt: occurredAt.getTime() + clockOffsetMs,
        test: false,
      }
      if (canBeWritten(fact, currency)) facts.set(id, fact)
    }
    if (facts.size === 0) return
    const recorded = await events.record(transaction, [...facts.values()], (fact, sequence) =>
      write(fact, sequence, projects.get(fact.projectId)!.currency),
    )
    const known = await endpoints.lockAll(transaction, [...projects.keys()])
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
      known.filter(({ id }) => touched.has(id)).map(({ projectId, id }) => ({ projectId, id })),
    )
  }
}
