import type { Contact, OrderLine, Purchase, Refund, ReturnedLine, Spend } from './command.ts'
import { lineKey } from './order-line.ts'

const KINDS = ['email', 'phone', 'externalId'] as const

/** What claims an order, or a part of it. */
export type Claiming = Purchase | Spend | Refund

/**
 * The money facts in which a repeat of an order differs from the first: none, and it is the same order. Name,
 * description, marks, a refund's reason and whether it is paid are no money facts: they may change.
 */
export function differences(first: Claiming, again: Claiming): string[] {
  if (first.kind === 'purchase' && again.kind === 'purchase') {
    return [
      ...sharedDifferences(first, again),
      ...(first.currency === again.currency ? [] : ['currency']),
      ...(sameLines(first.lines, again.lines) ? [] : ['lines']),
    ]
  }
  if (first.kind === 'spend' && again.kind === 'spend') {
    return [
      ...sharedDifferences(first, again),
      ...(contradict(first.orderAmountMinor, again.orderAmountMinor) ? ['orderAmount'] : []),
    ]
  }
  if (first.kind === 'refund' && again.kind === 'refund') {
    return [
      ...(contradictory(first.contact, again.contact) ? ['customer'] : []),
      ...(first.amountMinor === again.amountMinor ? [] : ['amount']),
      ...(sameReturns(first.lines, again.lines) ? [] : ['lines']),
    ]
  }
  return ['kind']
}

function sharedDifferences(first: Purchase | Spend, again: Purchase | Spend): string[] {
  return [
    ...(sameCustomer(first.contact, again.contact) ? [] : ['customer']),
    ...(first.amountMinor === again.amountMinor ? [] : ['amount']),
  ]
}

function sameCustomer(first: Contact, again: Contact): boolean {
  // Erased: whoever it was, the order is known and must not count again.
  if (KINDS.every((kind) => first[kind] === undefined)) return true
  const isShared = KINDS.some((kind) => first[kind] !== undefined && first[kind] === again[kind])
  return isShared && !contradictory(first, again)
}

function contradictory(first: Contact = {}, again: Contact = {}): boolean {
  return KINDS.some((kind) => contradict(first[kind], again[kind]))
}

function contradict<T>(first: T | undefined, again: T | undefined): boolean {
  return first !== undefined && again !== undefined && first !== again
}

function sameLines(first: readonly OrderLine[], again: readonly OrderLine[]): boolean {
  return sameInAnyOrder(first.map(lineFacts), again.map(lineFacts))
}

function lineFacts({ quantity, totalMinor, ...names }: OrderLine): string {
  return JSON.stringify([lineKey(names), quantity, totalMinor])
}

function sameReturns(first: readonly ReturnedLine[] = [], again: readonly ReturnedLine[] = []): boolean {
  const [ours, theirs] = [first, again].map((lines) =>
    lines.map(({ key, quantity }) => JSON.stringify([key, quantity])),
  )
  return sameInAnyOrder(ours!, theirs!)
}

function sameInAnyOrder(first: string[], again: string[]): boolean {
  return JSON.stringify(first.sort()) === JSON.stringify(again.sort())
}
