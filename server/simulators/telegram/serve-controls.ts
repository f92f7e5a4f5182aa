import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Controls } from './controls.ts'
import { pageState } from './page/page-state.ts'
import { parseObject, readText, UnreadableBody } from './request-body.ts'
import type { Telegram } from './telegram.ts'

type Kind = 'string' | 'number' | 'boolean' | 'numbers' | 'effect'
type Fields = Record<string, Kind | `${Kind}?`>

const PERSON: Fields = { personId: 'number', botId: 'number?' }
const FILTER: Fields = { method: 'string?', chatId: 'number?' }

const FIELDS: Record<keyof Controls, Fields> = {
  createBot: {
    token: 'string',
    username: 'string?',
    firstName: 'string?',
    readsAllGroupMessages: 'boolean?',
  },
  revokeBot: { botId: 'number?' },
  createPerson: {
    id: 'number?',
    firstName: 'string?',
    lastName: 'string?',
    username: 'string?',
    languageCode: 'string?',
  },
  pressStart: { ...PERSON, payload: 'string?' },
  write: { ...PERSON, text: 'string', chatId: 'number?' },
  pressButton: { ...PERSON, messageId: 'number', data: 'string', chatId: 'number?' },
  answerToPress: { callbackQueryId: 'string', botId: 'number?' },
  block: PERSON,
  unblock: PERSON,
  deactivate: { personId: 'number' },
  createGroup: {
    id: 'number?',
    title: 'string?',
    supergroup: 'boolean?',
    members: 'numbers',
    botId: 'number?',
  },
  addBotToGroup: { ...PERSON, groupId: 'number' },
  removeBotFromGroup: { ...PERSON, groupId: 'number' },
  upgradeGroup: { groupId: 'number' },
  failNext: { times: 'number', delayMs: 'number?', effect: 'effect?', ...FILTER },
  clearFaults: {},
  changeSettings: { everyoneStarted: 'boolean?', outage: 'boolean?', httpsWebhooksOnly: 'boolean?' },
  advanceClock: { milliseconds: 'number' },
  calls: FILTER,
  clearCalls: {},
  messages: { chatId: 'number', botId: 'number?' },
  isPolled: { botId: 'number?' },
  standing: PERSON,
}

const MOST_WATCHERS = 50
const controlNames = new Map(
  (Object.keys(FIELDS) as (keyof Controls)[]).map((name) => [
    name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    name,
  ]),
)

/** The controls over HTTP: `POST /control/press-start` with the arguments as JSON. */
export async function serveControls(
  telegram: Telegram,
  controls: Controls,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const name = url.pathname.slice('/control/'.length)
  if (request.method === 'GET' && name === 'state')
    return write(response, 200, pageState(telegram, url.searchParams))
  if (request.method === 'GET' && name === 'events') return watch(telegram, response)
  const control = controlNames.get(name)
  if (!control) return write(response, 404, { error: `There is no control ${name}` })
  if (request.method !== 'POST') return write(response, 405, { error: 'Controls are used by POST' })
  if (isFromElsewhere(request))
    return write(response, 403, { error: 'Controls answer no page but their own' })

  try {
    const body = await readText(request)
    const input = body === '' ? {} : parseObject(body)
    checkFields(FIELDS[control], input)
    const result = (controls[control] as (input: unknown) => unknown)(input)
    write(response, 200, { result: result ?? null })
  } catch (error) {
    const status = error instanceof UnreadableBody ? error.status : 400
    write(response, status, { error: error instanceof Error ? error.message : String(error) })
  }
}

// A page of another site must not steer the simulator of whoever looks at it.
function isFromElsewhere({ headers }: IncomingMessage): boolean {
  const isJson = (headers['content-type'] ?? '').startsWith('application/json')
  const hasBody = headers['content-length'] !== '0' && headers['content-length'] !== undefined
  const origin = headers.origin
  const isOwn = origin === undefined || (URL.canParse(origin) && new URL(origin).host === headers.host)
  return (hasBody && !isJson) || !isOwn
}

function checkFields(fields: Fields, input: Record<string, unknown>): void {
  for (const name of Object.keys(input)) {
    if (!fields[name]) throw new Error(`This control has no field ${name}`)
  }
  for (const [name, wanted] of Object.entries(fields)) {
    const value = input[name]
    if (value === undefined && wanted.endsWith('?')) continue
    if (!isOfKind(value, wanted.replace('?', '') as Kind)) throw new Error(`${name} must be: ${wanted}`)
  }
}

function isOfKind(value: unknown, kind: Kind): boolean {
  if (kind === 'numbers') return Array.isArray(value) && value.every((item) => typeof item === 'number')
  if (kind !== 'effect') return typeof value === kind
  if (value === 'drop-before-processing' || value === 'drop-after-processing') return true
  const answer = (value as { answer?: { status?: unknown } } | null)?.answer
  return typeof answer?.status === 'number'
}

function watch(telegram: Telegram, response: ServerResponse): void {
  if (telegram.feed.watcherCount() >= MOST_WATCHERS)
    return write(response, 503, { error: 'Too many watchers' })
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
  response.write('retry: 1000\ndata: hello\n\n')
  const stop = telegram.feed.watch(() => response.write('data: changed\n\n'))
  response.on('close', stop)
}

function write(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify(body))
}
