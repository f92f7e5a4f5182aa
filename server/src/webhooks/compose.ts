import { groupCommit } from '../inbox/group-commit.ts'
import type { NewId } from '../kernel/ids.ts'
import type { UnitOfWork } from '../kernel/transaction.ts'
import type { Sql } from '../postgres/sql.ts'
import type { Vault } from '../vault/vault.ts'
import { endpointHandlers } from './adapters/http/endpoint-handlers.ts'
import { eventHandlers } from './adapters/http/event-handlers.ts'
import { writeEvent } from './adapters/http/write-event.ts'
import { postgresDeliveryStore } from './adapters/postgres/postgres-delivery-store.ts'
import { postgresEndpointStore } from './adapters/postgres/postgres-endpoint-store.ts'
import { postgresEventStore } from './adapters/postgres/postgres-event-store.ts'
import { postgresReplayStore } from './adapters/postgres/postgres-replay-store.ts'
import { signEvent } from './adapters/sign-event.ts'
import { guardedSender } from './adapters/undici/guarded-sender.ts'
import { deliver } from './deliver.ts'
import type { Allowance } from './domain/allowance.ts'
import { followClock } from './follow-clock.ts'
import { followEvents } from './follow-events.ts'
import { manageEndpoints } from './manage-endpoints.ts'
import { planDeliveries } from './plan-deliveries.ts'
import type { Tried } from './ports/delivery-store.ts'
import type { Audit, Outbox } from './ports/neighbours.ts'
import type { SendOutcome } from './ports/sender.ts'
import { replayEvents } from './replay-events.ts'
import { sendSample } from './send-sample.ts'
import { settleTries } from './settle-tries.ts'

export type Webhooks = ReturnType<typeof composeWebhooks>

type Dependencies = {
  sql: Sql
  unitOfWork: UnitOfWork
  vault: Vault
  newId: NewId
  newSecret: () => string
  outbox: Outbox
  record: Audit
  allow: Allowance
  isStopping: () => boolean
  onFault: (error: unknown) => void
  onSent: (outcome: SendOutcome) => void
}

const RESULTS = { maxRowsPerFlush: 200, maxFlushes: 2, weigh: () => 1, capacity: 10_000 }
const USER_AGENT = 'Tapline-Webhooks/1'
const FORGOTTEN_AT_ONCE = 2_000

export function composeWebhooks(dependencies: Dependencies) {
  const { sql, unitOfWork, vault, newId, newSecret, outbox, record, allow } = dependencies
  const endpoints = postgresEndpointStore({ sql, vault })
  const events = postgresEventStore(sql)
  const deliveries = postgresDeliveryStore({ sql, unitOfWork, vault, newId })
  const replays = postgresReplayStore(sql)
  const sender = guardedSender({ allow })
  let nudge: () => void = () => undefined
  const wake = () => nudge()
  const now = () => Date.now()
  const write = writeEvent

  const settle = settleTries({ unitOfWork, deliveries, outbox, random: Math.random })
  const results = groupCommit<Tried, void>({
    ...RESULTS,
    write: async (tried) => {
      await settle(tried)
      return tried.map(() => undefined)
    },
  })
  const delivering = deliver({
    deliveries,
    sender,
    sign: signEvent,
    settle: (tried) => results.append([tried]),
    now,
    userAgent: USER_AGENT,
    onRoom: wake,
    onFault: dependencies.onFault,
    onSent: dependencies.onSent,
  })
  const replay = replayEvents({
    unitOfWork,
    events,
    endpoints,
    deliveries,
    replays,
    newId,
    now,
    wake,
  })
  const sample = sendSample({ unitOfWork, events, endpoints, deliveries, write, newId, now, wake })
  const manage = manageEndpoints({
    unitOfWork,
    endpoints,
    deliveries,
    drop: delivering.drop,
    record,
    allow,
    newId,
    newSecret,
    now,
    wake,
  })
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
  const follow = followEvents({ events, sleep, isStopping: dependencies.isStopping })

  return {
    plan: planDeliveries({
      events,
      endpoints,
      deliveries,
      write,
      onFault: (cause, { projectId, id, type }) =>
        dependencies.onFault(
          new Error(`The event ${id} (${type}) of ${projectId} cannot be written`, { cause }),
        ),
    }),
    deliver: delivering.next,
    wake,
    inFlight: delivering.inFlight,
    replayPiece: replay.nextPiece,
    forgetRemoved: () => endpoints.forgetRemoved(FORGOTTEN_AT_ONCE),
    forget: (days: number) => events.forget(days, FORGOTTEN_AT_ONCE),
    followClock: followClock({ unitOfWork, endpoints, wake }),
    troubled: endpoints.troubled,
    /** What waits of a project, and how many of its endpoints do not answer. */
    waiting: endpoints.waiting,
    /** Whoever runs the deliveries looks at once when there may be something. */
    onWake: (look: () => void) => {
      nudge = look
    },
    async stop() {
      await delivering.drained()
      await sender.close()
    },
    handlers: {
      ...endpointHandlers({ endpoints, manage, sample, replay, replays }),
      ...eventHandlers({ events, deliveries, sample, replay, follow }),
    },
  }
}
