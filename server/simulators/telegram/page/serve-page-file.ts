import type { ServerResponse } from 'node:http'
import { fileStream } from '../file-stream.ts'
import type { Telegram } from '../telegram.ts'

const SHOWN = /^(image\/(png|jpeg|gif|webp)|video\/[\w-]+|audio\/[\w-]+)$/

/** A file as the page shows it; whatever is no picture, film or sound is only ever saved. */
export function servePageFile(telegram: Telegram, query: URLSearchParams, response: ServerResponse): void {
  const file = telegram.files.find(Number(query.get('bot')), query.get('id') ?? '')
  if (!file || file.content === 'dropped') {
    response.writeHead(404).end()
    return
  }
  const isShown = SHOWN.test(file.mimeType)
  const name = encodeURIComponent(file.fileName ?? 'file').replace(/['()*]/g, '')
  response.writeHead(200, {
    'Content-Type': isShown ? file.mimeType : 'application/octet-stream',
    'Content-Length': file.sizeBytes,
    'Content-Disposition': `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, max-age=3600, immutable',
  })
  fileStream(file).pipe(response)
}
