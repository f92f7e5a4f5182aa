import type { IncomingMessage, ServerResponse } from 'node:http'
import { isFromElsewhere, streamChanges, writeJson } from '../answer-page.ts'
import type { Controls } from './controls.ts'
import { RANDOM_EFFECTS, UPDATE_EFFECTS } from './faults.ts'
import { pageState, peopleView } from './page/page-state.ts'
import { servePageFile } from './page/serve-page-file.ts'
import { parseObject, readText, UnreadableBody } from './request-body.ts'
import type { Telegram } from './telegram.ts'

type Kind = keyof typeof KINDS
type Fields = Record<string, Kind | `${Kind}?`>

const KINDS = {
  string: (value: unknown) => typeof value === 'string',
  number: (value: unknown) => typeof value === 'number',
  boolean: (value: unknown) => typeof value === 'boolean',
  'number or null': (value: unknown) => value === null || typeof value === 'number',
  'string or null': (value: unknown) => value === null || typeof value === 'string',
  numbers: (value: unknown) => isListOf(value, 'number'),
  strings: (value: unknown) => isListOf(value, 'string'),
  objects: (value: unknown) => isListOf(value, 'object'),
  'call effect': (value: unknown) =>
    value === 'drop-before-processing' ||
    value === 'drop-after-processing' ||
    typeof (value as { answer?: { status?: unknown } } | null)?.answer?.status === 'number',
  'update effect': (value: unknown) => UPDATE_EFFECTS.some((effect) => effect === value),
  'random effects': (value: unknown) =>
    Array.isArray(value) && value.every((one) => RANDOM_EFFECTS.some((effect) => effect === one)),
}

const PERSON: Fields = { personId: 'number', botId: 'number?' }
const IN_CHAT: Fields = { ...PERSON, chatId: 'number?' }
const IN_GROUP: Fields = { ...PERSON, groupId: 'number' }
const PLACED: Fields = { ...IN_CHAT, replyTo: 'number?', threadId: 'number?' }
const ITEM: Fields = {
  kind: 'string',
  fileName: 'string?',
  mimeType: 'string?',
  bytes: 'string?',
  size: 'number?',
  caption: 'string?',
}
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
    phone: 'string?',
  },
  changePerson: {
    personId: 'number',
    firstName: 'string?',
    lastName: 'string?',
    username: 'string or null?',
    languageCode: 'string?',
    phone: 'string?',
  },
  pressStart: { ...PERSON, payload: 'string?' },
  write: { ...PLACED, text: 'string' },
  send: { ...PLACED, ...ITEM, mediaGroupId: 'string?' },
  sendAlbum: { ...PLACED, items: 'objects', caption: 'string?' },
  shareContact: { ...PLACED, contactOf: 'number or null?', phone: 'string?' },
  edit: { ...IN_CHAT, messageId: 'number', text: 'string?', caption: 'string?' },
  deleteMessage: { ...IN_CHAT, messageId: 'number' },
  react: { ...IN_CHAT, messageId: 'number', emoji: 'strings' },
  pressButton: { ...IN_CHAT, messageId: 'number', data: 'string', inaccessible: 'boolean?' },
  answerToPress: { callbackQueryId: 'string', botId: 'number?' },
  block: PERSON,
  unblock: PERSON,
  deactivate: { personId: 'number' },
  createGroup: {
    id: 'number?',
    title: 'string?',
    supergroup: 'boolean?',
    forum: 'boolean?',
    members: 'numbers',
    botId: 'number?',
  },
  addBotToGroup: IN_GROUP,
  promoteBot: { ...IN_GROUP, canManageTopics: 'boolean?', canDeleteMessages: 'boolean?' },
  removeBotFromGroup: IN_GROUP,
  joinGroup: { personId: 'number', groupId: 'number' },
  createTopic: { ...IN_GROUP, name: 'string' },
  closeTopic: { ...IN_GROUP, threadId: 'number' },
  reopenTopic: { ...IN_GROUP, threadId: 'number' },
  deleteTopic: { ...IN_GROUP, threadId: 'number' },
  upgradeGroup: { groupId: 'number' },
  failNext: { times: 'number', delayMs: 'number?', effect: 'call effect?', ...FILTER },
  failUpdates: { times: 'number', effect: 'update effect', chatId: 'number?', delayMs: 'number?' },
  injectFaults: { percent: 'number', effects: 'random effects?', seed: 'number?', delayMs: 'number?' },
  jumpUpdateIds: { to: 'number?', botId: 'number?' },
  clearFaults: {},
  changeSettings: { everyoneStarted: 'boolean?', outage: 'boolean?', httpsWebhooksOnly: 'boolean?' },
  advanceClock: { milliseconds: 'number' },
  calls: FILTER,
  clearCalls: {},
  messages: { chatId: 'number', botId: 'number?' },
  replyKeyboard: { chatId: 'number', botId: 'number?' },
  reactions: { chatId: 'number', messageId: 'number', botId: 'number?' },
  isPolled: { botId: 'number?' },
  standing: PERSON,
}

// Files of people come as base64 in the body.
const LONGEST_CONTROL_BYTES = 96 * 1024 * 1024
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
    return writeJson(response, 200, pageState(telegram, url.searchParams))
  if (request.method === 'GET' && name === 'people') return writeJson(response, 200, peopleView(telegram))
  if (request.method === 'GET' && name === 'file') return servePageFile(telegram, url.searchParams, response)
  if (request.method === 'GET' && name === 'events') return streamChanges(telegram.feed, response)
  const control = controlNames.get(name)
  if (!control) return writeJson(response, 404, { error: `There is no control ${name}` })
  if (request.method !== 'POST') return writeJson(response, 405, { error: 'Controls are used by POST' })
  if (isFromElsewhere(request))
    return writeJson(response, 403, { error: 'Controls answer no page but their own' })

  try {
    const body = await readText(request, LONGEST_CONTROL_BYTES)
    const input = body === '' ? {} : parseObject(body)
    checkFields(FIELDS[control], input)
    for (const item of Array.isArray(input.items) ? input.items : [])
      checkFields(ITEM, item as Record<string, unknown>)
    const result = (controls[control] as (input: unknown) => unknown)(input)
    writeJson(response, 200, { result: result ?? null })
  } catch (error) {
    const status = error instanceof UnreadableBody ? error.status : 400
    writeJson(response, status, { error: error instanceof Error ? error.message : String(error) })
  }
}

function checkFields(fields: Fields, input: Record<string, unknown>): void {
  for (const name of Object.keys(input)) {
    if (!fields[name]) throw new Error(`This control has no field ${name}`)
  }
  for (const [name, wanted] of Object.entries(fields)) {
    const value = input[name]
    if (value === undefined && wanted.endsWith('?')) continue
    if (!KINDS[wanted.replace('?', '') as Kind](value)) throw new Error(`${name} must be: ${wanted}`)
  }
}

function isListOf(value: unknown, type: string): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === type && item !== null)
}
