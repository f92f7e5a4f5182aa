import type { Transaction } from '../../kernel/transaction.ts'
import type { Board, Person, Sections, Task } from '../domain/board.ts'
import type { Command, CommandArgs, NewCommand } from '../domain/board-command.ts'

export type Comment = {
  commentId: string
  ticketId: string
  isOurs: boolean
  about: { conversationId: string; messageId: string } | null
  /** What an agent's words came to. */
  kind: 'answer' | 'note' | 'done' | null
  hash: string | null
}

export type HeldBoard = Board & {
  token: string
  refreshToken: string | null
  syncToken: string
  exchange: number
  failures: number
  warned: boolean
  /** Something of it is not as we need it. */
  unsound: boolean
  /** It was built a moment ago: a ticket that was opened meanwhile may have missed it. */
  isYoung: boolean
  holder: string
  version: string
}

export type BoardChanges = {
  syncToken?: string
  exchange?: number
  boardId?: string
  boardName?: string
  overflowBoardId?: string | null
  sections?: Sections
  members?: Board['members']
  people?: Readonly<Record<string, Person>>
  labels?: Board['labels']
  activeTasks?: number
  warned?: boolean
  unsound?: boolean
  isSynced?: boolean
  isBuilt?: boolean
}

export type BoardStore = {
  find(projectId: string): Promise<Board | undefined>
  /** As it is at this moment, for whoever writes to it within the transaction. */
  within(transaction: Transaction, projectId: string): Promise<Board | undefined>
  tokenOf(projectId: string): Promise<string | undefined>
  save(
    transaction: Transaction,
    board: Omit<Board, 'activeTasks' | 'problem' | 'syncedAt' | 'overflowBoardId'> & {
      token: string
      refreshToken: string | null
    },
  ): Promise<void>
  /** In place of those that have ended. */
  renew(projectId: string, tokens: { token: string; refreshToken: string | null }): Promise<void>
  remove(transaction: Transaction, projectId: string): Promise<boolean>
  ofAccount(accountId: string): Promise<string[]>

  /** Whose board it is time to talk to. */
  due(limit: number): Promise<string[]>
  /** Held for a while; undefined while it must wait, or somebody else holds it. */
  hold(projectId: string, holdMs: number): Promise<HeldBoard | undefined>
  /** There is something to write, or to read, at the latest after so long. */
  hurry(projectId: string, withinMs: number): Promise<void>
  /** Whatever was hurried meanwhile is done at once. */
  holdOn(board: HeldBoard, holdMs: number): Promise<void>
  release(
    board: HeldBoard,
    rest: { afterMs: number; gapMs: number; problem?: string | null; failures?: number },
  ): Promise<void>
  /** With a holder, only while it holds the board still: false when it has lost it. */
  keep(
    transaction: Transaction,
    board: { projectId: string; holder?: string },
    change: BoardChanges,
  ): Promise<boolean>
  /** One more request of an account: how many it has made in the window that began then. */
  spend(accountId: string, windowMs: number): Promise<{ calls: number; sinceMs: number }>

  add(transaction: Transaction, projectId: string, commands: readonly NewCommand[]): Promise<void>
  /** In their order; what stands behind a file of its ticket that is not uploaded yet is left out. */
  ready(projectId: string, limit: number): Promise<Command[]>
  command(projectId: string, key: string): Promise<Command | undefined>
  /** The file is there, or there will be none. */
  uploaded(projectId: string, key: string, args: CommandArgs): Promise<void>
  finish(
    transaction: Transaction,
    projectId: string,
    key: string,
    state: 'done' | 'dead',
    problem: string | null,
  ): Promise<void>
  /** What went well, with the ids of what it made. */
  settleDone(
    transaction: Transaction,
    projectId: string,
    exchange: number,
    done: readonly (Command & { madeId: string | null })[],
  ): Promise<void>
  /** `anew`: it was refused, and under another uuid it can be tried again. */
  failed(
    transaction: Transaction,
    projectId: string,
    key: string,
    outcome: { why: string; anew: boolean },
  ): Promise<void>
  /** What still waits for a task that will not be there. */
  drop(transaction: Transaction, projectId: string, ticketId: string, why: string): Promise<void>
  /** The words of these tickets, wherever they stand here. A task that may be made already is made, to be known and deleted. */
  forgetWords(transaction: Transaction, projectId: string, ticketIds: readonly string[]): Promise<void>
  hasWaiting(transaction: Transaction, projectId: string, ticketId: string): Promise<boolean>
  figures(projectId?: string): Promise<{ waiting: number; dead: number; oldestMs: number }>

  lockTask(transaction: Transaction, projectId: string, ticketId: string): Promise<Task | undefined>
  /** In the order of the tickets' ids, as everybody who locks several. */
  lockTasks(transaction: Transaction, projectId: string, ticketIds: readonly string[]): Promise<Task[]>
  taskById(projectId: string, taskId: string): Promise<Task | undefined>
  tasks(projectId: string, ticketIds: readonly string[]): Promise<Task[]>
  /** Of these tasks those that are tickets' ones. */
  tasksById(transaction: Transaction, projectId: string, taskIds: readonly string[]): Promise<Task[]>
  /** On one of these boards, with an id and not completed. */
  openTasks(transaction: Transaction, projectId: string, boardIds: readonly string[]): Promise<Task[]>
  /** Open tickets that have none on a board that there is. */
  withoutTask(projectId: string, boardIds: readonly string[], limit: number): Promise<string[]>
  countOpen(projectId: string, boardId: string): Promise<number>
  putTask(transaction: Transaction, projectId: string, task: Task): Promise<void>

  comment(projectId: string, commentId: string): Promise<Comment | undefined>
  /** Ours, by the message that they show. */
  commentsOf(projectId: string, messageIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  putComment(transaction: Transaction, projectId: string, comment: Comment): Promise<void>
  forget(olderThanMs: number, limit: number): Promise<number>
}
