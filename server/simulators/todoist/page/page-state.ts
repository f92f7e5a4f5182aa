import type { Todoist } from '../todoist.ts'

const MOST_TASKS = 400
const MOST_COMMENTS = 500
const MOST_FINISHED = 30

/** All the page shows: the boards, the cards of the chosen one and the comments of the open card. */
export function pageState(todoist: Todoist, query: URLSearchParams) {
  const boards = todoist.projects.all().filter(({ project }) => !project.is_deleted && !project.is_archived)
  const chosen =
    boards.find(({ project }) => project.id === query.get('project')) ??
    boards.find(({ project }) => !project.inbox_project) ??
    boards[0]
  const open = todoist.items.find(query.get('task') ?? '')
  return {
    settings: todoist.settings,
    users: todoist.users.all().map(({ id, fullName }) => ({ uid: id, name: fullName })),
    projects: boards.map(({ project, ownerId }) => ({
      id: project.id,
      name: project.name,
      isInbox: project.inbox_project,
      ownerUid: ownerId,
      tasks: todoist.projects.find(project.id)!.activeItemIds.size,
    })),
    board: chosen
      ? {
          id: chosen.project.id,
          name: chosen.project.name,
          ownerUid: chosen.ownerId,
          people: [...chosen.people].filter(([, state]) => state === 'active').map(([uid]) => uid),
          sections: todoist.sections.ofBoard(chosen).map(({ id, name }) => ({ id, name })),
          tasks: todoist.items.ofBoard(chosen).slice(0, MOST_TASKS),
          finished: [...todoist.items.each()]
            .filter((item) => item.project_id === chosen.project.id && item.checked && !item.is_deleted)
            .sort((left, right) => (right.completed_at ?? '').localeCompare(left.completed_at ?? ''))
            .slice(0, MOST_FINISHED),
        }
      : null,
    open:
      open && !open.is_deleted
        ? { task: open, comments: todoist.notes.ofItem(open.id).slice(-MOST_COMMENTS) }
        : null,
  }
}
