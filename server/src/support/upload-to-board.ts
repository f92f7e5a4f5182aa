import type { Locale } from '../kernel/locale.ts'
import { isRetryable } from '../kernel/retryable-error.ts'
import { boardTexts } from './domain/board-texts.ts'
import type { BoardApi } from './ports/board-api.ts'
import type { BoardStore, Command, HeldBoard } from './ports/board-store.ts'

type File = { name: string; type: string; size: number; url: string | null; bytes: () => Promise<Uint8Array> }

type Dependencies = {
  boards: Pick<BoardStore, 'uploaded' | 'failed'>
  api: Pick<BoardApi, 'upload'>
  fileOf: (projectId: string, attachmentId: string) => Promise<File | undefined>
  localeOf: (projectId: string) => Promise<Locale>
}

const MEGABYTE = 1_048_576
/** Of a paid account; a free one says no itself. Source: Todoist help, usage limits. */
const MOST_BYTES = 100 * MEGABYTE
const MOST_ATTEMPTS = 8

/** A comment's file is at Todoist before the comment is; what is too large for it becomes a link. */
export function uploadToBoard({ boards, api, fileOf, localeOf }: Dependencies) {
  return async (
    { projectId, token }: HeldBoard,
    { key, args, uploadId, attempts }: Command,
  ): Promise<void> => {
    const file = await fileOf(projectId, uploadId!)
    if (file === undefined) return boards.uploaded(projectId, key, args)
    const text = boardTexts(await localeOf(projectId))
    const asLink = () =>
      boards.uploaded(projectId, key, {
        ...args,
        content: `${String(args.content)}\n${text.fileLink(file.name, Math.ceil(file.size / MEGABYTE), file.url ?? '')}`,
      })
    if (file.size > MOST_BYTES) return asLink()
    try {
      const { name, type } = file
      const uploaded = await api.upload(token, { name, type, bytes: await file.bytes() })
      await boards.uploaded(projectId, key, { ...args, file_attachment: uploaded })
    } catch (error) {
      if (isRetryable(error) && attempts + 1 < MOST_ATTEMPTS) {
        await boards.failed(projectId, key, (error as Error).message)
        throw error
      }
      const status = (error as { status?: number }).status
      if (status === 401 || status === 429) throw error
      await asLink()
    }
  }
}
