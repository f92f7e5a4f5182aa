import type { Instant, Lot, Movement } from '../state.ts'

const NEVER = Number.MAX_SAFE_INTEGER

export function isSpendable(lot: Lot, now: Instant): boolean {
  return lot.state === 'active' && lot.remainingMinor > 0 && (lot.expiresAt ?? NEVER) > now
}

/** Earliest expiry first, those that never expire last; among equals the oldest. */
export function inSpendingOrder(lots: readonly Lot[]): Lot[] {
  return [...lots].sort(
    (left, right) =>
      (left.expiresAt ?? NEVER) - (right.expiresAt ?? NEVER) ||
      left.createdAt - right.createdAt ||
      (left.id < right.id ? -1 : 1),
  )
}

/** Takes an amount from lots in their order; less is taken when they hold less. */
export function takeFrom(
  lots: readonly Pick<Lot, 'id' | 'remainingMinor'>[],
  amountMinor: number,
): Movement[] {
  const movements: Movement[] = []
  let rest = amountMinor
  for (const { id, remainingMinor } of lots) {
    const taken = Math.min(rest, remainingMinor)
    if (taken > 0) movements.push({ lotId: id, amountMinor: -taken })
    rest -= taken
  }
  return movements
}

/** How much movements took, as a positive number. */
export function takenBy(movements: readonly Movement[]): number {
  return -sum(movements.map(({ amountMinor }) => amountMinor))
}

export function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}
