import type { Command } from './board-command.ts'
import { marked, sharesBoard, type Board, type SectionStatus, type Task } from './board.ts'

type Wire = { type: string; uuid: string; tempId: string | null; args: Record<string, unknown> }

export type Sent = {
  command: Command
  wire: Wire
  /** The task that it is about, by the id under which it is sent. */
  target: string | null
}

type Choice = {
  sent: Sent[]
  /** What there is nothing to do for any more. */
  idle: { command: Command; why: string }[]
}

// A mebibyte of bytes, of which a letter may take three.
const MOST_LETTERS = 330_000

/**
 * What is sent in one request, of what is ready and in its order. What shows messages of a ticket goes one at a time, as one that
 * fails must not be overtaken by the next; what has to wait keeps the rest of its ticket waiting. Ids are looked up now, as the
 * board may have been healed since.
 */
export function chooseCommands(
  ready: readonly Command[],
  {
    board,
    tasks,
    comments,
    most,
  }: {
    board: Board
    tasks: ReadonlyMap<string, Task>
    /** Ours, by the message that they show. */
    comments: ReadonlyMap<string, string>
    most: number
  },
): Choice {
  const choice: Choice = { sent: [], idle: [] }
  const held = new Set<string>()
  const made = new Set<string>()
  let letters = 0
  for (const command of ready) {
    const { ticketId, type, messageId, tempId, uuid, args } = command
    if (held.has(ticketId)) continue
    if (choice.sent.length >= most) break
    const task = tasks.get(ticketId)
    const target = task && (task.taskId ?? (made.has(task.tempId) ? task.tempId : null))
    const own = ownArgs(command, { board, task, target: target ?? null, comments })
    if (typeof own === 'string') {
      choice.idle.push({ command, why: own })
      continue
    }
    if (own === undefined) {
      held.add(ticketId)
      continue
    }
    const wire = { type, uuid, tempId, args: { ...own } }
    letters += JSON.stringify(wire).length
    if (letters > MOST_LETTERS && choice.sent.length > 0) break
    if (type === 'item_add' && tempId !== null) made.add(tempId)
    if (messageId !== null || args.isOrdered === true) held.add(ticketId)
    choice.sent.push({ command, wire, target: type === 'item_add' ? null : (target ?? null) })
  }
  return choice
}

/** A sentence: there is nothing to do. Undefined: it has to wait. */
function ownArgs(
  { type, args, tempId, messageId }: Command,
  {
    board,
    task,
    target,
    comments,
  }: {
    board: Board
    task: Task | undefined
    target: string | null
    comments: ReadonlyMap<string, string>
  },
): Record<string, unknown> | string | undefined {
  if (task === undefined) return 'its ticket has no task'
  const shares = (one: unknown) => sharesBoard(board, task.boardId, String(one))
  const section = board.sections[task.boardId]?.[args.section as SectionStatus]
  const { responsible_uid: uid, ...rest } = args
  const responsible = uid === undefined || (uid !== null && !shares(uid)) ? {} : { responsible_uid: uid }
  if (type === 'item_add') {
    if (task.tempId !== tempId || task.taskId !== null) return 'another one was made instead'
    const { section: _, ...facts } = rest
    return {
      ...facts,
      ...(uid === null ? {} : responsible),
      project_id: task.boardId,
      ...(section === undefined ? {} : { section_id: section }),
    }
  }
  if (type === 'note_update') {
    const id = comments.get(messageId ?? '')
    return id === undefined ? 'its message is not shown there' : { id, content: marked(String(args.content)) }
  }
  if (target === null) return undefined
  switch (type) {
    case 'note_add': {
      const uids = (args.mentions ?? []).filter(shares)
      return {
        item_id: target,
        content: marked(String(args.content)),
        ...(uids.length === 0 ? {} : { uids_to_notify: uids }),
        ...(args.file_attachment === undefined ? {} : { file_attachment: args.file_attachment }),
      }
    }
    case 'item_move':
      return section === undefined ? undefined : { id: target, section_id: section }
    case 'item_update': {
      const update = { ...rest, ...responsible }
      return Object.keys(update).length === 0
        ? 'whom it is for does not share the board'
        : { id: target, ...update }
    }
    case 'item_complete':
    case 'item_uncomplete':
    case 'item_delete':
      return { id: target }
  }
}
