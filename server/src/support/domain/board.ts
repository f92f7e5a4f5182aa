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

/** A project's board at Todoist. */
export type Board = {
  projectId: string
  accountId: string
  accountName: string
  boardId: string
  boardName: string
  overflowBoardId: string | null
  sections: Sections
  collaborators: readonly string[]
  activeTasks: number
  problem: string | null
  syncedAt: Date | null
}

/** A ticket's task as we want it to be. */
export type Task = {
  ticketId: string
  taskId: string | null
  tempId: string
  boardId: string
  sectionId: string | null
  assigneeUid: string | null
  priority: number
  labels: readonly string[]
  checked: boolean
  due: string | null
  written: number
}

/** What Todoist holds on a board, and when the owner is warned. Source: Todoist help, usage limits. */
export const MOST_ACTIVE_TASKS = 300
export const WARNED_TASKS = 250
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
  return `#${number} ${subject}`.replace(/\s+/g, ' ').trim().slice(0, MOST_TITLE)
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

/** Found again by it, by people and by us. */
export const markerOf = (ticketId: string) => `tapline:${ticketId}`
export const boardMarkerOf = (projectId: string) => `tapline:${projectId}`

/** Nobody types it, and it is shown as nothing: our own comments carry it, also when they come back before their answer. */
const INVISIBLE = '\u2063\u2064\u2063'

export const marked = (content: string) => `${INVISIBLE}${content}`
export const isMarked = (content: string) => content.includes(INVISIBLE)

export function rulesIn(locale: Locale, prefixes: readonly string[]): string {
  const notes = prefixes.map((prefix) => `\`${prefix}\``).join(', ')
  return {
    ru: `Комментарий уходит клиенту. С ${notes} в начале — остаётся у вас. \`/help\` — команды. Завершить задачу — решить обращение.`,
    en: `A comment goes to the customer. With ${notes} in front it stays among you. \`/help\` lists commands. Completing the task solves the ticket.`,
    kk: `Пікір клиентке жіберіледі. Басында ${notes} болса — өзіңізде қалады. \`/help\` — командалар. Тапсырманы аяқтау — өтінішті шешу.`,
  }[locale]
}
