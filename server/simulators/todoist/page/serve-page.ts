import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'

const read = (name: string) => readFileSync(new URL(name, import.meta.url))

const FILES = new Map([
  ['/', { type: 'text/html', bytes: read('board.html') }],
  ['/page/board.css', { type: 'text/css', bytes: read('board.css') }],
  ['/page/board.js', { type: 'text/javascript', bytes: read('board.js') }],
  ['/page/markdown.js', { type: 'text/javascript', bytes: read('markdown.js') }],
])

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  'frame-ancestors http://127.0.0.1:* http://localhost:*',
].join('; ')

/** The board: a page that may load and run nothing but its own files. */
export function servePage(path: string, response: ServerResponse): boolean {
  const file = FILES.get(path)
  if (!file) return false
  response.writeHead(200, {
    'Content-Type': `${file.type}; charset=utf-8`,
    'Content-Security-Policy': POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  })
  response.end(file.bytes)
  return true
}
