import type { Ledger } from './ports/ledger.ts'
import type { Engine } from './run-engine.ts'

type Clock = { projectId: string; clockOffsetMs: number }
type Due = { projectId: string; customerId: string }

type Dependencies = {
  ledger: Ledger
  engine: Engine
  /** Sandboxes whose clock was moved. */
  shifted: () => Promise<Clock[]>
  isUnreachable: (error: unknown) => boolean
  onFault: (error: unknown, projectId: string, customerId: string) => void
}

const SLICE = 100
const PUT_OFF_MS = 3_600_000

/**
 * Writes down what time has done: activations, expiries, holds that ran out, tiers that lapsed, reminders. Late or never
 * run, it changes no balance: all of it is judged at use. Twice at once, the second finds nothing left to do.
 */
export function settleTime({ ledger, engine, shifted, isUnreachable, onFault }: Dependencies) {
  async function settle(due: Due[], clockOffsetMs: number): Promise<void> {
    const byProject = new Map<string, string[]>()
    for (const { projectId, customerId } of due)
      byProject.set(projectId, [...(byProject.get(projectId) ?? []), customerId])
    for (const [projectId, customerIds] of byProject) {
      const tasks = customerIds.map((customerId) => ({ customerId, command: { kind: 'settle' } as const }))
      try {
        await engine.runCommands(projectId, tasks)
      } catch (error) {
        if (isUnreachable(error)) throw error
        for (const customerId of customerIds) await settleOne(projectId, customerId, clockOffsetMs)
      }
    }
  }

  /** One account that cannot be settled must not stand in the way of the others for ever. */
  async function settleOne(projectId: string, customerId: string, clockOffsetMs: number): Promise<void> {
    try {
      await engine.runCommand(projectId, { customerId, command: { kind: 'settle' } })
    } catch (error) {
      if (isUnreachable(error)) throw error
      onFault(error, projectId, customerId)
      await ledger.putOff(projectId, customerId, PUT_OFF_MS, clockOffsetMs)
    }
  }

  async function settleProject(clock: Clock): Promise<boolean> {
    const due = await ledger.due(SLICE, clock)
    await settle(due, clock.clockOffsetMs)
    return due.length === SLICE
  }

  return {
    /** The next of all projects; true when there may be more. */
    async next(): Promise<boolean> {
      const due = await ledger.due(SLICE)
      await settle(due, 0)
      let more = due.length === SLICE
      for (const clock of await shifted()) more = (await settleProject(clock)) || more
      return more
    },
    /** All that is due in one project, by its own clock. */
    async all(clock: Clock): Promise<void> {
      while (await settleProject(clock));
    },
  }
}
