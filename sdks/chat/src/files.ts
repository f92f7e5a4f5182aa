import type { Fetch } from './api.ts'
import { ChatError } from './chat-error.ts'
import type { Attachment } from './contract.ts'
import { randomId } from './random-id.ts'

/** What can be sent as a file: a `File` or `Blob`. */
export interface FileLike {
  readonly size: number
  readonly type: string
  readonly name?: string
}

export interface FileOptions {
  /** What is said with it. */
  text?: string
  /** Instead of the file's own name; `file` when it has none. */
  name?: string
}

interface Announced {
  attachment: Attachment
  upload: { url: string; method: string; headers: Record<string, string> }
}

interface Needs {
  fetch: Fetch
  call: <Body>(method: string, path: string, body?: unknown, key?: string) => Promise<Body>
}

/** Announces a file, uploads it and says so. */
export async function sendFile(
  { fetch, call }: Needs,
  conversationId: string,
  file: FileLike,
  { text, name = file.name ?? 'file' }: FileOptions,
): Promise<Attachment> {
  const path = `/v1/conversations/${conversationId}/attachments`
  const clientId = randomId()
  const announcement = { clientId, name, text, size: file.size, type: file.type || undefined }
  const { attachment, upload } = await call<Announced>('POST', path, announcement, clientId)
  const { method, url, headers } = upload
  const { status, ok } = await fetch(url, { method, headers, body: file as Blob })
  if (!ok) throw new ChatError('attachment-refused', `The upload was answered with ${status}.`, { status })
  return call('POST', `${path}/${attachment.id}/confirm`, undefined, `${clientId}.confirm`)
}
