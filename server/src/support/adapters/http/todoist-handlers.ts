import type { Handlers } from '../../../http/handlers.ts'
import type { Refusal } from '../../../kernel/refusal.ts'
import type { Given } from '../../connect-board.ts'
import type { Board } from '../../domain/board.ts'

type Dependencies = {
  find: (projectId: string) => Promise<Board | undefined>
  connect: (projectId: string, given: Given) => Promise<Refusal | undefined>
  disconnect: (projectId: string) => Promise<void>
  delivery: 'webhook' | 'polling'
  figures: (projectId: string) => Promise<{ waiting: number; dead: number }>
}

export function todoistHandlers({
  find,
  connect,
  disconnect,
  delivery,
  figures,
}: Dependencies): Pick<Handlers, 'getTodoist' | 'putTodoist' | 'deleteTodoist'> {
  async function present(projectId: string) {
    const board = await find(projectId)
    if (board === undefined) return { connected: false }
    const { boardId, boardName, accountId, accountName, problem, syncedAt, activeTasks, overflowBoardId } =
      board
    return {
      connected: true,
      boardId,
      boardName,
      accountId,
      accountName,
      delivery,
      problem,
      syncedAt: syncedAt?.toISOString() ?? null,
      activeTasks,
      overflowBoardId,
      ...(await figures(projectId)),
    }
  }

  return {
    getTodoist: async ({ caller: { projectId } }) => ({ status: 200, body: await present(projectId) }),
    putTodoist: async ({ caller: { projectId }, body }) =>
      (await connect(projectId, body)) ?? { status: 200, body: await present(projectId) },
    deleteTodoist: async ({ caller: { projectId } }) => {
      await disconnect(projectId)
      return { status: 204 }
    },
  }
}
