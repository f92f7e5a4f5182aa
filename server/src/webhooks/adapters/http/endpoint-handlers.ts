import type { Handlers } from '../../../http/handlers.ts'
import { isRefusal, refuse } from '../../../kernel/refusal.ts'
import type { manageEndpoints } from '../../manage-endpoints.ts'
import type { EndpointStore } from '../../ports/endpoint-store.ts'
import type { ReplayStore } from '../../ports/replay-store.ts'
import type { replayEvents } from '../../replay-events.ts'
import type { sendSample } from '../../send-sample.ts'
import { presentDelivery, presentEndpoint, presentReplay } from './present.ts'

type Dependencies = {
  endpoints: EndpointStore
  manage: ReturnType<typeof manageEndpoints>
  sample: ReturnType<typeof sendSample>
  replay: ReturnType<typeof replayEvents>
  replays: ReplayStore
}

const PAGE = 50

export function endpointHandlers({
  endpoints,
  manage,
  sample,
  replay,
  replays,
}: Dependencies): Pick<
  Handlers,
  | 'listWebhookEndpoints'
  | 'createWebhookEndpoint'
  | 'getWebhookEndpoint'
  | 'updateWebhookEndpoint'
  | 'deleteWebhookEndpoint'
  | 'rotateWebhookSecret'
  | 'testWebhookEndpoint'
  | 'replayToWebhookEndpoint'
  | 'listWebhookReplays'
  | 'getWebhookReplay'
> {
  return {
    listWebhookEndpoints: async ({ caller: { projectId }, query: { limit = PAGE, cursor } }) => {
      const { data, nextCursor } = await endpoints.list(projectId, limit, cursor)
      return { status: 200, body: { data: data.map(presentEndpoint), nextCursor } }
    },

    createWebhookEndpoint: async ({ caller: { projectId }, body }) => {
      const { url, description = null, events = [], enabled = true } = body
      const created = await manage.create(projectId, { url, description, events, enabled })
      if (isRefusal(created)) return created
      return { status: 201, body: { ...presentEndpoint(created), secret: created.secret } }
    },

    getWebhookEndpoint: async ({ caller: { projectId }, path: { endpointId } }) => {
      const endpoint = await endpoints.find(projectId, endpointId)
      return endpoint === undefined
        ? refuse('endpoint-not-found', { endpointId })
        : { status: 200, body: presentEndpoint(endpoint) }
    },

    updateWebhookEndpoint: async ({ caller: { projectId }, path: { endpointId }, body }) => {
      const updated = await manage.update(projectId, endpointId, body)
      return isRefusal(updated) ? updated : { status: 200, body: presentEndpoint(updated) }
    },

    deleteWebhookEndpoint: async ({ caller: { projectId }, path: { endpointId } }) =>
      (await manage.remove(projectId, endpointId)) ?? { status: 204 },

    rotateWebhookSecret: async ({ caller: { projectId }, path: { endpointId }, body }) => {
      const rotated = await manage.rotate(projectId, endpointId, body ?? {})
      if (isRefusal(rotated)) return rotated
      return { status: 201, body: { ...presentEndpoint(rotated), secret: rotated.secret } }
    },

    testWebhookEndpoint: async ({ caller: { projectId }, path: { endpointId }, body }) => {
      const delivery = await sample.toOne(projectId, endpointId, body?.type ?? 'webhook.test')
      return isRefusal(delivery) ? delivery : { status: 202, body: presentDelivery(delivery) }
    },

    replayToWebhookEndpoint: async ({ caller: { projectId }, path: { endpointId }, body }) => {
      const { from, until, types, statuses } = body ?? {}
      if ([from, until].some((time) => time !== undefined && !isStorable(Date.parse(time))))
        return refuse('invalid-request')
      const begun = await replay.many(projectId, endpointId, {
        ...(from !== undefined && { from: Date.parse(from) }),
        ...(until !== undefined && { until: Date.parse(until) }),
        ...(types !== undefined && { types }),
        ...(statuses !== undefined && statuses.length > 0 && { statuses }),
      })
      return isRefusal(begun) ? begun : { status: 202, body: presentReplay(begun) }
    },

    listWebhookReplays: async ({ caller: { projectId }, query: { endpointId, limit = PAGE, cursor } }) => {
      const { data, nextCursor } = await replays.list(projectId, endpointId, limit, cursor)
      return { status: 200, body: { data: data.map(presentReplay), nextCursor } }
    },

    getWebhookReplay: async ({ caller: { projectId }, path: { replayId } }) => {
      const found = await replays.find(projectId, replayId)
      return found === undefined
        ? refuse('replay-not-found', { replayId })
        : { status: 200, body: presentReplay(found) }
    },
  }
}

/** A leap second is no moment that can be compared; years of five digits are none of the contract's. */
function isStorable(instant: number): boolean {
  return instant >= Date.UTC(1970, 0) && instant < Date.UTC(10_000, 0)
}
