import { refuse, type Refusal } from '../kernel/refusal.ts'
import type { Command } from './domain/command.ts'
import { differences, type Claiming } from './domain/same-order.ts'
import type { DoorInbox, DoorItem, StoredItem } from './ports/door-keeping.ts'

export type Order = { item: DoorItem; command: Command }

/** What became of a claim: new work, a repeat of known work, or a contradiction to it. */
export type Claim = {
  id: string
  status: DoorItem['status']
  repeated: boolean
  result?: unknown
  conflict?: Refusal<'order-conflict' | 'refund-conflict'>
}

/** Puts orders into the inbox, each claimed once. The same order again is a repeat, or its next state; another under its id is a conflict. */
export function claimOrders(inbox: DoorInbox) {
  return async (orders: Order[], parent?: DoorItem): Promise<Claim[]> => {
    const before = parent === undefined ? [] : [parent]
    const outcomes = (await inbox.append([...before, ...orders.map(({ item }) => item)])).slice(before.length)
    const claims = outcomes.map((outcome, index): Claim => {
      const { item, command } = orders[index]!
      return outcome.appended
        ? { id: item.id, status: 'accepted', repeated: false }
        : compare(item, command, outcome.existing)
    })
    const advancing = outcomes.flatMap((outcome, index) =>
      !outcome.appended &&
      claims[index]!.conflict === undefined &&
      isNowPaid(outcome.existing, orders[index]!.command)
        ? [index]
        : [],
    )
    if (advancing.length > 0) await claimPayments(orders, claims, advancing)
    return claims
  }

  /** Known as unpaid and now paid: an update of the order, with a claim of its own. */
  async function claimPayments(orders: Order[], claims: Claim[], advancing: number[]): Promise<void> {
    const items = advancing.map((index) => ({
      ...orders[index]!.item,
      claimKey: paymentClaim(orders[index]!.item),
    }))
    const outcomes = await inbox.append(items)
    outcomes.forEach((outcome, at) => {
      claims[advancing[at]!] = outcome.appended
        ? { id: items[at]!.id, status: 'accepted', repeated: false }
        : repeatOf(outcome.existing)
    })
  }
}

function compare({ orderId = '', storefront = '' }: DoorItem, command: Command, existing: StoredItem): Claim {
  const differs = differences(existing.command as Claiming, command as Claiming)
  if (differs.length === 0) return repeatOf(existing)
  return {
    ...repeatOf(existing),
    status: 'rejected',
    conflict:
      command.kind === 'refund'
        ? refuse('refund-conflict', { orderId, storefront, refundId: command.refundId, differs })
        : refuse('order-conflict', { orderId, storefront, differs }),
  }
}

function repeatOf({ id, status, result }: StoredItem): Claim {
  return { id, status, repeated: true, ...(result ? { result } : {}) }
}

function isNowPaid(existing: StoredItem, command: Command): boolean {
  const known = existing.command as Command
  return command.kind === 'purchase' && command.paid && known.kind === 'purchase' && !known.paid
}

function paymentClaim({ storefront = '', orderId = '' }: DoorItem): string {
  return `payment:${storefront}:${orderId}`
}
