import type { IncomingMessage, ServerResponse } from 'node:http'
import { isFromElsewhere, streamChanges, writeJson } from '../answer-page.ts'
import { ApiError } from './api-error.ts'
import type { Controls } from './controls.ts'
import { LIMITS } from './limits.ts'
import { pageState } from './page/page-state.ts'
import { parseObject, readBytes } from './request-body.ts'
import { USUAL_SETTINGS } from './settings.ts'
import type { Todoist } from './todoist.ts'

type Kind = 'string' | 'number' | 'boolean' | 'strings' | 'object' | 'effect' | 'nullable string'
type Fields = Record<string, Kind | `${Kind}?`>

const TASK: Fields = { taskId: 'string', by: 'string?' }
const SECTION: Fields = { sectionId: 'string', by: 'string?' }
const MEMBER: Fields = { projectId: 'string', uid: 'string' }
const SETTINGS = Object.fromEntries(
  Object.entries(USUAL_SETTINGS).map(([name, value]) => [name, `${typeof value}?`]),
) as Fields

const FIELDS: Record<keyof Controls, Fields> = {
  createUser: { id: 'string?', name: 'string?', email: 'string?' },
  createToken: { uid: 'string', token: 'string?', clientId: 'string?', scopes: 'strings?' },
  revokeToken: { token: 'string' },
  registerApp: {
    clientId: 'string',
    clientSecret: 'string',
    callbackUrl: 'string?',
    redirectUri: 'string?',
    refreshesTokens: 'boolean?',
    events: 'strings?',
    version: 'string?',
  },
  createProject: { uid: 'string', name: 'string', viewStyle: 'string?' },
  shareProject: MEMBER,
  leaveProject: MEMBER,
  deleteProject: { projectId: 'string', by: 'string?' },
  createSection: { projectId: 'string', name: 'string', by: 'string?' },
  renameSection: { ...SECTION, name: 'string' },
  deleteSection: SECTION,
  createTask: {
    projectId: 'string',
    content: 'string',
    description: 'string?',
    sectionId: 'string?',
    by: 'string?',
  },
  renameTask: { ...TASK, content: 'string' },
  setPriority: { ...TASK, priority: 'number' },
  setLabels: { ...TASK, labels: 'strings' },
  setDue: { ...TASK, due: 'nullable string' },
  assign: { ...TASK, uid: 'nullable string' },
  moveTask: { ...TASK, sectionId: 'nullable string?', projectId: 'string?' },
  completeTask: TASK,
  reopenTask: TASK,
  deleteTask: TASK,
  addComment: { uid: 'string', taskId: 'string', content: 'string?', attachment: 'object?' },
  editComment: { commentId: 'string', content: 'string', by: 'string?' },
  deleteComment: { commentId: 'string', by: 'string?' },
  failNext: {
    times: 'number',
    method: 'string?',
    path: 'string?',
    command: 'string?',
    delayMs: 'number?',
    effect: 'effect?',
  },
  failNextCommand: { times: 'number', type: 'string?', status: 'number?' },
  failNextEvent: { times: 'number', event: 'string?', delayMs: 'number?', effect: 'string?' },
  sendEvent: { clientId: 'string', event: 'string', body: 'object' },
  injectFaults: { percent: 'number', effects: 'strings', seed: 'number?' },
  clearFaults: {},
  changeSettings: SETTINGS,
  advanceClock: { milliseconds: 'number' },
  calls: { method: 'string?', path: 'string?' },
  clearCalls: {},
  deliveries: {},
  leakedTokens: {},
  budget: { uid: 'string' },
  state: {},
  tasks: { projectId: 'string?', finished: 'boolean?' },
  task: { taskId: 'string' },
  comments: { taskId: 'string' },
}

const controlNames = new Map(
  (Object.keys(FIELDS) as (keyof Controls)[]).map((name) => [
    name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    name,
  ]),
)

/** The controls over HTTP: `POST /control/add-comment` with the arguments as JSON. */
export async function serveControls(
  todoist: Todoist,
  controls: Controls,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const name = url.pathname.slice('/control/'.length)
  if (request.method === 'GET' && name === 'page')
    return writeJson(response, 200, pageState(todoist, url.searchParams))
  if (request.method === 'GET' && name === 'file') return showFile(todoist, url, response)
  if (request.method === 'GET' && name === 'events') return streamChanges(todoist.feed, response)
  const control = controlNames.get(name)
  if (!control) return writeJson(response, 404, { error: `There is no control ${name}` })
  if (request.method !== 'POST') return writeJson(response, 405, { error: 'Controls are used by POST' })
  if (isFromElsewhere(request))
    return writeJson(response, 403, { error: 'Controls answer no page but their own' })

  try {
    // An attachment comes as base64, four bytes for three.
    const body = (await readBytes(request, LIMITS.attachmentBytes.paid * 1.5)).toString('utf8')
    const input = body === '' ? {} : parseObject(body)
    checkFields(FIELDS[control], input)
    const result = (controls[control] as (input: unknown) => unknown)(input)
    writeJson(response, 200, { result: result ?? null })
  } catch (error) {
    const status = error instanceof ApiError ? error.status : 400
    writeJson(response, status, { error: error instanceof Error ? error.message : String(error) })
  }
}

function checkFields(fields: Fields, input: Record<string, unknown>): void {
  for (const name of Object.keys(input)) {
    if (!Object.hasOwn(fields, name)) throw new Error(`This control has no field ${name}`)
  }
  for (const [name, wanted] of Object.entries(fields)) {
    const value = input[name]
    if (value === undefined && wanted.endsWith('?')) continue
    if (!isOfKind(value, wanted.replace('?', '') as Kind)) throw new Error(`${name} must be: ${wanted}`)
  }
}

function isOfKind(value: unknown, kind: Kind): boolean {
  if (kind === 'strings') return Array.isArray(value) && value.every((item) => typeof item === 'string')
  if (kind === 'nullable string') return value === null || typeof value === 'string'
  if (kind === 'object') return typeof value === 'object' && value !== null
  if (kind !== 'effect') return typeof value === kind
  if (value === 'drop-before-processing' || value === 'drop-after-processing') return true
  const answer = (value as { answer?: { status?: unknown } } | null)?.answer
  return typeof answer?.status === 'number'
}

/** A file for the page, which has no token; whatever it claims to be, it runs nothing. */
function showFile(todoist: Todoist, url: URL, response: ServerResponse): void {
  const file = todoist.files.find(url.searchParams.get('id') ?? '')
  if (!file) return writeJson(response, 404, { error: 'There is no such file' })
  const { file_name, file_type } = file.attachment
  const isPicture = /^image\/(png|jpeg|gif|webp)$/.test(file_type)
  response.writeHead(200, {
    'Content-Type': isPicture ? file_type : 'application/octet-stream',
    'Content-Disposition': `${isPicture ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file_name)}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
  })
  response.end(file.bytes)
}
