import { limitReached, notFound } from './api-error.ts'
import { flag, integer, requiredId, text, words, type Arguments } from './arguments.ts'
import { LIMITS } from './limits.ts'
import { opaqueId } from './opaque-id.ts'
import { boardFor, openBoardFor } from './project-acts.ts'
import type { Board } from './projects.ts'
import type { Section } from './sections.ts'
import type { Todoist } from './todoist.ts'
import type { User } from './users.ts'

export function sectionFor(todoist: Todoist, actor: User, id: string): { section: Section; board: Board } {
  const section = todoist.sections.find(id)
  if (!section || section.is_deleted) throw notFound('Section')
  return { section, board: boardFor(todoist, actor, section.project_id) }
}

export function addSection(todoist: Todoist, actor: User, args: Arguments): Section {
  const board = openBoardFor(todoist, actor, requiredId(args, 'project_id'))
  mustHaveRoom(board)
  const now = todoist.clock.timestamp()
  const last = todoist.sections.ofBoard(board).at(-1)
  const section: Section = {
    id: opaqueId(),
    user_id: actor.id,
    project_id: board.project.id,
    name: words(args, 'name', LIMITS.sectionName),
    description: text(args, 'description', LIMITS.description) ?? '',
    section_order: integer(args, 'section_order') ?? integer(args, 'order') ?? (last?.section_order ?? 0) + 1,
    added_at: now,
    updated_at: now,
    archived_at: null,
    is_archived: false,
    is_deleted: false,
    is_collapsed: false,
  }
  todoist.sections.add(section)
  board.sectionIds.add(section.id)
  return changed(todoist, actor, board, section, 'section:added')
}

export function updateSection(todoist: Todoist, actor: User, id: string, args: Arguments): Section {
  const { section, board } = sectionFor(todoist, actor, id)
  if (args.name !== undefined) section.name = words(args, 'name', LIMITS.sectionName)
  section.description = text(args, 'description', LIMITS.description) ?? section.description
  section.is_collapsed = flag(args, 'is_collapsed') ?? section.is_collapsed
  section.section_order = integer(args, 'order') ?? integer(args, 'section_order') ?? section.section_order
  return changed(todoist, actor, board, section, 'section:updated')
}

export function moveSection(todoist: Todoist, actor: User, id: string, projectId: string): Section {
  const { section, board: from } = sectionFor(todoist, actor, id)
  const to = openBoardFor(todoist, actor, projectId)
  if (from === to) return section
  mustHaveRoom(to)
  todoist.items.moveSection(section.id, from, to, todoist.changes)
  from.sectionIds.delete(id)
  to.sectionIds.add(id)
  section.project_id = to.project.id
  return changed(todoist, actor, to, section, 'section:updated')
}

/** The tasks in it are deleted with it, and only the section is announced. */
export function deleteSection(todoist: Todoist, actor: User, id: string): void {
  const { section, board } = sectionFor(todoist, actor, id)
  for (const item of todoist.items.deleteWhere(({ section_id }) => section_id === id, todoist.changes)) {
    board.activeItemIds.delete(item.id)
  }
  board.sectionIds.delete(id)
  section.is_deleted = true
  changed(todoist, actor, board, section, 'section:deleted')
}

export function archiveSection(todoist: Todoist, actor: User, id: string, isArchived: boolean): Section {
  const { section, board } = sectionFor(todoist, actor, id)
  if (section.is_archived === isArchived) return section
  section.is_archived = isArchived
  section.archived_at = isArchived ? todoist.clock.timestamp() : null
  return changed(todoist, actor, board, section, isArchived ? 'section:archived' : 'section:unarchived')
}

function changed(todoist: Todoist, actor: User, board: Board, section: Section, event: string): Section {
  section.updated_at = todoist.clock.timestamp()
  todoist.changes.add('sections', section.id)
  todoist.announce(actor, event, board, section)
  return section
}

function mustHaveRoom(board: Board): void {
  if (board.sectionIds.size >= LIMITS.sections) throw limitReached('sections', LIMITS.sections)
}
