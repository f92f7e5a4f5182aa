import type { Desk } from '../books/desk.ts'
import { inSpendingOrder, isSpendable, takeFrom } from '../books/lots.ts'
import { activate, expiryAfter, settleDebt } from '../books/settle-time.ts'
import { conclude, repeat, type Decided } from '../decided.ts'
import { refuse } from '../refusal.ts'
import type { Instant } from '../state.ts'

export type Adjustment = { amountMinor: number; expiresAt: Instant | undefined; effectId: string }

/** Staff gives or takes by hand. */
export function decideAdjustment(desk: Desk, { amountMinor, expiresAt, effectId }: Adjustment): Decided {
  const { program, now, lots } = desk
  const size = Math.abs(amountMinor)
  const common = {
    kind: 'adjust' as const,
    reason: 'adjustment',
    programVersion: program.version,
    details: { adjustment: effectId },
  }
  if (amountMinor > 0) {
    const { expiryDays } = program
    const ends = expiresAt ?? expiryAfter(now, expiryDays)
    desk.earn(
      {
        expiryDays,
        orderRef: null,
        reason: 'adjustment',
        amountMinor,
        state: 'active',
        activatesAt: now,
        expiresAt: ends,
      },
      common,
    )
    settleDebt(desk)
  } else {
    const availableMinor = desk.availableMinor()
    if (availableMinor < size)
      return refuse('insufficient-bonuses', { availableMinor, missingMinor: size - availableMinor })
    const spendable = inSpendingOrder(lots.filter((lot) => isSpendable(lot, now)))
    desk.add({ ...common, amountMinor, movements: takeFrom(spendable, size) })
  }
  desk.events.push({ type: 'bonus.adjusted', ...desk.moved(amountMinor) })
  return conclude(desk, undefined)
}

/** A pending lot's day is now, or it never comes. */
export function decideLot(desk: Desk, lotId: string, kind: 'activate' | 'cancel'): Decided {
  const lot = desk.lot(lotId)
  if (lot === undefined) return refuse('lot-not-found', { lotId })
  if (lot.state === 'active' || lot.remainingMinor === 0) {
    const done =
      kind === 'activate' ? lot.state === 'active' : lot.remainingMinor === 0 && lot.state === 'pending'
    return done ? repeat(desk, undefined) : refuse('lot-not-pending', { lotId })
  }
  const amountMinor = lot.remainingMinor
  if (kind === 'activate') {
    activate(desk, [lot], desk.now)
    settleDebt(desk)
    desk.events.push({ type: 'bonus.activated', ...desk.moved(amountMinor) })
    return conclude(desk, undefined)
  }
  const movements = [{ lotId, amountMinor: -amountMinor }]
  desk.add({
    kind: 'reverse',
    reason: 'cancelled',
    amountMinor: -amountMinor,
    movements,
    orderRef: lot.orderRef,
  })
  const known = [...desk.shop.state.orders.values()].find(({ id }) => id === lot.orderRef)
  const order = known === undefined ? undefined : structuredClone(known)
  if (order !== undefined) order.forgivenMinor -= amountMinor
  return conclude(desk, order)
}
