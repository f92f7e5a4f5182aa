import { invalid, missing } from '../api-error.ts'
import { id as idIn, type Arguments } from '../arguments.ts'
import { itemFor } from '../item-acts.ts'
import * as acts from '../note-acts.ts'
import type { Note } from '../notes.ts'
import { boardFor } from '../project-acts.ts'
import { endpoint, type ApiCall } from './endpoint.ts'
import { results } from './page-of.ts'

/** The words of the calls in the words of the commands. */
function asCommand({ task_id, attachment, ...args }: Arguments): Arguments {
  return {
    ...args,
    ...(task_id !== undefined && { item_id: task_id }),
    ...(attachment !== undefined && { file_attachment: attachment }),
  }
}

export const COMMENTS = [
  endpoint('GET', 'comments', (call) => results(call, listed(call))),
  endpoint('POST', 'comments', ({ todoist, actor, args }) => acts.addNote(todoist, actor, asCommand(args))),
  endpoint('GET', 'comments/:id', ({ todoist, actor }, id) => acts.noteFor(todoist, actor, id).note),
  endpoint('POST', 'comments/:id', ({ todoist, actor, args }, id) =>
    acts.updateNote(todoist, actor, id, asCommand(args)),
  ),
  endpoint('DELETE', 'comments/:id', ({ todoist, actor }, id) => acts.deleteNote(todoist, actor, id)),
]

function listed({ todoist, actor, query }: ApiCall): Note[] {
  const taskId = idIn(query, 'task_id')
  const projectId = idIn(query, 'project_id')
  if (taskId !== undefined && projectId !== undefined)
    throw invalid('project_id', 'Only one of them is allowed')
  if (taskId !== undefined) return todoist.notes.ofItem(itemFor(todoist, actor, taskId).item.id)
  if (projectId !== undefined) return todoist.notes.ofItem(boardFor(todoist, actor, projectId).project.id)
  throw missing('task_id')
}
