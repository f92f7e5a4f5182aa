import type { Transaction } from '../../kernel/transaction.ts'
import type { BookToCheck, Head, LinkedEntry } from '../domain/check-book.ts'

export type BookAtRest = Omit<BookToCheck, 'lots'>
export type Place = { customerId: string; sequence: string }

/** The books as an auditor reads them: page by page, and whatever stands in the rows, however impossible. */
export type Books = {
  /** From now on the transaction sees what was committed up to here and nothing later. Its first statement. */
  standStill(transaction: Transaction): Promise<void>
  /** Customers after one, in id order: those with an account, and those that the checkpoints before a number name. */
  page(
    transaction: Transaction,
    projectId: string,
    range: { after: string; beforeNumber: number; limit: number },
  ): Promise<BookAtRest[]>
  one(transaction: Transaction, projectId: string, customerId: string): Promise<BookAtRest | undefined>
  openLots(
    transaction: Transaction,
    projectId: string,
    customerIds: string[],
  ): Promise<Map<string, { id: string; remainingMinor: number }[]>>
  /** Ascending by customer and sequence. */
  entries(
    transaction: Transaction,
    projectId: string,
    range: { after: Place; upTo: string | undefined; limit: number },
  ): Promise<(LinkedEntry & { place: Place })[]>
  count(transaction: Transaction, projectId: string): Promise<number>
  addHeads(
    transaction: Transaction,
    projectId: string,
    number: number,
    heads: (Head & { customerId: string })[],
  ): Promise<void>
}
