import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { announcer } from './announce.ts'
import { apps } from './apps.ts'
import { budgets } from './budgets.ts'
import { calls } from './calls.ts'
import { changes } from './changes.ts'
import { movableClock, type TimeSource } from './clock.ts'
import { controls, type Controls } from './controls.ts'
import { faults } from './faults.ts'
import { feed } from '../feed.ts'
import { files } from './files.ts'
import { items } from './items.ts'
import { labels } from './labels.ts'
import { notes } from './notes.ts'
import { projects } from './projects.ts'
import { sections } from './sections.ts'
import { API, refuseOldApi, serveApi } from './serve-api.ts'
import { serveControls } from './serve-controls.ts'
import { servePage } from './page/serve-page.ts'
import { serveCdn, serveFile } from './serve-files.ts'
import { oauth } from './serve-oauth.ts'
import { USUAL_SETTINGS, type Settings } from './settings.ts'
import { commandAnswers } from './sync/command-answers.ts'
import type { Todoist } from './todoist.ts'
import { users } from './users.ts'
import { webhooks } from './webhooks.ts'

export interface TodoistSimulatorOptions {
  port?: number
  host?: string
  clock?: TimeSource
  settings?: Partial<Settings>
  /** The personal token of the first user, who is there from the beginning. */
  token?: string
  /** Of that user. */
  ownerName?: string
}

export interface TodoistSimulator extends Controls {
  url: string
  /** The second host of attachments, which must never be shown a token. */
  cdnUrl: string
  port: number
  /** The first user: the one whose account the product is given. */
  owner: { uid: string; token: string }
  stop(): Promise<void>
}

export const DEFAULT_TOKEN = 'test-todoist-token'

/** A stand-in for api.todoist.com on a port of its own, with a board to look at and controls to steer it. */
export async function startTodoistSimulator({
  port = 0,
  host = '127.0.0.1',
  clock: source = { now: () => Date.now() },
  settings: chosen = {},
  token = DEFAULT_TOKEN,
  ownerName = 'Owner',
}: TodoistSimulatorOptions = {}): Promise<TodoistSimulator> {
  let origin = ''
  const clock = movableClock(source)
  const settings: Settings = { ...USUAL_SETTINGS, ...chosen }
  const parts = {
    clock,
    settings,
    users: users(clock),
    apps: apps(),
    webhooks: webhooks(clock, settings),
    feed: feed(),
  }
  const todoist: Todoist = {
    ...parts,
    projects: projects(),
    sections: sections(),
    items: items(),
    notes: notes(),
    labels: labels(),
    changes: changes(),
    commandAnswers: commandAnswers(),
    budgets: budgets(clock, settings),
    announce: announcer(parts),
    files: files({
      clock,
      settings,
      origin: () => origin,
      onCompleted(file) {
        for (const note of todoist.notes.each()) {
          if (note.file_attachment === file.attachment) todoist.changes.add('notes', note.id)
        }
        todoist.feed.changed()
      },
    }),
    faults: faults(),
    calls: calls(),
    feed: parts.feed,
  }
  const steering = controls(todoist)
  const { uid } = steering.createUser({ name: ownerName, email: 'owner@example.com' })
  steering.createToken({ uid, token })

  const cdn = createServer((request, response) => serveCdn(todoist, request, response))
  const cdnOrigin = originOf(host, await listen(cdn, 0, host))
  const serveOauth = oauth(todoist)

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://simulator')
    const { pathname } = url
    if (pathname.startsWith('/oauth/') || pathname === `${API}revoke`)
      return serveOauth(url, request, response)
    if (pathname.startsWith(API)) return serveApi(todoist, url, request, response)
    if (/^\/(api\/)?(rest|sync)\/v\d/.test(pathname)) return refuseOldApi(response)
    if (pathname.startsWith('/control/')) return serveControls(todoist, steering, url, request, response)
    if (pathname.startsWith('/files/')) return serveFile(todoist, cdnOrigin, url, request, response)
    if (request.method === 'GET' && servePage(pathname, response)) return
    response.writeHead(404, { 'Content-Type': 'application/json' })
    response.end('{"error":"Not Found"}')
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (request.destroyed && !request.complete) return
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'application/json' })
      response.end(JSON.stringify({ error: `Internal Server Error: ${String(error)}`, http_code: 500 }))
    })
  })
  // A client that keeps its connections must not meet one that is just being closed.
  server.keepAliveTimeout = 65_000
  const bound = await listen(server, port, host)
  origin = originOf(host, bound)

  return {
    ...steering,
    url: origin,
    cdnUrl: cdnOrigin,
    port: bound,
    owner: { uid, token },
    async stop() {
      todoist.webhooks.stop()
      todoist.feed.stop()
      clock.stop()
      await Promise.all([close(server), close(cdn)])
    },
  }
}

const originOf = (host: string, port: number) => `http://${host.includes(':') ? `[${host}]` : host}:${port}`

async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return (server.address() as AddressInfo).port
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}
