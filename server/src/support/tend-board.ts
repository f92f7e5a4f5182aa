import type { Locale } from '../kernel/locale.ts'
import type { UnitOfWork } from '../kernel/transaction.ts'
import {
  boardMarkerOf,
  CALM_TASKS,
  isOver,
  MOST_ACTIVE_TASKS,
  SECTION_STATUSES,
  WARNED_TASKS,
  type Board,
  type SectionStatus,
} from './domain/board.ts'
import type { Synced } from './ports/board-api.ts'
import type { BoardStore, HeldBoard } from './ports/board-store.ts'
import type { Audit } from './ports/neighbours.ts'
import type { Tickets } from './ports/tickets.ts'
import type { Aftermath } from './settle-commands.ts'
import type { ShowOnBoard } from './show-on-board.ts'
import type { StandBoard } from './stand-board.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  boards: BoardStore
  stand: StandBoard
  tickets: Pick<Tickets, 'hold'>
  show: Pick<ShowOnBoard, 'place' | 'makeAgain' | 'retarget'>
  shopOf: (projectId: string) => Promise<{ locale: Locale }>
  labelsOf: (projectId: string) => Promise<readonly string[]>
  openTicketIds: (projectId: string) => Promise<string[]>
  /** Agents whom nobody has told us at Todoist yet. */
  matchAgents: (board: Board) => Promise<void>
  record: Audit
  forget: (projectId: string) => void
  /** For the owner to know. */
  tellOwner: (projectId: string, what: BoardNews) => Promise<void>
}

export type BoardNews =
  { kind: 'nearly-full'; tasks: number; most: number } | { kind: 'rebuilt'; boardName: string }

const MISSED_AT_ONCE = 50

/** What a board needs after an exchange. Each step can be done again: whoever dies leaves it to the next exchange. */
export function tendBoard(dependencies: Dependencies) {
  const { unitOfWork, boards, stand, tickets, show, shopOf, labelsOf, openTicketIds } = dependencies
  const { matchAgents, record, forget, tellOwner } = dependencies

  /** Each ticket by itself and as it is now. */
  async function fill(
    projectId: string,
    ticketIds: readonly string[],
    lost: ReadonlySet<SectionStatus> = new Set(),
  ): Promise<void> {
    for (const ticketId of ticketIds)
      await unitOfWork(async (transaction) => {
        const ticket = await tickets.hold(transaction, projectId, ticketId)
        const board = await boards.within(transaction, projectId)
        if (ticket !== undefined && board !== undefined) await show.place(transaction, board, ticket, lost)
      })
  }

  async function heal(held: HeldBoard): Promise<void> {
    const { projectId, token, boardName, overflowBoardId } = held
    const { locale } = await shopOf(projectId)
    const shareWith = Object.values(held.people).map(({ email }) => email)
    const wanted = { labels: await labelsOf(projectId), shareWith, locale }
    const ids = [held.boardId, ...(overflowBoardId === null ? [] : [overflowBoardId])]
    const sections: Record<string, Partial<Record<SectionStatus, string>>> = {}
    const members: Record<string, readonly string[]> = {}
    const lost = new Set<SectionStatus>()
    const stood = []
    for (const [place, boardId] of ids.entries()) {
      const known = held.sections[boardId] ?? {}
      const one = await stand(token, {
        ...wanted,
        boardId,
        marker: markerOf(projectId, place),
        name: nameOf(boardName, place),
        sections: known,
      })
      stood.push(one)
      sections[one.boardId] = one.sections
      members[one.boardId] = one.members
      for (const status of SECTION_STATUSES) if (known[status] !== one.sections[status]) lost.add(status)
    }
    const [main, overflow] = stood
    const isRebuilt = main!.boardId !== held.boardId
    await unitOfWork(async (transaction) => {
      await boards.keep(transaction, held, {
        boardId: main!.boardId,
        overflowBoardId: overflow?.boardId ?? null,
        ...{ sections, members, labels: main!.labels },
        unsound: false,
        isBuilt: true,
      })
      if (isRebuilt) await record(transaction, projectId, 'todoist.board-rebuilt', { boardId: main!.boardId })
    })
    forget(projectId)
    await fill(projectId, await openTicketIds(projectId), lost)
    if (isRebuilt) await tellOwner(projectId, { kind: 'rebuilt', boardName })
  }

  /** A second board stands ready before the first one is full. */
  async function makeRoom(held: HeldBoard): Promise<void> {
    const { projectId, token, boardName } = held
    const board = await boards.find(projectId)
    if (board === undefined || board.overflowBoardId !== null) return
    const { locale } = await shopOf(projectId)
    const one = await stand(token, {
      boardId: undefined,
      marker: markerOf(projectId, 1),
      name: nameOf(boardName, 1),
      sections: {},
      labels: [],
      shareWith: Object.values(held.people).map(({ email }) => email),
      locale,
    })
    await unitOfWork((transaction) =>
      boards.keep(transaction, held, {
        overflowBoardId: one.boardId,
        sections: { ...board.sections, [one.boardId]: one.sections },
        members: { ...board.members, [one.boardId]: one.members },
      }),
    )
    forget(projectId)
  }

  async function replaceGone({ projectId }: HeldBoard, gone: Aftermath['gone']): Promise<void> {
    for (const [ticketId, taskId] of gone)
      await unitOfWork(async (transaction) => {
        const ticket = await tickets.hold(transaction, projectId, ticketId)
        const board = await boards.within(transaction, projectId)
        const task = await boards.lockTask(transaction, projectId, ticketId)
        if (board === undefined || task?.taskId !== taskId) return
        if (ticket === undefined || isOver(ticket))
          await boards.drop(transaction, projectId, ticketId, 'its task was deleted')
        else await show.makeAgain(transaction, board, ticket, taskId)
      })
  }

  async function count(held: HeldBoard): Promise<void> {
    const { projectId } = held
    const tasks = await boards.countOpen(projectId, held.boardId)
    const warned = tasks >= WARNED_TASKS || (held.warned && tasks > CALM_TASKS)
    if (tasks !== held.activeTasks || warned !== held.warned)
      await unitOfWork((transaction) => boards.keep(transaction, held, { activeTasks: tasks, warned }))
    if (!warned || held.warned) return
    await makeRoom(held)
    await tellOwner(projectId, { kind: 'nearly-full', tasks, most: MOST_ACTIVE_TASKS })
  }

  return {
    fill,
    async tend(
      held: HeldBoard,
      synced: Pick<Synced, 'people' | 'members'>,
      { gone, full, isUnsound }: Aftermath,
    ): Promise<void> {
      const { projectId } = held
      if (isUnsound) await heal(held)
      if (synced.people.length > 0 || synced.members.length > 0) {
        forget(projectId)
        await matchAgents(held)
        await fill(projectId, await openTicketIds(projectId))
      }
      if (gone.size > 0) await replaceGone(held, gone)
      if (full.size > 0) {
        await makeRoom(held)
        for (const ticketId of full)
          await unitOfWork(async (transaction) => {
            const ticket = await tickets.hold(transaction, projectId, ticketId)
            const board = await boards.within(transaction, projectId)
            if (ticket !== undefined && board !== undefined) await show.retarget(transaction, board, ticket)
          })
      }
      if (held.isYoung)
        await fill(projectId, await boards.withoutTask(projectId, Object.keys(held.sections), MISSED_AT_ONCE))
      await count(held)
    },
  }
}

const markerOf = (projectId: string, place: number) =>
  place === 0 ? boardMarkerOf(projectId) : `${boardMarkerOf(projectId)}:overflow`
const nameOf = (name: string, place: number) => (place === 0 ? name : `${name} 2`)
