import type { Page } from '../../kernel/page.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { Account, Book, Entry, Lot } from '../domain/book.ts'
import type { Order } from '../domain/order.ts'

export type OrderKey = { storefront: string; orderId: string }

/** Where a book's chain of entries ends. */
export type ChainEnd = { sequence: number; lastHash: string }

export type LockedBook = Book & ChainEnd
export type ChainedEntry = Entry & { sequence: number; previousHash: string; hash: string }

export type Changes = {
  /** Every lot that an entry opened or touched, as it is afterwards. */
  lots: (Lot & { customerId: string })[]
  accounts: (Account & ChainEnd & { balanceMinor: number })[]
  orders: Order[]
  entries: ChainedEntry[]
}

export type RecordedEntry = Omit<ChainedEntry, 'opens' | 'activation'> & {
  storefront: string | null
  orderId: string | null
}

/** A book as it is read without a lock, with what the account itself says of its end and its sum. */
export type Standing = { account: Account & ChainEnd & { balanceMinor: number }; lots: Lot[]; now: number }

export type Ledger = {
  openAccounts(
    transaction: Transaction,
    projectId: string,
    accounts: { customerId: string; referralCode: string }[],
  ): Promise<void>
  /** Whose code it is. */
  referrers(transaction: Transaction, projectId: string, codes: string[]): Promise<Map<string, string>>
  /** Who brought whom, without a lock. */
  referredBy(transaction: Transaction, projectId: string, customerIds: string[]): Promise<Map<string, string>>
  /** Locks in id order, then reads the clock: what is decided is later than what others did to these books. */
  lockBooks(
    transaction: Transaction,
    projectId: string,
    customerIds: string[],
  ): Promise<{ books: Map<string, LockedBook>; now: number }>
  ordersOf(transaction: Transaction, projectId: string, keys: OrderKey[]): Promise<Order[]>
  write(transaction: Transaction, projectId: string, changes: Changes): Promise<void>

  /** Customers with a lot whose day has come, over all projects. */
  due(limit: number): Promise<{ projectId: string; customerId: string }[]>

  account(projectId: string, customerId: string): Promise<Standing | undefined>
  accounts(projectId: string, customerIds: string[]): Promise<Map<string, Standing>>
  order(projectId: string, key: OrderKey): Promise<Order | undefined>
  entries(
    projectId: string,
    customerId: string,
    limit: number,
    beforeSequence: number | undefined,
  ): Promise<Page<RecordedEntry>>
}
