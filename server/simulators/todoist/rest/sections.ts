import { id as idIn } from '../arguments.ts'
import { boardFor } from '../project-acts.ts'
import { isActive } from '../projects.ts'
import * as acts from '../section-acts.ts'
import type { Section } from '../sections.ts'
import { endpoint, type ApiCall } from './endpoint.ts'
import { results } from './page-of.ts'

export const SECTIONS = [
  endpoint('GET', 'sections', (call) => results(call, listed(call))),
  endpoint('POST', 'sections', ({ todoist, actor, args }) => acts.addSection(todoist, actor, args)),
  endpoint('GET', 'sections/:id', ({ todoist, actor }, id) => acts.sectionFor(todoist, actor, id).section),
  endpoint('POST', 'sections/:id', ({ todoist, actor, args }, id) =>
    acts.updateSection(todoist, actor, id, args),
  ),
  endpoint('POST', 'sections/:id/archive', ({ todoist, actor }, id) =>
    acts.archiveSection(todoist, actor, id, true),
  ),
  endpoint('POST', 'sections/:id/unarchive', ({ todoist, actor }, id) =>
    acts.archiveSection(todoist, actor, id, false),
  ),
  endpoint('DELETE', 'sections/:id', ({ todoist, actor }, id) => acts.deleteSection(todoist, actor, id)),
]

function listed({ todoist, actor, query }: ApiCall): Section[] {
  const projectId = idIn(query, 'project_id')
  const boards =
    projectId === undefined
      ? todoist.projects.ofUser(actor.id).filter(({ project }) => isActive(project))
      : [boardFor(todoist, actor, projectId)]
  return boards.flatMap((board) => todoist.sections.ofBoard(board)).filter(({ is_archived }) => !is_archived)
}
