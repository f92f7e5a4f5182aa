import type { Instant } from '../../kernel/clock.ts'
import { applyTo, balanceOf, type Account, type Book, type Entry, type Hold, type Lot } from './book.ts'
import type { LoyaltyEvent } from './event.ts'
import type { Order, OrderStatus, RefundResult } from './order.ts'
import type { LimitKind, Program } from './program.ts'
import type { FoundReservation } from './reservation.ts'

/** All that a decision may look at. Time and chance are handed in. */
export type Situation = {
  book: Book
  /** The referrer's, where the customer has one or names one. */
  referrer: Book | undefined
  /** Of a command about a lot: the order that the lot came from. */
  order: Order | undefined
  /** Of what the order gave its customer, what has ended unspent by now. */
  expiredMinor?: number | undefined
  /** Lots that the order was paid from, of whomever they are by now. */
  lots: ReadonlyMap<string, Lot>
  /** All of the customer's orders, where a referral is judged. */
  friendOrders?: readonly Order[] | undefined
  /** What a command names by its id, also when it has ended. */
  hold?: Hold | undefined
  /** What is known of the code that the order brings. */
  reservation?: FoundReservation | undefined
  program: Program
  /** The version that an order was counted with. */
  programOf: (version: number) => Program
  /** Whether a referral that begins now looks like a trick. */
  doubt?: ReferralDoubt | undefined
  /** What is left of capped rules, by rule. */
  budgets: Readonly<Record<string, number>>
  /** The day's sums so far, where the program limits them. */
  used: Readonly<Partial<Record<LimitKind, number>>>
  currency: string
  wholeMinor: number
  timeZone: string
  now: Instant
  /** When the command came to us, however long it has waited. */
  arrivedAt: Instant
  newId: (kind: 'entry' | 'lot' | 'order' | 'hold') => string
}

export type ReferralDoubt = 'same-contact' | 'velocity'

export type Result = {
  orderId?: string
  orderStatus?: OrderStatus
  earnedMinor?: number
  pending?: boolean
  spentMinor?: number
  percentBp?: number
  tier?: string | null
  availableMinor: number
  welcomeBonusMinor?: number
  programVersion?: number
  refund?: RefundResult
  hold?: Hold
}

/** What happened: entries of the books in their order, the books and the order after them, and who is to be told what. */
export type Decision = {
  entries: Entry[]
  events: LoyaltyEvent[]
  books: Book[]
  order: Order | undefined
  /** Further orders that changed. */
  orders?: Order[]
  holds: Hold[]
  /** Another customer's, to be let go with it. */
  freed?: Hold | undefined
  /** Taken from capped rules. */
  budgets: Record<string, number>
  /** Added to the day's sums. */
  used: Partial<Record<LimitKind, number>>
  result: Result
  repeated: boolean
}

/** A book being written: keeps what was added and how the book looks after it. */
export class Pen {
  readonly entries: Entry[] = []
  readonly changedHolds = new Map<string, Hold>()
  readonly #now: Instant
  readonly #newId: Situation['newId']
  readonly #lots: Map<string, Lot>
  readonly #holds: Map<string, Hold>
  #account: Account
  #rest: Pick<Book, 'history'>
  #book: Book | undefined

  constructor(book: Book, { now, newId }: Pick<Situation, 'now' | 'newId'>) {
    const { account, lots, holds, ...rest } = book
    this.#book = book
    this.#account = account
    this.#lots = new Map(lots.map((lot) => [lot.id, lot]))
    this.#holds = new Map(holds.map((hold) => [hold.id, hold]))
    this.#rest = rest
    this.#now = now
    this.#newId = newId
  }

  get book(): Book {
    this.#book ??= {
      ...this.#rest,
      account: this.#account,
      lots: [...this.#lots.values()],
      holds: [...this.#holds.values()].filter(isOpen),
    }
    return this.#book
  }

  get account(): Account {
    return this.#account
  }

  get lots(): readonly Lot[] {
    return this.book.lots
  }

  get holds(): readonly Hold[] {
    return this.book.holds
  }

  lot(id: string): Lot | undefined {
    return this.#lots.get(id)
  }

  add(entry: Pick<Entry, 'kind' | 'reason' | 'amountMinor'> & Partial<Entry>): void {
    const whole: Entry = {
      movements: [],
      debtMinor: 0,
      orderRef: null,
      effect: null,
      programVersion: null,
      details: {},
      ...entry,
      id: this.#newId('entry'),
      customerId: this.#account.customerId,
      occurredAt: this.#now,
    }
    applyTo(this.#lots, whole)
    this.#account = { ...this.#account, debtMinor: this.#account.debtMinor + whole.debtMinor }
    this.#book = undefined
    this.entries.push(whole)
  }

  newLot(
    lot: Omit<Lot, 'id' | 'createdAt' | 'remainingMinor' | 'originId'> & { originId?: string | null },
  ): Lot {
    return {
      originId: null,
      ...lot,
      id: this.#newId('lot'),
      createdAt: this.#now,
      remainingMinor: lot.amountMinor,
    }
  }

  earn(lot: Parameters<Pen['newLot']>[0], entry: Partial<Entry>): void {
    const opens = this.newLot(lot)
    const { amountMinor, reason, orderRef, activatesAt, expiresAt } = opens
    this.add({
      kind: 'earn',
      reason,
      amountMinor,
      orderRef,
      opens: [opens],
      movements: [{ lotId: opens.id, amountMinor }],
      ...entry,
      details: { ...entry.details, activatesAt, expiresAt },
    })
  }

  change(account: Partial<Account>): void {
    this.#account = { ...this.#account, ...account }
    this.#book = undefined
  }

  remember(history: Book['history']): void {
    this.#rest = { ...this.#rest, history }
    this.#book = undefined
  }

  put(hold: Hold): void {
    this.#holds.set(hold.id, hold)
    this.changedHolds.set(hold.id, hold)
    this.#book = undefined
  }

  /** The hold goes on in another book. */
  drop(holdId: string): void {
    this.#holds.delete(holdId)
    this.#book = undefined
  }

  availableMinor(): number {
    return balanceOf(this.lots, this.#now, 0).availableMinor
  }
}

export function isOpen({ state }: Hold): boolean {
  return state === 'active' || state === 'awaiting-confirmation'
}
