import * as acts from '../project-acts.ts'
import { isActive, type Project } from '../projects.ts'
import { endpoint, type ApiCall } from './endpoint.ts'
import { results } from './page-of.ts'

export const PROJECTS = [
  endpoint('GET', 'projects', (call) => results(call, listed(call, isActive))),
  endpoint('GET', 'projects/archived', (call) =>
    results(
      call,
      listed(call, ({ is_archived, is_deleted }) => is_archived && !is_deleted),
    ),
  ),
  endpoint('POST', 'projects', ({ todoist, actor, args }) => acts.addProject(todoist, actor, args).project),
  endpoint('GET', 'projects/:id', ({ todoist, actor }, id) => acts.boardFor(todoist, actor, id).project),
  endpoint(
    'POST',
    'projects/:id',
    ({ todoist, actor, args }, id) => acts.updateProject(todoist, actor, id, args).project,
  ),
  endpoint(
    'POST',
    'projects/:id/archive',
    ({ todoist, actor }, id) => acts.archiveProject(todoist, actor, id, true).project,
  ),
  endpoint(
    'POST',
    'projects/:id/unarchive',
    ({ todoist, actor }, id) => acts.archiveProject(todoist, actor, id, false).project,
  ),
  endpoint('DELETE', 'projects/:id', ({ todoist, actor }, id) => acts.deleteProject(todoist, actor, id), [
    'project:delete',
  ]),
  endpoint('GET', 'projects/:id/collaborators', (call, id) => {
    const { todoist, actor } = call
    const { people } = acts.boardFor(todoist, actor, id)
    const users = [...people.keys()].map((uid) => todoist.users.find(uid)!)
    return results(
      call,
      users.map(({ id, fullName, email }) => ({ id, name: fullName, email })),
    )
  }),
]

function listed({ todoist, actor }: ApiCall, matches: (project: Project) => boolean): Project[] {
  return todoist.projects
    .ofUser(actor.id)
    .map(({ project }) => project)
    .filter(matches)
}
