import type { Instant } from '../../kernel/clock.ts'
import type { Health } from './health.ts'

export type EndpointSecret = {
  value: string
  /** By the real clock; set on one that a rotation replaced. */
  expiresAt: Instant | null
}

/** Where a project wants its events. */
export type Endpoint = {
  projectId: string
  id: string
  url: string
  description: string | null
  events: string[]
  status: 'enabled' | 'disabled'
  disabledBecause: 'owner' | 'gone' | 'failing' | null
  health: Health
  createdAt: Date
  updatedAt: Date
}

export type WebhookRefusalCode =
  | 'endpoint-not-found'
  | 'endpoint-disabled'
  | 'too-many-endpoints'
  | 'event-type-unknown'
  | 'event-not-found'
  | 'delivery-not-found'
  | 'replay-not-found'
  | 'replay-running'
  | 'rotation-in-progress'
  | 'webhook-url-refused'

export const MOST_ENDPOINTS = 20

/** An event for one endpoint that must not hear of it: its own trouble. */
export function isOwnTrouble(endpointId: string, payload: Record<string, unknown>): boolean {
  return payload.endpointId === endpointId
}

/** The secrets that still sign, newest first. */
export function liveSecrets(secrets: readonly EndpointSecret[], realNow: Instant): string[] {
  return secrets
    .filter(({ expiresAt }) => expiresAt === null || expiresAt > realNow)
    .map(({ value }) => value)
}
