import { splitMarkdown, trimMarkdown } from '../kernel/cut-markdown.ts'
import { escapeMarkdown } from '../kernel/markdown.ts'
import type { Locale } from '../kernel/locale.ts'
import type { NewItem } from '../kernel/line.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { Agent } from './domain/agent.ts'
import type { NewCommand } from './domain/board-command.ts'
import { boardTexts } from './domain/board-texts.ts'
import { describeEvent } from './domain/describe-event.ts'
import {
  dueOf,
  isOver,
  MOST_ACTIVE_TASKS,
  MOST_COMMENT,
  sameLabels,
  sectionOf,
  sharesBoard,
  type Board,
  type SectionStatus,
  type Task,
} from './domain/board.ts'
import type { Ticket, TicketEvent } from './domain/ticket.ts'
import type { AgentStore } from './ports/agent-store.ts'
import type { BoardStore } from './ports/board-store.ts'
import type { Face, ShownMessage } from './ports/faces.ts'

type Dependencies = {
  boards: Pick<BoardStore, 'within' | 'lockTask' | 'putTask' | 'add' | 'forgetWords'>
  agents: Pick<AgentStore, 'find' | 'list'>
  /** Open tickets by agent. */
  loadsOf: (projectId: string) => Promise<ReadonlyMap<string, number>>
  settingsOf: (projectId: string) => Promise<{
    leadAgentId: string | null
    topics: readonly { key: string; label: string }[]
  }>
  localeOf: (projectId: string) => Promise<Locale>
  /** A file is brought to Todoist before its comment is written. */
  addUploads: (transaction: Transaction, items: readonly NewItem<{ key: string }>[]) => Promise<number>
  newId: () => string
  /** After the commit. */
  wake: (transaction: Transaction, projectId: string) => void
}

const FROM_BOARD = 'td:'
const MOST_AGENTS = 250
const MOST_HEAD = 500

export type ShowOnBoard = ReturnType<typeof showOnBoard>

/**
 * Tickets as tasks, messages as comments. What a task should be is kept beside the ticket; whatever happens to the ticket, the
 * difference is written as commands, in order, and sent later by whoever holds the board. The ticket is locked by the caller.
 */
export function showOnBoard(dependencies: Dependencies) {
  const { boards, agents, loadsOf, settingsOf, localeOf, addUploads, newId, wake } = dependencies

  const everybody = async (projectId: string): Promise<Agent[]> =>
    (await agents.list(projectId, MOST_AGENTS, undefined)).data.filter(({ active }) => active)

  /** Null of an agent who does not share the board: nobody else can be named on a task, unless it was done there. */
  async function uidOf(
    board: Board,
    boardId: string,
    agentId: string | null,
    known: string | null = null,
  ): Promise<string | null> {
    const agent = agentId === null ? undefined : await agents.find(board.projectId, agentId)
    const uid = agent?.todoistUserId ?? null
    return uid !== null && (uid === known || sharesBoard(board, boardId, uid)) ? uid : null
  }

  async function labelsOf(
    projectId: string,
    { topic, channel }: Ticket,
    others: readonly string[],
  ): Promise<string[]> {
    const { topics } = await settingsOf(projectId)
    const label = topic === null ? undefined : (topics.find(({ key }) => key === topic)?.label ?? topic)
    const wanted = [channel, ...(label === undefined ? [] : [label])]
    // An agent's own labels stay.
    const kept = others.filter((one) => !wanted.includes(one) && !topics.some((each) => each.label === one))
    return [...wanted, ...kept]
  }

  function roomIn(board: Board): string {
    const isFull = board.activeTasks >= MOST_ACTIVE_TASKS && board.overflowBoardId !== null
    return isFull ? board.overflowBoardId! : board.boardId
  }

  /** The task is made, with all that its ticket is by now. */
  async function make(
    transaction: Transaction,
    board: Board,
    ticket: Ticket,
    { before, boardId = roomIn(board) }: { before: Task | undefined; boardId?: string },
  ): Promise<void> {
    const { projectId } = board
    const task: Task = {
      ticketId: ticket.id,
      taskId: null,
      tempId: newId(),
      boardId,
      section: sectionOf(ticket.status),
      assigneeUid: await uidOf(board, boardId, ticket.assigneeId),
      assignedAt: before?.assignedAt ?? null,
      priority: ticket.priority,
      labels: await labelsOf(projectId, ticket, []),
      checked: false,
      due: dueOf(ticket),
      recurringOn: null,
      movedBy: null,
      written: before?.written ?? 0,
    }
    await boards.putTask(transaction, projectId, task)
    const { section, priority, labels, assigneeUid, due, tempId } = task
    await boards.add(transaction, projectId, [
      {
        key: `${ticket.id}:task:${tempId}`,
        ticketId: ticket.id,
        type: 'item_add',
        tempId,
        args: {
          isDescribed: true,
          ...{ section, priority, labels },
          responsible_uid: assigneeUid,
          ...(due === null ? {} : { due: { date: due } }),
        },
      },
    ])
  }

  /** Writes what the task is not yet. Answers whether it has one. */
  async function reconcile(transaction: Transaction, board: Board, ticket: Ticket): Promise<boolean> {
    const { projectId } = board
    const task = await boards.lockTask(transaction, projectId, ticket.id)
    if (task === undefined) {
      if (isOver(ticket)) return false
      await make(transaction, board, ticket, { before: undefined })
      return true
    }
    const checked = isOver(ticket)
    const assigneeUid = await uidOf(board, task.boardId, ticket.assigneeId, task.assigneeUid)
    const wanted: Task = {
      ...task,
      // What is completed stays where it was completed.
      section: checked && task.checked ? task.section : sectionOf(ticket.status),
      assigneeUid,
      assignedAt: assigneeUid === task.assigneeUid ? task.assignedAt : new Date(),
      priority: ticket.priority,
      labels: await labelsOf(projectId, ticket, task.labels),
      checked,
      due: checked ? task.due : dueOf(ticket),
    }
    const commands: NewCommand[] = []
    const reason = newId()
    const add = (type: NewCommand['type'], args: NewCommand['args']) =>
      commands.push({ key: `${ticket.id}:${reason}:${type}`, ticketId: ticket.id, type, args })
    if (task.checked && !wanted.checked) add('item_uncomplete', {})
    if (wanted.section !== task.section) add('item_move', { section: wanted.section })
    const update = {
      ...(wanted.assigneeUid === task.assigneeUid ? {} : { responsible_uid: wanted.assigneeUid }),
      ...(wanted.priority === task.priority ? {} : { priority: wanted.priority }),
      ...(sameLabels(wanted.labels, task.labels) ? {} : { labels: wanted.labels }),
      ...(wanted.due === task.due ? {} : { due: wanted.due === null ? null : { date: wanted.due } }),
    }
    if (Object.keys(update).length > 0) add('item_update', update)
    if (!task.checked && wanted.checked) add('item_complete', {})
    if (commands.length === 0) return true
    const isFixed = 'due' in update
    await boards.putTask(transaction, projectId, {
      ...wanted,
      recurringOn: isFixed ? null : task.recurringOn,
    })
    await boards.add(transaction, projectId, commands)
    return true
  }

  async function tell(
    transaction: Transaction,
    { projectId, id }: Ticket,
    key: string,
    content: string,
    mentions: readonly string[] = [],
  ): Promise<void> {
    await boards.add(transaction, projectId, [
      {
        key: `${id}:${key}`,
        ticketId: id,
        type: 'note_add',
        tempId: newId(),
        args: { content: trimMarkdown(content, MOST_COMMENT), ...(mentions.length > 0 ? { mentions } : {}) },
      },
    ])
  }

  const onTicket: Face['onTicket'] = async (transaction, ticket, event) => {
    const { projectId, assigneeId } = ticket
    const board = await boards.within(transaction, projectId)
    if (board === undefined) return
    const isShown = await reconcile(transaction, board, ticket)
    if (isShown) await explain(transaction, board, ticket, event, assigneeId)
    wake(transaction, projectId)
  }

  /** What cannot be seen from the task itself, and who should look at it. */
  async function explain(
    transaction: Transaction,
    board: Board,
    ticket: Ticket,
    event: TicketEvent,
    assigneeId: string | null,
  ): Promise<void> {
    const { projectId } = ticket
    const isVisible = event.source === 'board' && (await uidOf(board, board.boardId, assigneeId)) !== null
    const told = describeEvent(event, { isVisible })
    if (told === undefined) return
    const [team, loads, { leadAgentId }, locale] = await Promise.all([
      everybody(projectId),
      told.whom === 'team' ? loadsOf(projectId) : new Map<string, number>(),
      settingsOf(projectId),
      localeOf(projectId),
    ])
    const named = (id: unknown) => team.find((one) => one.id === id)?.name ?? '—'
    const whom = {
      team: assigneeId === null ? team : team.filter(({ id }) => id === assigneeId),
      assignee: team.filter(({ id }) => id === assigneeId),
      lead: team.filter(({ id }) => id === leadAgentId || id === assigneeId),
      nobody: [],
    }[told.whom]
    const content = told.say(boardTexts(locale), {
      ticket,
      named,
      team: team.map(({ id, name }) => `${escapeMarkdown(name)}: ${loads.get(id) ?? 0}`).join(' · '),
    })
    const uids = whom.flatMap(({ todoistUserId }) => todoistUserId ?? [])
    await tell(transaction, ticket, `e${event.sequence}:note`, content, uids)
  }

  const onMessage: Face['onMessage'] = async (transaction, message, { ticket }) => {
    const { projectId, clientId, from } = message
    // A browser may call what it sends as it likes.
    const isFromBoard = (from.kind === 'agent' || from.kind === 'bot') && clientId.startsWith(FROM_BOARD)
    if (ticket === undefined || isFromBoard) return
    const board = await boards.within(transaction, projectId)
    if (board === undefined) return
    const text = boardTexts(await localeOf(projectId))
    const commands =
      message.kind === 'said' ? said(ticket, message, text.you) : [changed(ticket, message, text)]
    if ((await boards.lockTask(transaction, projectId, ticket.id)) === undefined) return
    await boards.add(transaction, projectId, commands)
    const files = commands.filter(({ uploadId }) => uploadId !== undefined)
    if (files.length > 0)
      await addUploads(
        transaction,
        files.map(({ key }) => ({ projectId, line: ticket.id, key, body: { key } })),
      )
    wake(transaction, projectId)
  }

  function said({ id: ticketId }: Ticket, message: ShownMessage, you: string): NewCommand[] {
    const { markdown, attachment, replyTo, conversationId, messageId } = message
    const head = headOf(message, you)
    const parts = markdown === null ? [''] : splitMarkdown(markdown, MOST_COMMENT - MOST_HEAD)
    return parts.map((part, index): NewCommand => {
      const isFirst = index === 0
      const content = isFirst ? `${head}${part}` : part
      return {
        key: `m${message.sequence}:${messageId}:${index}`,
        ticketId,
        type: 'note_add',
        tempId: newId(),
        args: {
          content,
          isOrdered: true,
          ...(isFirst && replyTo !== null ? { quotes: replyTo } : {}),
          ...(isFirst && attachment !== null ? { fileName: attachment.name } : {}),
        },
        // An edit changes the first part and stands for all of them.
        ...(isFirst ? { about: { conversationId, messageId } } : {}),
        ...(isFirst && attachment !== null ? { uploadId: attachment.id } : {}),
      }
    })
  }

  function changed(
    { id: ticketId }: Ticket,
    message: ShownMessage,
    text: { you: string; deleted: string; edited: string },
  ): NewCommand {
    const { kind, markdown, sequence, conversationId, messageId } = message
    const body =
      kind === 'deleted'
        ? `*${text.deleted}*`
        : `${markdown ?? ''}${markdown === null ? '' : '\n'}*${text.edited}*`
    const content = trimMarkdown(`${headOf(message, text.you)}${body}`, MOST_COMMENT)
    const about = { conversationId, messageId }
    return { key: `m${sequence}:${messageId}`, ticketId, type: 'note_update', args: { content }, about }
  }

  return {
    face: { onTicket, onMessage } satisfies Face,

    /** What the ticket is by now, written where the board differs. */
    async restore(transaction: Transaction, board: Board, ticket: Ticket): Promise<void> {
      await reconcile(transaction, board, ticket)
      wake(transaction, board.projectId)
    },

    /** With whoever asks as it is known by now; who asks for something new is described when that task is made. */
    async describeAgain(transaction: Transaction, { projectId, id: ticketId }: Ticket): Promise<void> {
      if ((await boards.within(transaction, projectId)) === undefined) return
      if ((await boards.lockTask(transaction, projectId, ticketId)) === undefined) return
      const command = { key: `${ticketId}:${newId()}:card`, ticketId, type: 'item_update' as const }
      await boards.add(transaction, projectId, [{ ...command, args: { isDescribed: true } }])
      wake(transaction, projectId)
    },

    /** On a board that is new, or has other sections than before: those of `lost` are put there again. */
    async place(
      transaction: Transaction,
      board: Board,
      ticket: Ticket,
      lost: ReadonlySet<SectionStatus>,
    ): Promise<void> {
      const task = await boards.lockTask(transaction, board.projectId, ticket.id)
      if (task !== undefined && !(task.boardId in board.sections)) {
        if (!isOver(ticket)) await make(transaction, board, ticket, { before: task })
      } else {
        if (task !== undefined && task.section !== null && lost.has(task.section))
          await boards.putTask(transaction, board.projectId, { ...task, section: null })
        await reconcile(transaction, board, ticket)
      }
      wake(transaction, board.projectId)
    },

    /** Its task is gone: it is made again, and what waits to be shown is shown there. */
    async makeAgain(transaction: Transaction, board: Board, ticket: Ticket, goneId: string): Promise<void> {
      const before = await boards.lockTask(transaction, board.projectId, ticket.id)
      await make(transaction, board, ticket, { before })
      const { madeAgain } = boardTexts(await localeOf(board.projectId))
      await tell(transaction, ticket, `gone:${goneId}`, madeAgain)
      wake(transaction, board.projectId)
    },

    /** There was no room for its task. */
    async retarget(transaction: Transaction, board: Board, ticket: Ticket): Promise<void> {
      const before = await boards.lockTask(transaction, board.projectId, ticket.id)
      if (board.overflowBoardId === null || before?.boardId === board.overflowBoardId || isOver(ticket))
        return
      await make(transaction, board, ticket, { before, boardId: board.overflowBoardId })
      wake(transaction, board.projectId)
    },

    /** Whose tickets they are wants to be forgotten: their tasks go, with all that stands on them. */
    async wipe(transaction: Transaction, projectId: string, ticketIds: readonly string[]): Promise<void> {
      if ((await boards.within(transaction, projectId)) === undefined) return
      await boards.forgetWords(transaction, projectId, ticketIds)
      await boards.add(
        transaction,
        projectId,
        ticketIds.map((ticketId) => ({ key: `${ticketId}:wipe`, ticketId, type: 'item_delete', args: {} })),
      )
      wake(transaction, projectId)
    },

    /** Whose tickets they are is known, or another one: their tasks' cards are written again. */
    async redraw(transaction: Transaction, projectId: string, ticketIds: readonly string[]): Promise<void> {
      if (ticketIds.length === 0 || (await boards.within(transaction, projectId)) === undefined) return
      const commands = ticketIds.map((ticketId): NewCommand => ({
        key: `${ticketId}:card:${newId()}`,
        ticketId,
        type: 'item_update',
        args: { isDescribed: true },
      }))
      await boards.add(transaction, projectId, commands)
      wake(transaction, projectId)
    },

    /** A word of ours on the task. */
    async say(
      transaction: Transaction,
      ticket: Ticket,
      key: string,
      content: string,
      mentions: readonly string[] = [],
    ): Promise<void> {
      await tell(transaction, ticket, key, content, mentions)
      wake(transaction, ticket.projectId)
    },
  }
}

function headOf({ from, clientId }: ShownMessage, you: string): string {
  const where = clientId.startsWith('tg:') ? ' · Telegram' : from.kind === 'bot' ? ' · 🤖' : ''
  const role = from.kind === 'agent' ? '🎧 ' : ''
  return `${role}**${escapeMarkdown(from.name ?? you)}**${where}\n`
}
