import type { components } from '@tapline/client'
import { shortTime, table } from './table.ts'

export function deliveryTable(deliveries: readonly components['schemas']['WebhookDelivery'][]): string {
  return table(
    ['created', 'status', 'type', 'event', 'endpoint', 'attempts', 'last error', 'next attempt', 'id'],
    deliveries.map((one) => [
      shortTime(one.createdAt),
      one.status,
      one.eventType,
      one.eventId,
      one.endpointId,
      one.attemptsCount,
      one.lastError,
      shortTime(one.nextAttemptAt),
      one.id,
    ]),
  )
}
