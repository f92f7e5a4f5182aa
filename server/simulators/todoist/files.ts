import { ApiError, invalid, notFound } from './api-error.ts'
import type { Clock } from './clock.ts'
import { LIMITS } from './limits.ts'
import type { Attachment } from './notes.ts'
import { opaqueId } from './opaque-id.ts'
import type { Settings } from './settings.ts'

export interface StoredFile {
  id: string
  ownerId: string
  bytes: Buffer
  /** Shared with the comments that it is attached to, so that they see it being completed. */
  attachment: Attachment & { file_name: string; file_type: string; file_url: string }
}

export interface NewFile {
  ownerId: string
  name: string
  type: string
  bytes: Buffer
}

const MOST_BYTES = 512 * 1024 * 1024

export interface FilesNeeds {
  clock: Clock
  settings: Settings
  /** Where the addresses of files begin; known when the server listens. */
  origin: () => string
  onCompleted: (file: StoredFile) => void
}

export type Files = ReturnType<typeof files>

/** What was uploaded, in memory; the oldest is forgotten when there is too much. */
export function files({ clock, settings, origin, onCompleted }: FilesNeeds) {
  const byId = new Map<string, StoredFile>()
  const leakedTokens: { at: number; path: string; authorization: string }[] = []
  let size = 0

  const find = (id: string) => byId.get(id)

  return {
    add({ ownerId, name, type, bytes }: NewFile): StoredFile {
      const most = LIMITS.attachmentBytes[settings.plan]
      if (bytes.length > most) {
        throw new ApiError(400, 'FILE_TOO_LARGE', 44, `File is larger than ${most} bytes`, { limit: most })
      }
      if (name === '') throw invalid('file_name')
      const id = opaqueId()
      const file: StoredFile = {
        id,
        ownerId,
        bytes,
        attachment: {
          resource_type: resourceType(type),
          file_name: name,
          file_size: bytes.length,
          file_type: type,
          file_url: `${origin()}/files/${id}/${encodeURIComponent(name)}`,
          upload_state: settings.uploadPendingMs > 0 ? 'pending' : 'completed',
        },
      }
      byId.set(id, file)
      size += bytes.length
      for (const [oldId, old] of byId) {
        if (size <= MOST_BYTES) break
        byId.delete(oldId)
        size -= old.bytes.length
      }
      if (settings.uploadPendingMs > 0) {
        clock.at(clock.now() + settings.uploadPendingMs, () => {
          file.attachment.upload_state = 'completed'
          onCompleted(file)
        })
      }
      return file
    },
    find,
    findByUrl(url: string): StoredFile | undefined {
      const [, id] = /\/files\/(\w+)\//.exec(url) ?? []
      return id !== undefined && url.startsWith(origin()) ? find(id) : undefined
    },
    attachment: (file: StoredFile): Attachment => file.attachment,
    /** A pending upload is not there yet. */
    completed(id: string): StoredFile {
      const file = find(id)
      if (!file || file.attachment.upload_state === 'pending') throw notFound('File')
      return file
    },
    remove(file: StoredFile) {
      if (byId.delete(file.id)) size -= file.bytes.length
    },
    /** Tokens that were shown to the second host, which must never see one. */
    leak: (path: string, authorization: string) =>
      void leakedTokens.push({ at: clock.now(), path, authorization }),
    leakedTokens: () => [...leakedTokens],
  }
}

function resourceType(type: string): string {
  const [kind] = type.split('/')
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'file'
}
