import type { Contact, OrderLine, Purchase, Spend } from './command.ts'

/**
 * The money facts in which a repeat of an order differs from the first: none, and it is the same order. Name,
 * description, marks and whether it is paid are no money facts: they may change.
 */
export function differences(first: Purchase | Spend, again: Purchase | Spend): string[] {
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
  return ['kind']
}

function sharedDifferences(first: Purchase | Spend, again: Purchase | Spend): string[] {
  return [
    ...(sameCustomer(first.contact, again.contact) ? [] : ['customer']),
    ...(first.amountMinor === again.amountMinor ? [] : ['amount']),
  ]
}

function sameCustomer(first: Contact, again: Contact): boolean {
  const kinds = ['email', 'phone', 'externalId'] as const
  // Erased: whoever it was, the order is known and must not count again.
  if (kinds.every((kind) => first[kind] === undefined)) return true
  return (
    kinds.some((kind) => first[kind] !== undefined && first[kind] === again[kind]) &&
    !kinds.some((kind) => contradict(first[kind], again[kind]))
  )
}

function contradict<T>(first: T | undefined, again: T | undefined): boolean {
  return first !== undefined && again !== undefined && first !== again
}

function sameLines(first: readonly OrderLine[], again: readonly OrderLine[]): boolean {
  const [ours, theirs] = [first, again].map((lines) => lines.map(lineFacts).sort())
  return JSON.stringify(ours) === JSON.stringify(theirs)
}

function lineFacts({ sku, externalId, name, quantity, totalMinor }: OrderLine): string {
  return JSON.stringify([sku ?? externalId ?? name ?? null, quantity, totalMinor])
}
