import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import type { Outcome } from '../kernel/line.ts'
import type { Locale } from '../kernel/locale.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import type { Agent } from './domain/agent.ts'
import type { BoardChange } from './domain/board-change.ts'
import { boardTexts } from './domain/board-texts.ts'
import { isOver, sameLabels, sectionOf, statusOf, type Board, type Task } from './domain/board.ts'
import type { Ticket, TicketChange } from './domain/ticket.ts'
import type { AgentStore } from './ports/agent-store.ts'
import type { BoardStore } from './ports/board-store.ts'
import type { By, Tickets } from './ports/tickets.ts'
import type { ShowOnBoard } from './show-on-board.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  boards: Pick<BoardStore, 'within' | 'lockTask' | 'putTask' | 'hasWaiting' | 'drop'>
  agents: Pick<AgentStore, 'byTodoistUser'>
  tickets: Tickets
  show: Pick<ShowOnBoard, 'restore' | 'makeAgain' | 'say'>
  /** The topic that one of these labels stands for; undefined where labels stand for none. */
  topicOf: (projectId: string, labels: readonly string[]) => Promise<string | null | undefined>
  localeOf: (projectId: string) => Promise<Locale>
  tell: (refusal: Refusal, locale: Locale) => string
}

type ItemChange = Extract<BoardChange, { kind: 'item' }>
type Heard = { refusal?: Refusal | undefined; by?: string | undefined }

const DONE: Outcome = { outcome: 'done' }
const BANNED = 'banned'
const WRITING: Outcome = {
  outcome: 'later',
  afterMs: 400,
  why: 'something is being written there',
  counts: false,
}
/** Who assigns another's ticket to themselves so soon after has not seen that it was taken. */
const RACE_MS = 15_000

/** A task that somebody else than us has changed: what differs from what we know is asked of the ticket, and goes back where it is refused. */
export function hearItem(dependencies: Dependencies) {
  const { unitOfWork, boards, agents, tickets, show, topicOf, localeOf, tell } = dependencies

  async function change(
    transaction: Transaction,
    ticket: Ticket,
    wanted: TicketChange,
    by: By,
  ): Promise<Refusal | undefined> {
    const outcome = await tickets.change(transaction, ticket.projectId, ticket.id, wanted, by)
    return isRefusal(outcome) ? outcome : undefined
  }

  async function assigned(
    transaction: Transaction,
    ticket: Ticket,
    known: Task,
    { item }: ItemChange,
    by: By,
  ): Promise<Heard> {
    const uid = item.assigneeUid
    if (uid === known.assigneeUid) return {}
    if (uid === null) return { refusal: await change(transaction, ticket, { assigneeId: null }, by) }
    const agent = await agents.byTodoistUser(ticket.projectId, uid)
    if (agent === undefined || agent.id === ticket.assigneeId) return {}
    const isRace =
      item.assignedByUid === uid &&
      known.assignedAt !== null &&
      Date.now() - known.assignedAt.getTime() < RACE_MS
    if (ticket.assigneeId !== null && !isRace)
      return { refusal: await change(transaction, ticket, { assigneeId: agent.id }, by) }
    const outcome = await tickets.take(transaction, ticket.projectId, ticket.id, agent.id, 'board')
    return isRefusal(outcome) ? { refusal: outcome, by: uid } : {}
  }

  /** What differs is what somebody wanted; what was assigned comes first, as it says who it was. */
  async function asked(
    transaction: Transaction,
    board: Board,
    ticket: Ticket,
    known: Task,
    news: ItemChange,
    by: By,
  ): Promise<Heard> {
    const { projectId } = ticket
    const { item, lostLabels } = news
    const claimed = await assigned(transaction, ticket, known, news, by)
    if (claimed.refusal !== undefined) return claimed
    const wanted: TicketChange = {}
    const section = statusOf(board, item.projectId, item.sectionId)
    const cameRound =
      known.recurringOn !== null && item.due?.isRecurring === true && item.due.date > known.recurringOn
    if (item.checked !== known.checked) wanted.status = item.checked ? 'solved' : reopenedTo(section)
    else if (cameRound) wanted.status = 'solved'
    else if (section !== known.section && section !== null && section !== sectionOf(ticket.status))
      wanted.status = section
    if (item.priority !== known.priority) wanted.priority = item.priority
    const labels = [...item.labels, ...known.labels.filter((one) => lostLabels.includes(one))]
    if (!sameLabels(labels, known.labels)) {
      const topic = await topicOf(projectId, labels)
      if (topic !== undefined && topic !== ticket.topic) wanted.topic = topic
    }
    if (Object.keys(wanted).length > 0) {
      const refusal = await change(transaction, ticket, wanted, by)
      if (refusal !== undefined) return { refusal }
    }
    const [was, is] = [known.labels.includes(BANNED), labels.includes(BANNED)]
    if (is && !was) await tickets.ban(transaction, projectId, ticket.participantId, null, by)
    if (was && !is) await tickets.unban(transaction, projectId, ticket.participantId, by)
    return {}
  }

  /** Whoever it was: told by a webhook, or by the task itself. */
  async function actorOf(
    projectId: string,
    board: Board,
    known: Task,
    { item }: ItemChange,
  ): Promise<Agent | undefined> {
    const isAssigned = item.assigneeUid !== known.assigneeUid && item.assigneeUid !== null
    const said = isAssigned
      ? (item.assignedByUid ?? item.assigneeUid)
      : item.checked && !known.checked
        ? item.completedByUid
        : known.movedBy
    if (said !== null && said !== undefined) return agents.byTodoistUser(projectId, said)
    const others = (board.members[item.projectId] ?? []).filter((uid) => uid !== board.accountId)
    // Of one who is alone on the board, or has the task, it is believed.
    const only = others.length === 0 ? board.accountId : others.length === 1 ? others[0] : item.assigneeUid
    return only === null || only === undefined ? undefined : agents.byTodoistUser(projectId, only)
  }

  async function explain(
    transaction: Transaction,
    ticket: Ticket,
    exchange: number,
    { refusal, by }: Heard & { refusal: Refusal },
  ): Promise<void> {
    const locale = await localeOf(ticket.projectId)
    const text =
      refusal.refused === 'ticket-taken'
        ? boardTexts(locale).taken(String(refusal.details?.agentName))
        : `⚠️ ${tell(refusal, locale)}`
    await show.say(transaction, ticket, `x${exchange}:why`, text, by === undefined ? [] : [by])
  }

  return async (projectId: string, ticketId: string, news: ItemChange): Promise<Outcome> => {
    const { item, exchange } = news
    return unitOfWork(async (transaction): Promise<Outcome> => {
      const ticket = await tickets.hold(transaction, projectId, ticketId)
      const board = await boards.within(transaction, projectId)
      const known = await boards.lockTask(transaction, projectId, ticketId)
      if (ticket === undefined || board === undefined || known?.taskId !== item.id) return DONE
      if (item.isDeleted) {
        if (isOver(ticket)) await boards.drop(transaction, projectId, ticketId, 'its task was deleted')
        else await show.makeAgain(transaction, board, ticket, item.id)
        return DONE
      }
      // Older than what we wrote: what came with that tells more.
      if (exchange < known.written) return DONE
      // About to be written over; what it is after that comes with the answer.
      if (await boards.hasWaiting(transaction, projectId, ticketId)) return WRITING
      const isHome = item.projectId in board.sections
      const section = statusOf(board, item.projectId, item.sectionId)
      const seen: Task = {
        ...known,
        boardId: isHome ? item.projectId : known.boardId,
        section,
        assigneeUid: item.assigneeUid,
        assignedAt: item.assigneeUid === known.assigneeUid ? known.assignedAt : new Date(),
        priority: item.priority,
        labels: item.labels,
        checked: item.checked,
        movedBy: section === known.section ? known.movedBy : null,
        recurringOn: item.due?.isRecurring === true ? item.due.date : null,
      }
      await boards.putTask(transaction, projectId, seen)
      const agent = await actorOf(projectId, board, known, news)
      const by: By = { by: { kind: 'agent', id: agent?.id ?? null }, source: 'board' }
      const outcome = await asked(transaction, board, ticket, known, news, by)
      const hasLost = known.labels.some((one) => news.lostLabels.includes(one))
      // What was refused, or lies elsewhere, goes back.
      if (outcome.refusal !== undefined || !isHome || hasLost) {
        if (outcome.refusal !== undefined)
          await boards.putTask(transaction, projectId, { ...seen, assignedAt: known.assignedAt })
        const now = (await tickets.hold(transaction, projectId, ticketId)) ?? ticket
        await show.restore(transaction, board, now)
        if (!isHome) {
          const { movedBack } = boardTexts(await localeOf(projectId))
          await show.say(transaction, now, `x${exchange}:home`, movedBack)
        }
      }
      const { refusal } = outcome
      if (refusal !== undefined) await explain(transaction, ticket, exchange, { ...outcome, refusal })
      return DONE
    })
  }
}

function reopenedTo(section: ReturnType<typeof statusOf>): 'new' | 'in-work' | 'waiting' {
  return section === 'new' || section === 'waiting' ? section : 'in-work'
}
