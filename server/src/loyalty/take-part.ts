import { refuse, type Refusal } from '../kernel/refusal.ts'
import { ConcurrentChange } from '../kernel/retryable-error.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { decideSlice, type SliceDependencies, type SliceProject } from './decide-slice.ts'
import { isExact } from './domain/book.ts'
import { dayNumber } from './domain/calendar.ts'
import type { Decision } from './domain/decision.ts'
import { historyFrom } from './domain/judge-tier.ts'
import { mergeBooks, partBooks, type MergeRecord, type Moved, type Origin } from './domain/merge-books.ts'
import type { Estates, MovedIds } from './ports/estates.ts'
import type { Projects } from './ports/neighbours.ts'
import { applyTo, changesOf, nothingWritten, type Slice } from './slice.ts'

type Dependencies = SliceDependencies & { projects: Projects; estates: Estates }
type OfTwo = { mergeId: string; from: string; into: string }
type Recorded = MergeRecord & MovedIds
type Child = Pick<Origin, 'originId'>

/** What becomes of a customer's bonuses and orders when the customer is merged, parted again, erased or exported. */
export function takePart(dependencies: Dependencies) {
  const { ledger, programs, projects, estates, events } = dependencies

  async function open(transaction: Transaction, projectId: string, customerIds: string[]) {
    const project: SliceProject = { id: projectId, ...(await projects.facts(projectId)) }
    const { timeZone, clockOffsetMs } = project
    const program = await programs.currentWithin(transaction, projectId)
    const { books, now: databaseNow } = await ledger.lockBooks(
      transaction,
      projectId,
      [...customerIds].sort(),
    )
    const now = databaseNow + clockOffsetMs
    if (program.tierPolicy.window.kind !== 'all-time') {
      const window = { timeZone, firstDay: historyFrom(program, timeZone, now) }
      for (const [customerId, history] of await ledger.history(transaction, projectId, customerIds, window))
        books.set(customerId, { ...books.get(customerId)!, history })
    }
    const slice: Slice = {
      books,
      orders: new Map(),
      holds: new Map(),
      reservations: new Map(),
      named: new Map(),
      expired: new Map(),
      budgets: new Map(),
      uses: new Map(),
      program,
      programOf: () => program,
      now,
      day: dayNumber(now, timeZone),
      written: nothingWritten(),
    }
    return { slice, setting: { program, timeZone, now, newId: dependencies.newId }, project }
  }

  async function write(
    transaction: Transaction,
    { id: projectId, currency, timeZone }: SliceProject,
    slice: Slice,
    { pens, events: told }: Moved,
  ): Promise<void> {
    const decision: Decision = {
      entries: pens.flatMap(({ entries }) => entries),
      events: told,
      books: pens.map(({ book }) => book),
      order: undefined,
      holds: pens.flatMap(({ changedHolds }) => [...changedHolds.values()]),
      budgets: {},
      used: {},
      result: { availableMinor: 0 },
      repeated: false,
    }
    applyTo(dependencies, projectId, slice, decision, pens[1].account.customerId, '')
    await ledger.write(transaction, projectId, changesOf(dependencies, slice, timeZone))
    const facts = slice.written.events.map((event) => ({ ...event, currency }))
    if (facts.length > 0) await events.add(transaction, projectId, facts)
  }

  /** Generation by generation: bonuses may have come back beside what came back beside a lot. */
  async function originsOf(
    transaction: Transaction,
    projectId: string,
    lots: readonly Child[],
  ): Promise<Map<string, Origin>> {
    const origins = new Map<string, Origin>()
    for (let young: readonly Child[] = lots; young.length > 0;) {
      const unknown = new Set(young.flatMap(({ originId }) => originId ?? []))
      for (const id of origins.keys()) unknown.delete(id)
      if (unknown.size === 0) break
      const older = await ledger.lotsOf(transaction, projectId, [...unknown])
      for (const lot of older) origins.set(lot.id, lot)
      young = older
    }
    return origins
  }

  return {
    name: 'loyalty',

    async merge(
      transaction: Transaction,
      projectId: string,
      { mergeId, from, into }: OfTwo,
    ): Promise<Refusal | object> {
      const { slice, setting, project } = await open(transaction, projectId, [from, into])
      const [source, target] = [slice.books.get(from), slice.books.get(into)]
      if (source === undefined || target === undefined) throw new Error(`${from} or ${into} has no account`)
      if (source.account.mergedInto !== null || target.account.mergedInto !== null)
        throw new ConcurrentChange(`${from} or ${into} was just merged`)
      const { record, ...moved } = mergeBooks(source, target, mergeId, setting)
      if (!moved.pens.every(({ book }) => isExact(book))) return refuse('amount-too-large')
      await write(transaction, project, slice, moved)
      return { ...record, ...(await estates.move(transaction, projectId, from, into)) }
    },

    async undoMerge(
      transaction: Transaction,
      projectId: string,
      { mergeId, from, into, record }: OfTwo & { record: object },
    ): Promise<Refusal | void> {
      const kept = record as Recorded
      const { slice, setting, project } = await open(transaction, projectId, [from, into])
      const [source, target] = [slice.books.get(from)!, slice.books.get(into)!]
      if (source.account.mergedInto !== into) return refuse('merge-not-found')
      const back = await estates.moveBack(transaction, projectId, from, into, kept)
      const part = {
        ...back,
        orderRefs: new Set(kept.orders),
        origins: await originsOf(transaction, projectId, target.lots),
      }
      const days = setting.program.tierPolicy.window.kind !== 'all-time'
      if (days) {
        // The orders have gone back by now: the days that tiers look at are read again.
        const window = {
          timeZone: project.timeZone,
          firstDay: historyFrom(setting.program, project.timeZone, setting.now),
        }
        const history = await ledger.history(transaction, projectId, [from, into], window)
        source.history = history.get(from)!
        target.history = history.get(into)!
      }
      await write(transaction, project, slice, partBooks(source, target, kept, part, mergeId, setting))
      await estates.moveEndedHoldsBack(transaction, projectId, from, into, kept)
    },

    async erase(
      transaction: Transaction,
      projectId: string,
      { customerId }: { customerId: string },
    ): Promise<void> {
      const project: SliceProject = { id: projectId, ...(await projects.facts(projectId)) }
      if (!(await estates.isMerged(transaction, projectId, customerId)))
        await decideSlice(dependencies, transaction, project, [{ customerId, command: { kind: 'forfeit' } }])
      await estates.forget(transaction, projectId, customerId)
    },

    exportOf: (projectId: string, customerId: string): Promise<object> =>
      estates.exportOf(projectId, customerId),
  }
}
