import { randomBytes } from 'node:crypto'
import { forgetOldest } from '../bounded.ts'
import type { TimeSource } from './clock.ts'
import { extensionOf, FILE_TYPES, mimeTypeOf, type FileType } from './file-types.ts'

export interface StoredFile {
  id: string
  uniqueId: string
  botId: number
  type: FileType
  fileName: string | undefined
  mimeType: string
  sizeBytes: number
  content: FileContent
  width: number
  height: number
  durationSeconds: number
  path: string
  linkUntil: number
}

/** Bytes as they came; `filler` has a size alone and is made up when downloaded; `dropped` made room for newer ones. */
export type FileContent = Buffer | 'filler' | 'dropped'

export interface NewFile {
  type: FileType
  fileName?: string
  mimeType?: string
  content: Buffer | { sizeBytes: number }
  width?: number
  height?: number
  durationSeconds?: number
}

const LINK_LIVES_MS = 60 * 60 * 1000
const MOST_BYTES = 200 * 1024 * 1024
const MOST_FILES = 50_000

export type Files = ReturnType<typeof files>

/** Every file of every bot; of their bytes the newest two hundred megabytes. */
export function files(clock: TimeSource, mostBytes = MOST_BYTES) {
  const byId = new Map<string, StoredFile>()
  const byPath = new Map<string, StoredFile>()
  const withBytes = new Set<StoredFile>()
  let heldBytes = 0
  let nextNumber = 0

  const makeRoom = () => {
    for (const file of withBytes) {
      if (heldBytes <= mostBytes) return
      heldBytes -= file.sizeBytes
      file.content = 'dropped'
      withBytes.delete(file)
    }
  }

  return {
    heldBytes: () => heldBytes,
    find: (botId: number, id: string) => {
      const file = byId.get(id)
      return file?.botId === botId ? file : undefined
    },
    add(
      botId: number,
      { type, fileName, mimeType, content, width, height, durationSeconds }: NewFile,
    ): StoredFile {
      const traits = FILE_TYPES[type]
      const extension = traits.extension || extensionOf(fileName)
      const file: StoredFile = {
        id: `BQACAgIAAx${randomBytes(30).toString('base64url')}`,
        uniqueId: `AgAD${randomBytes(8).toString('base64url')}`,
        botId,
        type,
        fileName,
        mimeType: mimeType ?? mimeTypeOf(type, fileName),
        sizeBytes: Buffer.isBuffer(content) ? content.length : content.sizeBytes,
        content: Buffer.isBuffer(content) ? content : 'filler',
        width: width ?? 0,
        height: height ?? 0,
        durationSeconds: durationSeconds ?? 0,
        path: `${traits.folder}/file_${nextNumber++}${extension && `.${extension}`}`,
        linkUntil: 0,
      }
      byId.set(file.id, file)
      byPath.set(`${botId}/${file.path}`, file)
      if (Buffer.isBuffer(content)) {
        withBytes.add(file)
        heldBytes += file.sizeBytes
        makeRoom()
      }
      forgetOldest(byId, MOST_FILES)
      forgetOldest(byPath, MOST_FILES)
      return file
    },
    /** A link for an hour, counted anew with every call. */
    openLink(file: StoredFile): string {
      file.linkUntil = clock.now() + LINK_LIVES_MS
      return file.path
    },
    findByLink(botId: number, path: string): StoredFile | undefined {
      const file = byPath.get(`${botId}/${path}`)
      return file && file.linkUntil > clock.now() ? file : undefined
    },
  }
}
