import type { components, TaplineEvent } from '@tapline/client'
import type { Refusal } from './refusal.ts'
import type { Command, Contact, OrderLine } from './read/command.ts'
import type { Program } from './program.ts'
import type { IdKind, NewId } from './ids.ts'
import { DAY_MS, type Instant } from './time.ts'
import type { ChatState } from './chat/chat-state.ts'

type Schemas = components['schemas']

export { DAY_MS, type Instant }

// A name that ends in `Minor` is minor units of the project's currency.

export type Customer = {
  id: string
  name: string | null
  birthday: string | null
  locale: string | null
  telegramId: string | null
  identities: { kind: keyof Contact; value: string }[]
  createdAt: Instant
}

export type Account = {
  customerId: string
  totalSpentMinor: number
  ordersCount: number
  tier: string | null
  referralCode: string
  welcomed: boolean
  debtMinor: number
  /** Lots that end until then have been announced. */
  remindedUntil: Instant | null
  sequence: number
  lastHash: string
}

/** Bonuses earned together. While pending without `activatesAt`, it waits for its order. */
export type Lot = {
  id: string
  originId: string | null
  orderRef: string | null
  reason: string
  amountMinor: number
  remainingMinor: number
  state: 'pending' | 'active'
  activatesAt: Instant | null
  expiresAt: Instant | null
  /** Of its life from the day it becomes spendable; 0: never ends. */
  expiryDays: number
  createdAt: Instant
}

export type Movement = { lotId: string; amountMinor: number }

export type Hold = {
  id: string
  storefront: string
  orderId: string
  customerId: string
  amountMinor: number
  pins: Movement[]
  state: Schemas['Hold']['state']
  capturedMinor: number
  orderAmountMinor: number | null
  /** Of a hold for an order that has no id yet. */
  reservation: string | null
  expiresAt: Instant
  createdAt: Instant
}

export type Entry = {
  id: string
  kind: Schemas['Entry']['kind']
  reason: string
  amountMinor: number
  movements: Movement[]
  debtMinor: number
  orderRef: string | null
  programVersion: number | null
  details: Record<string, unknown>
  sequence: number
  previousHash: string
  hash: string
  occurredAt: Instant
}

/** All of a customer's account. Lots and holds stay in it when they have ended. */
export type Book = { account: Account; lots: Lot[]; holds: Hold[]; entries: Entry[] }

export type Stage = 'created' | 'paid' | 'fulfilled'
export type OrderFacts = { amountMinor: number; currency: string; lines: OrderLine[] }

/** What the program said of this customer when the order came. */
export type Terms = { program: Program; percentBp: number; tier: string | null }

export type Refunded = {
  id: string
  amountMinor?: number
  lines?: { key: string; quantity: number }[]
  reason?: string
  at: Instant
  result?: RefundResult
}
export type RefundResult = {
  refundId: string
  amountMinor: number
  moneyMinor: number
  bonusesReturnedMinor: number
  bonusesReversedMinor: number
  forgivenMinor: number
  debtMinor: number
}

export type Order = {
  id: string
  storefront: string
  orderId: string
  customerId: string
  facts: OrderFacts | null
  factsStage: Stage
  paidAt: Instant | null
  fulfilledAt: Instant | null
  cancelledAt: Instant | null
  refunds: Refunded[]
  refundedMinor: number
  terms: Terms | null
  spentMinor: number
  spentFrom: Movement[]
  returnedMinor: number
  earnedMinor: number
  /** What should have been taken back and could not be; below zero, what was cancelled by hand. */
  forgivenMinor: number
  /** What need not be taken back, because it had expired. */
  lapsedMinor: number
  /** Its part of the customer's total spend; null while it does not count. */
  countedMinor: number | null
  flags: string[]
  notes: { utm?: Record<string, string> }
  createdAt: Instant
}
export type OrderKey = { storefront: string; orderId: string }

export type InboxItem = {
  id: string
  status: Schemas['InboxStatus']
  action: string | null
  storefront: string | null
  orderId: string | null
  parentId: string | null
  line: number | null
  repeatOf: string | null
  httpStatus: number | null
  requestId: string
  refusal: Refusal | null
  result: Schemas['Result'] | null
  receivedAt: Instant
}

export type Endpoint = {
  id: string
  url: string
  description: string | null
  events: string[]
  status: 'enabled' | 'disabled'
  disabledBecause: 'owner' | null
  secrets: { value: string; expiresAt: Instant | null }[]
  createdAt: Instant
  updatedAt: Instant
}

export type Delivery = {
  id: string
  endpointId: string
  eventId: string
  eventType: TaplineEvent['type']
  status: 'waiting' | 'held'
  createdAt: Instant
}

/** Everything a shop remembers. */
export type State = {
  readonly projectId: string
  readonly currency: string
  readonly wholeMinor: number
  readonly timeZone: string
  /** How far the shop is ahead of its clock. */
  offsetMs: number
  customers: Map<string, Customer>
  /** By kind and value. */
  owners: Map<string, string>
  books: Map<string, Book>
  orders: Map<string, Order>
  programs: Program[]
  inbox: InboxItem[]
  /** What claims an order at the door, with what it was and what came of it. */
  claims: Map<string, { itemId: string; command: Command; result: Schemas['Result'] }>
  events: TaplineEvent[]
  sequences: Map<string, number>
  endpoints: Endpoint[]
  deliveries: Delivery[]
  replays: Schemas['Replay'][]
  /** Answers by Idempotency-Key. */
  answers: Map<string, { fingerprint: string; status: number; body: unknown; until: Instant }>
  /** Adjustments by what makes them happen once. */
  adjustments: Map<string, { customerId: string; amountMinor: number }>
  chat: ChatState
}

/** What the parts of the shop work with: its memory, its time, its ids. */
export type Shop = { state: State; now: () => Instant; newId: NewId; seed: number; baseUrl: string }
export type { IdKind }

export function keyOf({ storefront, orderId }: OrderKey): string {
  return `${storefront} ${orderId}`
}
