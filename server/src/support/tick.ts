import type { UnitOfWork } from '../kernel/transaction.ts'
import { tickTicket } from './domain/tick-ticket.ts'
import type { TicketStore } from './ports/ticket-store.ts'
import type { recordTicket } from './record-ticket.ts'
import type { SettingOf } from './setting-of.ts'

type Clock = { projectId: string; clockOffsetMs: number }

type Dependencies = {
  unitOfWork: UnitOfWork
  store: TicketStore
  settingOf: SettingOf
  write: ReturnType<typeof recordTicket>
  /** Sandboxes whose clock was moved. */
  shifted: () => Promise<Clock[]>
  isUnreachable: (error: unknown) => boolean
  onFault: (error: unknown, projectId: string, ticketId: string) => void
}

const SLICE = 100
const PUT_OFF_MS = 3_600_000

/**
 * Does what time brings: reminders, broken promises, second announcements, closing. Run by many schedulers at once, each ticket
 * is one's turn; run late, each thing still happens once.
 */
export function tick({ unitOfWork, store, settingOf, write, shifted, isUnreachable, onFault }: Dependencies) {
  const tickOne = (projectId: string, ticketId: string) =>
    unitOfWork(async (transaction) => {
      const ticket = await store.lockFree(transaction, projectId, ticketId)
      if (ticket === undefined) return
      const setting = await settingOf(projectId, await store.now(transaction))
      const decision = tickTicket(ticket, setting)
      // Written also when nothing was to be done: when to look next may be another moment by now.
      await write(transaction, ticket, { ...decision, ticket: { ...decision.ticket } }, setting)
    })

  async function slice(clock?: Clock): Promise<boolean> {
    const due = await store.due(SLICE, clock)
    for (const { projectId, id } of due) {
      try {
        await tickOne(projectId, id)
      } catch (error) {
        if (isUnreachable(error)) throw error
        // One that cannot be looked at must not stand in the way of the others.
        onFault(error, projectId, id)
        await store.putOff(projectId, id, PUT_OFF_MS)
      }
    }
    return due.length === SLICE
  }

  return {
    /** The next of all projects; true when there may be more. */
    async next(): Promise<boolean> {
      let more = await slice()
      for (const clock of await shifted()) more = (await slice(clock)) || more
      return more
    },
    /** All that is due in one project, by its own clock. */
    async all(clock: Clock): Promise<void> {
      while (await slice(clock));
    },
  }
}
