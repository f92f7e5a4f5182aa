export interface Project {
  id: string
  name: string
  description: string
  color: string
  parent_id: string | null
  child_order: number
  default_order: number
  view_style: string
  can_assign_tasks: boolean
  creator_uid: string
  created_at: string
  updated_at: string
  is_archived: boolean
  is_deleted: boolean
  is_favorite: boolean
  is_frozen: boolean
  is_collapsed: boolean
  is_shared: boolean
  inbox_project: boolean
}

/** A project with who is in it and what is alive in it. */
export interface Board {
  project: Project
  ownerId: string
  people: Map<string, 'active' | 'invited'>
  sectionIds: Set<string>
  activeItemIds: Set<string>
}

export type Projects = ReturnType<typeof projects>

export function projects() {
  const boards = new Map<string, Board>()
  return {
    add: (board: Board) => void boards.set(board.project.id, board),
    find: (id: string) => boards.get(id),
    all: () => [...boards.values()],
    ofUser: (userId: string) => [...boards.values()].filter((board) => isMember(board, userId)),
  }
}

export const isMember = (board: Board, userId: string) => board.people.get(userId) === 'active'
export const isActive = (project: Project) => !project.is_deleted && !project.is_archived
