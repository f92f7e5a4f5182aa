import type { Instant } from '../../kernel/clock.ts'
import type { Page } from '../../kernel/page.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { Account, Book, DaySpend, Entry, Hold, Lot } from '../domain/book.ts'
import type { Order, OrderStatus } from '../domain/order.ts'
import type { LimitKind } from '../domain/program.ts'

export type OrderKey = { storefront: string; orderId: string }

/** Where a book's chain of entries ends. */
export type ChainEnd = { sequence: number; lastHash: string }

export type LockedBook = Book & ChainEnd
export type ChainedEntry = Entry & { sequence: number; previousHash: string; hash: string }

/** A sum of a day: of a customer, a member of staff, or the project (`''`). */
export type LimitKey = { kind: LimitKind; subject: string }
export type LimitUse = LimitKey & { day: number; usedMinor: number }
export type Alert = { id: string; type: string; customerId: string | null; details: Record<string, unknown> }

export type Changes = {
  /** Every lot that an entry opened or touched, as it is afterwards. */
  lots: (Lot & { customerId: string })[]
  accounts: (Account & ChainEnd & { balanceMinor: number; dueAt: Instant | null })[]
  orders: (Order & { status: OrderStatus })[]
  holds: Hold[]
  entries: ChainedEntry[]
  /** Added to what was used before. */
  budgets: { ruleId: string; usedMinor: number }[]
  uses: LimitUse[]
  alerts: Alert[]
}

export type RecordedEntry = Omit<ChainedEntry, 'opens' | 'changes'> & {
  storefront: string | null
  orderId: string | null
}

/** A book as it is read without a lock, with what the account itself says of its end and its sum. */
export type Standing = Book & { account: Account & ChainEnd & { balanceMinor: number }; now: number }

/** How far back tiers look: local days, none for ever. */
export type Window = { timeZone: string; firstDay: number } | undefined

export type Referral = {
  friendId: string
  referrerId: string
  state: Account['referral']
  doubt: string | null
  referredAt: Instant | null
}

export type Ledger = {
  openAccounts(
    transaction: Transaction,
    projectId: string,
    accounts: { customerId: string; referralCode: string }[],
  ): Promise<void>
  /** Whose code it is; of merged customers, the survivor. */
  referrers(transaction: Transaction, projectId: string, codes: string[]): Promise<Map<string, string>>
  /** Who brought whom, without a lock. */
  referredBy(transaction: Transaction, projectId: string, customerIds: string[]): Promise<Map<string, string>>
  /** Whose orders they are and who was to have something for them, without a lock. */
  ownersOf(
    transaction: Transaction,
    projectId: string,
    keys: OrderKey[],
  ): Promise<(OrderKey & { customerId: string; referrerId: string | null })[]>
  /** How many friends they have brought since then. */
  friendsSince(
    transaction: Transaction,
    projectId: string,
    referrerIds: string[],
    /** From the database's now, negative: earlier. */
    sinceMs: number,
  ): Promise<Map<string, number>>
  /** Locks in id order, then reads the clock: what is decided is later than what others did to these books. */
  lockBooks(
    transaction: Transaction,
    projectId: string,
    customerIds: string[],
  ): Promise<{ books: Map<string, LockedBook>; now: number }>
  ordersOf(transaction: Transaction, projectId: string, keys: OrderKey[]): Promise<Order[]>
  /** The orders that gave these lots. */
  ordersOfLots(transaction: Transaction, projectId: string, lotIds: string[]): Promise<Order[]>
  ordersOfCustomers(transaction: Transaction, projectId: string, customerIds: string[]): Promise<Order[]>
  /** Lots by their id, open or empty, whoever has them. */
  lotsOf(
    transaction: Transaction,
    projectId: string,
    lotIds: string[],
  ): Promise<(Lot & { customerId: string })[]>
  /** Of what these orders gave their customers, what has ended unspent. */
  expiredOf(transaction: Transaction, projectId: string, orderRefs: string[]): Promise<Map<string, number>>
  holdsOf(transaction: Transaction, projectId: string, holdIds: string[]): Promise<Hold[]>
  /** What is known of codes that orders bring: their holds, whether whoever held them was erased, and which of them a shop imported; ours and theirs, folded. */
  reservationsOf(
    transaction: Transaction,
    projectId: string,
    keys: string[],
  ): Promise<{ key: string; isImported: boolean; isErased: boolean; hold: Hold | null }[]>
  /** Imported codes that came with an order and had no hold: nobody is to be given them. */
  spoilCodes(transaction: Transaction, projectId: string, keys: string[]): Promise<void>
  history(
    transaction: Transaction,
    projectId: string,
    customerIds: string[],
    window: Exclude<Window, undefined>,
  ): Promise<Map<string, DaySpend[]>>
  /** Locked, also those of which nothing was used yet: what one slice takes from a cap, the next must see. */
  budgets(transaction: Transaction, projectId: string, ruleIds: string[]): Promise<Map<string, number>>
  uses(transaction: Transaction, projectId: string, day: number, keys: LimitKey[]): Promise<LimitUse[]>
  write(transaction: Transaction, projectId: string, changes: Changes): Promise<void>

  /** Customers whose time has come, over all projects, by the database's clock; or of one project by its own. */
  due(
    limit: number,
    shifted?: { projectId: string; clockOffsetMs: number },
  ): Promise<{ projectId: string; customerId: string }[]>
  /** Puts off an account that cannot be settled, by its project's clock, so that it does not stand in the way of others. */
  putOff(projectId: string, customerId: string, byMs: number, clockOffsetMs: number): Promise<void>

  /** What budgets and limits have used, without a lock: for a quote. */
  caps(
    projectId: string,
    day: number,
    subjects: string[],
  ): Promise<{ budgets: Map<string, number>; uses: LimitUse[] }>
  account(projectId: string, customerId: string, window?: Window): Promise<Standing | undefined>
  accounts(projectId: string, customerIds: string[], window?: Window): Promise<Map<string, Standing>>
  order(projectId: string, key: OrderKey): Promise<Order | undefined>
  orderById(projectId: string, id: string): Promise<Order | undefined>
  /** By the database's clock. */
  now(): Promise<Instant>
  referrerOf(projectId: string, code: string | undefined): Promise<string | undefined>
  entryOfEffect(projectId: string, effect: string): Promise<RecordedEntry | undefined>
  hold(projectId: string, holdId: string): Promise<Hold | undefined>
  lot(projectId: string, lotId: string): Promise<Lot | undefined>
  entry(projectId: string, entryId: string): Promise<RecordedEntry | undefined>
  entries(
    projectId: string,
    customerId: string,
    limit: number,
    beforeSequence: number | undefined,
  ): Promise<Page<RecordedEntry>>
  referrals(
    projectId: string,
    state: Account['referral'],
    limit: number,
    cursor: string | undefined,
  ): Promise<Page<Referral>>
  /** The newest first. */
  latestOrders(projectId: string, customerId: string, limit: number): Promise<Order[]>
  /** How many friends came by somebody's code and are not doubted, and what has come of it, for all that the customer ever was. */
  broughtBy(
    projectId: string,
    customerId: string,
    formerIds: readonly string[],
  ): Promise<{ friends: number; earnedMinor: number }>
  alerts(projectId: string, limit: number, cursor: string | undefined): Promise<Page<Alert & { at: Date }>>
}
