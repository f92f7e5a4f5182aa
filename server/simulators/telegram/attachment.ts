import type { StoredFile } from './files.ts'
import type { FileType } from './file-types.ts'

export type AttachmentKind = FileType | 'location' | 'contact' | 'venue' | 'dice' | 'poll' | 'future'

/** What a message carries beside words; `content` is its part of the message on the wire. */
export interface Attachment {
  kind: AttachmentKind
  content: Record<string, unknown>
  takesCaption: boolean
}

const WITHOUT_CAPTION: AttachmentKind[] = ['video_note', 'sticker']

export interface FileDetails {
  thumbnail?: StoredFile
  performer?: string
  title?: string
  emoji?: string
}

export function fileAttachment(file: StoredFile, details: FileDetails = {}): Attachment {
  return {
    kind: file.type,
    content: contentOf(file, details),
    takesCaption: !WITHOUT_CAPTION.includes(file.type),
  }
}

export function plainAttachment(kind: AttachmentKind, content: Record<string, unknown>): Attachment {
  return { kind, content, takesCaption: false }
}

function contentOf(
  file: StoredFile,
  { thumbnail, performer, title, emoji }: FileDetails,
): Record<string, unknown> {
  const ids = { file_id: file.id, file_unique_id: file.uniqueId, file_size: file.sizeBytes }
  const named = { ...(file.fileName !== undefined && { file_name: file.fileName }), mime_type: file.mimeType }
  const size = { width: file.width, height: file.height }
  const duration = { duration: file.durationSeconds }
  switch (file.type) {
    case 'photo':
      return { photo: [...(thumbnail ? [thumbnail] : []), file].map(photoSize) }
    case 'video':
      return { video: { ...duration, ...size, ...named, ...ids } }
    case 'animation': {
      const animation = { ...duration, ...size, ...named, ...ids }
      return { animation, document: { ...named, ...ids } }
    }
    case 'audio':
      return {
        audio: { ...duration, ...(performer && { performer }), ...(title && { title }), ...named, ...ids },
      }
    case 'voice':
      return { voice: { ...duration, mime_type: file.mimeType, ...ids } }
    case 'video_note':
      return { video_note: { ...duration, length: file.width, ...ids } }
    case 'sticker': {
      const traits = { type: 'regular', is_animated: false, is_video: false }
      return { sticker: { ...size, ...(emoji && { emoji }), ...traits, ...ids } }
    }
    case 'document':
      return { document: { ...named, ...ids } }
  }
}

function photoSize({ id, uniqueId, sizeBytes, width, height }: StoredFile) {
  return { file_id: id, file_unique_id: uniqueId, file_size: sizeBytes, width, height }
}
