import type { Instant } from '../kernel/clock.ts'
import type { UnitOfWork } from '../kernel/transaction.ts'
import type { Endpoint } from './domain/endpoint.ts'
import { afterAttempt } from './domain/health.ts'
import { waitMs } from './domain/schedule.ts'
import type { DeliveryStore, Settled, Tried } from './ports/delivery-store.ts'
import type { EndpointEvent, Outbox } from './ports/neighbours.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  deliveries: DeliveryStore
  outbox: Outbox
  random: () => number
}
type Turned = Omit<EndpointEvent, 'heldCount' | 'quiet'> & { endpoint: Endpoint }

/** An endpoint that fails and recovers by turns is told to its owner once an hour. */
const QUIET_MS = 3_600_000

/** Writes down what became of what was sent: each attempt, when to try again, and how the endpoint fares by now. */
export function settleTries({ unitOfWork, deliveries, outbox, random }: Dependencies) {
  return (tried: Tried[]): Promise<void> =>
    unitOfWork(async (transaction) => {
      const { endpoints, deliveries: waiting } = await deliveries.lockTried(transaction, tried)
      const turned: (Turned & { quiet: boolean })[] = []
      const recovered: Endpoint[] = []
      const settled = endpoints.map(({ now, ...endpoint }): Settled => {
        const own = tried.filter(({ claimed }) => claimed.endpointId === endpoint.id)
        let { health, status, disabledBecause } = endpoint
        const settledDeliveries = own
          .sort((left, right) => left.at - right.at)
          .flatMap(({ claimed, at, outcome }) => {
            // What was sent to another address, or before it was enabled anew, says nothing of how it is now.
            const isOfBefore = claimed.url !== endpoint.url || at < endpoint.updatedAt.getTime()
            // Nor does what was on its way when it began to fail: else it would fail and recover by turns.
            const isOld = health.state === 'failing' && !claimed.probe
            if (!isOfBefore && !isOld) {
              const { health: after, turned: turn } = afterAttempt(health, outcome, now)
              const failedSince = after.failedSince ?? health.failedSince
              const quiet = turn === 'failing' && now - (health.announcedAt ?? -Infinity) < QUIET_MS
              const event = eventOf(turn, endpoint, failedSince, outcome.error)
              if (event !== undefined && status === 'enabled')
                turned.push({ ...event, quiet: quiet || health.quiet === true })
              if (turn === 'gone' || turn === 'given-up') {
                if (status === 'enabled') disabledBecause = turn === 'gone' ? 'gone' : 'failing'
                status = 'disabled'
              }
              health = after
              if (turn === 'failing')
                health = { ...health, quiet, announcedAt: quiet ? (health.announcedAt ?? now) : now }
              if (turn === 'recovered') recovered.push(endpoint)
            }
            const delivery = waiting.get(claimed.id)
            return delivery === undefined
              ? []
              : [
                  {
                    id: claimed.id,
                    lastError: outcome.error,
                    ...next(delivery.attempts, claimed.probe, outcome, now),
                  },
                ]
          })
        return {
          endpoint: { projectId: endpoint.projectId, id: endpoint.id, status, disabledBecause, health },
          deliveries: settledDeliveries,
        }
      })
      for (const endpoint of recovered) await deliveries.hurry(transaction, endpoint)
      await deliveries.settle(transaction, tried, settled)
      for (const { endpoint, ...event } of turned) {
        const heldCount = await deliveries.waitingOf(transaction, endpoint)
        await outbox.add(transaction, endpoint.projectId, [{ ...event, heldCount }])
      }
    })

  /** A probe asks about the endpoint: what it carries keeps its attempts. */
  function next(attempts: number, probe: boolean, { error, retryAfterMs }: Tried['outcome'], now: Instant) {
    if (error === null) return { status: 'delivered' as const, attempts: attempts + 1, nextAttemptAt: now }
    if (probe) return { status: 'waiting' as const, attempts, nextAttemptAt: now }
    const wait = waitMs({ attempts: attempts + 1, retryAfterMs, random: random() })
    return wait === undefined
      ? { status: 'failed' as const, attempts: attempts + 1, nextAttemptAt: now }
      : { status: 'waiting' as const, attempts: attempts + 1, nextAttemptAt: now + wait }
  }
}

function eventOf(
  turn: ReturnType<typeof afterAttempt>['turned'],
  endpoint: Endpoint,
  failedSince: Instant | null,
  lastError: string | null,
): Turned | undefined {
  if (turn === null) return undefined
  const about = { endpoint, endpointId: endpoint.id, url: endpoint.url, failedSince, lastError }
  if (turn === 'failing') return { type: 'endpoint.failing', ...about }
  if (turn === 'recovered') return { type: 'endpoint.recovered', ...about }
  return { type: 'endpoint.disabled', ...about, reason: turn === 'gone' ? 'gone' : 'failing' }
}
