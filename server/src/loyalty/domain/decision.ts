import type { Instant } from '../../kernel/clock.ts'
import { balanceOf, evolve, type Account, type Book, type Entry, type Lot } from './book.ts'
import type { LoyaltyEvent } from './event.ts'
import type { Order } from './order.ts'
import type { Program } from './program.ts'

/** All that a decision may look at. Time and chance are handed in. */
export type Situation = {
  book: Book
  /** The referrer's, where the customer has one or names one. */
  referrer: Book | undefined
  order: Order | undefined
  program: Program
  currency: string
  wholeMinor: number
  now: Instant
  newId: (kind: 'entry' | 'lot' | 'order') => string
}

export type Result = {
  orderId?: string
  orderStatus?: Order['status']
  earnedMinor?: number
  pending?: boolean
  spentMinor?: number
  percentBp?: number
  tier?: string | null
  availableMinor: number
  welcomeBonusMinor?: number
  programVersion?: number
}

/** What happened: entries of both books in their order, the books and the order after them, and who is to be told what. */
export type Decision = {
  entries: Entry[]
  events: LoyaltyEvent[]
  books: Book[]
  order: Order | undefined
  result: Result
  repeated: boolean
}

/** A book being written: keeps what was added and how the book looks after it. */
export class Pen {
  readonly entries: Entry[] = []
  book: Book
  readonly #now: Instant
  readonly #newId: Situation['newId']

  constructor(book: Book, { now, newId }: Pick<Situation, 'now' | 'newId'>) {
    this.book = book
    this.#now = now
    this.#newId = newId
  }

  add(entry: Pick<Entry, 'kind' | 'reason' | 'amountMinor'> & Partial<Entry>): void {
    const whole: Entry = {
      movements: [],
      orderRef: null,
      effect: null,
      programVersion: null,
      details: {},
      ...entry,
      id: this.#newId('entry'),
      customerId: this.book.account.customerId,
      occurredAt: this.#now,
    }
    this.book = evolve(this.book, whole)
    this.entries.push(whole)
  }

  earn(lot: Omit<Lot, 'id' | 'createdAt' | 'remainingMinor'>, entry: Partial<Entry>): void {
    const opens: Lot = {
      ...lot,
      id: this.#newId('lot'),
      createdAt: this.#now,
      remainingMinor: lot.amountMinor,
    }
    const movements = [{ lotId: opens.id, amountMinor: lot.amountMinor }]
    this.add({
      kind: 'earn',
      reason: lot.reason,
      amountMinor: lot.amountMinor,
      orderRef: lot.orderRef,
      opens,
      movements,
      ...entry,
    })
  }

  change(account: Partial<Account>): void {
    this.book = { ...this.book, account: { ...this.book.account, ...account } }
  }

  availableMinor(): number {
    return balanceOf(this.book.lots, this.#now, 0).availableMinor
  }
}
