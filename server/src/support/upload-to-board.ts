import type { Item, Outcome } from '../kernel/line.ts'
import type { Locale } from '../kernel/locale.ts'
import { isRetryable } from '../kernel/retryable-error.ts'
import { boardTexts } from './domain/board-texts.ts'
import type { BoardApi } from './ports/board-api.ts'
import type { BoardStore } from './ports/board-store.ts'

type File = { name: string; type: string; size: number; url: string | null; bytes: () => Promise<Uint8Array> }

type Dependencies = {
  boards: Pick<BoardStore, 'command' | 'uploaded' | 'tokenOf'>
  api: Pick<BoardApi, 'upload'>
  /** Undefined while it is not there, or is there no more. */
  fileOf: (projectId: string, attachmentId: string) => Promise<File | undefined>
  localeOf: (projectId: string) => Promise<Locale>
  /** Its comment can be written. */
  hurry: (projectId: string) => Promise<void>
}

const MEGABYTE = 1_048_576
/** Of a paid account; a free one says no itself. Source: Todoist help, usage limits. */
const MOST_BYTES = 100 * MEGABYTE
const MOST_ATTEMPTS = 8
const REVOKED_WAIT_MS = 60_000
const DONE: Outcome = { outcome: 'done' }

/** A comment's file is at Todoist before the comment is; what is too large for it becomes a link. */
export function uploadToBoard({ boards, api, fileOf, localeOf, hurry }: Dependencies) {
  return async ({ projectId, body: { key }, attempts }: Item<{ key: string }>): Promise<Outcome> => {
    const command = await boards.command(projectId, key)
    const token = await boards.tokenOf(projectId)
    if (command === undefined || token === undefined || command.uploadId === null) return DONE
    const { args } = command
    const text = boardTexts(await localeOf(projectId))
    const done = async (more: object): Promise<Outcome> => {
      await boards.uploaded(projectId, key, { ...args, ...more })
      await hurry(projectId)
      return DONE
    }
    const isLast = attempts + 1 >= MOST_ATTEMPTS
    const file = await fileOf(projectId, command.uploadId)
    if (file === undefined)
      return isLast
        ? done({ content: `${args.content ?? ''}\n${text.noFile(String(args.fileName ?? ''))}`.trim() })
        : { outcome: 'later', afterMs: 500 * 2 ** attempts, why: 'the file is not ready', counts: true }
    const { name, type, size, url } = file
    const asLink = () =>
      done({
        content: `${args.content ?? ''}\n${url === null ? text.noFile(name) : text.fileLink(name, Math.ceil(size / MEGABYTE), url)}`,
      })
    if (size > MOST_BYTES) return asLink()
    try {
      return await done({
        file_attachment: await api.upload(token, { name, type, bytes: await file.bytes() }),
      })
    } catch (error) {
      const { status, retryAfterMs } = error as { status?: number; retryAfterMs?: number }
      const why = (error as Error).message
      if (status === 429 || status === 401)
        return { outcome: 'later', afterMs: retryAfterMs ?? REVOKED_WAIT_MS, why, counts: false }
      if (status === undefined && !isRetryable(error)) throw error
      if (isRetryable(error) && !isLast) throw error
      return asLink()
    }
  }
}
