import type { components } from '@tapline/openapi'
import { formatMoney } from '../../../kernel/money.ts'
import type { EventType, Fact } from '../../domain/event.ts'

type Schemas = components['schemas']
type ContractEvent = Schemas['Event']
type DataOf<T extends EventType> = Extract<ContractEvent, { type: T }>['data']
type Payload = Record<string, unknown>
type Money = (name: string) => string

/** A fact as the contract has it: minor units become decimal strings, instants RFC 3339, basis points percents. */
export function writeEvent(fact: Fact, sequence: number, currency: string): string {
  const { id, type, projectId, resource, payload, occurredAt, test } = fact
  const money: Money = (name) => formatMoney(Number(payload[name] ?? 0), currency)
  const event = {
    id,
    type,
    timestamp: new Date(occurredAt).toISOString(),
    projectId,
    resource,
    sequence,
    test,
    data: DATA[type](payload, money, currency),
  } as ContractEvent
  return JSON.stringify(event)
}

const DATA: { [T in EventType]: (payload: Payload, money: Money, currency: string) => DataOf<T> } = {
  'bonus.awarded': (payload, money, currency) => ({
    ...moved(payload, money, currency),
    reason: text(payload.reason),
    orderId: textOrNull(payload.orderId),
    storefront: textOrNull(payload.storefront),
    pending: payload.pending === true,
    activatesAt: timeOrNull(payload.activatesAt),
    expiresAt: timeOrNull(payload.expiresAt),
  }),
  'bonus.activated': moved,
  'bonus.spent': ofOrder,
  'bonus.held': (payload, money, currency) => ({
    ...ofHold(payload, money, currency),
    expiresAt: time(payload.expiresAt),
    awaitsConfirmation: payload.awaitsConfirmation === true,
  }),
  'bonus.released': ofHold,
  'hold.expired': (payload, money, currency) => ({
    ...ofHold(payload, money, currency),
    at: time(payload.at),
  }),
  'bonus.reversed': (payload, money, currency) => ({
    ...ofOrder(payload, money, currency),
    debt: money('debtMinor'),
  }),
  'bonus.refunded': ofOrder,
  'bonus.expiring': (payload, money, currency) => ({
    ...moved(payload, money, currency),
    expiresAt: time(payload.expiresAt),
  }),
  'bonus.expired': moved,
  'bonus.adjusted': moved,
  'tier.changed': ({ customerId, from, to, percentBp }) => ({
    customerId: text(customerId),
    from: textOrNull(from),
    to: textOrNull(to),
    percent: Number(percentBp) / 100,
  }),
  'tier.downgrading': ({ customerId, from, to, at }) => ({
    customerId: text(customerId),
    from: text(from),
    to: textOrNull(to),
    at: time(at),
  }),
  'referral.qualified': ({ customerId, friendId }) => ({
    customerId: text(customerId),
    friendId: text(friendId),
  }),
  'referral.suspected': ({ customerId, friendId, because }) => ({
    customerId: text(customerId),
    friendId: text(friendId),
    because: text(because),
  }),
  'reservation.doubted': (payload, money, currency) => ({
    customerId: text(payload.customerId),
    orderId: text(payload.orderId),
    storefront: text(payload.storefront),
    because: text(payload.because),
    reservation: textOrNull(payload.reservation),
    held: typeof payload.heldMinor === 'number' ? money('heldMinor') : null,
    discount: typeof payload.discountMinor === 'number' ? money('discountMinor') : null,
    currency,
  }),
  'limit.reached': ({ customerId, limit, hard, staff }, money) => ({
    customerId: text(customerId),
    limit: text(limit),
    hard: hard === true,
    used: money('usedMinor'),
    most: money('mostMinor'),
    staff: textOrNull(staff),
  }),
  'customer.created': about,
  'customer.merged': ({ customerId, from, mergeId }) => ({
    customerId: text(customerId),
    mergedId: text(from),
    mergeId: text(mergeId),
  }),
  'customer.unmerged': ({ customerId, from, mergeId }) => ({
    customerId: text(customerId),
    unmergedId: text(from),
    mergeId: text(mergeId),
  }),
  'customer.erased': about,
  'order.rejected': ({ orderId, storefront, inboxItemId, action, code }) => ({
    orderId: textOrNull(orderId),
    storefront: text(storefront),
    inboxItemId: text(inboxItemId),
    action: text(action),
    code: text(code),
  }),
  'books.broken': ({ customerIds, problemsCount }) => ({
    customerIds: customerIds as string[],
    problemsCount: Number(problemsCount),
  }),
  'endpoint.failing': ({ endpointId, url, failedSince, lastError, heldCount }) => ({
    endpointId: text(endpointId),
    url: text(url),
    failedSince: time(failedSince),
    lastError: textOrNull(lastError),
    heldCount: Number(heldCount),
  }),
  'endpoint.disabled': ({ endpointId, url, reason, lastError, heldCount }) => ({
    endpointId: text(endpointId),
    url: text(url),
    reason: reason === 'gone' ? 'gone' : 'failing',
    lastError: textOrNull(lastError),
    heldCount: Number(heldCount),
  }),
  'endpoint.recovered': ({ endpointId, url, failedSince }) => ({
    endpointId: text(endpointId),
    url: text(url),
    failedSince: time(failedSince),
  }),
  'webhook.test': () => ({ message: 'Nothing happened: this only shows that events arrive.' }),
}

function about({ customerId }: Payload) {
  return { customerId: text(customerId) }
}

function moved({ customerId }: Payload, money: Money, currency: string) {
  return {
    customerId: text(customerId),
    amount: money('amountMinor'),
    available: money('availableMinor'),
    currency,
  }
}

function ofOrder(payload: Payload, money: Money, currency: string) {
  const { orderId, storefront } = payload
  return { ...moved(payload, money, currency), orderId: text(orderId), storefront: text(storefront) }
}

function ofHold(payload: Payload, money: Money, currency: string) {
  return { ...ofOrder(payload, money, currency), holdId: text(payload.holdId) }
}

function text(value: unknown): string {
  return String(value)
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : text(value)
}

function time(value: unknown): string {
  return new Date(Number(value)).toISOString()
}

function timeOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : time(value)
}
