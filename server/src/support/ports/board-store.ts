import type { Transaction } from '../../kernel/transaction.ts'
import type { Board, Sections, Task } from '../domain/board.ts'

export type NewCommand = {
  /** The same key is the same command. */
  key: string
  ticketId: string | null
  type: string
  args: Record<string, unknown>
  tempId?: string
  uploadId?: string
  about?: { conversationId: string; messageId: string }
}

export type Command = Required<Pick<NewCommand, 'key' | 'ticketId' | 'type' | 'args'>> & {
  id: string
  uuid: string
  tempId: string | null
  uploadId: string | null
  messageId: string | null
  conversationId: string | null
  attempts: number
}

export type Comment = {
  commentId: string
  ticketId: string
  isOurs: boolean
  about: { conversationId: string; messageId: string } | null
  kind: string | null
  hash: string | null
}

export type HeldBoard = Board & {
  token: string
  syncToken: string
  exchange: number
  failures: number
  warned: boolean
  holder: string
  version: string
}

export type BoardStore = {
  find(projectId: string): Promise<Board | undefined>
  tokenOf(projectId: string): Promise<string | undefined>
  save(
    transaction: Transaction,
    board: Pick<Board, 'projectId' | 'accountId' | 'accountName' | 'boardId' | 'boardName' | 'sections'> & {
      token: string
    },
  ): Promise<void>
  remove(transaction: Transaction, projectId: string): Promise<boolean>
  ofAccount(accountId: string): Promise<string[]>

  /** Boards that it is time to talk to, each held for a while. */
  take(limit: number, holdMs: number): Promise<HeldBoard[]>
  takeOne(projectId: string, holdMs: number): Promise<HeldBoard | undefined>
  holdOn(board: Pick<HeldBoard, 'projectId' | 'holder'>, holdMs: number): Promise<void>
  /** There is something to write. */
  hurry(projectId: string): Promise<void>
  /** Whatever was hurried meanwhile is done at once. */
  release(
    board: HeldBoard,
    rest: { afterMs: number; gapMs: number; problem?: string | null; failures?: number },
  ): Promise<void>
  keep(
    transaction: Transaction,
    projectId: string,
    change: {
      syncToken?: string
      exchange?: number
      boardId?: string
      overflowBoardId?: string | null
      sections?: Sections
      collaborators?: readonly string[]
      activeTasks?: number
      warned?: boolean
      isSynced?: boolean
    },
  ): Promise<void>

  add(transaction: Transaction, projectId: string, commands: readonly NewCommand[]): Promise<void>
  /** In their order; what stands behind a file of its ticket that is not uploaded yet is left out. */
  ready(projectId: string, limit: number): Promise<Command[]>
  uploads(projectId: string, limit: number): Promise<Command[]>
  uploaded(projectId: string, key: string, args: Record<string, unknown>): Promise<void>
  /** All that went well in one exchange: the ids that Todoist gave, and that it is written. */
  settleDone(
    transaction: Transaction,
    projectId: string,
    exchange: number,
    done: readonly (Pick<Command, 'key' | 'type' | 'tempId' | 'ticketId' | 'conversationId' | 'messageId'> & {
      id: string | null
    })[],
  ): Promise<void>
  finish(
    transaction: Transaction,
    projectId: string,
    key: string,
    state: 'done' | 'dead',
    problem: string | null,
  ): Promise<void>
  failed(projectId: string, key: string, why: string): Promise<void>
  hasWaiting(transaction: Transaction, projectId: string, ticketId: string): Promise<boolean>
  figures(projectId?: string): Promise<{ waiting: number; dead: number }>

  task(projectId: string, ticketId: string): Promise<Task | undefined>
  lockTask(transaction: Transaction, projectId: string, ticketId: string): Promise<Task | undefined>
  taskById(projectId: string, taskId: string): Promise<Task | undefined>
  tasksById(transaction: Transaction, projectId: string, taskIds: readonly string[]): Promise<Task[]>
  tasks(projectId: string, ticketIds: readonly string[]): Promise<Task[]>
  openTasks(projectId: string): Promise<Task[]>
  putTask(transaction: Transaction, projectId: string, task: Task): Promise<void>
  taskMade(transaction: Transaction, projectId: string, tempId: string, taskId: string): Promise<void>
  taskWritten(transaction: Transaction, projectId: string, ticketId: string, exchange: number): Promise<void>

  comment(projectId: string, commentId: string): Promise<Comment | undefined>
  commentsOf(projectId: string, messageIds: readonly string[]): Promise<Comment[]>
  putComment(transaction: Transaction, projectId: string, comment: Comment): Promise<void>
  forget(olderThanMs: number, limit: number): Promise<number>
}
