/** What Todoist tells of a task; more than this is not read. */
export type BoardItem = {
  id: string
  projectId: string
  sectionId: string | null
  assigneeUid: string | null
  priority: number
  labels: string[]
  checked: boolean
  isDeleted: boolean
  updatedAt: string | null
}

export type BoardFile = {
  name: string
  url: string
  type: string | null
  size: number | null
  isPending: boolean
}

export type BoardNote = {
  id: string
  itemId: string
  authorUid: string
  content: string
  file: BoardFile | null
  isDeleted: boolean
}

export type BoardCommand = {
  type: string
  uuid: string
  tempId: string | null
  args: Record<string, unknown>
}

export type CommandResult = 'ok' | { code: number; tag: string; httpStatus: number; why: string }

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

/** The network broke: whether it was done nobody knows. Thrown as RetryableError by every call. */
export type BoardApi = {
  whoAmI(token: string): Promise<{ id: string; name: string; timeZone: string | null }>
  sync(token: string, request: { syncToken: string; commands: readonly BoardCommand[] }): Promise<Synced>
  upload(
    token: string,
    file: { name: string; type: string; bytes: Uint8Array },
  ): Promise<Record<string, unknown>>
  /** Undefined while it is still being uploaded there. */
  download(token: string, url: string, mostBytes: number): Promise<Uint8Array | 'too-large'>
  exchangeCode(code: string): Promise<string>
}
