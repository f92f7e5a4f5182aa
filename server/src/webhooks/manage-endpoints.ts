import type { Instant } from '../kernel/clock.ts'
import { isRefusal, refuse, type Refusal } from '../kernel/refusal.ts'
import type { UnitOfWork } from '../kernel/transaction.ts'
import type { Allowance } from './domain/allowance.ts'
import { checkUrl } from './domain/check-url.ts'
import { MOST_ENDPOINTS, type Endpoint, type WebhookRefusalCode } from './domain/endpoint.ts'
import { unknownFilters } from './domain/event.ts'
import { HEALTHY } from './domain/health.ts'
import type { DeliveryStore } from './ports/delivery-store.ts'
import type { EndpointStore, ShownEndpoint } from './ports/endpoint-store.ts'
import type { Audit } from './ports/neighbours.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  endpoints: EndpointStore
  deliveries: Pick<DeliveryStore, 'hurry'>
  record: Audit
  allow: Allowance
  newId: (kind: 'endpoint') => string
  newSecret: () => string
  now: () => Instant
  /** What this process has at hand for it was meant for what it was. */
  drop: (endpointId: string) => void
  /** There may be something to send. */
  wake: () => void
}
type Wish = { url: string; description: string | null; events: string[]; enabled: boolean }
export type WithSecret = ShownEndpoint & { secret: string }

const DAY_SECONDS = 86_400
const MOST_SECRETS = 10

/** Where a project's events go: made, changed, given new secrets, removed. */
export function manageEndpoints(dependencies: Dependencies) {
  const { unitOfWork, endpoints, deliveries, record, allow, newId, newSecret, now, drop, wake } = dependencies

  function checkTypes(events: string[]): Refusal<WebhookRefusalCode> | undefined {
    const unknown = unknownFilters(events)
    return unknown.length === 0 ? undefined : refuse('event-type-unknown', { types: unknown })
  }

  return {
    async create(projectId: string, wish: Wish): Promise<WithSecret | Refusal<WebhookRefusalCode>> {
      const checked = checkTypes(wish.events) ?? checkUrl(wish.url, allow)
      if (isRefusal(checked)) return checked
      const [id, secret] = [newId('endpoint'), newSecret()]
      const refused = await unitOfWork(async (transaction) => {
        if ((await endpoints.count(transaction, projectId)) >= MOST_ENDPOINTS)
          return refuse('too-many-endpoints' as const, { most: MOST_ENDPOINTS })
        await endpoints.insert(transaction, {
          projectId,
          id,
          url: checked.url,
          description: wish.description,
          events: wish.events,
          ...(wish.enabled
            ? { status: 'enabled', disabledBecause: null }
            : { status: 'disabled', disabledBecause: 'owner' }),
          health: HEALTHY,
          secrets: [{ value: secret, expiresAt: null }],
        })
        await record(transaction, projectId, 'webhook-endpoint.created', { endpointId: id, url: checked.url })
        return undefined
      })
      return refused ?? { ...(await endpoints.find(projectId, id))!, secret }
    },

    async update(
      projectId: string,
      id: string,
      wish: Partial<Wish>,
    ): Promise<ShownEndpoint | Refusal<WebhookRefusalCode>> {
      const refused = await unitOfWork(
        async (transaction): Promise<Refusal<WebhookRefusalCode> | undefined> => {
          const endpoint = await endpoints.lock(transaction, projectId, id)
          if (endpoint === undefined) return refuse('endpoint-not-found', { endpointId: id })
          const { enabled, ...rest } = wish
          const changed = { ...endpoint, ...defined(rest), ...standing(endpoint, enabled, wish.url) }
          // An address that the host no longer allows can still be switched off.
          const checked =
            checkTypes(changed.events) ??
            (wish.url === undefined ? { url: endpoint.url } : checkUrl(wish.url, allow))
          if (isRefusal(checked)) return checked
          await endpoints.write(transaction, endpoint, { ...changed, url: checked.url })
          if (enabled === true) await deliveries.hurry(transaction, endpoint)
          await endpoints.planNext(transaction, [{ projectId, id }])
          await record(transaction, projectId, 'webhook-endpoint.updated', {
            endpointId: id,
            ...defined(wish),
          })
          return undefined
        },
      )
      if (refused !== undefined) return refused
      drop(id)
      wake()
      return (await endpoints.find(projectId, id)) ?? refuse('endpoint-not-found', { endpointId: id })
    },

    async remove(projectId: string, id: string): Promise<Refusal<WebhookRefusalCode> | undefined> {
      const refused = await unitOfWork(async (transaction) => {
        if (!(await endpoints.remove(transaction, projectId, id)))
          return refuse('endpoint-not-found' as const, { endpointId: id })
        await record(transaction, projectId, 'webhook-endpoint.removed', { endpointId: id })
        return undefined
      })
      drop(id)
      return refused
    },

    async rotate(
      projectId: string,
      id: string,
      { overlapSeconds = DAY_SECONDS, force = false }: { overlapSeconds?: number; force?: boolean },
    ): Promise<WithSecret | Refusal<WebhookRefusalCode>> {
      const secret = newSecret()
      const refused = await unitOfWork(
        async (transaction): Promise<Refusal<WebhookRefusalCode> | undefined> => {
          const endpoint = await endpoints.lock(transaction, projectId, id)
          if (endpoint === undefined) return refuse('endpoint-not-found', { endpointId: id })
          const realNow = now()
          const live = endpoint.secrets.filter(({ expiresAt }) => expiresAt === null || expiresAt > realNow)
          const until = live.find(({ expiresAt }) => expiresAt !== null)?.expiresAt
          if (until !== undefined && !force)
            return refuse('rotation-in-progress', { until: new Date(until!).toISOString() })
          const older = live
            .filter(({ expiresAt }) => expiresAt === null && overlapSeconds > 0)
            .map(({ value }) => ({ value, expiresAt: realNow + overlapSeconds * 1_000 }))
          await endpoints.writeSecrets(transaction, endpoint, [{ value: secret, expiresAt: null }, ...older].slice(0, MOST_SECRETS)) // prettier-ignore
          await record(transaction, projectId, 'webhook-endpoint.secret-rotated', { endpointId: id, overlapSeconds, force }) // prettier-ignore
          return undefined
        },
      )
      drop(id)
      return refused ?? { ...(await endpoints.find(projectId, id))!, secret }
    },
  }
}

/** Enabled anew, or sent elsewhere, it begins without a past. */
function standing(
  { status, disabledBecause, health, url: was }: Endpoint,
  enabled: boolean | undefined,
  url: string | undefined,
): Pick<Endpoint, 'status' | 'disabledBecause' | 'health'> {
  if (enabled === false && status === 'enabled')
    return { status: 'disabled', disabledBecause: 'owner', health }
  const begins = enabled === true || (url !== undefined && url !== was)
  if (enabled === true) return { status: 'enabled', disabledBecause: null, health: HEALTHY }
  return { status, disabledBecause, health: begins ? HEALTHY : health }
}

function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Partial<T>
}
