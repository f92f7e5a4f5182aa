import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import type { ShopSettings } from './settings.ts'

const read = (name: string) => readFileSync(new URL(`page/${name}`, import.meta.url), 'utf8')

const FILES = new Map([
  ['/', { type: 'text/html', text: read('stage.html'), isStage: true }],
  ['/stage.css', { type: 'text/css', text: read('stage.css'), isStage: true }],
  ['/stage.js', { type: 'text/javascript', text: read('stage.js'), isStage: true }],
  ['/happened.js', { type: 'text/javascript', text: read('happened.js'), isStage: true }],
  ['/shop', { type: 'text/html', text: read('shop.html'), isStage: false }],
  ['/shop.css', { type: 'text/css', text: read('shop.css'), isStage: false }],
  ['/shop.js', { type: 'text/javascript', text: read('shop.js'), isStage: false }],
])

/** Pages that run and load nothing but their own files, Tapline's scripts and, on the stage, the stand-ins. */
export function serveFile(
  { pathname, searchParams }: URL,
  settings: ShopSettings,
  response: ServerResponse,
): boolean {
  const file = FILES.get(pathname)
  if (file === undefined) return false
  const { apiUrl, publishableKey, telegramUrl, todoistUrl, tildaUrl } = settings
  const frames = [telegramUrl, todoistUrl, tildaUrl].filter((url) => url !== null)
  const socketUrl = apiUrl.replace(/^http/, 'ws')
  response.writeHead(200, {
    'Content-Type': `${file.type}; charset=utf-8`,
    'Content-Security-Policy': file.isStage
      ? `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self' ${frames.join(' ')}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
      : `default-src 'none'; script-src 'self' ${apiUrl}; style-src 'self'; connect-src 'self' ${apiUrl} ${socketUrl}; img-src 'self' data: blob: ${apiUrl}; media-src blob: ${apiUrl}; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; require-trusted-types-for 'script'`,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  })
  const lang = searchParams.get('lang') === 'en' ? 'en' : 'ru'
  const values = { api: apiUrl, key: publishableKey, lang }
  response.end(file.text.replace(/\{\{(api|key|lang)\}\}/g, (_, name: keyof typeof values) => values[name]))
  return true
}
