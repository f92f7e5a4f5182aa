import { lineKey, type Command, type Contact } from './command.ts'

const KINDS = ['email', 'phone', 'externalId'] as const

/** The money facts in which a repeat differs from the first. None: it is the same. */
export function differences(first: Command, again: Command): string[] {
  if (first.kind === 'purchase' && again.kind === 'purchase')
    return [
      ...(sameCustomer(first.contact, again.contact) ? [] : ['customer']),
      ...(first.amountMinor === again.amountMinor ? [] : ['amount']),
      ...(first.currency === again.currency ? [] : ['currency']),
      ...(same(first.lines.map(lineFacts), again.lines.map(lineFacts)) ? [] : ['lines']),
    ]
  if (first.kind === 'spend' && again.kind === 'spend')
    return [
      ...(sameCustomer(first.contact, again.contact) ? [] : ['customer']),
      ...(first.amountMinor === again.amountMinor ? [] : ['amount']),
      ...(contradict(first.orderAmountMinor, again.orderAmountMinor) ? ['orderAmount'] : []),
    ]
  if (first.kind === 'refund' && again.kind === 'refund')
    return [
      ...(contradictory(first.contact, again.contact) ? ['customer'] : []),
      ...(first.amountMinor === again.amountMinor ? [] : ['amount']),
      ...(same((first.lines ?? []).map(text), (again.lines ?? []).map(text)) ? [] : ['lines']),
    ]
  return ['kind']
}

function sameCustomer(first: Contact, again: Contact): boolean {
  const shared = KINDS.some((kind) => first[kind] !== undefined && first[kind] === again[kind])
  return shared && !contradictory(first, again)
}

function contradictory(first: Contact = {}, again: Contact = {}): boolean {
  return KINDS.some((kind) => contradict(first[kind], again[kind]))
}

function contradict<T>(first: T | undefined, again: T | undefined): boolean {
  return first !== undefined && again !== undefined && first !== again
}

/** What a line costs, and of what: a new name for the same article is no other order. */
export function lineFacts(
  line: Parameters<typeof lineKey>[0] & { quantity: number; totalMinor: number },
): string {
  return JSON.stringify([lineKey(line), line.quantity, line.totalMinor])
}

function text({ key, quantity }: { key: string; quantity: number }): string {
  return JSON.stringify([key, quantity])
}

function same(first: string[], again: string[]): boolean {
  return JSON.stringify(first.sort()) === JSON.stringify(again.sort())
}
