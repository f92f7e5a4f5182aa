import type { NewItem } from '../kernel/line.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import type { BoardChange } from './domain/board-change.ts'
import type { BoardStore } from './ports/board-store.ts'

export type BoardEvent = {
  deliveryId: string
  accountId: string
  /** Who did it. */
  byUid: string | null
  taskId: string | null
  /** The section that it was moved into. */
  movedTo: string | null
  /** A task that comes round again was ticked off, which nothing else tells. */
  cameRound: boolean
}

type Dependencies = {
  unitOfWork: UnitOfWork
  boards: Pick<BoardStore, 'ofAccount' | 'taskById'>
  addChanges: (transaction: Transaction, items: readonly NewItem<BoardChange>[]) => Promise<number>
  hurry: (projectId: string, withinMs: number) => Promise<void>
}

// What we did ourselves comes back as an event; several of them are one look.
const OWN_ECHO_MS = 1_000

/** Whose board to look at. What happened is told by the next exchange; only who it was, and what a sync does not know, is kept. */
export function hearEvent({ unitOfWork, boards, addChanges, hurry }: Dependencies) {
  async function keep(projectId: string, { deliveryId, accountId, byUid, taskId, ...what }: BoardEvent) {
    const { movedTo, cameRound } = what
    if (taskId === null || byUid === null || !(movedTo !== null || cameRound)) return
    const task = await boards.taskById(projectId, taskId)
    if (task === undefined || (byUid === accountId && !cameRound)) return
    const body: BoardChange =
      movedTo === null ? { kind: 'completed', taskId, byUid } : { kind: 'moved', sectionId: movedTo, byUid }
    const item = { projectId, line: task.ticketId, key: `event:${deliveryId}`, body }
    await unitOfWork((transaction) => addChanges(transaction, [item]))
  }

  return async (event: BoardEvent): Promise<void> => {
    for (const projectId of await boards.ofAccount(event.accountId)) {
      await keep(projectId, event)
      await hurry(projectId, event.byUid === event.accountId ? OWN_ECHO_MS : 0)
    }
  }
}
