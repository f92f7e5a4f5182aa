import type { Transaction } from '../../kernel/transaction.ts'

/** What changed its owner besides lots: by id, so that it can change back. */
export type MovedIds = {
  orders: string[]
  /** Customers whom the merged one had brought. */
  friends: string[]
  /** Orders of friends that the merged one has something for. */
  referredOrders: string[]
  closedHolds: string[]
}

/** All that stands under a customer's name beside the book. */
export type Estates = {
  move(transaction: Transaction, projectId: string, from: string, into: string): Promise<MovedIds>
  /** Answers what the orders that went back count for by now. */
  moveBack(
    transaction: Transaction,
    projectId: string,
    from: string,
    into: string,
    moved: MovedIds,
  ): Promise<{ totalSpentMinor: number; ordersCount: number }>
  /** Also those that were open then and paid for nothing since: an order may still come with the code of one. */
  moveEndedHoldsBack(
    transaction: Transaction,
    projectId: string,
    from: string,
    into: string,
    moved: Pick<MovedIds, 'closedHolds'> & { holds: readonly string[] },
  ): Promise<void>
  isMerged(transaction: Transaction, projectId: string, customerId: string): Promise<boolean>
  /** What people wrote about orders: notes, marks, reasons. */
  forget(transaction: Transaction, projectId: string, customerId: string): Promise<void>
  exportOf(projectId: string, customerId: string): Promise<object>
}
