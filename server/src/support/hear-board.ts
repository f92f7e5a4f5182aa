import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import type { Item, Outcome } from '../kernel/line.ts'
import type { Locale } from '../kernel/locale.ts'
import { RetryableError } from '../kernel/retryable-error.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import { boardTexts } from './domain/board-texts.ts'
import { isMarked, isOver, SECTION_STATUSES, sectionOf, type Board, type Task } from './domain/board.ts'
import type { Ticket, TicketChange } from './domain/ticket.ts'
import type { AgentStore } from './ports/agent-store.ts'
import type { BoardFile, BoardItem, BoardNote } from './ports/board-api.ts'
import type { BoardStore } from './ports/board-store.ts'
import type { Rooms } from './ports/rooms.ts'
import type { By, ReadAgentWords, Tickets } from './ports/tickets.ts'
import type { BoardChange } from './exchange-board.ts'
import type { ShowOnBoard } from './show-on-board.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  boards: BoardStore
  boardOf: (projectId: string) => Promise<Board | undefined>
  agents: Pick<AgentStore, 'byTodoistUser' | 'find'>
  tickets: Tickets
  readWords: ReadAgentWords
  rooms: Rooms
  show: ShowOnBoard
  /** Whom somebody speaks as who is no agent here. */
  botOf: (projectId: string) => Promise<{ participantId: string }>
  nameOf: (projectId: string, uid: string) => Promise<string>
  download: (projectId: string, file: BoardFile) => Promise<Uint8Array | 'too-large' | 'pending'>
  topicOf: (projectId: string, labels: readonly string[]) => Promise<string | null | undefined>
  localeOf: (projectId: string) => Promise<Locale>
  hash: (text: string) => string
  tell: (refusal: Refusal, locale: Locale) => string
}

const MEGABYTE = 1_048_576
const BANNED = 'banned'
const PENDING_MS = 3_000
const DONE: Outcome = { outcome: 'done' }

/** What was done on the board, by somebody else than us: comments are spoken, moves and assignments are asked of the tickets. */
export function hearBoard(dependencies: Dependencies) {
  const { unitOfWork, boards, boardOf, agents, tickets, readWords, rooms, show } = dependencies
  const { botOf, nameOf, download, topicOf, localeOf, hash, tell } = dependencies

  async function hearItem(
    board: Board,
    task: Task,
    ticket: Ticket,
    exchange: number,
    item: BoardItem,
  ): Promise<Outcome> {
    const { projectId } = board
    if (item.isDeleted) {
      if (task.taskId !== item.id || isOver(ticket)) return DONE
      await unitOfWork((transaction) => show.makeAgain(transaction, board, ticket, `deleted:${item.id}`))
      return DONE
    }
    const why = await unitOfWork(async (transaction) => {
      const known = await boards.lockTask(transaction, projectId, ticket.id)
      if (known === undefined || known.taskId !== item.id) return undefined
      // Older than what we wrote, or about to be overwritten: it tells nothing of anybody else.
      if (exchange < known.written || (await boards.hasWaiting(transaction, projectId, ticket.id)))
        return undefined
      const agent = await agents.byTodoistUser(projectId, item.assigneeUid ?? '')
      const by: By = { by: { kind: 'agent', id: agent?.id ?? null }, source: 'board' }
      const seen: Task = {
        ...known,
        boardId: item.projectId,
        sectionId: item.sectionId,
        assigneeUid: item.assigneeUid,
        priority: item.priority,
        labels: item.labels,
        checked: item.checked,
      }
      await boards.putTask(transaction, projectId, seen)
      const { refusal, ticket: now } = await asked(transaction, board, ticket, known, seen, agent?.id, by)
      await bans(transaction, ticket, known, seen, by)
      // What was refused, or moved elsewhere, goes back.
      if (refusal !== undefined || !(item.projectId in board.sections)) {
        const home =
          item.projectId in board.sections ? seen : { ...seen, boardId: board.boardId, sectionId: null }
        await boards.putTask(transaction, projectId, home)
        await show.restore(transaction, board, now, `x${exchange}`)
      }
      return refusal
    })
    if (why !== undefined) {
      const locale = await localeOf(projectId)
      await unitOfWork((transaction) =>
        show.say(transaction, board, ticket, `x${exchange}:why`, `⚠️ ${tell(why, locale)}`),
      )
    }
    return DONE
  }

  /** What differs is what somebody wanted. */
  async function asked(
    transaction: Transaction,
    board: Board,
    before: Ticket,
    known: Task,
    seen: Task,
    agentId: string | undefined,
    by: By,
  ): Promise<{ refusal: Refusal | undefined; ticket: Ticket }> {
    const { projectId } = board
    let ticket = before
    if (seen.assigneeUid !== known.assigneeUid && seen.assigneeUid !== null && agentId !== undefined) {
      const outcome =
        ticket.assigneeId === null
          ? await tickets.take(transaction, projectId, ticket.id, agentId, 'board')
          : await tickets.change(transaction, projectId, ticket.id, { assigneeId: agentId }, by)
      if (isRefusal(outcome)) return { refusal: outcome, ticket }
      ticket = outcome
    }
    const change: TicketChange = {}
    if (seen.assigneeUid === null && known.assigneeUid !== null) change.assigneeId = null
    const status = SECTION_STATUSES.find((one) => board.sections[seen.boardId]?.[one] === seen.sectionId)
    if (seen.checked !== known.checked) change.status = seen.checked ? 'solved' : 'in-work'
    else if (
      seen.sectionId !== known.sectionId &&
      status !== undefined &&
      status !== sectionOf(ticket.status)
    )
      change.status = status
    if (seen.priority !== known.priority) change.priority = seen.priority
    if (seen.labels.join() !== known.labels.join()) {
      const topic = await topicOf(projectId, seen.labels)
      if (topic !== undefined && topic !== ticket.topic) change.topic = topic
    }
    if (Object.keys(change).length === 0) return { refusal: undefined, ticket }
    const outcome = await tickets.change(transaction, projectId, ticket.id, change, by)
    return isRefusal(outcome) ? { refusal: outcome, ticket } : { refusal: undefined, ticket: outcome }
  }

  async function bans(
    transaction: Transaction,
    ticket: Ticket,
    known: Task,
    seen: Task,
    by: By,
  ): Promise<void> {
    const [was, is] = [known.labels.includes(BANNED), seen.labels.includes(BANNED)]
    if (is && !was) await tickets.ban(transaction, ticket.projectId, ticket.participantId, null, by)
    if (was && !is) await tickets.unban(transaction, ticket.projectId, ticket.participantId, by)
  }

  async function hearNote(board: Board, ticket: Ticket, note: BoardNote): Promise<Outcome> {
    const { projectId } = board
    const known = await boards.comment(projectId, note.id)
    const isOurs = known?.isOurs === true || (note.authorUid === board.accountId && isMarked(note.content))
    if (isOurs) return DONE
    const agent = await agents.byTodoistUser(projectId, note.authorUid)
    const speaker = agent?.participantId ?? (await botOf(projectId)).participantId
    const where = { projectId, conversationId: ticket.conversationId, participantId: speaker }
    if (known !== undefined) return heardBefore(board, ticket, note, where, known)
    if (note.isDeleted) return DONE
    if (note.file?.isPending === true)
      return { outcome: 'later', afterMs: PENDING_MS, why: 'its file is still being uploaded', counts: true }

    const clientId = `td:${note.id}`
    const content = note.content.trim()
    const words =
      content === ''
        ? ({ kind: 'answer', markdown: '' } as const)
        : await readWords({
            projectId,
            ticket,
            agentId: agent?.id,
            markdown: content,
            key: clientId,
            source: 'board',
          })
    const remember = (kind: string, about: { conversationId: string; messageId: string } | null) =>
      unitOfWork((transaction) =>
        boards.putComment(transaction, projectId, {
          commentId: note.id,
          ticketId: ticket.id,
          isOurs: false,
          about,
          kind,
          hash: hash(note.content),
        }),
      )
    switch (words.kind) {
      case 'note': {
        const by: By = { by: { kind: 'agent', id: agent?.id ?? null }, source: 'board' }
        await unitOfWork((transaction) => tickets.note(transaction, projectId, ticket.id, words.markdown, by))
        await remember('note', null)
        return DONE
      }
      case 'done':
        await unitOfWork((transaction) =>
          show.say(transaction, board, ticket, `reply:${note.id}`, words.reply),
        )
        await remember('done', null)
        return DONE
      case 'answer': {
        if (agent === undefined) await tellStranger(board, ticket, note.authorUid)
        const said = await speak(board, ticket, note, where, clientId, words.markdown)
        if (said !== undefined && isRefusal(said)) {
          const locale = await localeOf(projectId)
          const why = boardTexts(locale).notSent(tell(said, locale))
          await unitOfWork((transaction) => show.say(transaction, board, ticket, `refused:${note.id}`, why))
        }
        const about =
          said === undefined || isRefusal(said)
            ? null
            : { conversationId: ticket.conversationId, messageId: said.messageId }
        await remember('answer', about)
        return DONE
      }
    }
  }

  async function speak(
    board: Board,
    ticket: Ticket,
    note: BoardNote,
    where: { projectId: string; conversationId: string; participantId: string },
    clientId: string,
    markdown: string,
  ): Promise<{ messageId: string } | Refusal | undefined> {
    const { file } = note
    if (file === null) return markdown === '' ? undefined : rooms.say(where, { clientId, markdown })
    const bytes = await download(board.projectId, file)
    if (bytes === 'pending')
      throw new RetryableError('its file is still being uploaded', { retryAfterMs: PENDING_MS })
    if (bytes === 'too-large') {
      const text = boardTexts(await localeOf(board.projectId)).tooLarge(
        file.name,
        Math.ceil((file.size ?? 0) / MEGABYTE),
      )
      await unitOfWork((transaction) => show.say(transaction, board, ticket, `too-large:${note.id}`, text))
      return markdown === '' ? undefined : rooms.say(where, { clientId, markdown })
    }
    return rooms.sayFile(where, {
      clientId,
      name: file.name,
      type: file.type,
      size: bytes.length,
      markdown: markdown === '' ? null : markdown,
      bytes: () => Promise.resolve(bytes),
    })
  }

  async function heardBefore(
    board: Board,
    ticket: Ticket,
    note: BoardNote,
    where: { projectId: string; conversationId: string; participantId: string },
    known: NonNullable<Awaited<ReturnType<BoardStore['comment']>>>,
  ): Promise<Outcome> {
    const { projectId } = board
    if (known.about === null) return DONE
    const at = { ...where, conversationId: known.about.conversationId }
    if (note.isDeleted) {
      await rooms.remove(at, known.about.messageId)
      return DONE
    }
    if (known.hash === hash(note.content)) return DONE
    const outcome = await rooms.edit(at, known.about.messageId, note.content.trim())
    if (outcome !== undefined) {
      const locale = await localeOf(projectId)
      const why = boardTexts(locale).notSent(tell(outcome, locale))
      await unitOfWork((transaction) =>
        show.say(transaction, board, ticket, `edit:${note.id}:${hash(note.content)}`, why),
      )
    }
    await unitOfWork((transaction) =>
      boards.putComment(transaction, projectId, { ...known, hash: hash(note.content) }),
    )
    return DONE
  }

  /** Once for each of them on a ticket. */
  async function tellStranger(board: Board, ticket: Ticket, uid: string): Promise<void> {
    const name = await nameOf(board.projectId, uid)
    const text = boardTexts(await localeOf(board.projectId)).stranger(name)
    await unitOfWork((transaction) => show.say(transaction, board, ticket, `stranger:${uid}`, text))
  }

  return async ({ projectId, body }: Item<BoardChange>): Promise<Outcome> => {
    const board = await boardOf(projectId)
    if (board === undefined) return DONE
    const task = await boards.taskById(projectId, body.kind === 'item' ? body.item.id : body.note.itemId)
    // Somebody's own task on the same account.
    if (task === undefined) return DONE
    const ticket = await tickets.find(projectId, task.ticketId)
    if (ticket === undefined) return DONE
    return body.kind === 'item'
      ? hearItem(board, task, ticket, body.exchange, body.item)
      : hearNote(board, ticket, body.note)
  }
}
