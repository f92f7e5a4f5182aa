import { forgetOldest } from '../bounded.ts'

export interface Attachment {
  resource_type: string
  file_name?: string
  file_size?: number
  file_type?: string
  file_url?: string
  upload_state?: 'pending' | 'completed'
}

/** A comment on a task or on a project; the key of the other is absent, not null. */
export interface Note {
  id: string
  item_id?: string
  project_id?: string
  content: string
  posted_at: string
  posted_uid: string
  file_attachment: Attachment | null
  uids_to_notify: string[] | null
  reactions: Record<string, string[]> | null
  is_deleted: boolean
}

const MOST_NOTES = 100_000

export type Notes = ReturnType<typeof notes>

export function notes() {
  const byId = new Map<string, Note>()
  const ofItems = new Map<string, Set<string>>()
  return {
    add(note: Note) {
      byId.set(note.id, note)
      const key = note.item_id ?? note.project_id!
      const ids = ofItems.get(key) ?? new Set()
      ofItems.set(key, ids.add(note.id))
      forgetOldest(byId, MOST_NOTES)
    },
    find: (noteId: string) => byId.get(noteId),
    each: () => byId.values(),
    /** The live comments of a task or of a project, in the order of posting. */
    ofItem: (itemOrProjectId: string): Note[] =>
      [...(ofItems.get(itemOrProjectId) ?? [])]
        .map((noteId) => byId.get(noteId))
        .filter((note): note is Note => note !== undefined && !note.is_deleted),
  }
}
