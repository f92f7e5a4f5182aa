import type { Instant } from '../../kernel/clock.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { Fact } from '../domain/event.ts'

export type ProjectFacts = { currency: string; clockOffsetMs: number }

export type EndpointEvent = {
  type: 'endpoint.failing' | 'endpoint.disabled' | 'endpoint.recovered'
  endpointId: string
  url: string
  failedSince: Instant | null
  lastError: string | null
  heldCount: number
  reason?: 'gone' | 'failing'
  /** Its owner was told lately. */
  quiet: boolean
}

/** Where what happens to endpoints becomes a fact like any other. */
export type Outbox = {
  add(transaction: Transaction, projectId: string, events: EndpointEvent[]): Promise<void>
}

/** The project's audit log. */
export type Audit = (
  transaction: Transaction,
  projectId: string,
  action: string,
  details: Record<string, unknown>,
) => Promise<void>

/** A fact as the contract has it, byte for byte. */
export type WriteEvent = (fact: Fact, sequence: number, currency: string) => string
