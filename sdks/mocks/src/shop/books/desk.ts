import { recordEvents, type Fact } from '../events/record-event.ts'
import { HEX, scramble } from '../ids.ts'
import type { Program } from '../program.ts'
import { keyOf, type Book, type Entry, type Hold, type Instant, type Lot, type Order, type OrderKey, type Shop } from '../state.ts' // prettier-ignore
import { isSpendable, sum } from './lots.ts'

type Pen = Pick<Entry, 'kind' | 'reason' | 'amountMinor'> & Partial<Entry> & { opens?: Lot[] }

/** A copy of one customer's book, and of an order, to write on. Nothing has happened until it is committed. */
export class Desk {
  readonly book: Book
  readonly events: Fact[] = []
  readonly now: Instant
  readonly program: Program

  constructor(
    readonly shop: Shop,
    readonly customerId: string,
  ) {
    this.book = structuredClone(shop.state.books.get(customerId)!)
    this.now = shop.now()
    this.program = shop.state.programs.at(-1)!
  }

  get lots(): Lot[] {
    return this.book.lots
  }

  get openHolds(): Hold[] {
    return this.book.holds.filter(isOpen)
  }

  lot(id: string): Lot | undefined {
    return this.lots.find((lot) => lot.id === id)
  }

  availableMinor(): number {
    return sum(
      this.lots.filter((lot) => isSpendable(lot, this.now)).map(({ remainingMinor }) => remainingMinor),
    )
  }

  /** Writes a line of the ledger, and moves the lots that it names. */
  add({ opens = [], ...entry }: Pen): void {
    const { account, entries } = this.book
    const sequence = ++account.sequence
    const previousHash = account.lastHash
    const whole: Entry = {
      movements: [],
      debtMinor: 0,
      orderRef: null,
      programVersion: null,
      details: {},
      ...entry,
      id: this.shop.newId('entry'),
      sequence,
      previousHash,
      hash: scramble(64, HEX, previousHash, sequence, entry.kind, entry.amountMinor, this.customerId),
      occurredAt: this.now,
    }
    account.lastHash = whole.hash
    account.debtMinor += whole.debtMinor
    for (const { lotId, amountMinor } of whole.movements) {
      const lot = this.lot(lotId)
      if (lot !== undefined) lot.remainingMinor += amountMinor
    }
    this.lots.push(...opens)
    entries.push(whole)
  }

  newLot(
    lot: Omit<Lot, 'id' | 'createdAt' | 'remainingMinor' | 'originId'> & { originId?: string | null },
  ): Lot {
    const id = this.shop.newId('lot')
    return { originId: null, ...lot, id, createdAt: this.now, remainingMinor: lot.amountMinor }
  }

  earn(lot: Parameters<Desk['newLot']>[0], entry: Partial<Entry> = {}): void {
    const opens = this.newLot(lot)
    const { id, amountMinor, reason, orderRef, activatesAt, expiresAt } = opens
    this.add({
      kind: 'earn',
      reason,
      amountMinor,
      orderRef,
      opens: [opens],
      movements: [{ lotId: id, amountMinor }],
      ...entry,
      details: { ...entry.details, activatesAt, expiresAt },
    })
  }

  /** The facts of an event that moved bonuses. */
  moved(amountMinor: number) {
    return { customerId: this.customerId, amountMinor, availableMinor: this.availableMinor() }
  }

  commit(order?: Order): void {
    const { state } = this.shop
    state.books.set(this.customerId, this.book)
    if (order !== undefined) state.orders.set(keyOf(order), order)
    recordEvents(this.shop, this.events, this.book.account.sequence)
  }
}

export function isOpen({ state }: Hold): boolean {
  return state === 'active' || state === 'awaiting-confirmation'
}

/** An order that is known only because bonuses are wanted for it, or came back from it. */
export function expectedOrder({ storefront, orderId }: OrderKey, { shop, customerId, now }: Desk): Order {
  return {
    id: shop.newId('order'),
    storefront,
    orderId,
    customerId,
    facts: null,
    factsStage: 'created',
    paidAt: null,
    fulfilledAt: null,
    cancelledAt: null,
    refunds: [],
    refundedMinor: 0,
    terms: null,
    spentMinor: 0,
    spentFrom: [],
    returnedMinor: 0,
    earnedMinor: 0,
    forgivenMinor: 0,
    lapsedMinor: 0,
    countedMinor: null,
    flags: [],
    notes: {},
    createdAt: now,
  }
}
