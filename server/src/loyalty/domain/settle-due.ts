import { DAY_MS, type Instant } from '../../kernel/clock.ts'
import type { Lot } from './book.ts'
import type { Pen } from './decision.ts'
import type { LoyaltyEvent } from './event.ts'

/** Writes down what time has done to a book: lots that became spendable, lots that expired. Every decision begins with it. */
export function settleDue(pen: Pen, now: Instant): LoyaltyEvent[] {
  const events: LoyaltyEvent[] = []
  const { customerId } = pen.book.account
  for (const lot of pen.book.lots) {
    if (
      lot.state === 'pending' &&
      lot.remainingMinor > 0 &&
      lot.activatesAt !== null &&
      lot.activatesAt <= now
    ) {
      activate(pen, lot, lot.activatesAt)
      const expired = lot.expiresAt !== null && lot.expiresAt <= now
      if (!expired) {
        events.push({
          type: 'bonus.activated',
          customerId,
          amountMinor: lot.remainingMinor,
          availableMinor: pen.availableMinor(),
        })
      }
    }
  }
  for (const lot of pen.book.lots) {
    if (lot.state !== 'active' || lot.remainingMinor === 0 || lot.expiresAt === null || lot.expiresAt > now)
      continue
    pen.add({
      kind: 'expire',
      reason: 'expiry',
      amountMinor: -lot.remainingMinor,
      movements: [{ lotId: lot.id, amountMinor: -lot.remainingMinor }],
      orderRef: lot.orderRef,
      details: { expiresAt: lot.expiresAt },
    })
    events.push({
      type: 'bonus.expired',
      customerId,
      amountMinor: lot.remainingMinor,
      availableMinor: pen.availableMinor(),
    })
  }
  return events
}

export function activate(pen: Pen, lot: Lot, activatesAt: Instant): void {
  const expiresAt = lot.expiresAt ?? expiryAfter(activatesAt, lot.expiryDays)
  pen.add({
    kind: 'activate',
    reason: lot.reason,
    amountMinor: 0,
    orderRef: lot.orderRef,
    details: { lotId: lot.id, amountMinor: lot.remainingMinor, activatesAt },
    activation: { lotId: lot.id, activatesAt, expiresAt, state: 'active' },
  })
}

/** Counted from the moment at which they can be spent, so that waiting costs the customer nothing. */
export function expiryAfter(activatesAt: Instant, expiryDays: number): Instant | null {
  return expiryDays === 0 ? null : activatesAt + expiryDays * DAY_MS
}
