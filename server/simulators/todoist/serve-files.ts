import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApiError, notFound } from './api-error.ts'
import { isMember } from './projects.ts'
import { refused, write } from './serve-api.ts'
import type { Todoist } from './todoist.ts'

/** The host of attachments: it wants the token, and sends on to the second host. */
export function serveFile(
  todoist: Todoist,
  cdnOrigin: string,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  try {
    const token = todoist.users.authenticate(request.headers.authorization)
    const [, , id = '', name = ''] = url.pathname.split('/')
    const file = todoist.files.completed(id)
    if (!mayRead(todoist, token.userId, file.id, file.ownerId)) throw notFound('File')
    response.writeHead(302, { Location: `${cdnOrigin}/${file.id}/${name}` })
    response.end()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    write(response, refused(error))
  }
}

/** The second host: whoever shows it a token has leaked it. */
export function serveCdn(todoist: Todoist, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://cdn')
  const { authorization } = request.headers
  if (authorization !== undefined) {
    todoist.files.leak(url.pathname, authorization)
    response.writeHead(400, { 'Content-Type': 'text/plain' })
    return void response.end('Only one way of authentication is allowed')
  }
  const file = todoist.files.find(url.pathname.split('/')[1] ?? '')
  if (!file) {
    response.writeHead(404)
    return void response.end()
  }
  response.writeHead(200, {
    'Content-Type': file.attachment.file_type,
    'Content-Length': file.bytes.length,
    'X-Content-Type-Options': 'nosniff',
  })
  response.end(file.bytes)
}

/** Whoever uploaded it, and whoever sees a comment that carries it. */
function mayRead(todoist: Todoist, userId: string, fileId: string, ownerId: string): boolean {
  if (ownerId === userId) return true
  const { attachment } = todoist.files.find(fileId)!
  for (const note of todoist.notes.each()) {
    if (note.file_attachment !== attachment) continue
    const projectId = note.project_id ?? todoist.items.find(note.item_id ?? '')?.project_id
    const board = todoist.projects.find(projectId ?? '')
    if (board && isMember(board, userId)) return true
  }
  return false
}
