import { escapeMarkdown } from '../kernel/markdown.ts'
import type { Locale } from '../kernel/locale.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { cardIn, type Card } from './domain/board-card.ts'
import { boardTexts } from './domain/board-texts.ts'
import {
  dueOf,
  isOver,
  markerOf,
  marked,
  MOST_ACTIVE_TASKS,
  MOST_COMMENT,
  MOST_DESCRIPTION,
  rulesIn,
  sectionOf,
  titleOf,
  type Board,
  type Task,
} from './domain/board.ts'
import type { Agent } from './domain/agent.ts'
import type { Ticket, TicketEvent } from './domain/ticket.ts'
import type { AgentStore } from './ports/agent-store.ts'
import type { BoardStore, NewCommand } from './ports/board-store.ts'
import type { Face, ShownMessage } from './ports/faces.ts'

type Dependencies = {
  boards: BoardStore
  boardOf: (projectId: string) => Promise<Board | undefined>
  agents: Pick<AgentStore, 'find' | 'list'>
  /** Undefined of a visitor. */
  cardOf: (projectId: string, ticket: Ticket) => Promise<Card | undefined>
  settingsOf: (projectId: string) => Promise<{
    notePrefixes: readonly string[]
    leadAgentId: string | null
    topics: readonly { key: string; label: string }[]
  }>
  localeOf: (projectId: string) => Promise<Locale>
  newId: () => string
  /** After the commit. */
  wake: (transaction: Transaction, projectId: string) => void
}

const FROM_BOARD = 'td:'
const MOST_AGENTS = 250

export type ShowOnBoard = ReturnType<typeof showOnBoard>

/**
 * Tickets as tasks, messages as comments. What a task should be is kept beside the ticket; whatever happens to the ticket, the
 * difference is written as commands, in order, and sent later by whoever holds the board.
 */
export function showOnBoard(dependencies: Dependencies) {
  const { boards, boardOf, agents, cardOf, settingsOf, localeOf, newId, wake } = dependencies

  const everybody = async (projectId: string): Promise<Agent[]> =>
    (await agents.list(projectId, MOST_AGENTS, undefined)).data.filter(({ active }) => active)

  async function uidOf(board: Board, agentId: string | null): Promise<string | null> {
    const agent = agentId === null ? undefined : await agents.find(board.projectId, agentId)
    const uid = agent?.todoistUserId ?? null
    return uid !== null && board.collaborators.includes(uid) ? uid : null
  }

  async function labelsOf(projectId: string, { topic, channel }: Ticket): Promise<string[]> {
    if (topic === null) return [channel]
    const label = (await settingsOf(projectId)).topics.find(({ key }) => key === topic)?.label ?? topic
    return [channel, label]
  }

  /** The task is made, with all that its ticket is by now. */
  async function make(
    transaction: Transaction,
    board: Board,
    ticket: Ticket,
    before: Task | undefined,
  ): Promise<void> {
    const { projectId } = board
    const locale = await localeOf(projectId)
    const { notePrefixes } = await settingsOf(projectId)
    const isFull = board.activeTasks >= MOST_ACTIVE_TASKS && board.overflowBoardId !== null
    const boardId = isFull ? board.overflowBoardId! : board.boardId
    const sectionId = board.sections[boardId]?.[sectionOf(ticket.status)] ?? null
    const task: Task = {
      ticketId: ticket.id,
      taskId: null,
      tempId: newId(),
      boardId,
      sectionId,
      assigneeUid: await uidOf(board, ticket.assigneeId),
      priority: ticket.priority,
      labels: await labelsOf(projectId, ticket),
      checked: false,
      due: dueOf(ticket),
      written: before?.written ?? 0,
    }
    const description = [
      cardIn(locale, await cardOf(projectId, ticket)),
      rulesIn(locale, notePrefixes),
      markerOf(ticket.id),
    ]
    await boards.putTask(transaction, projectId, task)
    await boards.add(transaction, projectId, [
      {
        key: `${ticket.id}:task:${task.tempId}`,
        ticketId: ticket.id,
        type: 'item_add',
        tempId: task.tempId,
        args: {
          content: titleOf(ticket),
          description: description.filter(Boolean).join('\n\n').slice(0, MOST_DESCRIPTION),
          project_id: boardId,
          section_id: sectionId,
          priority: task.priority,
          labels: task.labels,
          responsible_uid: task.assigneeUid,
          due: task.due === null ? null : { date: task.due },
        },
      },
    ])
  }

  /** Writes what the task is not yet. */
  async function reconcile(
    transaction: Transaction,
    board: Board,
    ticket: Ticket,
    reason: string,
  ): Promise<void> {
    const { projectId } = board
    const task = await boards.lockTask(transaction, projectId, ticket.id)
    if (task === undefined) {
      if (!isOver(ticket)) await make(transaction, board, ticket, undefined)
      return
    }
    const sections = board.sections[task.boardId] ?? {}
    const wanted: Task = {
      ...task,
      sectionId: sections[sectionOf(ticket.status)] ?? task.sectionId,
      assigneeUid: await uidOf(board, ticket.assigneeId),
      priority: ticket.priority,
      labels: await labelsWith(projectId, task, ticket),
      checked: isOver(ticket),
      due: dueOf(ticket),
    }
    const commands: NewCommand[] = []
    const add = (type: string, args: Record<string, unknown>) =>
      commands.push({ key: `${ticket.id}:${reason}:${type}`, ticketId: ticket.id, type, args })
    if (task.checked && !wanted.checked) add('item_uncomplete', {})
    if (wanted.sectionId !== task.sectionId && wanted.sectionId !== null)
      add('item_move', { section_id: wanted.sectionId })
    const update = {
      ...(wanted.assigneeUid === task.assigneeUid ? {} : { responsible_uid: wanted.assigneeUid }),
      ...(wanted.priority === task.priority ? {} : { priority: wanted.priority }),
      ...(wanted.labels.join() === task.labels.join() ? {} : { labels: wanted.labels }),
      ...(wanted.due === task.due ? {} : { due: wanted.due === null ? null : { date: wanted.due } }),
    }
    if (Object.keys(update).length > 0) add('item_update', update)
    if (!task.checked && wanted.checked) add('item_complete', {})
    if (commands.length === 0) return
    await boards.putTask(transaction, projectId, wanted)
    await boards.add(transaction, projectId, commands)
  }

  /** An agent's own labels stay. */
  async function labelsWith(projectId: string, task: Task, ticket: Ticket): Promise<readonly string[]> {
    const wanted = await labelsOf(projectId, ticket)
    const topics = new Set((await settingsOf(projectId)).topics.map(({ label }) => label))
    const others = task.labels.filter((label) => !wanted.includes(label) && !topics.has(label))
    return [...wanted, ...others]
  }

  async function tell(
    transaction: Transaction,
    board: Board,
    ticket: Ticket,
    key: string,
    content: string,
    mentioned: readonly string[] = [],
  ): Promise<void> {
    const uids = mentioned.filter((uid) => board.collaborators.includes(uid))
    await boards.add(transaction, board.projectId, [
      {
        key: `${ticket.id}:${key}`,
        ticketId: ticket.id,
        type: 'note_add',
        tempId: newId(),
        args: { content: marked(content), ...(uids.length > 0 ? { uids_to_notify: uids } : {}) },
      },
    ])
  }

  async function onTicket(transaction: Transaction, ticket: Ticket, event: TicketEvent): Promise<void> {
    const board = await boardOf(ticket.projectId)
    if (board === undefined) return
    const { kind, sequence, source, details, by } = event
    await reconcile(transaction, board, ticket, `e${sequence}`)
    const text = boardTexts(await localeOf(ticket.projectId))
    const team = await everybody(ticket.projectId)
    const nameOf = (agentId: unknown) => team.find(({ id }) => id === agentId)?.name ?? String(agentId ?? '—')
    const uids = (some: readonly Agent[]) => some.flatMap(({ todoistUserId }) => todoistUserId ?? [])
    const key = `e${sequence}:note`
    const say = (content: string, mentioned: readonly string[] = []) =>
      tell(transaction, board, ticket, key, content, mentioned)
    switch (kind) {
      case 'opened':
        await say(
          text.opened(ticket),
          uids(ticket.assigneeId === null ? team : team.filter(({ id }) => id === ticket.assigneeId)),
        )
        break
      case 'announced':
        await say(text.unclaimed, uids(team))
        break
      case 'escalated': {
        const { leadAgentId } = await settingsOf(ticket.projectId)
        await say(text.escalated, uids(team.filter(({ id }) => id === leadAgentId)))
        break
      }
      case 'breached':
        await say(
          text.breached(String(details.promise ?? '')),
          uids(team.filter(({ id }) => id === ticket.assigneeId)),
        )
        break
      case 'reminded':
        await say(
          text.reminded(String(details.promise ?? details.of ?? '')),
          uids(team.filter(({ id }) => id === ticket.assigneeId)),
        )
        break
      case 'assigned':
        if (
          ticket.assigneeId !== null &&
          (source !== 'board' || (await uidOf(board, ticket.assigneeId)) === null)
        )
          await say(
            text.assigned(nameOf(ticket.assigneeId)),
            uids(team.filter(({ id }) => id === ticket.assigneeId)),
          )
        break
      case 'rated':
        await say(text.rated(ticket.rating))
        break
      case 'reopened':
        await say(text.reopened, uids(team.filter(({ id }) => id === ticket.assigneeId)))
        break
      case 'merged':
        await say(text.merged(String(details.intoNumber ?? details.into ?? '')))
        break
      case 'note':
        if (source !== 'board')
          await say(`🔒 **${escapeMarkdown(nameOf(by.id))}**: ${escapeMarkdown(String(details.text ?? ''))}`)
        break
      case 'woken':
        await say(text.woken, uids(team.filter(({ id }) => id === ticket.assigneeId)))
        break
      default:
    }
    wake(transaction, ticket.projectId)
  }

  const onMessage: Face['onMessage'] = async (transaction, message, { ticket }) => {
    if (ticket === undefined || message.clientId.startsWith(FROM_BOARD)) return
    const board = await boardOf(message.projectId)
    if (board === undefined) return
    const text = boardTexts(await localeOf(message.projectId))
    await reconcile(transaction, board, ticket, `m${message.conversationId}:${message.sequence}`)
    const head = authorOf(message, text.you)
    const key = `${message.conversationId}:${message.sequence}`
    const about = { conversationId: message.conversationId, messageId: message.messageId }
    const base = { ticketId: ticket.id, about }
    if (message.kind !== 'said') {
      const body =
        message.kind === 'deleted' ? `*${text.deleted}*` : `${message.markdown ?? ''}\n*${text.edited}*`
      await boards.add(transaction, message.projectId, [
        { ...base, key, type: 'note_update', args: { content: marked(`${head}${trimmed(body)}`) } },
      ])
    } else {
      const parts = message.markdown === null ? [''] : pieces(message.markdown)
      await boards.add(
        transaction,
        message.projectId,
        parts.map((part, index): NewCommand => {
          const isFile = index === 0 && message.attachment !== null
          return {
            ...base,
            key: `${key}:${index}`,
            type: 'note_add',
            tempId: newId(),
            args: { content: marked(`${index === 0 ? head : ''}${part}`) },
            ...(isFile ? { uploadId: message.attachment!.id } : {}),
          }
        }),
      )
    }
    wake(transaction, message.projectId)
  }

  return {
    face: { onTicket, onMessage } satisfies Face,
    /** What the ticket is by now, written where the board differs. */
    async restore(transaction: Transaction, board: Board, ticket: Ticket, reason: string): Promise<void> {
      await reconcile(transaction, board, ticket, reason)
      wake(transaction, board.projectId)
    },
    /** On a board that is new, or has other sections than before. */
    async place(transaction: Transaction, board: Board, ticket: Ticket, reason: string): Promise<void> {
      const task = await boards.lockTask(transaction, board.projectId, ticket.id)
      if (task !== undefined && !(task.boardId in board.sections))
        await make(transaction, board, ticket, task)
      else await reconcile(transaction, board, ticket, reason)
    },
    /** Its task is gone: it is made again. */
    async makeAgain(transaction: Transaction, board: Board, ticket: Ticket, key: string): Promise<void> {
      const before = await boards.lockTask(transaction, board.projectId, ticket.id)
      await make(transaction, board, ticket, before)
      await tell(transaction, board, ticket, key, boardTexts(await localeOf(board.projectId)).madeAgain)
      wake(transaction, board.projectId)
    },
    /** A word of ours on the task. */
    async say(
      transaction: Transaction,
      board: Board,
      ticket: Ticket,
      key: string,
      content: string,
    ): Promise<void> {
      await tell(transaction, board, ticket, key, content)
      wake(transaction, board.projectId)
    },
  }
}

function authorOf({ from, clientId }: ShownMessage, you: string): string {
  const where = clientId.startsWith('tg:') ? ' · Telegram' : from.kind === 'bot' ? ' · 🤖' : ''
  const role = from.kind === 'agent' ? '🎧 ' : ''
  return `${role}**${escapeMarkdown(from.name ?? you)}**${where}\n`
}

const trimmed = (text: string) => (text.length <= MOST_COMMENT ? text : `${text.slice(0, MOST_COMMENT)}…`)

function pieces(text: string): string[] {
  const parts: string[] = []
  for (let from = 0; from < text.length || parts.length === 0; from += MOST_COMMENT)
    parts.push(text.slice(from, from + MOST_COMMENT))
  return parts
}
