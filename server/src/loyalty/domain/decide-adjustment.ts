import { refuse } from '../../kernel/refusal.ts'
import { inSpendingOrder, isSpendable, takeFrom, type Lot } from './book.ts'
import type { AdjustCommand, LotCommand } from './command.ts'
import { conclude, mostToday, repeat, use, type Decided, type Desk } from './desk.ts'
import { expiryAfter, lifeOf } from './program.ts'
import { activate, expireDue, release, settleDebt } from './settle-due.ts'

/** Staff gives or takes by hand, for a reason that stays with the entry. */
export function decideAdjustment(
  { amountMinor, staff, expiresAt, effectId }: AdjustCommand,
  desk: Desk,
): Decided {
  const { customer, program, now, timeZone } = desk
  const size = Math.abs(amountMinor)
  const todayMinor = mostToday(desk, ['staffAdjusted', 'projectAdjusted'])
  if (size > todayMinor) return refuse('limit-exceeded', { limit: 'adjusted', mostMinor: todayMinor })
  const common = {
    reason: 'adjustment',
    effect: `adjust:${effectId}`,
    programVersion: program.version,
    details: { adjustment: effectId },
  }
  if (amountMinor > 0) {
    const life = lifeOf(program)
    const ends = expiresAt ?? expiryAfter(now, life, timeZone)
    customer.earn(
      {
        ...life,
        orderRef: null,
        reason: 'adjustment',
        amountMinor,
        state: 'active',
        activatesAt: now,
        expiresAt: ends,
      },
      { ...common, kind: 'adjust' },
    )
    desk.events.push(...settleDebt(customer, now))
  } else {
    const lots = inSpendingOrder(customer.lots.filter((lot) => isSpendable(lot, now)))
    const availableMinor = customer.availableMinor()
    if (availableMinor < size)
      return refuse('insufficient-bonuses', { availableMinor, missingMinor: size - availableMinor })
    customer.add({ kind: 'adjust', amountMinor, movements: takeFrom(lots, size), ...common })
  }
  use(desk, ['staffAdjusted', 'projectAdjusted'], size, staff)
  const { customerId } = customer.account
  desk.events.push({
    type: 'bonus.adjusted',
    customerId,
    amountMinor,
    availableMinor: customer.availableMinor(),
  })
  return conclude(desk, undefined)
}

/** A pending lot's day is now, or it never comes. */
export function decideLot({ kind, lotId }: LotCommand, desk: Desk): Decided {
  const { customer, now, timeZone } = desk
  const lot = customer.lot(lotId)
  if (lot === undefined) return refuse('lot-not-found', { lotId })
  if (lot.state === 'active' || lot.remainingMinor === 0) {
    const done =
      kind === 'activate-lot' ? lot.state === 'active' : lot.remainingMinor === 0 && lot.state === 'pending'
    return done ? repeat(desk, undefined) : refuse('lot-not-pending', { lotId })
  }
  const { customerId } = customer.account
  const amountMinor = lot.remainingMinor
  if (kind === 'activate-lot') {
    activate(customer, [lot], timeZone, now)
    desk.events.push(...settleDebt(customer, now))
    desk.events.push({
      type: 'bonus.activated',
      customerId,
      amountMinor,
      availableMinor: customer.availableMinor(),
    })
    return conclude(desk, undefined)
  }
  takeAll(desk, [lot], 'reverse', 'cancelled')
  const isOwn =
    desk.order?.customerId === customerId && desk.order.id === lot.orderRef && lot.reason === 'purchase'
  const order = isOwn ? { ...desk.order!, forgivenMinor: desk.order!.forgivenMinor - amountMinor } : undefined
  return conclude(desk, order)
}

/** Nobody is left who could spend it: holds end, lots empty, the debt is let go. The books stay balanced. */
export function decideForfeit(desk: Desk): Decided {
  forfeit(desk)
  desk.customer.change({ erased: true })
  return conclude(desk, undefined)
}

export function forfeit(desk: Desk): void {
  const { customer, now } = desk
  for (const hold of customer.holds) desk.events.push(...release(customer, hold, 'voided', desk))
  desk.events.push(...expireDue(customer, now), ...settleDebt(customer, now))
  const left = customer.lots.filter(({ remainingMinor }) => remainingMinor > 0)
  if (left.length > 0) takeAll(desk, left, 'expire', 'erased')
  const { debtMinor } = customer.account
  if (debtMinor > 0)
    customer.add({ kind: 'adjust', reason: 'erased', amountMinor: debtMinor, debtMinor: -debtMinor })
}

function takeAll({ customer }: Desk, lots: readonly Lot[], kind: 'reverse' | 'expire', reason: string): void {
  const orderRef = lots.length === 1 ? lots[0]!.orderRef : null
  customer.add({
    kind,
    reason,
    amountMinor: -lots.reduce((sum, { remainingMinor }) => sum + remainingMinor, 0),
    movements: lots.map(({ id, remainingMinor }) => ({ lotId: id, amountMinor: -remainingMinor })),
    orderRef,
  })
}
