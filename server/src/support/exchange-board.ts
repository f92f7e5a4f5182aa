import { isRetryable } from '../kernel/retryable-error.ts'
import { whileHolding } from '../kernel/while-holding.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import type { NewItem } from '../kernel/line.ts'
import { WARNED_TASKS, MOST_ACTIVE_TASKS, type Task } from './domain/board.ts'
import {
  BoardRefusal,
  type BoardApi,
  type BoardCommand,
  type CommandResult,
  type Synced,
} from './ports/board-api.ts'
import type { BoardStore, Command, HeldBoard } from './ports/board-store.ts'

/** Something that was changed on a board, as new as the exchange that brought it. */
export type BoardChange =
  | { kind: 'item'; exchange: number; item: Synced['items'][number] }
  | { kind: 'note'; exchange: number; note: Synced['notes'][number] }

type Dependencies = {
  unitOfWork: UnitOfWork
  boards: BoardStore
  api: Pick<BoardApi, 'sync' | 'upload'>
  /** What came, kept until it has been worked on. */
  addChanges: (transaction: Transaction, items: readonly NewItem<BoardChange>[]) => Promise<number>
  /** Those of these tasks of which something waits that came before. */
  tasksHeard: (
    transaction: Transaction,
    projectId: string,
    taskIds: readonly string[],
  ) => Promise<ReadonlySet<string>>
  /** Uploads what commands wait for; false: it has to be tried again. */
  upload: (board: HeldBoard, command: Command) => Promise<void>
  /** A task that is gone while its ticket is open. */
  onTaskGone: (transaction: Transaction, board: HeldBoard, ticketId: string, key: string) => Promise<void>
  /** A board or section is not as we need it. */
  heal: (board: HeldBoard, synced: Synced) => Promise<void>
  onFull: (board: HeldBoard, count: number) => Promise<void>
  /** Others share the board now: whose tickets had no one there may have somebody. */
  onMembers: (projectId: string) => Promise<void>
  onProblem: (projectId: string, problem: string | null) => void
  pollMs: number
  onFault: (error: unknown, projectId: string) => void
  now: () => number
}

const HOLD_MS = 15_000
const MOST_COMMANDS = 100
const MOST_UPLOADS = 4
const MOST_ATTEMPTS = 10
const BUDGET_WINDOW_MS = 15 * 60_000
const REVOKED_WAIT_MS = 60_000
const LONGEST_WAIT_MS = 300_000
/** Of 1,000 in a quarter of an hour: above this share of it there is no pause, below it they are spread out. */
const FREE_SHARE = 0.5
const BUDGET = 950

/**
 * One exchange with a board: what waits is written and what is new is read in a single request. Commands carry uuids that are
 * executed once, so a request whose answer was lost is simply sent again. Results, what is new and the next token are kept in
 * one transaction.
 */
export function exchangeBoard(dependencies: Dependencies) {
  const {
    unitOfWork,
    boards,
    api,
    addChanges,
    tasksHeard,
    upload,
    onTaskGone,
    heal,
    onFull,
    onMembers,
    onProblem,
    pollMs,
    onFault,
    now,
  } = dependencies
  /** When requests were made, of each account. Per process; Todoist itself says when it was too many. */
  const spent = new Map<string, number[]>()

  function gapOf(accountId: string): number {
    const since = now() - BUDGET_WINDOW_MS
    const recent = (spent.get(accountId) ?? []).filter((at) => at > since)
    recent.push(now())
    spent.set(accountId, recent)
    const left = BUDGET - recent.length
    if (left > BUDGET * FREE_SHARE) return 0
    if (left <= 0) return recent[0]! + BUDGET_WINDOW_MS - now()
    return (BUDGET_WINDOW_MS - (now() - recent[0]!)) / left
  }

  async function commandsOf(board: HeldBoard): Promise<{ commands: Command[]; sent: BoardCommand[] }> {
    const { projectId } = board
    const ready = await boards.ready(projectId, MOST_COMMANDS)
    const ticketIds = [...new Set(ready.flatMap(({ ticketId }) => ticketId ?? []))]
    const messageIds = [
      ...new Set(
        ready.flatMap(({ type, messageId }) =>
          type === 'note_update' && messageId !== null ? [messageId] : [],
        ),
      ),
    ]
    const [tasks, comments] = await Promise.all([
      boards.tasks(projectId, ticketIds),
      messageIds.length === 0 ? [] : boards.commentsOf(projectId, messageIds),
    ])
    const taskOf = new Map(tasks.map((task) => [task.ticketId, task]))
    const commentOf = new Map(
      comments.filter(({ isOurs }) => isOurs).map((one) => [one.about?.messageId, one.commentId]),
    )
    // A comment that is written in this very request has its temporary id only.
    for (const { type, tempId, messageId } of ready)
      if (type === 'note_add' && messageId !== null && tempId !== null && !commentOf.has(messageId))
        commentOf.set(messageId, tempId)
    const commands: Command[] = []
    const sent: BoardCommand[] = []
    for (const command of ready) {
      const { type, uuid, tempId, ticketId, messageId } = command
      const task = ticketId === null ? undefined : taskOf.get(ticketId)
      const taskId = task === undefined ? undefined : (task.taskId ?? task.tempId)
      const own =
        type === 'item_add'
          ? {}
          : type === 'note_add'
            ? { item_id: taskId }
            : type === 'note_update'
              ? { id: commentOf.get(messageId ?? undefined) }
              : type.startsWith('item_')
                ? { id: taskId }
                : {}
      commands.push(command)
      if (Object.values(own).includes(undefined)) continue
      sent.push({ type, uuid, tempId, args: { ...command.args, ...own } })
    }
    return { commands, sent }
  }

  async function exchange(board: HeldBoard): Promise<{ more: boolean }> {
    const { projectId, token } = board
    for (const waiting of await boards.uploads(projectId, MOST_UPLOADS)) await upload(board, waiting)
    const { commands, sent } = await commandsOf(board)
    const synced = await api.sync(token, { syncToken: board.syncToken, commands: sent })
    const number = board.exchange + 1
    const isSent = new Set(sent.map(({ uuid }) => uuid))
    const ours = synced.members.filter((member) => member.projectId === board.boardId)
    const left = new Set(ours.filter(({ isActive }) => !isActive).map(({ uid }) => uid))
    const collaborators = [
      ...new Set([...board.collaborators, ...ours.filter(({ isActive }) => isActive).map(({ uid }) => uid)]),
    ].filter((uid) => !left.has(uid))
    await unitOfWork(async (transaction) => {
      const results = commands.map((command) => ({ command, result: synced.results.get(command.uuid) }))
      await boards.settleDone(
        transaction,
        projectId,
        number,
        results.flatMap(({ command, result }) =>
          result === 'ok'
            ? { ...command, id: command.tempId === null ? null : (synced.ids.get(command.tempId) ?? null) }
            : [],
        ),
      )
      for (const { command, result } of results) {
        if (!isSent.has(command.uuid)) {
          await boards.finish(
            transaction,
            projectId,
            command.key,
            'dead',
            'what it is about is not on the board',
          )
        } else if (result !== undefined && result !== 'ok')
          await settleRefused(transaction, board, command, result)
      }
      await keepChanges(transaction, board, number, synced)
      await boards.keep(transaction, projectId, {
        syncToken: synced.token,
        exchange: number,
        collaborators,
        isSynced: true,
      })
    })
    if (collaborators.join() !== board.collaborators.join()) await onMembers(projectId)
    await heal(board, synced)
    const open = (await boards.openTasks(projectId)).filter(({ boardId }) => boardId === board.boardId).length
    if (open !== board.activeTasks)
      await unitOfWork((transaction) => boards.keep(transaction, projectId, { activeTasks: open }))
    if (open >= WARNED_TASKS && !board.warned) await onFull(board, open)
    return { more: commands.length === MOST_COMMANDS }
  }

  async function settleRefused(
    transaction: Transaction,
    board: HeldBoard,
    command: Command,
    result: Exclude<CommandResult, 'ok'>,
  ): Promise<void> {
    const { projectId } = board
    const { key, type, ticketId, attempts } = command
    const why = `${result.httpStatus} ${result.tag} ${result.why}`.trim()
    if (result.httpStatus >= 500 || result.httpStatus === 429) {
      if (attempts + 1 < MOST_ATTEMPTS) return boards.failed(projectId, key, why)
    } else if (ticketId !== null && type !== 'item_add' && isGone(result)) {
      await boards.finish(transaction, projectId, key, 'dead', why)
      return onTaskGone(transaction, board, ticketId, key)
    }
    await boards.finish(transaction, projectId, key, 'dead', why)
    if (ticketId === null) return
    if (type === 'item_add') return refusedTask(transaction, board, command, result)
    // Without what it was refused for, the rest of it is wanted still.
    if (type === 'item_update' && 'responsible_uid' in command.args && Object.keys(command.args).length > 1) {
      const { responsible_uid: _, ...args } = command.args
      await boards.add(transaction, projectId, [{ key: `${key}:rest`, ticketId, type, args }])
    }
    const task = await boards.lockTask(transaction, projectId, ticketId)
    if (task !== undefined && type === 'item_update' && 'responsible_uid' in command.args)
      await boards.putTask(transaction, projectId, { ...task, assigneeUid: null })
  }

  /** A full board, a section that is gone, somebody who does not share it: the ticket needs its task all the same. */
  async function refusedTask(
    transaction: Transaction,
    board: HeldBoard,
    command: Command,
    result: CommandResult,
  ): Promise<void> {
    const { projectId, overflowBoardId } = board
    const { key, ticketId, args } = command
    const tries = Number(args.tries ?? 0)
    if (tries >= 3 || result === 'ok') return
    const isFull =
      /limit|full|max_items/i.test(`${result.tag} ${result.why}`) || board.activeTasks >= MOST_ACTIVE_TASKS
    const boardId = isFull && overflowBoardId !== null ? overflowBoardId : String(args.project_id)
    const task = await boards.lockTask(transaction, projectId, ticketId!)
    if (task === undefined) return
    const { section_id: _, responsible_uid: __, tries: ___, ...rest } = args
    const sectionId = isFull ? (board.sections[boardId]?.new ?? null) : null
    await boards.putTask(transaction, projectId, { ...task, boardId, sectionId, assigneeUid: null })
    await boards.add(transaction, projectId, [
      {
        key: `${key}:${tries + 1}`,
        ticketId,
        type: 'item_add',
        tempId: task.tempId,
        args: {
          ...rest,
          project_id: boardId,
          ...(sectionId === null ? {} : { section_id: sectionId }),
          tries: tries + 1,
        },
      },
    ])
  }

  async function keepChanges(
    transaction: Transaction,
    board: HeldBoard,
    exchange: number,
    { items, notes, ids }: Synced,
  ) {
    const { projectId } = board
    const written = new Set(ids.values())
    const same = await unchanged(transaction, board, items)
    const changes: NewItem<BoardChange>[] = [
      ...items
        .filter(({ id }) => !same.has(id))
        .map((item) => ({
          projectId,
          line: item.id,
          key: `${exchange}:item:${item.id}`,
          body: { kind: 'item' as const, exchange, item },
        })),
      // What was written in this very exchange was said by us.
      ...notes
        .filter(({ id }) => !written.has(id))
        .map((note) => ({
          projectId,
          line: note.itemId,
          key: `${exchange}:note:${note.id}`,
          body: { kind: 'note' as const, exchange, note },
        })),
    ]
    await addChanges(transaction, changes)
  }

  /** Tasks that are as we know them: our own writing, or nothing but the number of their comments. */
  async function unchanged(
    transaction: Transaction,
    { projectId, sections }: HeldBoard,
    items: Synced['items'],
  ): Promise<ReadonlySet<string>> {
    if (items.length === 0) return new Set()
    const ids = items.map(({ id }) => id)
    // First: what waits may change what is known, and then this would have to change it back.
    const heard = await tasksHeard(transaction, projectId, ids)
    const known = new Map(
      (await boards.tasksById(transaction, projectId, ids)).map((task) => [task.taskId, task]),
    )
    const alike = items.filter((item) => {
      const task = known.get(item.id)
      return task !== undefined && !heard.has(item.id) && item.projectId in sections && isAlike(task, item)
    })
    return new Set(alike.map(({ id }) => id))
  }

  const talkTo = (board: HeldBoard): Promise<boolean> =>
    whileHolding({
      everyMs: HOLD_MS / 3,
      holdOn: () => boards.holdOn(board, HOLD_MS),
      work: () => talkHeld(board),
    })

  async function talkHeld(board: HeldBoard): Promise<boolean> {
    const { projectId, failures } = board
    try {
      const gapMs = gapOf(board.accountId)
      const { more } = await exchange(board)
      if (board.problem !== null) onProblem(projectId, null)
      await boards.release(board, { afterMs: more ? 0 : pollMs, gapMs })
      return more
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error)
      const told = (error as { retryAfterMs?: number }).retryAfterMs
      const isRevoked = error instanceof BoardRefusal && (error.status === 401 || error.status === 403)
      if (!isRetryable(error) && !(error instanceof BoardRefusal)) onFault(error, projectId)
      if (board.problem !== problem) onProblem(projectId, problem)
      const waitMs = told ?? (isRevoked ? REVOKED_WAIT_MS : Math.min(LONGEST_WAIT_MS, 500 * 2 ** failures))
      const isTold = told !== undefined
      await boards.release(board, {
        afterMs: waitMs,
        gapMs: waitMs,
        problem,
        failures: isTold ? failures : failures + 1,
      })
      return false
    }
  }

  return {
    /** Those that it is time for. */
    async due(limit: number): Promise<boolean> {
      const boardsDue = await boards.take(limit, HOLD_MS)
      await Promise.all(boardsDue.map(talkTo))
      return boardsDue.length === limit
    },
    /** This one, if it is time for it; true when there is more to write. */
    async one(projectId: string): Promise<boolean> {
      const board = await boards.takeOne(projectId, HOLD_MS)
      return board === undefined ? false : talkTo(board)
    },
  }
}

function isAlike(task: Task, item: Synced['items'][number]): boolean {
  return (
    !item.isDeleted &&
    task.boardId === item.projectId &&
    task.sectionId === item.sectionId &&
    task.assigneeUid === item.assigneeUid &&
    task.priority === item.priority &&
    task.labels.join() === item.labels.join() &&
    task.checked === item.checked
  )
}

function isGone({ httpStatus, tag, why }: Exclude<CommandResult, 'ok'>): boolean {
  return httpStatus === 404 || /not_found|item_deleted/i.test(tag) || /not found|deleted/i.test(why)
}
