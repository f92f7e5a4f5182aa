import { ApiError, forbidden, invalid, limitReached, missing, notFound } from './api-error.ts'
import { flag, id, integer, strings, text, userId, words, type Arguments } from './arguments.ts'
import { dueOf, nextDue } from './due.ts'
import type { Item } from './items.ts'
import { LIMITS } from './limits.ts'
import { opaqueId } from './opaque-id.ts'
import { boardFor, openBoardFor } from './project-acts.ts'
import { isMember, type Board } from './projects.ts'
import { sectionFor } from './section-acts.ts'
import type { Todoist } from './todoist.ts'
import type { User } from './users.ts'

export type UpdateIntent = 'item_updated' | 'item_completed' | 'item_uncompleted' | 'responsible_uid_changed'

export function itemFor(todoist: Todoist, actor: User, itemId: string): { item: Item; board: Board } {
  const item = todoist.items.find(itemId)
  if (!item || item.is_deleted) throw notFound('Task')
  return { item, board: boardFor(todoist, actor, item.project_id) }
}

export function addItem(todoist: Todoist, actor: User, args: Arguments): Item {
  const place = placeOf(todoist, actor, args)
  const board = place.board ?? openBoardFor(todoist, actor, actor.inboxProjectId)
  mustHaveRoom(board)
  const now = todoist.clock.timestamp()
  const item: Item = {
    id: opaqueId(),
    user_id: actor.id,
    project_id: board.project.id,
    section_id: place.sectionId,
    parent_id: null,
    added_by_uid: actor.id,
    assigned_by_uid: null,
    responsible_uid: null,
    labels: [],
    deadline: null,
    duration: null,
    is_collapsed: flag(args, 'is_collapsed') ?? false,
    checked: false,
    is_deleted: false,
    added_at: now,
    completed_at: null,
    completed_by_uid: null,
    updated_at: now,
    due: null,
    priority: 1,
    child_order: integer(args, 'child_order') ?? integer(args, 'order') ?? board.activeItemIds.size + 1,
    content: words(args, 'content', LIMITS.title),
    description: '',
    note_count: 0,
    day_order: -1,
  }
  fill(todoist, actor, board, item, args)
  todoist.items.add(item)
  todoist.items.setParent(item, place.parentId)
  board.activeItemIds.add(item.id)
  todoist.changes.add('items', item.id)
  todoist.announce(actor, 'item:added', board, withUrl(item))
  return item
}

/** A section or a project among the arguments is left alone: only a move moves. */
export function updateItem(todoist: Todoist, actor: User, itemId: string, args: Arguments): Item {
  const { item, board } = itemFor(todoist, actor, itemId)
  const before = { ...item }
  const draft = { ...item }
  if (args.content !== undefined) draft.content = words(args, 'content', LIMITS.title)
  fill(todoist, actor, board, draft, args)
  draft.child_order = integer(args, 'child_order') ?? draft.child_order
  Object.assign(item, draft)
  const isReassigned = before.responsible_uid !== item.responsible_uid
  return updated(
    todoist,
    actor,
    board,
    item,
    before,
    isReassigned ? 'responsible_uid_changed' : 'item_updated',
  )
}

export function moveItem(todoist: Todoist, actor: User, itemId: string, args: Arguments): Item {
  const { item, board } = itemFor(todoist, actor, itemId)
  const named = ['project_id', 'section_id', 'parent_id'].filter((name) => args[name] !== undefined)
  if (named.length === 0) throw missing('project_id, section_id or parent_id')
  if (named.length > 1)
    throw invalid(named[1]!, 'Exactly one of project_id, section_id, parent_id is allowed')

  const place = placeOf(todoist, actor, args)
  const to = place.board ?? board
  const family = todoist.items.family(item)
  if (family.some(({ id }) => id === place.parentId)) throw invalid('parent_id', 'A task cannot hold itself')
  if (to !== board) mustHaveRoom(to, family.filter(({ checked }) => !checked).length)
  const before = { ...item }
  for (const member of family) {
    member.project_id = to.project.id
    member.section_id = place.sectionId
    if (!isMember(to, member.responsible_uid ?? '')) member.responsible_uid = null
    if (board.activeItemIds.delete(member.id)) to.activeItemIds.add(member.id)
    if (member !== item) todoist.changes.add('items', member.id)
  }
  todoist.items.setParent(item, place.parentId)
  return updated(todoist, actor, to, item, before, 'item_updated')
}

/** As the apps do it: a recurring task comes round again, any other is completed. */
export function closeItem(todoist: Todoist, actor: User, itemId: string): Item {
  const { item, board } = itemFor(todoist, actor, itemId)
  if (!item.due?.is_recurring || item.checked) return completeItem(todoist, actor, itemId)
  mustBeCompletable(item)
  const before = { ...item }
  item.due = nextDue(item.due)
  return updated(todoist, actor, board, item, before, 'item_completed')
}

export function completeItem(todoist: Todoist, actor: User, itemId: string): Item {
  const { item, board } = itemFor(todoist, actor, itemId)
  mustBeCompletable(item)
  const now = todoist.clock.timestamp()
  for (const member of todoist.items.family(item)) {
    if (member.checked) continue
    Object.assign(member, { checked: true, completed_at: now, completed_by_uid: actor.id, updated_at: now })
    board.activeItemIds.delete(member.id)
    todoist.items.finish(member)
    todoist.changes.add('items', member.id)
    todoist.announce(actor, 'item:completed', board, withUrl(member))
  }
  return item
}

/** The tasks above it come back too, for a task cannot be open below a finished one. */
export function reopenItem(todoist: Todoist, actor: User, itemId: string): Item {
  const { item, board } = itemFor(todoist, actor, itemId)
  const line = [item]
  for (const { parent_id } of line) {
    const parent = parent_id === null ? undefined : todoist.items.find(parent_id)
    if (parent && !parent.is_deleted) line.push(parent)
  }
  const closed = line.filter(({ checked }) => checked)
  mustHaveRoom(board, closed.length)
  for (const member of closed) {
    Object.assign(member, { checked: false, completed_at: null, completed_by_uid: null })
    member.updated_at = todoist.clock.timestamp()
    if (member.section_id && todoist.sections.find(member.section_id)?.is_deleted) member.section_id = null
    board.activeItemIds.add(member.id)
    todoist.items.revive(member)
    todoist.changes.add('items', member.id)
    todoist.announce(actor, 'item:uncompleted', board, withUrl(member))
  }
  return item
}

export function deleteItem(todoist: Todoist, actor: User, itemId: string): void {
  const { item, board } = itemFor(todoist, actor, itemId)
  const family = new Set(todoist.items.family(item))
  for (const member of todoist.items.deleteWhere((each) => family.has(each), todoist.changes)) {
    board.activeItemIds.delete(member.id)
    todoist.announce(actor, 'item:deleted', board, withUrl(member))
  }
}

export const withUrl = (item: Item) => ({ ...item, url: `https://app.todoist.com/app/task/${item.id}` })

function fill(todoist: Todoist, actor: User, board: Board, item: Item, args: Arguments): void {
  item.description = text(args, 'description', LIMITS.description) ?? item.description
  item.is_collapsed = flag(args, 'is_collapsed') ?? item.is_collapsed
  item.day_order = integer(args, 'day_order') ?? item.day_order

  const priority = integer(args, 'priority') ?? item.priority
  if (priority < 1 || priority > 4) throw invalid('priority')
  item.priority = priority

  const labels = strings(args, 'labels') ?? item.labels
  if (labels.length > LIMITS.labelsOfTask) throw invalid('labels', 'Too many labels')
  item.labels = [...new Set(labels)]

  const due = dueOf(args, todoist.clock.now())
  if (due !== undefined) item.due = due

  const uid = userId(args, 'responsible_uid')
  if (uid === undefined || uid === item.responsible_uid) return
  if (uid !== null && !isMember(board, uid)) {
    throw new ApiError(400, 'NOT_A_COLLABORATOR', 20, 'The assignee is not a collaborator of the project', {
      argument: 'responsible_uid',
    })
  }
  item.responsible_uid = uid
  item.assigned_by_uid = uid === null ? null : actor.id
}

/** Where the arguments put a task: a section and a parent bring their project with them. */
function placeOf(todoist: Todoist, actor: User, args: Arguments) {
  const parentId = id(args, 'parent_id')
  if (parentId !== undefined) {
    const { item, board } = itemFor(todoist, actor, parentId)
    return { board: opened(board), sectionId: item.section_id, parentId: item.id }
  }
  const sectionId = id(args, 'section_id')
  if (sectionId !== undefined) {
    const { section, board } = sectionFor(todoist, actor, sectionId)
    const projectId = id(args, 'project_id')
    if (projectId !== undefined && projectId !== section.project_id) {
      throw invalid('section_id', 'The section is in another project')
    }
    return { board: opened(board), sectionId: section.id, parentId: null }
  }
  const projectId = id(args, 'project_id')
  const board = projectId === undefined ? undefined : openBoardFor(todoist, actor, projectId)
  return { board, sectionId: null, parentId: null }
}

function updated(
  todoist: Todoist,
  actor: User,
  board: Board,
  item: Item,
  before: Item,
  update_intent: UpdateIntent,
): Item {
  item.updated_at = todoist.clock.timestamp()
  todoist.changes.add('items', item.id)
  todoist.announce(actor, 'item:updated', board, withUrl(item), { old_item: before, update_intent })
  return item
}

function mustHaveRoom(board: Board, wanted = 1): void {
  if (wanted > 0 && board.activeItemIds.size + wanted > LIMITS.activeTasks) {
    throw limitReached('items', LIMITS.activeTasks)
  }
}

function mustBeCompletable(item: Item): void {
  if (item.content.startsWith('* ')) throw invalid('id', 'The task is uncompletable')
}

function opened(board: Board): Board {
  if (board.project.is_archived) throw forbidden('Project is archived')
  return board
}
