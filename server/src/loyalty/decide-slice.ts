import type { Instant } from '../kernel/clock.ts'
import { isRefusal, refuse, type Refusal } from '../kernel/refusal.ts'
import { ConcurrentChange } from '../kernel/retryable-error.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { Book, Hold } from './domain/book.ts'
import { dayNumber } from './domain/calendar.ts'
import type { LoyaltyCommand } from './domain/command.ts'
import { decide } from './domain/decide.ts'
import type { Result, Situation } from './domain/decision.ts'
import { historyFrom } from './domain/judge-tier.ts'
import type { Order } from './domain/order.ts'
import { LIMIT_KINDS } from './domain/program.ts'
import { codeIn, isOurs } from './domain/reservation.ts'
import type { Ledger, LimitKey, OrderKey } from './ports/ledger.ts'
import type { Contact, Events, People, Profile, ProjectFacts } from './ports/neighbours.ts'
import type { Programs } from './ports/programs.ts'
import { applyTo, changesOf, nothingWritten, orderKey, subjectOf, useKey, type Slice } from './slice.ts'

/** What the inbox holds for loyalty: who, and what about them. A refund may name its order only. */
export type Task = {
  contact?: Contact | undefined
  customerId?: string | undefined
  command: LoyaltyCommand
  referralCode?: string | undefined
  /** By the project's clock; now, where it did not wait. */
  arrivedAt?: Instant | undefined
  profile?: Omit<Profile, 'customerId'> | undefined
}

export type SliceDependencies = {
  people: People
  programs: Programs
  ledger: Ledger
  events: Events
  newId: (kind: 'entry' | 'lot' | 'order' | 'hold' | 'alert') => string
  newReferralCode: () => string
  sha256: (text: string) => string
  present: (result: Result, currency: string, customerId: string) => unknown
  presentRefusal: (refusal: Refusal, currency: string) => Refusal
}

/** Known before the transaction begins: one that waited in it for a second connection could wait for itself. */
export type SliceProject = ProjectFacts & { id: string }

const DAY_FRIENDS_MS = 86_400_000
/** What may take from the budgets of rules. */
const CAPPED: ReadonlySet<LoyaltyCommand['kind']> = new Set(['purchase', 'state'])
/** What may count against the limits of a day. */
const LIMITED: ReadonlySet<LoyaltyCommand['kind']> = new Set([
  ...CAPPED,
  'spend',
  'hold',
  'capture-hold',
  'register',
  'birthday',
  'adjust',
])

/** Decides tasks in their order on books in memory, and writes what came of it: a fixed number of statements, however many tasks. */
export async function decideSlice(
  dependencies: SliceDependencies,
  transaction: Transaction,
  project: SliceProject,
  tasks: Task[],
  /** Of each that was not refused: whether it had been done before. */
  onDecided: (repeated: boolean) => void = () => undefined,
): Promise<(Refusal | object)[]> {
  const { ledger, events, present, presentRefusal } = dependencies
  const { id: projectId, currency, wholeMinor, timeZone } = project
  const reserved = await findReserved(ledger, transaction, projectId, tasks)
  const people = await findCustomers(dependencies, transaction, projectId, tasks, reserved)
  const { customerIds, created } = people
  const referrers = await findReferrers(dependencies, transaction, project, tasks, customerIds)
  const owners = [...reserved.values()].map(({ customerId }) => customerId)
  const slice = await load(dependencies, transaction, project, tasks, customerIds, [
    ...referrers.all,
    ...owners,
  ])
  const { books } = slice
  const doubts = await findDoubts(dependencies, transaction, project, referrers, slice)

  const outcomes = tasks.map(({ command, referralCode }, index): Refusal | object => {
    const customerId = customerIds[index]!
    if (typeof customerId !== 'string') return customerId
    const book = books.get(customerId)
    if (book === undefined) throw new Error(`Customer ${customerId} has no account`)
    const { mergedInto } = book.account
    if (mergedInto !== null) {
      if (tasks[index]!.customerId === customerId)
        return refuse('customer-merged', { customerId, into: mergedInto })
      throw new ConcurrentChange(`${customerId} was just merged`)
    }
    const order = orderFor(slice, book, command)
    const byCode = referrers.byCode.get(referralCode ?? '')
    const referrerId = order?.referrerId ?? book.account.referredBy ?? byCode
    if (referrerId !== undefined && referrerId !== null && !books.has(referrerId))
      throw new ConcurrentChange(`${customerId} was just referred`)
    const reservation = reservationFor(slice, command)
    const reservedBy = reservation?.hold?.customerId
    if (reservedBy !== undefined && !books.has(reservedBy))
      throw new ConcurrentChange(`The bonuses of ${reservedBy} were just reserved`)
    const staff = command.kind === 'adjust' ? command.staff : ''
    const situation: Situation = {
      book,
      referrer: !referrerId || referrerId === customerId ? undefined : books.get(referrerId),
      order,
      lots: slice.named,
      expiredMinor: slice.expired.get(order?.id ?? ''),
      hold: holdOf(slice, command),
      reservation,
      friendOrders: command.kind === 'judge-referral' ? ordersOf(slice, customerId) : undefined,
      program: slice.program,
      programOf: slice.programOf,
      doubt: byCode === undefined ? undefined : doubts.of(customerId, byCode),
      budgets: leftOf(slice),
      used: usedOf(slice, customerId, staff),
      currency,
      wholeMinor,
      timeZone,
      now: slice.now,
      arrivedAt: tasks[index]!.arrivedAt ?? slice.now,
      newId: dependencies.newId,
    }
    const decision = decide(named(command, referralCode, byCode), situation)
    if (isRefusal(decision)) return presentRefusal(decision, currency)
    onDecided(decision.repeated)
    if (!decision.repeated) {
      applyTo(dependencies, projectId, slice, decision, customerId, staff)
      if (decision.freed !== undefined) letGo(dependencies, projectId, slice, situation, decision.freed)
      spoil(slice, command, reservation)
      if (byCode !== undefined && book.account.referredBy === null) doubts.brought(byCode)
    }
    return present(decision.result, currency, customerId) as object
  })

  const { written } = slice
  await ledger.write(transaction, projectId, changesOf(dependencies, slice, timeZone))
  if (written.spoiled.size > 0) await ledger.spoilCodes(transaction, projectId, [...written.spoiled])
  const facts = [
    ...created.map((customerId) => ({ type: 'customer.created' as const, customerId })),
    ...written.events,
  ]
  if (facts.length > 0)
    await events.add(
      transaction,
      projectId,
      facts.map((event) => ({ ...event, currency })),
    )
  return outcomes
}

/** Locks the books and reads what the decisions will look at. */
async function load(
  { ledger, programs }: SliceDependencies,
  transaction: Transaction,
  { id: projectId, timeZone, clockOffsetMs }: SliceProject,
  tasks: Task[],
  customerIds: (string | Refusal)[],
  others: string[],
): Promise<Slice> {
  const known = customerIds.filter((id): id is string => typeof id === 'string')
  const involved = [...new Set([...known, ...others])].sort()
  const keys = tasks.flatMap(({ command }) => ('orderId' in command ? [command] : []))
  const judged = tasks.flatMap(({ command }, index) =>
    command.kind === 'judge-referral' ? [customerIds[index] as string] : [],
  )
  const asked = tasks.flatMap(({ command }) => ('lotId' in command ? [command.lotId] : []))
  const codes = codesOf(tasks)
  const [{ books, now: databaseNow }, program, ofKeys, ofFriends, ofLots, holds, reserved] =
    await Promise.all([
      ledger.lockBooks(transaction, projectId, involved),
      programs.currentWithin(transaction, projectId),
      keys.length === 0 ? [] : ledger.ordersOf(transaction, projectId, keys),
      judged.length === 0 ? [] : ledger.ordersOfCustomers(transaction, projectId, judged),
      asked.length === 0 ? [] : ledger.ordersOfLots(transaction, projectId, asked),
      holdsOf(ledger, transaction, projectId, tasks),
      codes.length === 0 ? [] : ledger.reservationsOf(transaction, projectId, codes),
    ])
  const now = databaseNow + clockOffsetMs
  const day = dayNumber(now, timeZone)
  const orders = new Map([...ofFriends, ...ofLots, ...ofKeys].map((order) => [orderKey(order), order]))
  const versions = [...orders.values()].flatMap(({ terms }) => terms?.programVersion ?? [])
  const spent = [...orders.values()].flatMap((order) =>
    order.spentMinor > order.returnedMinor ? order.spentFrom.map(({ lotId }) => lotId) : [],
  )
  const lotIds = [...new Set([...spent, ...asked])]
  const capped = tasks.some(({ command }) => CAPPED.has(command.kind))
    ? program.rules.flatMap(({ id, budgetMinor }) => (budgetMinor === null ? [] : [id]))
    : []
  const limited = limitKeysOf(program, tasks, customerIds)
  // Only where something may be taken back.
  const returning = tasks.some(({ command }) => command.kind === 'refund' || command.kind === 'state')
  const earning = returning ? [...orders.values()].filter(({ earnedMinor }) => earnedMinor > 0) : []
  const [programOf, lots, history, budgets, uses, expired] = await Promise.all([
    programs.versionsWithin(transaction, projectId, versions, program),
    lotIds.length === 0 ? [] : ledger.lotsOf(transaction, projectId, lotIds),
    program.tierPolicy.window.kind === 'all-time'
      ? undefined
      : ledger.history(transaction, projectId, involved, {
          timeZone,
          firstDay: historyFrom(program, timeZone, now),
        }),
    capped.length === 0 ? new Map<string, number>() : ledger.budgets(transaction, projectId, capped),
    limited.length === 0 ? [] : ledger.uses(transaction, projectId, day, limited),
    earning.length === 0
      ? new Map<string, number>()
      : ledger.expiredOf(transaction, projectId, earning.map(({ id }) => id)), // prettier-ignore
  ])
  for (const [customerId, days] of history ?? []) {
    const book = books.get(customerId)
    if (book !== undefined) books.set(customerId, { ...book, history: days })
  }
  for (const { customerId, ...lot } of lots) {
    const book = books.get(customerId)
    if (book !== undefined && !book.lots.some(({ id }) => id === lot.id))
      books.set(customerId, { ...book, lots: [...book.lots, lot] })
  }
  return {
    books,
    orders,
    holds: new Map([...holds, ...reserved.flatMap(({ hold }) => hold ?? [])].map((hold) => [hold.id, hold])),
    reservations: new Map(
      reserved.map(({ key, isImported, hold }) => [key, { isImported, holdId: hold?.id }]),
    ),
    expired,
    named: new Map(lots.map(({ customerId: _customerId, ...lot }) => [lot.id, lot])),
    budgets,
    uses: new Map(uses.map(({ kind, subject, usedMinor }) => [useKey(kind, subject), usedMinor])),
    program,
    programOf,
    now,
    day,
    written: nothingWritten(),
  }
}

function limitKeysOf(
  { limits }: Slice['program'],
  tasks: Task[],
  customerIds: (string | Refusal)[],
): LimitKey[] {
  const kinds = LIMIT_KINDS.filter((kind) => limits[kind] !== undefined)
  if (kinds.length === 0) return []
  const keys = tasks.flatMap(({ command }, index) => {
    const customerId = customerIds[index]!
    if (typeof customerId !== 'string' || !LIMITED.has(command.kind)) return []
    const staff = command.kind === 'adjust' ? command.staff : ''
    return kinds.map((kind): LimitKey => ({ kind, subject: subjectOf(kind, customerId, staff) }))
  })
  return [...new Map(keys.map((key) => [useKey(key.kind, key.subject), key])).values()]
}

async function findCustomers(
  { people, ledger, newReferralCode }: SliceDependencies,
  transaction: Transaction,
  projectId: string,
  tasks: Task[],
  reserved: Map<string, Bearer>,
): Promise<{ customerIds: (string | Refusal)[]; created: string[] }> {
  const owners = await findOwners(ledger, transaction, projectId, tasks)
  const isAsked = (task: Task) => task.contact !== undefined && ownerOf(owners, task) === undefined
  const asked = tasks.filter(isAsked)
  const { matches, created } =
    asked.length === 0
      ? { matches: [], created: [] }
      : await people.identify(
          transaction,
          projectId,
          asked.map(({ contact, command }) => ({
            contact: contact!,
            mayCreate:
              command.kind !== 'spend' &&
              command.kind !== 'hold' &&
              bearerOf(reserved, command) === undefined,
          })),
        )
  if (created.length > 0) {
    const accounts = created.map((customerId) => ({ customerId, referralCode: newReferralCode() }))
    await ledger.openAccounts(transaction, projectId, accounts)
  }
  const found = matches[Symbol.iterator]()
  const placed = new Map<string, string>()
  const customerIds = tasks.map((task): string | Refusal => {
    const { command } = task
    const key = 'orderId' in command ? orderKey(command) : undefined
    const match = isAsked(task) ? found.next().value! : undefined
    const bearer = bearerOf(reserved, command)
    if (match !== undefined && 'refused' in match)
      return match.refused === 'customer-not-found' && bearer !== undefined ? bearer : match
    const customerId = match?.customerId ?? task.customerId ?? ownerOf(owners, task) ?? placed.get(key ?? '')
    if (customerId === undefined) {
      const { orderId, storefront } = command as OrderKey
      return refuse('order-not-found', { orderId, storefront })
    }
    if (key !== undefined) placed.set(key, customerId)
    return customerId
  })
  const profiles = new Map<string, Profile>()
  tasks.forEach(({ profile }, index) => {
    const customerId = customerIds[index]!
    if (profile === undefined || typeof customerId !== 'string') return
    // Who has only the code of a hold may say nothing of its customer.
    if (bearerOf(reserved, tasks[index]!.command) !== undefined) return
    profiles.set(customerId, { ...profiles.get(customerId), ...defined(profile), customerId })
  })
  if (profiles.size > 0) await people.updateProfiles(transaction, projectId, [...profiles.values()])
  return { customerIds, created }
}

type Bearer = { customerId: string; isErased: boolean }

/** Whose the holds are that orders name by a code, without a lock. */
async function findReserved(
  ledger: Ledger,
  transaction: Transaction,
  projectId: string,
  tasks: Task[],
): Promise<Map<string, Bearer>> {
  const codes = codesOf(tasks)
  const found = codes.length === 0 ? [] : await ledger.reservationsOf(transaction, projectId, codes)
  return new Map(
    found.flatMap(({ key, isErased, hold }) =>
      hold === null ? [] : [[key, { customerId: hold.customerId, isErased }]],
    ),
  )
}

/**
 * Whose an order is that names nobody we know, but one of our codes: whoever typed another address than ours still has
 * what only the hold's customer was given. A shop's own codes can be guessed, and prove nothing; who was erased buys nothing.
 */
function bearerOf(reserved: Map<string, Bearer>, command: LoyaltyCommand): string | undefined {
  const code = codeOf(command)
  const bearer = code !== undefined && isOurs(code) ? reserved.get(code) : undefined
  return bearer?.isErased === false ? bearer.customerId : undefined
}

function codeOf(command: LoyaltyCommand): string | undefined {
  return command.kind === 'purchase' && command.told !== undefined ? codeIn(command.told) : undefined
}

function codesOf(tasks: Task[]): string[] {
  return [...new Set(tasks.flatMap(({ command }) => codeOf(command) ?? []))]
}

/** A refund is about its order: whose it is, the order knows better than the refund. */
async function findOwners(
  ledger: Ledger,
  transaction: Transaction,
  projectId: string,
  tasks: Task[],
): Promise<Map<string, string>> {
  const keys = tasks.flatMap(({ command }) => (command.kind === 'refund' ? [command] : []))
  if (keys.length === 0) return new Map()
  const owners = await ledger.ownersOf(transaction, projectId, keys)
  return new Map(owners.map((order) => [orderKey(order), order.customerId]))
}

function ownerOf(owners: Map<string, string>, { command, customerId }: Task): string | undefined {
  return command.kind === 'refund' && customerId === undefined ? owners.get(orderKey(command)) : undefined
}

type Referrers = {
  byCode: Map<string, string>
  all: Set<string>
  /** Friends with those whose code they name. */
  pairs: { a: string; b: string }[]
}

/** Whose code it is for those that name one, and who brought those that were brought already. */
async function findReferrers(
  { ledger }: SliceDependencies,
  transaction: Transaction,
  { id: projectId }: SliceProject,
  tasks: Task[],
  customerIds: (string | Refusal)[],
): Promise<Referrers> {
  const codes = [...new Set(tasks.flatMap(({ referralCode }) => referralCode ?? []))]
  const ids = customerIds.filter((id): id is string => typeof id === 'string')
  const later = tasks.flatMap(({ command }) =>
    'orderId' in command && command.kind !== 'purchase' ? [command] : [],
  )
  const [byCode, byCustomer, ofOrders] = await Promise.all([
    codes.length === 0 ? new Map<string, string>() : ledger.referrers(transaction, projectId, codes),
    ledger.referredBy(transaction, projectId, ids),
    later.length === 0 ? [] : ledger.ownersOf(transaction, projectId, later),
  ])
  const all = new Set([
    ...byCode.values(),
    ...byCustomer.values(),
    ...ofOrders.flatMap(({ referrerId }) => referrerId ?? []),
  ])
  const pairs = tasks.flatMap(({ referralCode }, index) => {
    const [a, b] = [customerIds[index]!, byCode.get(referralCode ?? '')]
    return typeof a === 'string' && b !== undefined && a !== b ? [{ a, b }] : []
  })
  return { byCode, all, pairs }
}

/** What speaks against new referrals: looked for under the referrers' locks, so that friends who come at once count each other. */
async function findDoubts(
  { ledger, people }: SliceDependencies,
  transaction: Transaction,
  { id: projectId, clockOffsetMs }: SliceProject,
  { byCode, pairs }: Referrers,
  { program: { referral } }: Slice,
): Promise<{
  of: (friendId: string, referrerId: string) => Situation['doubt']
  brought: (id: string) => void
}> {
  if (pairs.length === 0) return { of: () => undefined, brought: () => undefined }
  const [alike, friends] = await Promise.all([
    people.alike(transaction, projectId, pairs),
    ledger.friendsSince(transaction, projectId, [...byCode.values()], clockOffsetMs - DAY_FRIENDS_MS),
  ])
  const tricks = new Set(pairs.filter((_, index) => alike[index]).map(({ a, b }) => `${a} ${b}`))
  return {
    of: (friendId, referrerId) => {
      if (tricks.has(`${friendId} ${referrerId}`)) return 'same-contact'
      const isMany = referral.friendsPerDay > 0 && (friends.get(referrerId) ?? 0) >= referral.friendsPerDay
      return isMany ? 'velocity' : undefined
    },
    brought: (referrerId) => void friends.set(referrerId, (friends.get(referrerId) ?? 0) + 1),
  }
}

function named(
  command: LoyaltyCommand,
  referralCode: string | undefined,
  referrerId: string | undefined,
): LoyaltyCommand {
  if (referralCode === undefined) return command
  if (command.kind !== 'purchase' && command.kind !== 'register' && command.kind !== 'state') return command
  if (referrerId !== undefined) return { ...command, referrerId }
  return command.kind === 'register'
    ? command
    : { ...command, flags: [...command.flags, 'referral-code-unknown'] }
}

async function holdsOf(
  ledger: Ledger,
  transaction: Transaction,
  projectId: string,
  tasks: Task[],
): Promise<Hold[]> {
  const ids = tasks.flatMap(({ command }) => holdIdIn(command) ?? [])
  return ids.length === 0 ? [] : ledger.holdsOf(transaction, projectId, ids)
}

function holdOf({ holds }: Slice, command: LoyaltyCommand): Hold | undefined {
  return holds.get(holdIdIn(command) ?? '')
}

function reservationFor({ reservations, holds }: Slice, command: LoyaltyCommand): Situation['reservation'] {
  const found = reservations.get(codeOf(command) ?? '')
  return found && { isImported: found.isImported, hold: holds.get(found.holdId ?? '') }
}

/** What another customer had put aside goes back to its lots, in the same transaction as the order that named it. */
function letGo(
  dependencies: SliceDependencies,
  projectId: string,
  slice: Slice,
  { friendOrders: _friends, ...situation }: Situation,
  { id: holdId, customerId, storefront, orderId }: Hold,
): void {
  const decision = decide(
    { kind: 'void-hold', storefront, orderId, holdId },
    {
      ...situation,
      book: slice.books.get(customerId)!,
      referrer: undefined,
      order: undefined,
      reservation: undefined,
      hold: slice.holds.get(holdId),
      used: {},
    },
  )
  if (!isRefusal(decision) && !decision.repeated)
    applyTo(dependencies, projectId, slice, decision, customerId, '')
}

function spoil({ written }: Slice, command: LoyaltyCommand, found: Situation['reservation']): void {
  if (found?.isImported !== true || found.hold !== undefined) return
  // A field of a form can say anything: only what the storefront took as a promo code is used up there.
  const code = codeOf(command)!
  if (command.kind === 'purchase' && command.told?.promoCode === code) written.spoiled.add(code)
}

function holdIdIn(command: LoyaltyCommand): string | undefined {
  if ('holdId' in command) return command.holdId
  const payment = 'payment' in command ? command.payment : undefined
  return payment !== undefined && 'holdId' in payment ? payment.holdId : undefined
}

/** The order that a command is about: named, or the one that gave the lot. */
function orderFor({ orders }: Slice, { lots }: Book, command: LoyaltyCommand): Order | undefined {
  if ('orderId' in command) return orders.get(orderKey(command))
  if (!('lotId' in command)) return undefined
  const orderRef = lots.find(({ id }) => id === command.lotId)?.orderRef
  return [...orders.values()].find(({ id }) => id === orderRef)
}

function ordersOf({ orders }: Slice, customerId: string): Order[] {
  return [...orders.values()].filter((order) => order.customerId === customerId)
}

function leftOf({ program, budgets }: Slice): Record<string, number> {
  const capped = program.rules.filter(({ budgetMinor }) => budgetMinor !== null)
  return Object.fromEntries(
    capped.map(({ id, budgetMinor }) => [id, Math.max(0, budgetMinor! - (budgets.get(id) ?? 0))]),
  )
}

function usedOf({ program, uses }: Slice, customerId: string, staff: string): Situation['used'] {
  const limited = LIMIT_KINDS.filter((kind) => program.limits[kind] !== undefined)
  return Object.fromEntries(
    limited.map((kind) => [kind, uses.get(useKey(kind, subjectOf(kind, customerId, staff))) ?? 0]),
  )
}

function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Partial<T>
}
