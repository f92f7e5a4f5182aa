import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Feed } from './feed.ts'

const MOST_WATCHERS = 50

/** A page of another site must not steer the simulator of whoever looks at it. */
export function isFromElsewhere({ headers }: IncomingMessage): boolean {
  const isJson = (headers['content-type'] ?? '').startsWith('application/json')
  const hasBody = headers['content-length'] !== '0' && headers['content-length'] !== undefined
  const origin = headers.origin
  const isOwn = origin === undefined || (URL.canParse(origin) && new URL(origin).host === headers.host)
  return (hasBody && !isJson) || !isOwn
}

export function writeJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify(body))
}

/** Tells an open page whenever there is something new to ask for. */
export function streamChanges(feed: Feed, response: ServerResponse): void {
  if (feed.watcherCount() >= MOST_WATCHERS) return writeJson(response, 503, { error: 'Too many watchers' })
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
  response.write('retry: 1000\ndata: hello\n\n')
  response.on(
    'close',
    feed.watch(() => response.write('data: changed\n\n')),
  )
}
