import type { TaplineEvent } from '@tapline/client'
import { printable } from './table.ts'

/** Whom and which order it is about. */
export function subjectsOf({ data, resource }: TaplineEvent): {
  customer: string | null
  order: string | null
} {
  const { customerId, orderId } = data as { customerId?: string; orderId?: string | null }
  return {
    customer: customerId ?? (resource.type === 'customer' ? resource.id : null),
    order: orderId ?? null,
  }
}

/** One line, without its end. */
export function describeEvent(event: TaplineEvent, at: Date): string {
  const { customer, order } = subjectsOf(event)
  const about = [
    customer,
    order === null ? null : `order ${order}`,
    customer === null && order === null ? event.resource.id : null,
    event.test ? '(test)' : null,
  ]
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')
  return printable([time, event.type, event.id, ...about.filter((part) => part !== null)].join('  '))
}
