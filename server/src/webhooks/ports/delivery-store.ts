import type { Instant } from '../../kernel/clock.ts'
import type { Page } from '../../kernel/page.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { Endpoint, EndpointSecret } from '../domain/endpoint.ts'
import type { Health } from '../domain/health.ts'
import type { EndpointKey } from './endpoint-store.ts'
import type { SendOutcome } from './sender.ts'

export type NewDelivery = { projectId: string; endpointId: string; eventId: string; forced: boolean }

export type Delivery = {
  projectId: string
  id: string
  endpointId: string
  eventId: string
  eventType: string
  status: 'waiting' | 'held' | 'delivered' | 'failed'
  attemptsCount: number
  nextAttemptAt: Date | null
  lastError: string | null
  createdAt: Date
  finishedAt: Date | null
}

/** One delivery that was taken out to be sent. */
export type Claimed = {
  projectId: string
  id: string
  endpointId: string
  eventId: string
  url: string
  secrets: EndpointSecret[]
  body: string
  /** The endpoint is failing: this tries whether it still does. */
  probe: boolean
}

export type Settled = {
  endpoint: EndpointKey & {
    status: 'enabled' | 'disabled'
    disabledBecause: Endpoint['disabledBecause']
    health: Health
  }
  deliveries: {
    id: string
    status: 'waiting' | 'delivered' | 'failed'
    attempts: number
    nextAttemptAt: Instant
    lastError: string | null
  }[]
}

export type Attempt = SendOutcome & { number: number; at: Date; url: string }
export type Tried = { claimed: Claimed; at: Instant; outcome: SendOutcome }
/** What is known of a delivery whose attempt has ended. */
export type InTry = { id: string; attempts: number }

export type DeliveryFilter = {
  endpointId: string | undefined
  eventId: string | undefined
  status: Delivery['status'] | undefined
}

export type DeliveryStore = {
  /** Once for each endpoint and event; answers the ids of those that are new. */
  add(transaction: Transaction, deliveries: (NewDelivery & { dueAt: Instant })[]): Promise<string[]>
  /** Begins anew: now, with all attempts before it; made where it was not. Answers their ids. */
  renew(transaction: Transaction, deliveries: (NewDelivery & { dueAt: Instant })[]): Promise<string[]>
  find(projectId: string, id: string): Promise<Delivery | undefined>
  list(
    projectId: string,
    filter: DeliveryFilter,
    limit: number,
    cursor: string | undefined,
  ): Promise<Page<Delivery>>
  attemptsOf(projectId: string, id: string, limit: number): Promise<Attempt[]>
  bodyOf(projectId: string, eventId: string): Promise<string>

  /** Takes out what is due: of each endpoint at most its share, of all at most `room`. Each may be sent for as long as the hold. */
  claim(wish: {
    room: number
    share: number
    shares: Readonly<Record<string, number>>
    /** They have something to do already: others come before them. */
    busy: readonly string[]
    /** They have more than their part already. */
    fullProjects: readonly string[]
    holdMs: number
  }): Promise<{ claimed: Claimed[]; more: boolean }>
  /** Of deliveries that were tried: locks their endpoints, and answers what the domain has to know. */
  lockTried(
    transaction: Transaction,
    tried: Tried[],
  ): Promise<{ endpoints: (Endpoint & { now: Instant })[]; deliveries: Map<string, InTry> }>
  /** What waits for its next try is tried now: of a locked endpoint that works again. */
  hurry(transaction: Transaction, endpoint: EndpointKey): Promise<void>
  /** What was taken out and will not be sent here: it is due again. */
  release(deliveries: Pick<Claimed, 'projectId' | 'id' | 'endpointId'>[]): Promise<void>
  waitingOf(transaction: Transaction, endpoint: EndpointKey): Promise<number>
  settle(transaction: Transaction, tried: Tried[], settled: Settled[]): Promise<void>
}
