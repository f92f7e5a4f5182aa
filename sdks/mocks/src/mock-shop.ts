import type { components, TaplineEvent } from '@tapline/client'
import { publish } from './answers/program-answers.ts'
import { tell } from './http/problems.ts'
import { emptyChat } from './shop/chat/chat-state.ts'
import { openDesk } from './shop/books/open-desk.ts'
import { settleTime } from './shop/books/settle-time.ts'
import { decideAdjustment } from './shop/customers/decide-adjustment.ts'
import { findCustomer } from './shop/customers/find-customer.ts'
import { BASE64, idMaker, scramble } from './shop/ids.ts'
import { parseMoney, wholeOf } from './shop/money.ts'
import { presentCustomer, presentOrder } from './shop/present.ts'
import { FIRST_PROGRAM } from './shop/program.ts'
import type { Contact } from './shop/read/command.ts'
import { readContact } from './shop/read/read-contact.ts'
import { isRefusal, type Refusal } from './shop/refusal.ts'
import { DAY_MS, keyOf, type Shop, type State } from './shop/state.ts'

type Schemas = components['schemas']

/** Who; by one or more contacts of one customer. */
export interface ContactOf {
  email?: string
  /** Any usual writing; without a country code +7 is meant. */
  phone?: string
  externalId?: string
}

/** Somebody who is known from the start. */
export interface MockCustomer extends ContactOf {
  name?: string
  /** Bonuses that can be spent, as a decimal string; none when absent. */
  available?: string
}

/** How far {@link MockShop.advance} goes; what is given adds up. */
export interface Advance {
  /** Of 24 hours. */
  days?: number
  hours?: number
  minutes?: number
  seconds?: number
}

/** The shop behind the handlers: look at it, steer it. */
export interface MockShop {
  /** Id of the project, as it stands in events. */
  readonly projectId: string
  /** The key that `/v1` takes. */
  readonly secretKey: string
  /** The key that pages open sessions of the chat with. */
  readonly publishableKey: string
  /** The address of the door, to which orders are posted. */
  readonly webhookUrl: string
  /** The last part of {@link MockShop.webhookUrl}. */
  readonly webhookSecret: string
  /** What signatures at the door are checked with. */
  readonly signingSecret: string
  /** Everything that happened, oldest first, as webhooks would tell it. A copy: changing it changes nothing. */
  readonly events: TaplineEvent[]
  /** What time the shop has. */
  now(): Date
  /** A customer as `GET /v1/customers/{customerId}` shows it, or undefined when nobody has that contact. */
  customer(contact: ContactOf): Schemas['Customer'] | undefined
  /** An order as `GET /v1/orders/{orderId}` shows it, or undefined; of the storefront `api` when none is named. */
  order(orderId: string, storefront?: string): Schemas['Order'] | undefined
  /**
   * Leaves a customer with exactly so many bonuses to spend, as an adjustment by staff, with its event. Whoever is not
   * known yet is made.
   *
   * @param available A decimal string such as `100.00`.
   * @throws TypeError on what is no contact or no amount.
   */
  setBalance(contact: ContactOf, available: string): void
  /**
   * Publishes rules as `PUT /v1/program` does. What is left out takes its default.
   *
   * @throws TypeError on rules that are not possible, or that the shop does not model.
   */
  setProgram(program: Schemas['ProgramInput']): void
  /**
   * Lets time pass: bonuses become spendable and expire, holds run out, with their events.
   *
   * @throws TypeError when it would go back.
   */
  advance(by: Advance): void
  /** Everything as at the beginning, ids included. What was created with {@link createHandlers} is there again. */
  reset(): void
}

type Beginning = {
  baseUrl: string
  program?: Schemas['ProgramInput']
  customers?: readonly MockCustomer[]
  clock?: () => Date
  seed?: number
  currency?: string
  timeZone?: string
  secretKey?: string
  publishableKey?: string
  webhookSecret?: string
  signingSecret?: string
}

/** The shop for those who test, and its inside for the handlers. */
export function openShop(beginning: Beginning): { shop: MockShop; inner: Shop } {
  const { baseUrl, program = FIRST_PROGRAM, customers = [], clock = () => new Date(), seed = 1 } = beginning
  const {
    currency = 'RUB',
    timeZone = 'Europe/Moscow',
    secretKey = 'sk_mocks',
    publishableKey = 'pk_mocks',
    webhookSecret = 'mocks',
  } = beginning
  const { signingSecret = `whsec_${scramble(43, BASE64, 'signing', seed).replace(/.$/, 'A')}=` } = beginning
  let newId = idMaker(seed)
  const inner: Shop = {
    state: emptyState(currency, timeZone),
    now: () => clock().getTime() + inner.state.offsetMs,
    newId: (kind) => newId(kind),
    seed,
    baseUrl,
  }

  function begin(): void {
    newId = idMaker(seed)
    inner.state = emptyState(currency, timeZone)
    shop.setProgram(program)
    for (const { name, available, ...contact } of customers) {
      const customerId = make(inner, contact)
      if (name !== undefined) inner.state.customers.get(customerId)!.name = name
      if (available !== undefined) setBalance(inner, customerId, available)
    }
    // What was there from the start did not happen.
    inner.state.events = []
    inner.state.sequences = new Map()
  }

  const shop: MockShop = {
    projectId: inner.state.projectId,
    secretKey,
    publishableKey,
    webhookSecret,
    webhookUrl: `${baseUrl}/api/webhook/${webhookSecret}`,
    signingSecret,
    get events() {
      settleTime(inner)
      return structuredClone(inner.state.events)
    },
    now: () => new Date(inner.now()),
    customer: (contact) => {
      settleTime(inner)
      const found = findCustomer(inner, contactOf(contact), false)
      return isRefusal(found) ? undefined : presentCustomer(inner, found)
    },
    order: (orderId, storefront = 'api') => {
      settleTime(inner)
      const order = inner.state.orders.get(keyOf({ storefront, orderId }))
      return order === undefined ? undefined : presentOrder(order, currency)
    },
    setBalance: (contact, available) => setBalance(inner, make(inner, contact), available),
    setProgram: (input) => required(publish(inner, input)),
    advance: ({ days = 0, hours = 0, minutes = 0, seconds = 0 }) => {
      const byMs = days * DAY_MS + ((hours * 60 + minutes) * 60 + seconds) * 1_000
      if (!(byMs >= 0)) throw new TypeError(`advance by ${byMs} ms: time only goes forward`)
      inner.state.offsetMs += byMs
      settleTime(inner)
    },
    reset: begin,
  }
  begin()
  return { shop, inner }
}

function setBalance(inner: Shop, customerId: string, available: string): void {
  const wanted = parseMoney(available, inner.state.currency)
  if (wanted === undefined)
    throw new TypeError(`available is ${available}: give a decimal string such as 100.00`)
  const desk = openDesk(inner, customerId)
  const amountMinor = wanted - desk.availableMinor()
  if (amountMinor === 0) return
  const effectId = inner.newId('entry')
  const decided = decideAdjustment(desk, { amountMinor, expiresAt: undefined, effectId })
  if (isRefusal(decided)) required(decided)
}

function make(inner: Shop, contact: ContactOf): string {
  const found = findCustomer(inner, contactOf(contact), true)
  if (!isRefusal(found)) return found
  throw new TypeError(tell(found))
}

function contactOf(said: ContactOf): Contact {
  const contact = readContact(said)
  if (!isRefusal(contact)) return contact
  throw new TypeError(`${JSON.stringify(said)} names nobody: give an e-mail, a phone or an external id`)
}

function required(refusal: Refusal | undefined): void {
  if (refusal !== undefined) throw new TypeError(tell(refusal))
}

function emptyState(currency: string, timeZone: string): State {
  return {
    projectId: 'prj_01MCK000010000000000000000',
    currency,
    wholeMinor: wholeOf(currency),
    timeZone,
    offsetMs: 0,
    customers: new Map(),
    owners: new Map(),
    books: new Map(),
    orders: new Map(),
    programs: [],
    inbox: [],
    claims: new Map(),
    events: [],
    sequences: new Map(),
    endpoints: [],
    deliveries: [],
    replays: [],
    answers: new Map(),
    adjustments: new Map(),
    chat: emptyChat(),
  }
}
