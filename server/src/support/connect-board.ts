import type { Locale } from '../kernel/locale.ts'
import { isRetryable } from '../kernel/retryable-error.ts'
import { refuse, type Refusal } from '../kernel/refusal.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import {
  boardMarkerOf,
  SECTION_NAMES,
  SECTION_STATUSES,
  type SectionStatus,
  type Sections,
} from './domain/board.ts'
import type { SupportRefusalCode } from './domain/refusal-code.ts'
import { BoardRefusal, type BoardApi, type BoardCommand, type Synced } from './ports/board-api.ts'
import type { BoardStore, HeldBoard } from './ports/board-store.ts'
import type { Audit } from './ports/neighbours.ts'

type Refused = Refusal<SupportRefusalCode>

type Dependencies = {
  unitOfWork: UnitOfWork
  boards: BoardStore
  api: BoardApi
  shopOf: (projectId: string) => Promise<{ name: string; locale: Locale }>
  newUuid: () => string
  record: Audit
  /** Open tickets get their tasks, now that there is somewhere to put them. */
  fill: (transaction: Transaction, projectId: string) => Promise<void>
  clearChanges: (transaction: Transaction, projectId: string) => Promise<void>
  forget: (projectId: string) => void
  wake: (projectId: string) => void
  onFull: (projectId: string, count: number) => Promise<void>
}

export type Given = { token?: string | undefined; code?: string | undefined; boardName?: string | undefined }

/** Builds the board that support needs, finds it again by its marker, and mends what agents took away from it. */
export function connectBoard(dependencies: Dependencies) {
  const { unitOfWork, boards, api, shopOf, newUuid, record, fill, clearChanges, forget, wake, onFull } =
    dependencies

  const command = (
    type: string,
    args: Record<string, unknown>,
    tempId: string | null = null,
  ): BoardCommand => ({
    type,
    uuid: newUuid(),
    tempId,
    args,
  })

  async function must(token: string, commands: BoardCommand[]): Promise<Synced> {
    const synced = await api.sync(token, { syncToken: '*', commands })
    for (const { uuid } of commands) {
      const result = synced.results.get(uuid)
      if (result !== undefined && result !== 'ok') throw new BoardRefusal(result.httpStatus, result.why)
    }
    return synced
  }

  /** Sections that are missing are made; those that are there keep their names, as agents may have renamed them. */
  async function build(
    token: string,
    boardId: string,
    known: Partial<Record<SectionStatus, string>>,
    synced: Pick<Synced, 'sections'>,
    locale: Locale,
  ): Promise<Partial<Record<SectionStatus, string>>> {
    const alive = synced.sections.filter(
      (one) => one.projectId === boardId && !one.isDeleted && !one.isArchived,
    )
    const sections: Partial<Record<SectionStatus, string>> = {}
    for (const status of SECTION_STATUSES) {
      const names = Object.values(SECTION_NAMES[status])
      const found =
        alive.find(({ id }) => id === known[status]) ?? alive.find(({ name }) => names.includes(name))
      if (found !== undefined) sections[status] = found.id
    }
    const missing = SECTION_STATUSES.filter((status) => sections[status] === undefined)
    if (missing.length === 0) return sections
    const temps = missing.map((status) => ({ status, temp: newUuid() }))
    const made = await must(
      token,
      temps.map(({ status, temp }) =>
        command('section_add', { name: SECTION_NAMES[status][locale], project_id: boardId }, temp),
      ),
    )
    for (const { status, temp } of temps) {
      const id = made.ids.get(temp)
      if (id !== undefined) sections[status] = id
    }
    return sections
  }

  async function makeBoard(token: string, name: string, marker: string): Promise<string> {
    const temp = newUuid()
    const made = await must(token, [
      command('project_add', { name, description: marker, view_style: 'board' }, temp),
    ])
    return made.ids.get(temp)!
  }

  async function connect(projectId: string, given: Given): Promise<Refused | undefined> {
    const { name, locale } = await shopOf(projectId)
    try {
      const token =
        given.token?.trim() ?? (given.code === undefined ? '' : await api.exchangeCode(given.code.trim()))
      if (!/^[\x21-\x7e]{8,200}$/.test(token)) return refuse('todoist-token-refused')
      const account = await api.whoAmI(token)
      const synced = await api.sync(token, { syncToken: '*', commands: [] })
      const before = await boards.find(projectId)
      const marker = boardMarkerOf(projectId)
      const isAlive = (id: string) =>
        synced.projects.some((one) => one.id === id && !one.isDeleted && !one.isArchived)
      const found =
        before !== undefined && isAlive(before.boardId)
          ? before.boardId
          : synced.projects.find(
              (one) => one.description.includes(marker) && !one.isDeleted && !one.isArchived,
            )?.id
      const boardName = given.boardName ?? before?.boardName ?? `${name}: support`
      const boardId = found ?? (await makeBoard(token, boardName, marker))
      const own = await build(token, boardId, before?.sections[boardId] ?? {}, synced, locale)
      const sections: Sections = { ...(before?.boardId === boardId ? before.sections : {}), [boardId]: own }
      await unitOfWork(async (transaction) => {
        // Tasks of another board are nobody's any more.
        if (before !== undefined && before.boardId !== boardId) {
          await boards.remove(transaction, projectId)
          await clearChanges(transaction, projectId)
        }
        const { id: accountId, name: accountName } = account
        await boards.save(transaction, {
          projectId,
          token,
          accountId,
          accountName,
          boardId,
          boardName,
          sections,
        })
        await boards.keep(transaction, projectId, {
          collaborators: synced.members
            .filter((one) => one.projectId === boardId && one.isActive)
            .map(({ uid }) => uid),
        })
        await record(transaction, projectId, 'todoist.connected', { accountId, boardId })
      })
      forget(projectId)
      await unitOfWork((transaction) => fill(transaction, projectId))
      wake(projectId)
      return undefined
    } catch (error) {
      if (error instanceof BoardRefusal)
        return error.status === 401 || error.status === 403
          ? refuse('todoist-token-refused')
          : refuse('todoist-refused', { why: error.message })
      if (isRetryable(error)) return refuse('todoist-unavailable')
      throw error
    }
  }

  async function disconnect(projectId: string): Promise<void> {
    await unitOfWork(async (transaction) => {
      await clearChanges(transaction, projectId)
      if (await boards.remove(transaction, projectId))
        await record(transaction, projectId, 'todoist.disconnected', {})
    })
    forget(projectId)
  }

  /** After each exchange, with what it told: what is missing is made again, and tickets find their places. */
  async function heal(board: HeldBoard, synced: Synced): Promise<void> {
    const { projectId, token } = board
    const { locale } = await shopOf(projectId)
    const gone = synced.projects.some((one) => one.id === board.boardId && (one.isDeleted || one.isArchived))
    const isMissing = synced.isFull && !synced.projects.some(({ id }) => id === board.boardId)
    if (gone || isMissing) {
      const boardId = await makeBoard(token, board.boardName, boardMarkerOf(projectId))
      const own = await build(token, boardId, {}, { sections: [] }, locale)
      await unitOfWork(async (transaction) => {
        await boards.keep(transaction, projectId, {
          boardId,
          overflowBoardId: null,
          sections: { [boardId]: own },
          syncToken: '*',
          warned: false,
        })
        await record(transaction, projectId, 'todoist.board-rebuilt', { boardId })
      })
      forget(projectId)
      await unitOfWork((transaction) => fill(transaction, projectId))
      return
    }
    const lost = synced.sections.filter(
      (one) =>
        (one.isDeleted || one.isArchived) &&
        Object.values(board.sections[one.projectId] ?? {}).includes(one.id),
    )
    if (lost.length === 0) return
    const sections: Record<string, Partial<Record<SectionStatus, string>>> = { ...board.sections }
    for (const boardId of new Set(lost.map((one) => one.projectId))) {
      const kept = Object.fromEntries(
        Object.entries(sections[boardId] ?? {}).filter(([, id]) => !lost.some((one) => one.id === id)),
      )
      const alive = Object.values(kept).map((id) => ({
        id,
        projectId: boardId,
        name: '',
        isDeleted: false,
        isArchived: false,
      }))
      sections[boardId] = await build(token, boardId, kept, { sections: alive }, locale)
    }
    await unitOfWork((transaction) => boards.keep(transaction, projectId, { sections }))
    forget(projectId)
    await unitOfWork((transaction) => fill(transaction, projectId))
  }

  /** Nearly full: the owner hears of it, and a second board stands ready. */
  async function makeRoom(board: HeldBoard, count: number): Promise<void> {
    const { projectId, token, overflowBoardId } = board
    const { locale } = await shopOf(projectId)
    if (overflowBoardId === null) {
      const boardId = await makeBoard(token, `${board.boardName} 2`, `${boardMarkerOf(projectId)}:overflow`)
      const own = await build(token, boardId, {}, { sections: [] }, locale)
      await unitOfWork((transaction) =>
        boards.keep(transaction, projectId, {
          overflowBoardId: boardId,
          sections: { ...board.sections, [boardId]: own },
          warned: true,
        }),
      )
    } else await unitOfWork((transaction) => boards.keep(transaction, projectId, { warned: true }))
    forget(projectId)
    await onFull(projectId, count)
  }

  return { connect, disconnect, heal, makeRoom }
}
