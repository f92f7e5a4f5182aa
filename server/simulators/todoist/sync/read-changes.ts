import { RESOURCES, type Resource } from '../changes.ts'
import { isMember, type Board } from '../projects.ts'
import type { Todoist } from '../todoist.ts'
import { collaboratorView, userView, type User } from '../users.ts'

export type Resources = Partial<Record<Resource, unknown>>

const LISTS = RESOURCES.filter((resource) => resource !== 'user')

/** All that is alive and that the user may see: archived projects and finished tasks are left out. */
export function everything(todoist: Todoist, user: User, wanted: Set<Resource>): Resources {
  const boards = todoist.projects.ofUser(user.id).filter(({ project }) => !project.is_deleted)
  const open = boards.filter(({ project }) => !project.is_archived)
  const items = () => open.flatMap((board) => todoist.items.ofBoard(board))
  const everybody = () => new Set(boards.filter(isShared).flatMap(({ people }) => [...people.keys()]))
  const lists: Record<Exclude<Resource, 'user'>, () => unknown[]> = {
    projects: () => open.map(({ project }) => project),
    sections: () => open.flatMap((board) => todoist.sections.ofBoard(board)),
    items,
    notes: () => items().flatMap(({ id }) => todoist.notes.ofItem(id)),
    labels: () => todoist.labels.ofUser(user.id),
    collaborators: () => [...everybody()].map((id) => collaboratorView(todoist.users.find(id)!)),
    collaborator_states: () =>
      boards.filter(isShared).flatMap((board) => [...board.people.keys()].map((id) => stateView(board, id))),
  }
  const found: Resources = {}
  for (const resource of LISTS) if (wanted.has(resource)) found[resource] = lists[resource]()
  if (wanted.has('user')) found.user = userView(user)
  return found
}

/** What has changed since a version, each thing once and as it is now; undefined when it cannot be told. */
export function changesSince(
  todoist: Todoist,
  user: User,
  wanted: Set<Resource>,
  version: number,
): Resources | undefined {
  const log = todoist.changes.since(version)
  if (!log) return undefined
  const ids = new Map<Resource, Set<string>>()
  for (const { resource, id, onlyFor } of log) {
    if (!wanted.has(resource) || (onlyFor !== undefined && onlyFor !== user.id)) continue
    const known = ids.get(resource)
    // The latest change decides the place.
    if (known) {
      known.delete(id)
      known.add(id)
    } else ids.set(resource, new Set([id]))
  }
  const found: Resources = {}
  for (const resource of LISTS) {
    if (!wanted.has(resource)) continue
    found[resource] = [...(ids.get(resource) ?? [])].flatMap((id) => one(todoist, user, resource, id) ?? [])
  }
  if (wanted.has('user') && ids.get('user')?.has(user.id)) found.user = userView(user)
  return found
}

function one(todoist: Todoist, user: User, resource: Resource, id: string): unknown {
  const sees = (projectId: string | undefined) => {
    const board = todoist.projects.find(projectId ?? '')
    return board !== undefined && isMember(board, user.id)
  }
  switch (resource) {
    case 'projects':
      return sees(id) ? todoist.projects.find(id)!.project : undefined
    case 'sections': {
      const section = todoist.sections.find(id)
      return sees(section?.project_id) ? section : undefined
    }
    case 'items': {
      const item = todoist.items.find(id)
      return sees(item?.project_id) ? item : undefined
    }
    case 'notes': {
      const note = todoist.notes.find(id)
      const item = todoist.items.find(note?.item_id ?? '')
      return item && sees(item.project_id) ? note : undefined
    }
    case 'labels':
      return todoist.labels.find(id)?.label
    case 'collaborators': {
      const isKnown = todoist.projects.ofUser(user.id).some((board) => board.people.has(id))
      return isKnown ? collaboratorView(todoist.users.find(id)!) : undefined
    }
    case 'collaborator_states': {
      const [projectId = '', userId = ''] = id.split(':')
      return sees(projectId) ? stateView(todoist.projects.find(projectId)!, userId) : undefined
    }
    case 'user':
      return undefined
  }
}

const isShared = ({ people }: Board) => people.size > 1

const stateView = ({ project, people }: Board, userId: string) => ({
  project_id: project.id,
  user_id: userId,
  state: people.get(userId) ?? 'active',
  is_deleted: !people.has(userId) || project.is_deleted,
})
