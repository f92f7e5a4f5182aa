import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import { decideSlice, type SliceDependencies, type SliceProject, type Task } from './decide-slice.ts'
import type { Projects, RejectedOrder } from './ports/neighbours.ts'
import type { Work, WorkItem, WorkOutcome } from './ports/work.ts'

export type EngineDependencies = SliceDependencies & {
  unitOfWork: UnitOfWork
  projects: Projects
  work: Work
  read: (command: unknown) => Task
  /** The database is away: costs no attempt. */
  isUnreachable: (error: unknown) => boolean
  onFault: (error: unknown, projectId: string, itemId: string) => void
}

export type Engine = ReturnType<typeof runEngine>

// A spend waits for the locks of a slice, at most.
const SLICE = { least: 48, first: 64, most: 400, shortMs: 20, longMs: 40 }

const MERGE_TRIES = 3
/** What is said where the order or the hold has gone to another customer meanwhile. */
const MOVED: ReadonlySet<string> = new Set(['customer-merged', 'order-conflict', 'hold-not-found'])

/** Turns accepted work into ledger entries: exactly one effect each, in one transaction per slice. */
export function runEngine(dependencies: EngineDependencies) {
  const { work, isUnreachable, onFault } = dependencies
  let sliceSize = SLICE.first

  async function within<T>(
    projectId: string,
    inside: (transaction: Transaction, project: SliceProject) => Promise<T>,
  ): Promise<T> {
    const project = { id: projectId, ...(await dependencies.projects.facts(projectId)) }
    return dependencies.unitOfWork((transaction) => inside(transaction, project))
  }

  /** The next slice of a project. `busy`: another worker has the project now. */
  async function runSlice(projectId: string): Promise<'idle' | 'more' | 'busy'> {
    const limit = sliceSize
    let claimed: string[] = []
    try {
      const done = await within(projectId, async (transaction, project) => {
        if (!(await work.tryOwnProject(transaction, projectId))) return 'busy'
        const items = await work.claimSlice(transaction, projectId, limit)
        claimed = items.map(({ id }) => id)
        const began = performance.now()
        await perform(transaction, project, items)
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
    for (let rest = ids; rest.length > 0;) {
      const now = rest.slice(0, sliceSize)
      rest = rest.slice(now.length)
      await runSome(projectId, now)
    }
  }

  async function runSome(projectId: string, ids: string[]): Promise<void> {
    try {
      await within(projectId, async (transaction, project) =>
        perform(transaction, project, await work.claimItems(transaction, projectId, ids)),
      )
    } catch (error) {
      if (isUnreachable(error)) throw error
      for (const id of ids) await runOne(projectId, id)
    }
  }

  async function runOne(projectId: string, id: string): Promise<void> {
    try {
      await within(projectId, async (transaction, project) =>
        perform(transaction, project, await work.claimItems(transaction, projectId, [id])),
      )
    } catch (error) {
      if (isUnreachable(error)) throw error
      onFault(error, projectId, id)
      await within(projectId, async (transaction) => {
        const reason = error instanceof Error ? error.message : String(error)
        const dead = await work.fail(transaction, projectId, id, reason)
        if (dead === undefined) return
        const { action, orderId, storefront } = dead
        const rejected = { type: 'order.rejected' as const, inboxItemId: id, code: 'processing-failed' }
        await dependencies.events.add(transaction, projectId, [
          { ...rejected, action: action ?? '', orderId, storefront: storefront ?? '' },
        ])
      })
    }
  }

  async function perform(transaction: Transaction, project: SliceProject, items: WorkItem[]): Promise<void> {
    if (items.length === 0) return
    const tasks = items.map(({ command, receivedAt }) => ({
      ...dependencies.read(command),
      arrivedAt: receivedAt + project.clockOffsetMs,
    }))
    const decided = await decideSlice(dependencies, transaction, project, tasks)
    const outcomes = items.map(({ id }, index): WorkOutcome => {
      const outcome = decided[index]!
      return 'refused' in outcome ? { id, refusal: outcome } : { id, result: outcome }
    })
    await work.settle(transaction, project.id, outcomes)
    const rejected = outcomes.flatMap((outcome, index) =>
      'refusal' in outcome ? rejectionOf(outcome.id, tasks[index]!, outcome.refusal) : [],
    )
    if (rejected.length > 0) await dependencies.events.add(transaction, project.id, rejected)
  }

  function adapt(items: number, durationMs: number): void {
    if (items < sliceSize) return
    const factor = durationMs > SLICE.longMs ? 0.8 : durationMs < SLICE.shortMs ? 1.25 : 1
    sliceSize = Math.max(SLICE.least, Math.min(SLICE.most, Math.round(sliceSize * factor)))
  }

  /** A command that did not come through the inbox, for a known customer or order; `also` commits with what it does: not with a refusal or a repeat. */
  function runCommand(
    projectId: string,
    task: Task,
    also?: (transaction: Transaction) => Promise<void>,
  ): Promise<unknown> {
    return within(projectId, async (transaction, project) => {
      let isNew = false
      const [outcome] = await decideSlice(dependencies, transaction, project, [task], (repeated) => {
        isNew = !repeated
      })
      if (isNew) await also?.(transaction)
      return outcome
    })
  }

  /** A command that is known only within its transaction; nothing is done where it cannot be made. */
  function runPrepared(
    projectId: string,
    prepare: (
      transaction: Transaction,
    ) => Promise<{ task: Task; also?: (done: object) => Promise<void> } | Refusal>,
  ): Promise<Refusal | object> {
    return within(projectId, async (transaction, project) => {
      const prepared = await prepare(transaction)
      if ('refused' in prepared) return prepared
      const [outcome] = await decideSlice(dependencies, transaction, project, [prepared.task])
      if (!isRefusal(outcome!)) await prepared.also?.(outcome!)
      return outcome!
    })
  }

  /** For whoever the customer is by now: a merge, or the undoing of one, may come between the look and the lock. */
  async function runFor(projectId: string, find: () => Promise<Task | Refusal>): Promise<Refusal | object> {
    let task = await find()
    for (let tries = 1; ; tries++) {
      if ('refused' in task) return task
      const outcome = (await runCommand(projectId, task)) as Refusal | object
      if (tries >= MERGE_TRIES || !isRefusal(outcome) || !MOVED.has(outcome.refused)) return outcome
      const { customerId } = task
      task = await find()
      if (outcome.refused !== 'customer-merged' && 'command' in task && task.customerId === customerId)
        return outcome
    }
  }

  /** Many known customers at once, in one transaction. */
  function runCommands(projectId: string, tasks: Task[]): Promise<(Refusal | object)[]> {
    return within(projectId, (transaction, project) => decideSlice(dependencies, transaction, project, tasks))
  }

  return { runSlice, runItems, runCommand, runCommands, runFor, runPrepared }
}

/** Whoever spends hears the refusal in the answer; of an order nobody waits for it. */
function rejectionOf(inboxItemId: string, { command }: Task, { refused: code }: Refusal): RejectedOrder[] {
  if (command.kind !== 'purchase' && command.kind !== 'refund') return []
  const { kind: action, orderId, storefront } = command
  return [{ type: 'order.rejected', inboxItemId, action, orderId, storefront, code }]
}
