import type { components } from '@tapline/client'
import { isOpen } from './books/desk.ts'
import { isSpendable, sum } from './books/lots.ts'
import { reachedBy, tierNow } from './books/settle-time.ts'
import { formatMoney } from './money.ts'
import { returnedOf } from './orders/appraise.ts'
import { statusOf } from './orders/order-status.ts'
import { nextTierAfter } from './program.ts'
import type { Refusal } from './refusal.ts'
import { DAY_MS, type Delivery, type Endpoint, type Entry, type Hold, type InboxItem, type Instant, type Lot, type Order, type Shop } from './state.ts' // prettier-ignore

type Schemas = components['schemas']

const SOON_MS = 30 * DAY_MS

/** `missingMinor: 4000` becomes `missing: "40.00"`. */
export function presentRefusal(refusal: Refusal, currency: string): Refusal {
  if (refusal.details === undefined) return refusal
  const details = Object.entries(refusal.details).map(([name, value]) =>
    name.endsWith('Minor') && typeof value === 'number'
      ? [name.slice(0, -'Minor'.length), formatMoney(value, currency)]
      : [name, value],
  )
  return { ...refusal, details: Object.fromEntries(details) as Record<string, unknown> }
}

export function presentCustomer(shop: Shop, customerId: string): Schemas['Customer'] {
  const { state } = shop
  const money = (minor: number) => formatMoney(minor, state.currency)
  const { identities, createdAt, ...profile } = state.customers.get(customerId)!
  const { account, lots, holds } = state.books.get(customerId)!
  const program = state.programs.at(-1)!
  const now = shop.now()
  const spendable = lots.filter((lot) => isSpendable(lot, now))
  const soon = spendable.filter(({ expiresAt }) => expiresAt !== null && expiresAt <= now + SOON_MS)
  const rest = (some: Lot[]) => money(sum(some.map(({ remainingMinor }) => remainingMinor)))
  const valuesOf = (kind: string) => identities.filter((one) => one.kind === kind).map(({ value }) => value)
  const tier = tierNow(program, account)
  const reached = reachedBy(program, account)
  const next = nextTierAfter(program, reached)
  const missing = next === undefined ? 0 : next.thresholdMinor - reached
  return {
    ...profile,
    emails: valuesOf('email'),
    phones: valuesOf('phone'),
    externalIds: valuesOf('externalId'),
    createdAt: time(createdAt),
    erasedAt: null,
    mergedFrom: [],
    bonuses: {
      available: rest(spendable),
      pending: rest(lots.filter(({ state: is }) => is === 'pending')),
      held: money(sum(holds.filter(isOpen).map(({ amountMinor }) => amountMinor))),
      expiringSoon: rest(soon),
      debt: money(account.debtMinor),
    },
    tier: {
      name: tier?.name ?? null,
      percent: (tier?.percentBp ?? 0) / 100,
      earnPercent: (program.basePercentBp + (tier?.percentBp ?? 0)) / 100,
      nextTier: next?.name ?? null,
      toNextTier: next === undefined ? null : program.tiersBy === 'orders' ? String(missing) : money(missing),
      lapsesAt: null,
    },
    referralCode: account.referralCode,
    referredBy: null,
    totalSpent: money(account.totalSpentMinor),
    ordersCount: account.ordersCount,
  }
}

export function presentLot(lot: Lot, currency: string): Schemas['Lot'] {
  const { id, originId, reason, amountMinor, remainingMinor, state, activatesAt, expiresAt, createdAt } = lot
  return {
    id,
    originId,
    reason,
    amount: formatMoney(amountMinor, currency),
    remaining: formatMoney(remainingMinor, currency),
    state,
    activatesAt: timeOrNull(activatesAt),
    expiresAt: timeOrNull(expiresAt),
    createdAt: time(createdAt),
  }
}

export function presentEntry(shop: Shop, entry: Entry): Schemas['Entry'] {
  const { currency, orders } = shop.state
  const { id, kind, reason, amountMinor, debtMinor, orderRef, programVersion, movements, details } = entry
  const order = [...orders.values()].find((one) => one.id === orderRef)
  return {
    id,
    kind,
    reason,
    amount: formatMoney(amountMinor, currency),
    ...(debtMinor !== 0 && { debt: formatMoney(debtMinor, currency) }),
    orderId: order?.orderId ?? null,
    storefront: order?.storefront ?? null,
    programVersion,
    lots: movements.map((movement) => {
      return { lotId: movement.lotId, amount: formatMoney(movement.amountMinor, currency) }
    }),
    details,
    accountSequence: entry.sequence,
    previousHash: entry.previousHash,
    hash: entry.hash,
    occurredAt: time(entry.occurredAt),
  }
}

export function presentHold(hold: Hold, currency: string): Schemas['Hold'] {
  const { id, customerId, orderId, storefront, amountMinor, capturedMinor, state, expiresAt, createdAt } =
    hold
  return {
    id,
    customerId,
    orderId,
    storefront,
    amount: formatMoney(amountMinor, currency),
    captured: formatMoney(capturedMinor, currency),
    state,
    code: id.replace(/\D/g, '').slice(-4).padStart(4, '0'),
    reservation: hold.reservation,
    expiresAt: time(expiresAt),
    createdAt: time(createdAt),
  }
}

export function presentOrder(order: Order, currency: string): Schemas['Order'] {
  const money = (minor: number) => formatMoney(minor, currency)
  const { facts, terms, notes } = order
  return {
    id: order.id,
    orderId: order.orderId,
    storefront: order.storefront,
    status: statusOf(order),
    customerId: order.customerId,
    amount: facts === null ? null : money(facts.amountMinor),
    currency,
    spent: money(order.spentMinor),
    returned: money(order.returnedMinor),
    // Below zero it is what was cancelled by hand.
    earned: money(order.earnedMinor + Math.min(0, order.forgivenMinor)),
    forgiven: money(Math.max(0, order.forgivenMinor)),
    refunded: money(facts === null ? 0 : returnedOf(order, facts)),
    refunds: order.refunds.map(({ id, amountMinor, lines, reason, at }) => ({
      refundId: id,
      amount: amountMinor === undefined ? null : money(amountMinor),
      ...(lines && { items: lines.map(({ key, quantity }) => ({ item: key, quantity })) }),
      ...(reason !== undefined && { reason }),
      at: time(at),
    })),
    percent: terms === null ? null : terms.percentBp / 100,
    programVersion: terms?.program.version ?? null,
    flags: [...order.flags],
    ...(notes.utm && { utm: notes.utm }),
    lines: (facts?.lines ?? []).map(({ totalMinor, ...line }) => ({ ...line, total: money(totalMinor) })),
    createdAt: time(order.createdAt),
    paidAt: timeOrNull(order.paidAt),
    fulfilledAt: timeOrNull(order.fulfilledAt),
    cancelledAt: timeOrNull(order.cancelledAt),
  }
}

export function presentInboxItem(item: InboxItem, tell: (refusal: Refusal) => string): Schemas['InboxItem'] {
  const { refusal, receivedAt, ...rest } = item
  const { refused: code = '', details } = refusal ?? {}
  return {
    ...rest,
    format: 'standard',
    from: null,
    durationMs: 0,
    refusal: refusal && { code, detail: tell(refusal), ...(details && { details }) },
    attempts: item.status === 'processed' || item.status === 'refused' ? 1 : 0,
    nextAttemptAt: null,
    reason: null,
    receivedAt: time(receivedAt),
    finishedAt: time(receivedAt),
  }
}

export function presentEndpoint({ state, now }: Shop, endpoint: Endpoint): Schemas['WebhookEndpoint'] {
  const { id, url, description, events, status, disabledBecause, secrets, createdAt, updatedAt } = endpoint
  const previous = secrets.find(({ expiresAt }) => expiresAt !== null && expiresAt > now())
  const held = state.deliveries.filter((one) => one.endpointId === id && one.status === 'held')
  return {
    id,
    url,
    description,
    events,
    status,
    disabledBecause,
    health: {
      state: 'ok',
      failedSince: null,
      lastSuccessAt: null,
      lastFailureAt: null,
      lastError: null,
      nextProbeAt: null,
    },
    heldCount: held.length,
    secretPreviousExpiresAt: timeOrNull(previous?.expiresAt ?? null),
    createdAt: time(createdAt),
    updatedAt: time(updatedAt),
  }
}

export function presentDelivery(delivery: Delivery): Schemas['WebhookDelivery'] {
  const { createdAt, ...rest } = delivery
  return {
    ...rest,
    attemptsCount: 0,
    nextAttemptAt: delivery.status === 'waiting' ? time(createdAt) : null,
    lastError: null,
    createdAt: time(createdAt),
    finishedAt: null,
  }
}

function time(at: Instant): string {
  return new Date(at).toISOString()
}

function timeOrNull(at: Instant | null): string | null {
  return at === null ? null : time(at)
}
