import type { BoardItem, BoardNote } from '../domain/board-news.ts'

export type BoardCommand = {
  type: string
  uuid: string
  tempId: string | null
  args: Record<string, unknown>
}

export type CommandRefusal = { tag: string; httpStatus: number; why: string }
export type CommandResult = 'ok' | CommandRefusal

export type Synced = {
  token: string
  isFull: boolean
  results: ReadonlyMap<string, CommandResult>
  /** Temporary ids, and what they became. */
  ids: ReadonlyMap<string, string>
  items: BoardItem[]
  notes: BoardNote[]
  sections: { id: string; projectId: string; isDeleted: boolean; isArchived: boolean; name: string }[]
  projects: { id: string; name: string; isDeleted: boolean; isArchived: boolean; description: string }[]
  /** Who shares a board. */
  members: { projectId: string; uid: string; isActive: boolean }[]
  people: { uid: string; name: string; email: string }[]
  labels: { id: string; name: string; isDeleted: boolean }[]
}

/** Todoist says no. `retryAfterMs`: it said when to come back. */
export class BoardRefusal extends Error {
  readonly status: number
  readonly retryAfterMs: number | undefined
  constructor(status: number, why: string, retryAfterMs?: number) {
    super(why)
    this.name = 'BoardRefusal'
    this.status = status
    this.retryAfterMs = retryAfterMs
  }
}

/** `refreshToken`: of an app whose tokens end. */
export type Tokens = { token: string; refreshToken: string | null }

export type NoFile = 'too-large' | 'gone' | 'elsewhere'

/** The network broke: whether it was done nobody knows. Thrown as RetryableError by every call. */
export type BoardApi = {
  whoAmI(token: string): Promise<{ id: string; name: string; timeZone: string | null }>
  /** What is written, and then what is new since the token; without a token nothing is read. */
  sync(
    token: string,
    request: { syncToken: string | undefined; commands: readonly BoardCommand[] },
  ): Promise<Synced>
  upload(
    token: string,
    file: { name: string; type: string; bytes: Uint8Array },
  ): Promise<Record<string, unknown>>
  /** `gone`: it is not there, or not yet. `elsewhere`: it is not a file of Todoist's. */
  download(token: string, url: string, mostBytes: number): Promise<Uint8Array | NoFile>
  exchangeCode(code: string): Promise<Tokens>
  /** A new one, where the old one has ended. */
  refresh(refreshToken: string): Promise<Tokens>
}
