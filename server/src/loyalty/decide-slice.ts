import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { ConcurrentChange } from '../kernel/retryable-error.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { Book, Lot } from './domain/book.ts'
import { canonicalEntry } from './domain/canonical-entry.ts'
import type { LoyaltyCommand } from './domain/command.ts'
import { decide } from './domain/decide.ts'
import type { Decision, Result, Situation } from './domain/decision.ts'
import type { LoyaltyEvent } from './domain/event.ts'
import type { Order } from './domain/order.ts'
import type { Changes, ChainedEntry, ChainEnd, Ledger, OrderKey } from './ports/ledger.ts'
import type { Contact, Events, People, Profile, ProjectFacts } from './ports/neighbours.ts'
import type { Programs } from './ports/programs.ts'

/** What the inbox holds for loyalty: who, and what about them. */
export type Task = {
  contact?: Contact
  customerId?: string
  command: LoyaltyCommand
  referralCode?: string | undefined
  profile?: Omit<Profile, 'customerId'> | undefined
}

export type SliceDependencies = {
  people: People
  programs: Programs
  ledger: Ledger
  events: Events
  newId: (kind: 'entry' | 'lot' | 'order') => string
  newReferralCode: () => string
  sha256: (text: string) => string
  present: (result: Result, currency: string, customerId: string) => unknown
  presentRefusal: (refusal: Refusal, currency: string) => Refusal
}

type Slice = {
  books: Map<string, Book & ChainEnd>
  orders: Map<string, Order>
  lots: Map<string, Lot & { customerId: string }>
  touched: Set<string>
  changedOrders: Map<string, Order>
  entries: ChainedEntry[]
  events: LoyaltyEvent[]
}

/** Known before the transaction begins: one that waited in it for a second connection could wait for itself. */
export type SliceProject = ProjectFacts & { id: string }

/** Decides tasks in their order on books in memory, and writes what came of it: a fixed number of statements, however many tasks. */
export async function decideSlice(
  dependencies: SliceDependencies,
  transaction: Transaction,
  project: SliceProject,
  tasks: Task[],
): Promise<(Refusal | object)[]> {
  const { ledger, programs, events, present } = dependencies
  const { id: projectId, currency, wholeMinor, clockOffsetMs } = project
  const program = await programs.currentWithin(transaction, projectId)

  const { customerIds, created } = await findCustomers(dependencies, transaction, projectId, tasks)
  const referrers = await findReferrers(ledger, transaction, projectId, tasks, customerIds)
  const known = customerIds.filter((id): id is string => typeof id === 'string')
  const involved = [
    ...new Set([...known, ...referrers.byCode.values(), ...referrers.byCustomer.values()]),
  ].sort()
  const [{ books, now: databaseNow }, orders] = await Promise.all([
    ledger.lockBooks(transaction, projectId, involved),
    ledger.ordersOf(
      transaction,
      projectId,
      tasks.flatMap(({ command }) => ('orderId' in command ? [command] : [])),
    ),
  ])
  const now = databaseNow + clockOffsetMs
  const slice: Slice = {
    books,
    orders: new Map(orders.map((order) => [orderKey(order), order])),
    lots: new Map(),
    touched: new Set(),
    changedOrders: new Map(),
    entries: [],
    events: [],
  }

  const outcomes = tasks.map(({ command, referralCode }, index): Refusal | object => {
    const customerId = customerIds[index]!
    if (typeof customerId !== 'string') return customerId
    const book = books.get(customerId)
    if (book === undefined) throw new Error(`Customer ${customerId} has no account`)
    const referrerId = book.account.referredBy ?? referrers.byCode.get(referralCode ?? '')
    if (referrerId !== undefined && !books.has(referrerId))
      throw new ConcurrentChange(`${customerId} was just referred`)
    const situation: Situation = {
      book,
      referrer: referrerId === undefined || referrerId === customerId ? undefined : books.get(referrerId),
      order: 'orderId' in command ? slice.orders.get(orderKey(command)) : undefined,
      program,
      currency,
      wholeMinor,
      now,
      newId: dependencies.newId,
    }
    const decision = decide(named(command, referralCode, referrers), situation)
    if (isRefusal(decision)) return dependencies.presentRefusal(decision, currency)
    if (!decision.repeated) apply(dependencies, projectId, slice, decision)
    return present(decision.result, currency, customerId) as object
  })

  await ledger.write(transaction, projectId, changesOf(slice))
  const facts = [
    ...created.map((customerId) => ({ type: 'customer.created' as const, customerId })),
    ...slice.events,
  ]
  if (facts.length > 0)
    await events.add(
      transaction,
      projectId,
      facts.map((event) => ({ ...event, currency })),
    )
  return outcomes
}

async function findCustomers(
  { people, ledger, newReferralCode }: SliceDependencies,
  transaction: Transaction,
  projectId: string,
  tasks: Task[],
): Promise<{ customerIds: (string | Refusal)[]; created: string[] }> {
  const asked = tasks.filter(({ contact }) => contact !== undefined)
  if (asked.length === 0) return { customerIds: tasks.map(({ customerId }) => customerId!), created: [] }
  const { matches, created } = await people.identify(
    transaction,
    projectId,
    asked.map(({ contact, command }) => ({ contact: contact!, mayCreate: command.kind !== 'spend' })),
  )
  if (created.length > 0) {
    const accounts = created.map((customerId) => ({ customerId, referralCode: newReferralCode() }))
    await ledger.openAccounts(transaction, projectId, accounts)
  }
  const found = matches[Symbol.iterator]()
  const customerIds = tasks.map((task): string | Refusal => {
    if (task.contact === undefined) return task.customerId!
    const match = found.next().value!
    return 'refused' in match ? match : match.customerId
  })
  const profiles = new Map<string, Profile>()
  tasks.forEach(({ profile }, index) => {
    const customerId = customerIds[index]!
    if (profile === undefined || typeof customerId !== 'string') return
    profiles.set(customerId, { ...profiles.get(customerId), ...defined(profile), customerId })
  })
  if (profiles.size > 0) await people.updateProfiles(transaction, projectId, [...profiles.values()])
  return { customerIds, created }
}

type Referrers = { byCode: Map<string, string>; byCustomer: Map<string, string> }

/** Whose code it is for those that name one, and who brought them for those that were brought already. */
async function findReferrers(
  ledger: Ledger,
  transaction: Transaction,
  projectId: string,
  tasks: Task[],
  customerIds: (string | Refusal)[],
): Promise<Referrers> {
  const codes = [...new Set(tasks.flatMap(({ referralCode }) => referralCode ?? []))]
  const ids = customerIds.filter((id): id is string => typeof id === 'string')
  const [byCode, byCustomer] = await Promise.all([
    codes.length === 0 ? new Map<string, string>() : ledger.referrers(transaction, projectId, codes),
    ledger.referredBy(transaction, projectId, ids),
  ])
  return { byCode, byCustomer }
}

function named(
  command: LoyaltyCommand,
  referralCode: string | undefined,
  { byCode }: Referrers,
): LoyaltyCommand {
  if (referralCode === undefined || (command.kind !== 'purchase' && command.kind !== 'register'))
    return command
  const referrerId = byCode.get(referralCode)
  if (referrerId !== undefined) return { ...command, referrerId }
  return command.kind === 'purchase'
    ? { ...command, flags: [...command.flags, 'referral-code-unknown'] }
    : command
}

function apply({ sha256 }: SliceDependencies, projectId: string, slice: Slice, decision: Decision): void {
  const touchedLots = new Set(
    decision.entries.flatMap(({ movements, activation }) => [
      ...movements.map(({ lotId }) => lotId),
      activation?.lotId,
    ]),
  )
  const ends = new Map(
    decision.books.map(({ account }) => [account.customerId, slice.books.get(account.customerId)!]),
  )
  for (const entry of decision.entries) {
    const { sequence: last, lastHash: previousHash } = ends.get(entry.customerId)!
    const sequence = last + 1
    const hash = sha256(canonicalEntry(projectId, sequence, previousHash, entry))
    slice.entries.push({ ...entry, sequence, previousHash, hash })
    ends.set(entry.customerId, { ...ends.get(entry.customerId)!, sequence, lastHash: hash })
  }
  for (const book of decision.books) {
    const { customerId } = book.account
    for (const lot of book.lots) if (touchedLots.has(lot.id)) slice.lots.set(lot.id, { ...lot, customerId })
    const { sequence, lastHash } = ends.get(customerId)!
    slice.books.set(customerId, { ...book, sequence, lastHash })
    slice.touched.add(customerId)
  }
  if (decision.order !== undefined) {
    slice.orders.set(orderKey(decision.order), decision.order)
    slice.changedOrders.set(orderKey(decision.order), decision.order)
  }
  slice.events.push(...decision.events)
}

function changesOf({ books, lots, touched, changedOrders, entries }: Slice): Changes {
  const accounts = [...touched].map((customerId) => {
    const { account, sequence, lastHash, lots: open } = books.get(customerId)!
    return {
      ...account,
      sequence,
      lastHash,
      balanceMinor: open.reduce((sum, lot) => sum + lot.remainingMinor, 0),
    }
  })
  return { accounts, lots: [...lots.values()], orders: [...changedOrders.values()], entries }
}

function orderKey({ storefront, orderId }: OrderKey): string {
  return `${storefront} ${orderId}`
}

function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Partial<T>
}
