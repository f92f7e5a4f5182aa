import { readdirSync, readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'

const FOLDER = new URL('.', import.meta.url)
const TYPES: Record<string, string> = { js: 'text/javascript', css: 'text/css' }

const html = readFileSync(new URL('phone.html', FOLDER))
const parts = new Map(
  readdirSync(FOLDER)
    .filter((name) => /^[a-z-]+\.(js|css)$/.test(name))
    .map((name) => [name, readFileSync(new URL(name, FOLDER))]),
)

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

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
}

/** The phone: a page that may load nothing and run nothing but its own scripts. */
export function servePage(response: ServerResponse): void {
  response.writeHead(200, {
    ...HEADERS,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': POLICY,
  })
  response.end(html)
}

/** One of the page's own scripts or its style. */
export function servePart(response: ServerResponse, name: string): void {
  const part = parts.get(name)
  const type = TYPES[name.split('.').at(-1) ?? '']
  response.writeHead(part ? 200 : 404, {
    ...HEADERS,
    'Content-Type': `${type ?? 'text/plain'}; charset=utf-8`,
  })
  response.end(part ?? '')
}
