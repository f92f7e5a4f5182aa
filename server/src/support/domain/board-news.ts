/** What Todoist tells of a task; more than this is not read. */
export type BoardItem = {
  id: string
  projectId: string
  sectionId: string | null
  assigneeUid: string | null
  /** Who did so. */
  assignedByUid: string | null
  completedByUid: string | null
  due: { date: string; isRecurring: boolean } | null
  priority: number
  labels: string[]
  checked: boolean
  isDeleted: boolean
}

export type BoardFile = {
  name: string
  url: string
  type: string | null
  size: number | null
  isPending: boolean
}

export type BoardNote = {
  id: string
  itemId: string
  authorUid: string
  content: string
  file: BoardFile | null
  isDeleted: boolean
}
