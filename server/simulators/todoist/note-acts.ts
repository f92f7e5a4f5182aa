import { forbidden, invalid, missing, notFound } from './api-error.ts'
import { id, text, type Arguments } from './arguments.ts'
import { itemFor, withUrl } from './item-acts.ts'
import { LIMITS } from './limits.ts'
import { opaqueId } from './opaque-id.ts'
import type { Attachment, Note } from './notes.ts'
import { boardFor } from './project-acts.ts'
import { isMember, type Board } from './projects.ts'
import type { Todoist } from './todoist.ts'
import type { User } from './users.ts'

export function noteFor(todoist: Todoist, actor: User, noteId: string): { note: Note; board: Board } {
  const note = todoist.notes.find(noteId)
  if (!note || note.is_deleted) throw notFound('Comment')
  return { note, board: boardOf(todoist, actor, note) }
}

export function addNote(todoist: Todoist, actor: User, args: Arguments): Note {
  const itemId = id(args, 'item_id')
  const projectId = id(args, 'project_id')
  if (itemId === undefined && projectId === undefined) throw missing('item_id')
  if (itemId !== undefined && projectId !== undefined)
    throw invalid('project_id', 'Only one of them is allowed')
  const board =
    itemId === undefined ? boardFor(todoist, actor, projectId!) : itemFor(todoist, actor, itemId).board

  const file_attachment = attachmentOf(todoist, args) ?? null
  const content = text(args, 'content', LIMITS.comment) ?? ''
  if (content.trim() === '' && !file_attachment) throw missing('content')
  const note: Note = {
    id: opaqueId(),
    ...(itemId === undefined ? { project_id: projectId! } : { item_id: itemId }),
    content,
    posted_at: todoist.clock.timestamp(),
    posted_uid: actor.id,
    file_attachment,
    uids_to_notify: peopleToNotify(board, args),
    reactions: null,
    is_deleted: false,
  }
  todoist.notes.add(note)
  count(todoist, note, 1)
  return changed(todoist, actor, board, note, 'note:added')
}

export function updateNote(todoist: Todoist, actor: User, noteId: string, args: Arguments): Note {
  const { note, board } = noteFor(todoist, actor, noteId)
  if (note.posted_uid !== actor.id) throw forbidden('Only the author can edit a comment')
  const file_attachment = attachmentOf(todoist, args)
  const content = text(args, 'content', LIMITS.comment) ?? note.content
  if (content.trim() === '' && !(file_attachment ?? note.file_attachment)) throw missing('content')
  note.content = content
  if (file_attachment !== undefined) note.file_attachment = file_attachment
  return changed(todoist, actor, board, note, 'note:updated')
}

export function deleteNote(todoist: Todoist, actor: User, noteId: string): void {
  const { note, board } = noteFor(todoist, actor, noteId)
  if (note.posted_uid !== actor.id && board.ownerId !== actor.id) {
    throw forbidden('Only the author can delete a comment')
  }
  note.is_deleted = true
  count(todoist, note, -1)
  changed(todoist, actor, board, note, 'note:deleted')
}

function changed(todoist: Todoist, actor: User, board: Board, note: Note, event: string): Note {
  todoist.changes.add('notes', note.id)
  const item = note.item_id === undefined ? undefined : todoist.items.find(note.item_id)
  const data = item ? { ...note, url: withUrl(item).url, item } : note
  todoist.announce(actor, event, board, data)
  return note
}

function count(todoist: Todoist, note: Note, by: number): void {
  const item = note.item_id === undefined ? undefined : todoist.items.find(note.item_id)
  if (!item) return
  item.note_count += by
  todoist.changes.add('items', item.id)
}

function boardOf(todoist: Todoist, actor: User, note: Note): Board {
  if (note.project_id !== undefined) return boardFor(todoist, actor, note.project_id)
  const item = todoist.items.find(note.item_id!)
  if (!item || item.is_deleted) throw notFound('Comment')
  return boardFor(todoist, actor, item.project_id)
}

function peopleToNotify(board: Board, args: Arguments): string[] | null {
  const given = args.uids_to_notify
  if (given === undefined || given === null) return null
  const ids = typeof given === 'string' ? given.split(',') : given
  if (!Array.isArray(ids)) throw invalid('uids_to_notify')
  const uids = ids.map(String).filter((uid) => uid !== '')
  if (!uids.every((uid) => isMember(board, uid))) throw invalid('uids_to_notify', 'Not a collaborator')
  return uids
}

/** What was uploaded here is shown as it is; an address from elsewhere as it was told. */
function attachmentOf(todoist: Todoist, args: Arguments): Attachment | null | undefined {
  const given = args.file_attachment
  if (given === undefined || given === null) return given
  if (typeof given !== 'object' || Array.isArray(given)) throw invalid('file_attachment')
  const told = given as Arguments
  const file_url = text(told, 'file_url', 4096)
  const file = file_url === undefined ? undefined : todoist.files.findByUrl(file_url)
  if (file) return todoist.files.attachment(file)
  const file_name = text(told, 'file_name', 1024)
  const file_type = text(told, 'file_type', 256)
  return {
    resource_type: text(told, 'resource_type', 32) ?? 'file',
    ...(file_name !== undefined && { file_name }),
    ...(file_type !== undefined && { file_type }),
    ...(file_url !== undefined && { file_url }),
    upload_state: 'completed',
  }
}
