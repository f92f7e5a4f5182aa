import { forbidden, invalid, limitReached, notFound } from './api-error.ts'
import { flag, text, words, type Arguments } from './arguments.ts'
import { LIMITS } from './limits.ts'
import { opaqueId } from './opaque-id.ts'
import type { Todoist } from './todoist.ts'
import type { User } from './users.ts'
import { isActive, isMember, type Board, type Project } from './projects.ts'

/** The board, for one who may look into it. */
export function boardFor(todoist: Todoist, actor: User, id: string): Board {
  const board = todoist.projects.find(id)
  if (!board || board.project.is_deleted) throw notFound('Project')
  if (!isMember(board, actor.id)) throw forbidden()
  return board
}

/** The same for a change: nothing changes in an archived project. */
export function openBoardFor(todoist: Todoist, actor: User, id: string): Board {
  const board = boardFor(todoist, actor, id)
  if (board.project.is_archived) throw forbidden('Project is archived')
  return board
}

export function makeInbox(todoist: Todoist, user: User): Board {
  const board = newBoard(todoist, user, { name: 'Inbox' }, true)
  user.inboxProjectId = board.project.id
  return board
}

export function addProject(todoist: Todoist, actor: User, args: Arguments): Board {
  const active = todoist.projects.ofUser(actor.id).filter(({ project }) => isActive(project))
  if (active.length > LIMITS.projects) throw limitReached('projects', LIMITS.projects)
  const board = newBoard(todoist, actor, args, false)
  todoist.announce(actor, 'project:added', board, board.project)
  return board
}

function newBoard(todoist: Todoist, owner: User, args: Arguments, isInbox: boolean): Board {
  const now = todoist.clock.timestamp()
  const parentId = text(args, 'parent_id', 64)
  if (parentId !== undefined) boardFor(todoist, owner, parentId)
  const project: Project = {
    id: opaqueId(),
    name: words(args, 'name', LIMITS.projectName),
    description: text(args, 'description', LIMITS.description) ?? '',
    color: text(args, 'color', 32) ?? 'charcoal',
    parent_id: parentId ?? null,
    child_order: todoist.projects.ofUser(owner.id).length,
    default_order: 0,
    view_style: viewStyle(args) ?? 'list',
    can_assign_tasks: false,
    creator_uid: owner.id,
    created_at: now,
    updated_at: now,
    is_archived: false,
    is_deleted: false,
    is_favorite: flag(args, 'is_favorite') ?? false,
    is_frozen: false,
    is_collapsed: false,
    is_shared: false,
    inbox_project: isInbox,
  }
  const board: Board = {
    project,
    ownerId: owner.id,
    people: new Map([[owner.id, 'active']]),
    sectionIds: new Set(),
    activeItemIds: new Set(),
  }
  todoist.projects.add(board)
  todoist.changes.add('projects', project.id)
  return board
}

export function updateProject(todoist: Todoist, actor: User, id: string, args: Arguments): Board {
  const board = boardFor(todoist, actor, id)
  const { project } = board
  if (args.name !== undefined) project.name = words(args, 'name', LIMITS.projectName)
  project.description = text(args, 'description', LIMITS.description) ?? project.description
  project.color = text(args, 'color', 32) ?? project.color
  project.view_style = viewStyle(args) ?? project.view_style
  project.is_favorite = flag(args, 'is_favorite') ?? project.is_favorite
  return changed(todoist, actor, board, 'project:updated')
}

export function archiveProject(todoist: Todoist, actor: User, id: string, isArchived: boolean): Board {
  const board = boardFor(todoist, actor, id)
  if (board.project.inbox_project) throw invalid('id', 'The inbox cannot be archived')
  if (board.project.is_archived === isArchived) return board
  board.project.is_archived = isArchived
  return changed(todoist, actor, board, isArchived ? 'project:archived' : 'project:unarchived')
}

/** Everything in it goes with it, and only the project is announced. */
export function deleteProject(todoist: Todoist, actor: User, id: string): void {
  const board = boardFor(todoist, actor, id)
  if (board.project.inbox_project) throw invalid('id', 'The inbox cannot be deleted')
  for (const sectionId of board.sectionIds) {
    todoist.sections.find(sectionId)!.is_deleted = true
    todoist.changes.add('sections', sectionId)
  }
  todoist.items.deleteWhere(({ project_id }) => project_id === id, todoist.changes)
  board.sectionIds.clear()
  board.activeItemIds.clear()
  board.project.is_deleted = true
  changed(todoist, actor, board, 'project:deleted')
}

/** The person is in at once, or invited when invitations wait. */
export function shareProject(todoist: Todoist, actor: User, id: string, person: User): Board {
  const board = openBoardFor(todoist, actor, id)
  if (board.people.get(person.id) === 'active') return board
  if (!board.people.has(person.id) && board.people.size >= LIMITS.collaborators) {
    throw limitReached('collaborators', LIMITS.collaborators)
  }
  if (todoist.settings.invitationsWait) {
    board.people.set(person.id, 'invited')
    tellOfPerson(todoist, board, person.id)
    return board
  }
  return join(todoist, actor, board, person)
}

export function join(todoist: Todoist, actor: User, board: Board, person: User): Board {
  board.people.set(person.id, 'active')
  Object.assign(board.project, { is_shared: true, can_assign_tasks: true })
  changed(todoist, actor, board, 'project:updated')
  for (const userId of board.people.keys()) tellOfPerson(todoist, board, userId)

  const { changes } = todoist
  for (const sectionId of board.sectionIds) changes.add('sections', sectionId, person.id)
  for (const itemId of board.activeItemIds) {
    changes.add('items', itemId, person.id)
    for (const note of todoist.notes.ofItem(itemId)) changes.add('notes', note.id, person.id)
  }
  return board
}

export function leave(todoist: Todoist, board: Board, person: User): void {
  if (person.id === board.ownerId) throw invalid('uid', 'The owner cannot leave')
  tellOfPerson(todoist, board, person.id)
  board.people.delete(person.id)
  for (const itemId of board.activeItemIds) {
    const item = todoist.items.find(itemId)!
    if (item.responsible_uid !== person.id) continue
    item.responsible_uid = null
    todoist.changes.add('items', itemId)
  }
}

function tellOfPerson(todoist: Todoist, board: Board, userId: string): void {
  todoist.changes.add('collaborators', userId)
  todoist.changes.add('collaborator_states', `${board.project.id}:${userId}`)
}

function changed(todoist: Todoist, actor: User, board: Board, event: string): Board {
  board.project.updated_at = todoist.clock.timestamp()
  todoist.changes.add('projects', board.project.id)
  todoist.announce(actor, event, board, board.project)
  return board
}

function viewStyle(args: Arguments): string | undefined {
  const style = text(args, 'view_style', 16)
  if (style !== undefined && !['list', 'board', 'calendar'].includes(style)) throw invalid('view_style')
  return style
}
