import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { ConcurrentChange } from '../kernel/retryable-error.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import type { Book, Lot } from './domain/book.ts'
import { canonicalEntry } from './domain/canonical-entry.ts'
import type { LoyaltyCommand } from './domain/command.ts'
import { decide } from './domain/decide.ts'
import type { Decision, Result, Situation } from './domain/decision.ts'
import type { LoyaltyEvent } from './domain/event.ts'
import type { Order } from './domain/order.ts'
import type { Changes, ChainedEntry, ChainEnd, Ledger, OrderKey } from './ports/ledger.ts'
import type { Contact, Events, People, Profile, Projects } from './ports/neighbours.ts'
import type { Programs } from './ports/programs.ts'
import type { Work, WorkItem, WorkOutcome } from './ports/work.ts'

/** What the inbox holds for loyalty: who, and what about them. */
export type Task = {
  contact?: Contact
  customerId?: string
  command: LoyaltyCommand
  referralCode?: string | undefined
  profile?: Omit<Profile, 'customerId'> | undefined
}

export type EngineDependencies = {
  unitOfWork: UnitOfWork
  work: Work
  people: People
  projects: Projects
  programs: Programs
  ledger: Ledger
  events: Events
  newId: (kind: 'entry' | 'lot' | 'order') => string
  newReferralCode: () => string
  sha256: (text: string) => string
  read: (command: unknown) => Task
  present: (result: Result, currency: string, customerId: string) => unknown
  presentRefusal: (refusal: Refusal, currency: string) => Refusal
  /** The database is away: costs no attempt. */
  isUnreachable: (error: unknown) => boolean
  onFault: (error: unknown, projectId: string, itemId: string) => void
}

export type Engine = ReturnType<typeof runEngine>

const SLICE = { least: 8, first: 64, most: 400, targetMs: 25 }

/** Turns accepted work into ledger entries: exactly one effect each, in one transaction per slice. */
export function runEngine(dependencies: EngineDependencies) {
  const { unitOfWork, work, isUnreachable, onFault } = dependencies
  let sliceSize = SLICE.first

  /** The next slice of a project. `busy`: another worker has the project now. */
  async function runSlice(projectId: string): Promise<'idle' | 'more' | 'busy'> {
    const limit = sliceSize
    let claimed: string[] = []
    try {
      const done = await unitOfWork(async (transaction) => {
        if (!(await work.tryOwnProject(transaction, projectId))) return 'busy'
        const items = await work.claimSlice(transaction, projectId, limit)
        claimed = items.map(({ id }) => id)
        const began = performance.now()
        await perform(transaction, projectId, items)
        adapt(items.length, performance.now() - began)
        return items.length
      })
      return done === 'busy' ? 'busy' : done < limit ? 'idle' : 'more'
    } catch (error) {
      if (isUnreachable(error) || claimed.length === 0) throw error
      for (const id of claimed) await runOne(projectId, id)
      return 'more'
    }
  }

  /** These items now, as far as they still wait; a caller is waiting for them. */
  async function runItems(projectId: string, ids: string[]): Promise<void> {
    for (let rest = ids; rest.length > 0; ) {
      const now = rest.slice(0, sliceSize)
      rest = rest.slice(now.length)
      await runSome(projectId, now)
    }
  }

  async function runSome(projectId: string, ids: string[]): Promise<void> {
    try {
      await unitOfWork(async (transaction) => perform(transaction, projectId, await work.claimItems(transaction, projectId, ids)))
    } catch (error) {
      if (isUnreachable(error)) throw error
      for (const id of ids) await runOne(projectId, id)
    }
  }

  async function runOne(projectId: string, id: string): Promise<void> {
    try {
      await unitOfWork(async (transaction) => perform(transaction, projectId, await work.claimItems(transaction, projectId, [id])))
    } catch (error) {
      if (isUnreachable(error)) throw error
      onFault(error, projectId, id)
      await work.fail(projectId, id, error instanceof Error ? error.message : String(error))
    }
  }

  async function perform(transaction: Transaction, projectId: string, items: WorkItem[]): Promise<void> {
    if (items.length === 0) return
    const tasks = items.map(({ command }) => dependencies.read(command))
    const decided = await decideAll(dependencies, transaction, projectId, tasks)
    const outcomes = items.map(({ id }, index): WorkOutcome => {
      const outcome = decided[index]!
      return 'refused' in outcome ? { id, refusal: outcome } : { id, result: outcome }
    })
    await work.settle(transaction, projectId, outcomes)
  }

  function adapt(items: number, durationMs: number): void {
    if (items < sliceSize) return
    const wanted = Math.round((sliceSize * SLICE.targetMs) / Math.max(1, durationMs))
    sliceSize = Math.max(SLICE.least, Math.min(SLICE.most, Math.round((sliceSize * 3 + wanted) / 4)))
  }

  /** A command that did not come through the inbox, for a known customer or order. */
  function runCommand(projectId: string, task: Task): Promise<unknown> {
    return unitOfWork(async (transaction) => (await decideAll(dependencies, transaction, projectId, [task]))[0])
  }

  return { runSlice, runItems, runCommand }
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

async function decideAll(
  dependencies: EngineDependencies,
  transaction: Transaction,
  projectId: string,
  tasks: Task[],
): Promise<(Refusal | object)[]> {
  const { ledger, projects, programs, events, present } = dependencies
  const { currency, wholeMinor, clockOffsetMs } = await projects.facts(projectId)
  const program = await programs.currentWithin(transaction, projectId)

  const { customerIds, created } = await findCustomers(dependencies, transaction, projectId, tasks)
  const referrers = await findReferrers(ledger, transaction, projectId, tasks, customerIds)
  const known = customerIds.filter((id): id is string => typeof id === 'string')
  const involved = [...new Set([...known, ...referrers.values()])].sort()
  const [{ books, now: databaseNow }, orders] = await Promise.all([
    ledger.lockBooks(transaction, projectId, involved),
    ledger.ordersOf(transaction, projectId, tasks.flatMap(({ command }) => ('orderId' in command ? [command] : []))),
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
    const referrerId = book.account.referredBy ?? referrers.get(referralCode ?? '')
    if (referrerId !== undefined && !books.has(referrerId)) throw new ConcurrentChange(`${customerId} was just referred`)
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
  const facts = [...created.map((customerId) => ({ type: 'customer.created' as const, customerId })), ...slice.events]
  if (facts.length > 0) await events.add(transaction, projectId, facts.map((event) => ({ ...event, currency })))
  return outcomes
}

async function findCustomers(
  { people, ledger, newReferralCode }: EngineDependencies,
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

/** Customer by code for those that name one, and by customer for those that have one already. */
async function findReferrers(
  ledger: Ledger,
  transaction: Transaction,
  projectId: string,
  tasks: Task[],
  customerIds: (string | Refusal)[],
): Promise<Map<string, string>> {
  const codes = [...new Set(tasks.flatMap(({ referralCode }) => referralCode ?? []))]
  const ids = customerIds.filter((id): id is string => typeof id === 'string')
  const [byCode, byCustomer] = await Promise.all([
    codes.length === 0 ? new Map<string, string>() : ledger.referrers(transaction, projectId, codes),
    ledger.referredBy(transaction, projectId, ids),
  ])
  return new Map([...byCode, ...byCustomer])
}

function named(command: LoyaltyCommand, referralCode: string | undefined, referrers: Map<string, string>): LoyaltyCommand {
  if (referralCode === undefined || (command.kind !== 'purchase' && command.kind !== 'register')) return command
  const referrerId = referrers.get(referralCode)
  if (referrerId !== undefined) return { ...command, referrerId }
  return command.kind === 'purchase' ? { ...command, flags: [...command.flags, 'referral-code-unknown'] } : command
}

function apply({ sha256 }: EngineDependencies, projectId: string, slice: Slice, decision: Decision): void {
  const touchedLots = new Set(decision.entries.flatMap(({ movements, activation }) => [...movements.map(({ lotId }) => lotId), activation?.lotId]))
  const ends = new Map(decision.books.map(({ account }) => [account.customerId, slice.books.get(account.customerId)!]))
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
    return { ...account, sequence, lastHash, balanceMinor: open.reduce((sum, lot) => sum + lot.remainingMinor, 0) }
  })
  return { accounts, lots: [...lots.values()], orders: [...changedOrders.values()], entries }
}

function orderKey({ storefront, orderId }: OrderKey): string {
  return `${storefront} ${orderId}`
}

function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Partial<T>
}
