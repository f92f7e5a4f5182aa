import type { Outcome } from '../kernel/line.ts'
import type { UnitOfWork } from '../kernel/transaction.ts'
import type { BoardChange } from './domain/board-change.ts'
import { statusOf } from './domain/board.ts'
import type { AgentStore } from './ports/agent-store.ts'
import type { BoardStore } from './ports/board-store.ts'
import type { Tickets } from './ports/tickets.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  boards: Pick<BoardStore, 'within' | 'lockTask' | 'putTask'>
  agents: Pick<AgentStore, 'byTodoistUser'>
  tickets: Tickets
}

const DONE: Outcome = { outcome: 'done' }

/** Who moved a task, which only webhooks tell: kept for the exchange that brings the move, or made good where it came first. */
export function hearMove({ unitOfWork, boards, agents, tickets }: Dependencies) {
  return (
    projectId: string,
    ticketId: string,
    { sectionId, byUid }: Extract<BoardChange, { kind: 'moved' }>,
  ): Promise<Outcome> =>
    unitOfWork(async (transaction) => {
      const ticket = await tickets.hold(transaction, projectId, ticketId)
      const board = await boards.within(transaction, projectId)
      const known = await boards.lockTask(transaction, projectId, ticketId)
      if (ticket === undefined || board === undefined || known === undefined) return DONE
      if (statusOf(board, known.boardId, sectionId) !== known.section) {
        await boards.putTask(transaction, projectId, { ...known, movedBy: byUid })
        return DONE
      }
      const agent = await agents.byTodoistUser(projectId, byUid)
      if (agent !== undefined && ticket.status === 'in-work' && ticket.assigneeId === null)
        await tickets.take(transaction, projectId, ticketId, agent.id, 'board')
      return DONE
    })
}
