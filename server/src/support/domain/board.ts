import type { Locale, Texts } from '../../kernel/locale.ts'
import type { Ticket, TicketStatus } from './ticket.ts'

export type SectionStatus = 'new' | 'in-work' | 'waiting' | 'solved'
export const SECTION_STATUSES: readonly SectionStatus[] = ['new', 'in-work', 'waiting', 'solved']

export const SECTION_NAMES: Readonly<Record<SectionStatus, Texts>> = {
  new: { ru: 'Новые', en: 'New', kk: 'Жаңа' },
  'in-work': { ru: 'В работе', en: 'In work', kk: 'Жұмыста' },
  waiting: { ru: 'Ждём клиента', en: 'Waiting for customer', kk: 'Клиентті күтудеміз' },
  solved: { ru: 'Решены', en: 'Solved', kk: 'Шешілді' },
}

/** Of each board: the section of each status. */
export type Sections = Readonly<Record<string, Partial<Record<SectionStatus, string>>>>

export type Person = { name: string; email: string }

/** A project's board at Todoist. */
export type Board = {
  projectId: string
  accountId: string
  accountName: string
  boardId: string
  boardName: string
  /** Where new tickets go while the board is full. */
  overflowBoardId: string | null
  sections: Sections
  /** Of each board: the uids of those who share it. */
  members: Readonly<Record<string, readonly string[]>>
  /** By uid. */
  people: Readonly<Record<string, Person>>
  /** Names by id: of the labels that tickets carry. */
  labels: Readonly<Record<string, string>>
  activeTasks: number
  problem: string | null
  syncedAt: Date | null
}

/** A ticket's task: as we want it to be, and so as we know it, once that has been written. */
export type Task = {
  ticketId: string
  taskId: string | null
  tempId: string
  boardId: string
  /** The section by its meaning; null: one that agents made for themselves. */
  section: SectionStatus | null
  assigneeUid: string | null
  /** Since when it is this one's. */
  assignedAt: Date | null
  priority: number
  labels: readonly string[]
  checked: boolean
  due: string | null
  /** The date, once an agent has made it come round again and again. */
  recurringOn: string | null
  /** Who is moving it, as a webhook told before an exchange did. */
  movedBy: string | null
  /** The exchange in which it was written last. */
  written: number
}

/** What Todoist holds on a board, and when the owner is warned. Source: Todoist help, usage limits. */
export const MOST_ACTIVE_TASKS = 300
export const WARNED_TASKS = 250
/** So many again, and the next warning counts. */
export const CALM_TASKS = 200
export const MOST_TITLE = 500
export const MOST_DESCRIPTION = 16_000
export const MOST_COMMENT = 14_000

export function sectionOf(status: TicketStatus): SectionStatus {
  return status === 'closed' ? 'solved' : status
}

export function isOver({ status, mergedInto }: Pick<Ticket, 'status' | 'mergedInto'>): boolean {
  return status === 'solved' || status === 'closed' || mergedInto !== null
}

/** Never one that Todoist would take for more than words: a title that begins with a star cannot be completed. */
export function titleOf({ number, subject }: Pick<Ticket, 'number' | 'subject'>): string {
  const title = `#${number} ${subject}`.replace(/\s+/g, ' ').trim().slice(0, MOST_TITLE)
  // Half of a letter is none.
  return title.replace(/[\uD800-\uDBFF]$/, '')
}

/** A fixed date without repeats: when the next promise ends. */
export function dueOf({
  firstAnswerAt,
  firstAnswerDueAt,
  resolutionDueAt,
  snoozedUntil,
  ...ticket
}: Ticket): string | null {
  if (isOver(ticket)) return null
  const due = snoozedUntil ?? (firstAnswerAt === null ? firstAnswerDueAt : resolutionDueAt)
  return due === null ? null : due.toISOString().replace(/\.\d{3}Z$/, 'Z')
}

/** In either order: labels stand on a task in no order. */
export function sameLabels(left: readonly string[], right: readonly string[]): boolean {
  return [...left].sort().join('\n') === [...right].sort().join('\n')
}

export function statusOf(board: Board, boardId: string, sectionId: string | null): SectionStatus | null {
  return (
    SECTION_STATUSES.find((one) => sectionId !== null && board.sections[boardId]?.[one] === sectionId) ?? null
  )
}

/** Found again by it, by people and by us. */
export const markerOf = (ticketId: string) => `tapline:${ticketId}`
export const boardMarkerOf = (projectId: string) => `tapline:${projectId}`

/** Nobody types it, and it is shown as nothing: our own comments carry it. */
const INVISIBLE = '\u2063\u2064\u2063'

// A fence would not be closed by a line on which something follows it.
export const marked = (content: string) => `${content}${content.endsWith('```') ? '\n' : ''}${INVISIBLE}`
export const isMarked = (content: string) => content.includes(INVISIBLE)

export function rulesIn(locale: Locale, prefixes: readonly string[]): string {
  const notes = prefixes.map((prefix) => `\`${prefix}\``).join(', ')
  return {
    ru: `Комментарий уходит клиенту. С ${notes} в начале — остаётся у вас. \`/help\` — команды. Завершить задачу — решить обращение.`,
    en: `A comment goes to the customer. With ${notes} in front it stays among you. \`/help\` lists commands. Completing the task solves the ticket.`,
    kk: `Пікір клиентке жіберіледі. Басында ${notes} болса — өзіңізде қалады. \`/help\` — командалар. Тапсырманы аяқтау — өтінішті шешу.`,
  }[locale]
}

/** Whether somebody can be named on its tasks; whose account it is shares whatever is shared with anybody. */
export function sharesBoard({ members, accountId }: Board, boardId: string, uid: string): boolean {
  const uids = members[boardId] ?? []
  return uids.includes(uid) || (uid === accountId && uids.length > 0)
}
