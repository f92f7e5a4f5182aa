import type { Instant } from '../kernel/clock.ts'
import { refuse, type Refusal } from '../kernel/refusal.ts'
import type { UnitOfWork } from '../kernel/transaction.ts'
import { isOwnTrouble, type WebhookRefusalCode } from './domain/endpoint.ts'
import { isWanted, unknownFilters } from './domain/event.ts'
import type { Delivery, DeliveryStore } from './ports/delivery-store.ts'
import type { EndpointStore } from './ports/endpoint-store.ts'
import type { EventStore } from './ports/event-store.ts'
import type { Replay, ReplayFilter, ReplayStore } from './ports/replay-store.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  events: EventStore
  endpoints: EndpointStore
  deliveries: DeliveryStore
  replays: ReplayStore
  newId: (kind: 'replay') => string
  now: () => Instant
  wake: () => void
}

const PIECE = 200
/** A replay waits while so many of its endpoint's deliveries do: what is new must not stand behind all that is old. */
const MOST_WAITING = 400

/** What was sent, or was not, goes out again under its old id: one delivery, one event, or all that match. */
export function replayEvents(dependencies: Dependencies) {
  const { unitOfWork, events, endpoints, deliveries, replays, newId, now, wake } = dependencies

  return {
    async delivery(projectId: string, id: string): Promise<Delivery | Refusal<WebhookRefusalCode>> {
      const known = await deliveries.find(projectId, id)
      if (known === undefined) return refuse('delivery-not-found', { deliveryId: id })
      const renewed = await this.event(projectId, known.eventId, known.endpointId)
      // Its endpoint may have been removed since.
      return 'refused' in renewed ? renewed : (renewed[0] ?? refuse('delivery-not-found', { deliveryId: id }))
    },

    async event(
      projectId: string,
      eventId: string,
      endpointId: string | undefined,
    ): Promise<Delivery[] | Refusal<WebhookRefusalCode>> {
      const event = await events.find(projectId, eventId)
      if (event === undefined) return refuse('event-not-found', { eventId })
      const { data } = JSON.parse(event.body) as { data: Record<string, unknown> }
      const ids = await unitOfWork(async (transaction): Promise<string[] | Refusal<WebhookRefusalCode>> => {
        const known = await endpoints.lockAll(transaction, [projectId])
        const named = known.find(({ id }) => id === endpointId)
        if (endpointId !== undefined && named === undefined)
          return refuse('endpoint-not-found', { endpointId })
        if (named?.status === 'disabled') return refuse('endpoint-disabled', { endpointId: named.id })
        const wanting = known.filter(
          ({ id, status, events: wanted }) =>
            status === 'enabled' && isWanted(wanted, event.type) && !isOwnTrouble(id, data),
        )
        const to = (named === undefined ? wanting : [named]).map(({ id }) => id)
        const renewed = await deliveries.renew(
          transaction,
          to.map((id) => ({ projectId, endpointId: id, eventId, forced: true, dueAt: 0 })),
        )
        await endpoints.planNext(transaction, to.map((id) => ({ projectId, id }))) // prettier-ignore
        return renewed
      })
      if ('refused' in ids) return ids
      wake()
      const found = await Promise.all(ids.map((id) => deliveries.find(projectId, id)))
      return found.filter((delivery) => delivery !== undefined)
    },

    async many(
      projectId: string,
      endpointId: string,
      filter: Partial<ReplayFilter>,
    ): Promise<Replay | Refusal<WebhookRefusalCode>> {
      const unknown = unknownFilters(filter.types ?? [])
      if (unknown.length > 0) return refuse('event-type-unknown', { types: unknown })
      return unitOfWork(async (transaction): Promise<Replay | Refusal<WebhookRefusalCode>> => {
        const endpoint = await endpoints.lock(transaction, projectId, endpointId)
        if (endpoint === undefined) return refuse('endpoint-not-found', { endpointId })
        if (endpoint.status === 'disabled') return refuse('endpoint-disabled', { endpointId })
        if (await replays.isRunning(transaction, projectId, endpointId))
          return refuse('replay-running', { endpointId })
        const { clockOffsetMs } = (await events.projectsOf(transaction, [projectId])).get(projectId)!
        return replays.insert(transaction, {
          projectId,
          id: newId('replay'),
          endpointId,
          from: filter.from ?? null,
          until: filter.until ?? now() + clockOffsetMs,
          types: filter.types ?? endpoint.events,
          statuses: filter.statuses ?? ['failed', 'never'],
        })
      })
    },

    /** The next piece of some replay; true when there may be more. */
    async nextPiece(): Promise<boolean> {
      const worked = await unitOfWork(async (transaction) => {
        const replay = await replays.lockNext(transaction, MOST_WAITING)
        if (replay === undefined) return false
        const { projectId, endpointId } = replay
        const { clockOffsetMs } = (await events.projectsOf(transaction, [projectId])).get(projectId)!
        const piece = await replays.eventsOf(transaction, replay, PIECE)
        await endpoints.lock(transaction, projectId, endpointId)
        const dueAt = now() + clockOffsetMs
        await deliveries.renew(
          transaction,
          piece.map(({ id: eventId }) => ({ projectId, endpointId, eventId, forced: false, dueAt })),
        )
        await endpoints.planNext(transaction, [{ projectId, id: endpointId }])
        await replays.advance(transaction, replay, {
          after: piece.at(-1)?.position ?? replay.after,
          replayed: piece.length,
          finished: piece.length < PIECE,
        })
        return true
      })
      if (worked) wake()
      return worked
    },
  }
}
