import { invalid, notFound } from '../api-error.ts'
import { requiredId, words, type Arguments } from '../arguments.ts'
import * as items from '../item-acts.ts'
import * as labels from '../label-acts.ts'
import * as notes from '../note-acts.ts'
import * as projects from '../project-acts.ts'
import * as sections from '../section-acts.ts'
import type { Todoist } from '../todoist.ts'
import type { User } from '../users.ts'

/** Does it and gives the id of what it made, if it made anything. */
type Run = (todoist: Todoist, actor: User, args: Arguments) => string | void

export interface CommandKind {
  run: Run
  scopes: string[]
}

const writes = (run: Run, ...more: string[]): CommandKind => ({ run, scopes: ['data:read_write', ...more] })
const deletes = (run: Run, scope = 'data:delete'): CommandKind => ({ run, scopes: [scope] })
const own = (args: Arguments) => requiredId(args, 'id')

/** The commands of `POST /sync` that the stand-in knows. */
export const COMMANDS = new Map<string, CommandKind>(
  Object.entries({
    project_add: writes((todoist, actor, args) => projects.addProject(todoist, actor, args).project.id),
    project_update: writes((todoist, actor, args) => {
      projects.updateProject(todoist, actor, own(args), args)
    }),
    project_archive: writes((todoist, actor, args) => {
      projects.archiveProject(todoist, actor, own(args), true)
    }),
    project_unarchive: writes((todoist, actor, args) => {
      projects.archiveProject(todoist, actor, own(args), false)
    }),
    project_delete: deletes(
      (todoist, actor, args) => projects.deleteProject(todoist, actor, own(args)),
      'project:delete',
    ),
    share_project: writes((todoist, actor, args) => {
      const email = words(args, 'email', 255)
      if (!email.includes('@')) throw invalid('email')
      const person = todoist.users.findByEmail(email)
      if (!person) throw notFound('User')
      projects.shareProject(todoist, actor, requiredId(args, 'project_id'), person)
    }),

    section_add: writes((todoist, actor, args) => sections.addSection(todoist, actor, args).id),
    section_update: writes((todoist, actor, args) => {
      sections.updateSection(todoist, actor, own(args), args)
    }),
    section_move: writes((todoist, actor, args) => {
      sections.moveSection(todoist, actor, own(args), requiredId(args, 'project_id'))
    }),
    section_archive: writes((todoist, actor, args) => {
      sections.archiveSection(todoist, actor, own(args), true)
    }),
    section_unarchive: writes((todoist, actor, args) => {
      sections.archiveSection(todoist, actor, own(args), false)
    }),
    section_delete: deletes((todoist, actor, args) => sections.deleteSection(todoist, actor, own(args))),

    label_add: writes((todoist, actor, args) => labels.addLabel(todoist, actor, args).id),
    label_update: writes((todoist, actor, args) => {
      labels.updateLabel(todoist, actor, own(args), args)
    }),
    label_delete: deletes((todoist, actor, args) =>
      labels.deleteLabel(todoist, actor, own(args), args.cascade === 'none'),
    ),

    item_add: writes((todoist, actor, args) => items.addItem(todoist, actor, args).id, 'task:add'),
    item_update: writes((todoist, actor, args) => {
      items.updateItem(todoist, actor, own(args), args)
    }),
    item_move: writes((todoist, actor, args) => {
      items.moveItem(todoist, actor, own(args), moveOf(todoist, args))
    }),
    item_complete: writes((todoist, actor, args) => {
      items.completeItem(todoist, actor, own(args))
    }),
    item_close: writes((todoist, actor, args) => {
      items.closeItem(todoist, actor, own(args))
    }),
    item_uncomplete: writes((todoist, actor, args) => {
      items.reopenItem(todoist, actor, own(args))
    }),
    item_delete: deletes((todoist, actor, args) => items.deleteItem(todoist, actor, own(args))),

    note_add: writes((todoist, actor, args) => notes.addNote(todoist, actor, args).id),
    note_update: writes((todoist, actor, args) => {
      notes.updateNote(todoist, actor, own(args), args)
    }),
    note_delete: deletes((todoist, actor, args) => notes.deleteNote(todoist, actor, own(args))),
  }),
)

/** `section_id: null` takes the task out of its section, `parent_id: null` out of its parent. */
function moveOf(todoist: Todoist, args: Arguments): Arguments {
  if (args.section_id !== null && args.parent_id !== null) return args
  const item = todoist.items.find(own(args))
  return item ? { id: args.id, project_id: item.project_id } : args
}
