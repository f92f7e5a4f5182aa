import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { runWebhookReply } from './bot-api.ts'
import { bots } from './bots.ts'
import { calls } from './calls.ts'
import { chatActions } from './chat-actions.ts'
import { movableClock, type TimeSource } from './clock.ts'
import { controls, type Controls } from './controls.ts'
import { faults } from './faults.ts'
import { feed } from '../feed.ts'
import { files } from './files.ts'
import { groups } from './groups.ts'
import { messages } from './messages.ts'
import { pace, TELEGRAM_PACE } from './pace.ts'
import { servePage, servePart } from './page/serve-page.ts'
import { people } from './people.ts'
import { polls } from './polling.ts'
import { serveBotApi } from './serve-bot-api.ts'
import { serveFile } from './serve-file.ts'
import { serveControls } from './serve-controls.ts'
import type { Telegram } from './telegram.ts'
import type { Settings } from './settings.ts'
import { webhooks } from './webhooks.ts'

export interface TelegramSimulatorOptions {
  port?: number
  host?: string
  tokens?: string[]
  clock?: TimeSource
  /** Whether a private chat nobody has made counts as one whose owner pressed Start. */
  everyoneStarted?: boolean
  /** Who is there from the beginning. */
  people?: { id: number; firstName: string }[]
  /** Of whoever is made without an id: 1001 unless told otherwise. */
  firstPersonId?: number
}

export interface TelegramSimulator extends Controls {
  url: string
  port: number
  tokens: string[]
  stop(): Promise<void>
}

export const DEFAULT_TOKEN = '123456:TEST-TOKEN'

/** A stand-in for api.telegram.org on a port of its own, with a phone to look at and controls to steer it. */
export async function startTelegramSimulator({
  port = 0,
  host = '127.0.0.1',
  tokens = [DEFAULT_TOKEN],
  clock: source = { now: () => Date.now() },
  everyoneStarted = false,
  people: residents = [],
  firstPersonId,
}: TelegramSimulatorOptions = {}): Promise<TelegramSimulator> {
  const clock = movableClock(source)
  const settings: Settings = { everyoneStarted, outage: false, httpsWebhooksOnly: false }
  const misfortunes = faults()
  const telegram: Telegram = {
    clock,
    settings,
    bots: bots(clock, misfortunes),
    people: people(firstPersonId),
    groups: groups(),
    messages: messages(),
    files: files(clock),
    chatActions: chatActions(clock),
    pace: pace(clock, TELEGRAM_PACE),
    faults: misfortunes,
    calls: calls(),
    polls: polls(clock),
    webhooks: webhooks(clock, settings, misfortunes, (bot, method, parameters) =>
      runWebhookReply(telegram, bot, method, parameters),
    ),
    feed: feed(),
  }
  const steering = controls(telegram)
  for (const token of tokens) steering.createBot({ token })
  for (const person of residents) steering.createPerson(person)

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://simulator')
    if (url.pathname.startsWith('/file/bot')) return serveFile(telegram, url, request, response)
    if (url.pathname.startsWith('/bot') && url.pathname.includes('/', 1)) {
      return serveBotApi(telegram, url, request, response)
    }
    if (url.pathname.startsWith('/control/')) return serveControls(telegram, steering, url, request, response)
    if (url.pathname.startsWith('/page/')) return servePart(response, url.pathname.slice('/page/'.length))
    if (request.method === 'GET' && /^\/\w*$/.test(url.pathname)) return servePage(response)
    response.writeHead(404, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify({ ok: false, error_code: 404, description: 'Not Found' }))
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (request.destroyed && !request.complete) return
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'application/json' })
      response.end(
        JSON.stringify({
          ok: false,
          error_code: 500,
          description: `Internal Server Error: ${String(error)}`,
        }),
      )
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const bound = (server.address() as AddressInfo).port

  return {
    ...steering,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    port: bound,
    tokens,
    async stop() {
      telegram.webhooks.stop()
      telegram.feed.stop()
      clock.stop()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}
