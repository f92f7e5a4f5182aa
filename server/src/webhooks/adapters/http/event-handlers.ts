import type { components } from '@tapline/openapi'
import type { Handlers } from '../../../http/handlers.ts'
import { isRefusal, refuse } from '../../../kernel/refusal.ts'
import type { RecordedEvent } from '../../domain/event.ts'
import type { followEvents } from '../../follow-events.ts'
import type { DeliveryStore } from '../../ports/delivery-store.ts'
import type { EventStore } from '../../ports/event-store.ts'
import type { replayEvents } from '../../replay-events.ts'
import type { sendSample } from '../../send-sample.ts'
import { presentAttempt, presentDelivery } from './present.ts'

type Dependencies = {
  events: EventStore
  deliveries: DeliveryStore
  sample: ReturnType<typeof sendSample>
  replay: ReturnType<typeof replayEvents>
  follow: ReturnType<typeof followEvents>
}

const PAGE = 50
const ATTEMPTS_SHOWN = 50

export function eventHandlers({
  events,
  deliveries,
  sample,
  replay,
  follow,
}: Dependencies): Pick<
  Handlers,
  | 'listEvents'
  | 'triggerEvent'
  | 'followEvents'
  | 'getEvent'
  | 'replayEvent'
  | 'listWebhookDeliveries'
  | 'getWebhookDelivery'
  | 'replayWebhookDelivery'
> {
  return {
    listEvents: async ({ caller: { projectId }, query: { type, customerId, limit = PAGE, cursor } }) => {
      const { data, nextCursor } = await events.list(projectId, { type, customerId }, limit, cursor)
      return { status: 200, body: { data: data.map(presentEvent), nextCursor } }
    },

    triggerEvent: async ({ caller: { projectId }, body: { type } }) => ({
      status: 202,
      body: presentEvent(await sample.toAll(projectId, type)),
    }),

    followEvents: async ({ caller: { projectId }, query: { after, waitSeconds = 0, limit = PAGE } }) => {
      const { events: came, position } = await follow(projectId, after, {
        waitMs: waitSeconds * 1_000,
        limit,
      })
      return { status: 200, body: { data: came.map(presentEvent), position } }
    },

    getEvent: async ({ caller: { projectId }, path: { eventId } }) => {
      const event = await events.find(projectId, eventId)
      return event === undefined
        ? refuse('event-not-found', { eventId })
        : { status: 200, body: presentEvent(event) }
    },

    replayEvent: async ({ caller: { projectId }, path: { eventId }, body }) => {
      const replayed = await replay.event(projectId, eventId, body?.endpointId)
      return isRefusal(replayed)
        ? replayed
        : { status: 202, body: { deliveries: replayed.map(presentDelivery) } }
    },

    listWebhookDeliveries: async ({
      caller: { projectId },
      query: { endpointId, eventId, status, limit = PAGE, cursor },
    }) => {
      const filter = { endpointId, eventId, status }
      const { data, nextCursor } = await deliveries.list(projectId, filter, limit, cursor)
      return { status: 200, body: { data: data.map(presentDelivery), nextCursor } }
    },

    getWebhookDelivery: async ({ caller: { projectId }, path: { deliveryId } }) => {
      const delivery = await deliveries.find(projectId, deliveryId)
      if (delivery === undefined) return refuse('delivery-not-found', { deliveryId })
      const [attempts, body] = await Promise.all([
        deliveries.attemptsOf(projectId, deliveryId, ATTEMPTS_SHOWN),
        deliveries.bodyOf(projectId, delivery.eventId),
      ])
      return {
        status: 200,
        body: { ...presentDelivery(delivery), attempts: attempts.map(presentAttempt), body },
      }
    },

    replayWebhookDelivery: async ({ caller: { projectId }, path: { deliveryId } }) => {
      const renewed = await replay.delivery(projectId, deliveryId)
      return isRefusal(renewed) ? renewed : { status: 202, body: presentDelivery(renewed) }
    },
  }
}

function presentEvent({ body }: RecordedEvent): components['schemas']['Event'] {
  return JSON.parse(body) as components['schemas']['Event']
}
