import { backoff } from '../kernel/backoff.ts'
import type { NewItem } from '../kernel/line.ts'
import { whileHolding } from '../kernel/while-holding.ts'
import { isRetryable } from '../kernel/retryable-error.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import { chooseCommands, type Sent } from './domain/choose-commands.ts'
import type { BoardChange } from './domain/board-change.ts'
import { isMarked, sameLabels, statusOf, type Board, type Task } from './domain/board.ts'
import type { FillCommand } from './fill-commands.ts'
import { BoardRefusal, type BoardApi, type Synced } from './ports/board-api.ts'
import type { BoardStore, HeldBoard } from './ports/board-store.ts'
import { settleCommands, type Aftermath } from './settle-commands.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  boards: BoardStore
  api: Pick<BoardApi, 'sync' | 'refresh'>
  fill: FillCommand
  /** What came, kept until it has been worked on. */
  addChanges: (transaction: Transaction, items: readonly NewItem<BoardChange>[]) => Promise<number>
  /** Those of these lines where something waits that came before. */
  busy: (
    transaction: Transaction,
    projectId: string,
    lines: readonly string[],
  ) => Promise<ReadonlySet<string>>
  /** After what was kept: what is missing is made again, tickets without a task get one, full boards another beside them. */
  tend: (board: HeldBoard, synced: Synced, aftermath: Aftermath) => Promise<void>
  onProblem: (projectId: string, problem: string | null) => void
  pollMs: number
  onFault: (error: unknown, projectId: string) => void
}

/** Renewed while it lasts: whoever dies lets go soon. */
const HOLD_MS = 15_000
const MOST_COMMANDS = 100
const READ_AHEAD = 300
const WINDOW_MS = 15 * 60_000
/** Of 1,000 in a quarter of an hour: while more than half of it is left there is no pause, then it is spread out. */
const BUDGET = 960
const FREELY = BUDGET / 2
const REVOKED_WAIT_MS = 300_000
const REFUSED_WAIT_MS = 150
const RETRY_MS = 100
const MOST_ATTEMPTS = 4
const LONGEST_WAIT_MS = 300_000

/**
 * One exchange with a board: what waits is written and what is new is read in a single request. Commands carry uuids that are
 * executed once, so a request whose answer was lost is simply sent again. Results, what is new and the next token are kept in
 * one transaction, while the board is still held.
 */
export function exchangeBoard(dependencies: Dependencies) {
  const { unitOfWork, boards, api, fill, addChanges, busy, tend, onProblem, pollMs, onFault } = dependencies
  const settle = settleCommands(boards)

  async function gapOf({ accountId }: Board): Promise<number> {
    const { calls, sinceMs } = await boards.spend(accountId, WINDOW_MS)
    if (calls <= FREELY) return 0
    return (WINDOW_MS - sinceMs) / Math.max(1, BUDGET - calls)
  }

  async function chosen(board: HeldBoard): Promise<{ sent: Sent[]; more: boolean }> {
    const { projectId, failures } = board
    // What was refused as a whole is sent in smaller and smaller parts, until what it was refused for stands alone.
    const most = Math.max(1, MOST_COMMANDS >> Math.min(2 * failures, 7))
    const ready = await boards.ready(projectId, READ_AHEAD)
    const filled = await Promise.all(ready.map((command) => fill(projectId, command)))
    const [tasks, comments] = await Promise.all([
      boards.tasks(projectId, [...new Set(ready.map(({ ticketId }) => ticketId))]),
      boards.commentsOf(
        projectId,
        ready.flatMap(({ messageId }) => messageId ?? []),
      ),
    ])
    const { sent, idle } = chooseCommands(filled, {
      board,
      tasks: new Map(tasks.map((task) => [task.ticketId, task])),
      comments,
      most,
    })
    if (idle.length > 0)
      await unitOfWork(async (transaction) => {
        for (const { command, why } of idle)
          await boards.finish(transaction, projectId, command.key, 'done', why)
      })
    return { sent, more: sent.length > 0 && ready.length > sent.length + idle.length }
  }

  async function exchange(board: HeldBoard, sent: readonly Sent[]): Promise<Aftermath> {
    const { projectId } = board
    const commands = sent.map(({ wire }) => wire)
    const synced = await api.sync(board.token, { syncToken: board.syncToken, commands })
    const number = board.exchange + 1
    const facts = factsOf(board, synced)
    const aftermath = await unitOfWork(async (transaction) => {
      const outcome = await settle(transaction, board, number, sent, synced)
      await addChanges(transaction, await changesOf(transaction, board, number, synced))
      const isUnsound = board.unsound || outcome.isUnsound || facts.isUnsound
      const kept = await boards.keep(transaction, board, {
        ...facts.changes,
        syncToken: synced.token,
        exchange: number,
        unsound: isUnsound,
        isSynced: true,
      })
      if (!kept) throw new BoardLost(`The board of ${projectId} is held by somebody else`)
      return { ...outcome, isUnsound }
    })
    await tend({ ...board, ...facts.changes, exchange: number }, synced, aftermath)
    return aftermath
  }

  /** Of tickets' tasks only: an account may have a life beside the board. */
  async function changesOf(
    transaction: Transaction,
    board: HeldBoard,
    exchange: number,
    { items, notes, isFull, labels }: Synced,
  ): Promise<NewItem<BoardChange>[]> {
    const { projectId } = board
    const taskIds = new Set([...items.map(({ id }) => id), ...notes.map(({ itemId }) => itemId)])
    const tasks = await boards.tasksById(transaction, projectId, [...taskIds])
    const taskOf = new Map(tasks.map((task) => [task.taskId, task]))
    // What waits may change what is known, and then even what is known now would have to change it back.
    const waiting = await busy(
      transaction,
      projectId,
      tasks.map(({ ticketId }) => ticketId),
    )
    const lostLabels = lostOf(board, labels)
    const changes: NewItem<BoardChange>[] = []
    for (const item of items) {
      const task = taskOf.get(item.id)
      if (task === undefined) continue
      // Todoist sends a task with each comment of it, and after each of our own writes.
      if (!waiting.has(task.ticketId) && isAlike(board, task, item)) continue
      const key = `${exchange}:item:${item.id}`
      changes.push({
        projectId,
        line: task.ticketId,
        key,
        body: { kind: 'item', exchange, item, lostLabels },
      })
    }
    for (const note of notes) {
      const task = taskOf.get(note.itemId)
      // Our own come back with each exchange; their ids are known from their results.
      if (task === undefined || (note.authorUid === board.accountId && isMarked(note.content))) continue
      const key = `${exchange}:note:${note.id}`
      changes.push({ projectId, line: task.ticketId, key, body: { kind: 'note', exchange, note } })
    }
    if (!isFull) return changes
    // All that is open is told: what is not was completed, moved out of sight or deleted, and is asked for by a touch.
    const open = await boards.openTasks(transaction, projectId, Object.keys(board.sections))
    const unseen = open.filter(({ taskId }) => !items.some(({ id }) => id === taskId))
    await boards.add(
      transaction,
      projectId,
      unseen.map(({ ticketId, priority }) => ({
        key: `${ticketId}:touch:${exchange}`,
        ticketId,
        type: 'item_update' as const,
        args: { priority },
      })),
    )
    return changes
  }

  async function talkTo(board: HeldBoard): Promise<boolean> {
    const { projectId } = board
    let sent: readonly Sent[] = []
    try {
      const gapMs = await gapOf(board)
      const choice = await chosen(board)
      sent = choice.sent
      const { hasMoved, tries } = await exchange(board, sent)
      if (board.problem !== null) onProblem(projectId, null)
      // What does not move is not tried again at once.
      const more = choice.more && hasMoved
      const restMs = tries === undefined ? pollMs : Math.min(pollMs, RETRY_MS * 2 ** tries)
      await boards.release(board, { afterMs: more ? 0 : restMs, gapMs })
      return more
    } catch (error) {
      await recover(board, sent, error)
      return false
    }
  }

  async function isRenewed({ projectId }: HeldBoard, refreshToken: string): Promise<boolean> {
    try {
      await boards.renew(projectId, await api.refresh(refreshToken))
      return true
    } catch (error) {
      if (!(error instanceof BoardRefusal) && !isRetryable(error)) throw error
      return false
    }
  }

  async function recover(board: HeldBoard, sent: readonly Sent[], error: unknown): Promise<void> {
    const { projectId, failures } = board
    const problem = error instanceof Error ? error.message : String(error)
    const told = (error as { retryAfterMs?: number }).retryAfterMs
    const status = error instanceof BoardRefusal ? error.status : undefined
    const rest = (waitMs: number, counted = failures + 1) =>
      boards.release(board, { afterMs: waitMs, gapMs: waitMs, problem, failures: counted })
    if (!isRetryable(error) && status === undefined) onFault(error, projectId)
    if (board.problem !== problem) onProblem(projectId, problem)
    if (told !== undefined) return rest(told, failures)
    if (status === 429) return rest(LONGEST_WAIT_MS / 10)
    if (status === 401 && board.refreshToken !== null && (await isRenewed(board, board.refreshToken)))
      return boards.release(board, { afterMs: 0, gapMs: 0 })
    if (status === 401 || status === 403) return rest(REVOKED_WAIT_MS)
    if (status !== undefined && sent.length > 0) {
      // The one that spoils all of them stands alone at last.
      const [{ command }] = sent as [Sent]
      const { key, attempts } = command
      if (sent.length === 1)
        await unitOfWork((transaction) =>
          attempts + 1 < MOST_ATTEMPTS
            ? boards.failed(transaction, projectId, key, { why: problem, anew: false })
            : boards.finish(transaction, projectId, key, 'dead', problem),
        )
      return rest(REFUSED_WAIT_MS)
    }
    if (status === 400 && board.syncToken !== '*')
      await unitOfWork((transaction) => boards.keep(transaction, board, { syncToken: '*' }))
    return rest(Math.min(LONGEST_WAIT_MS, backoff(failures, Math.random())))
  }

  return {
    /** This board, if it is time for it; true when there is more to write. */
    one: async (projectId: string): Promise<boolean> => {
      const board = await boards.hold(projectId, HOLD_MS)
      if (board === undefined) return false
      return whileHolding({
        everyMs: HOLD_MS / 3,
        holdOn: () => boards.holdOn(board, HOLD_MS),
        work: () => talkTo(board),
      })
    },
  }
}

/** As it is wanted, and as nobody else has changed it. */
function isAlike(board: Board, task: Task, item: Synced['items'][number]): boolean {
  return (
    !item.isDeleted &&
    task.boardId === item.projectId &&
    task.section === statusOf(board, item.projectId, item.sectionId) &&
    task.assigneeUid === item.assigneeUid &&
    task.priority === item.priority &&
    sameLabels(task.labels, item.labels) &&
    task.checked === item.checked &&
    task.recurringOn === (item.due?.isRecurring === true ? item.due.date : null)
  )
}

class BoardLost extends Error {
  readonly retryable = true
}

/** What an exchange tells of the board itself. */
function factsOf(board: HeldBoard, synced: Synced) {
  const { sections, projects, members, people, labels, isFull } = synced
  const own = (id: string) => id in board.sections
  const changes: { members?: Board['members']; people?: Board['people']; boardName?: string } = {}
  const told = members.filter(({ projectId }) => own(projectId))
  if (told.length > 0) {
    const next = new Map(Object.entries(board.members).map(([id, uids]) => [id, new Set(uids)]))
    for (const { projectId, uid, isActive } of told) {
      const uids = next.get(projectId) ?? new Set()
      if (isActive) uids.add(uid)
      else uids.delete(uid)
      next.set(projectId, uids)
    }
    changes.members = Object.fromEntries([...next].map(([id, uids]) => [id, [...uids].sort()]))
  }
  const shares = (uid: string) =>
    uid in board.people || Object.values(changes.members ?? board.members).some((uids) => uids.includes(uid))
  if (people.length > 0)
    changes.people = {
      ...board.people,
      ...Object.fromEntries(
        people.filter(({ uid }) => shares(uid)).map(({ uid, name, email }) => [uid, { name, email }]),
      ),
    }
  const main = projects.find(({ id }) => id === board.boardId)
  if (main !== undefined && main.name !== '') changes.boardName = main.name
  const isGone = (one: { isDeleted: boolean; isArchived: boolean }) => one.isDeleted || one.isArchived
  const named = new Set(Object.values(board.sections).flatMap((of) => Object.values(of)))
  const isUnsound =
    projects.some((one) => own(one.id) && isGone(one)) ||
    sections.some((one) => named.has(one.id) && isGone(one)) ||
    lostOf(board, labels).length > 0 ||
    (isFull && (main === undefined || [...named].some((id) => !sections.some((one) => one.id === id))))
  return { changes, isUnsound }
}

/** Names of ours that no label has any more. */
function lostOf(board: Board, labels: Synced['labels']): string[] {
  return labels.flatMap(({ id, name, isDeleted }) => {
    const ours = board.labels[id]
    return ours !== undefined && (isDeleted || name !== ours) ? [ours] : []
  })
}
