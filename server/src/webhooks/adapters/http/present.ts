import type { components } from '@tapline/openapi'
import type { Attempt, Delivery } from '../../ports/delivery-store.ts'
import type { ShownEndpoint } from '../../ports/endpoint-store.ts'
import type { Replay } from '../../ports/replay-store.ts'

type Schemas = components['schemas']

export function presentEndpoint(endpoint: ShownEndpoint): Schemas['WebhookEndpoint'] {
  const { id, url, description, events, status, disabledBecause, health, heldCount } = endpoint
  const { state, failedSince, lastSuccessAt, lastFailureAt, lastError, nextProbeAt } = health
  return {
    id,
    url,
    description,
    events,
    status,
    disabledBecause,
    health: {
      state,
      failedSince: timeOrNull(failedSince),
      lastSuccessAt: timeOrNull(lastSuccessAt),
      lastFailureAt: timeOrNull(lastFailureAt),
      lastError,
      nextProbeAt: state === 'failing' && status === 'enabled' ? timeOrNull(nextProbeAt) : null,
    },
    heldCount,
    secretPreviousExpiresAt: endpoint.secretPreviousExpiresAt?.toISOString() ?? null,
    createdAt: endpoint.createdAt.toISOString(),
    updatedAt: endpoint.updatedAt.toISOString(),
  }
}

export function presentDelivery(delivery: Delivery): Schemas['WebhookDelivery'] {
  const { id, endpointId, eventId, eventType, status, attemptsCount, lastError } = delivery
  const { nextAttemptAt, createdAt, finishedAt } = delivery
  return {
    id,
    endpointId,
    eventId,
    eventType: eventType as Schemas['EventType'],
    status,
    attemptsCount,
    // What goes out ahead of all others has no moment of its own.
    nextAttemptAt: nextAttemptAt === null ? null : later(nextAttemptAt, createdAt).toISOString(),
    lastError,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  }
}

export function presentAttempt(attempt: Attempt): Schemas['WebhookAttempt'] {
  const { number, at, url, status, error, durationMs, address, responseHeaders, responseBody } = attempt
  return {
    number,
    at: at.toISOString(),
    url,
    status,
    error,
    durationMs,
    address,
    responseHeaders,
    responseBody,
  }
}

export function presentReplay(replay: Replay): Schemas['Replay'] {
  const { id, endpointId, state, eventsCount, replayedCount, from, until, types, statuses } = replay
  return {
    id,
    endpointId,
    state,
    eventsCount,
    replayedCount,
    from: timeOrNull(from),
    until: new Date(until).toISOString(),
    types,
    statuses,
    createdAt: replay.createdAt.toISOString(),
    finishedAt: replay.finishedAt?.toISOString() ?? null,
  }
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other
}

function timeOrNull(value: number | null): string | null {
  return value === null ? null : new Date(value).toISOString()
}
