import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApiError, gone, notFound } from './api-error.ts'
import type { Arguments } from './arguments.ts'
import type { Call } from './calls.ts'
import type { Fault } from './faults.ts'
import { LIMITS } from './limits.ts'
import { contentType, LONGEST_BODY_BYTES, parseObject, readBytes } from './request-body.ts'
import { matchEndpoint } from './rest/endpoint.ts'
import { ENDPOINTS } from './rest/endpoints.ts'
import { commandTypes } from './sync/sync.ts'
import type { Todoist } from './todoist.ts'

export const API = '/api/v1/'

interface Answer {
  status: number
  body: unknown
  headers?: Record<string, string>
}

interface Request {
  method: string
  path: string
  query: Record<string, string>
  args: Arguments
  body: Buffer
  message: IncomingMessage
}

/** One request under `/api/v1`: faults first, then the call, then the log. */
export async function serveApi(
  todoist: Todoist,
  url: URL,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { settings, calls, clock } = todoist
  if (settings.outage) return reset(response)
  const request = await read(url, message).catch((error: unknown) => {
    if (error instanceof ApiError) return error
    throw error
  })
  if (request instanceof ApiError) return write(response, refused(request))

  const record = (outcome: Call['outcome'], answer?: Answer) =>
    calls.record({
      at: clock.now(),
      method: request.method,
      path: request.path,
      query: request.query,
      body: request.args,
      userId: userOf(todoist, message),
      outcome,
      status: answer?.status,
      answer: answer?.body,
    })

  const commands = request.path === `${API}sync` ? commandTypes(request.args) : []
  const fault = todoist.faults.take({ method: request.method, path: request.path, commands })
  if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs))
  if (fault?.effect === 'drop-before-processing') {
    record('dropped-before-processing')
    return reset(response)
  }
  const answer = scripted(fault) ?? answerTo(todoist, request)
  if (settings.earlyEcho) await todoist.webhooks.deliverNow()
  if (fault?.effect === 'drop-after-processing') {
    record('dropped-after-processing', answer)
    return reset(response)
  }
  record('answered', answer)
  write(response, answer)
}

function answerTo(todoist: Todoist, request: Request): Answer {
  try {
    const segments = request.path.slice(API.length).split('/')
    const token = todoist.users.authenticate(request.message.headers.authorization)
    const match = matchEndpoint(ENDPOINTS, request.method, segments)
    if (!match) throw notFound('Resource')
    const { args, query, body, message } = request
    if (segments[0] !== 'sync') todoist.budgets.spend(token.userId, 'restCallsPer15Minutes')
    const actor = todoist.users.find(token.userId)!
    const result = match.found.run({ todoist, token, actor, args, query, body, request: message }, match.id)
    return result === undefined ? { status: 204, body: undefined } : { status: 200, body: result }
  } catch (error) {
    if (error instanceof ApiError) return refused(error)
    throw error
  }
}

async function read(url: URL, message: IncomingMessage): Promise<Request> {
  const type = contentType(message)
  const isMultipart = type === 'multipart/form-data'
  const longest = isMultipart ? LIMITS.attachmentBytes.paid + LONGEST_BODY_BYTES : LONGEST_BODY_BYTES
  const body = await readBytes(message, longest)
  const request = {
    method: message.method ?? 'GET',
    path: url.pathname.replace(/\/$/, ''),
    query: Object.fromEntries(url.searchParams),
    args: {},
    body,
    message,
  }
  if (isMultipart || body.length === 0) return request
  const text = body.toString('utf8')
  const args =
    type === 'application/x-www-form-urlencoded'
      ? Object.fromEntries(new URLSearchParams(text))
      : parseObject(text)
  return { ...request, args }
}

function scripted(fault: Fault | undefined): Answer | undefined {
  if (typeof fault?.effect !== 'object') return undefined
  const { status, body, headers } = fault.effect.answer
  const retryAfter = Number(headers?.['Retry-After'])
  const usual = new ApiError(status, 'SCRIPTED', 1, 'Scripted by the simulator', {
    ...(retryAfter > 0 && { retry_after: retryAfter }),
  })
  return { status, body: body ?? usual.body(), ...(headers && { headers }) }
}

export function refused(error: ApiError): Answer {
  const retryAfter = error.extra.retry_after
  return {
    status: error.status,
    body: error.body(),
    ...(typeof retryAfter === 'number' && { headers: { 'Retry-After': `${retryAfter}` } }),
  }
}

/** The old addresses say where to go instead. */
export const refuseOldApi = (response: ServerResponse) => write(response, refused(gone()))

function userOf(todoist: Todoist, { headers }: IncomingMessage): string | undefined {
  return todoist.users.token((headers.authorization ?? '').replace(/^Bearer\s+/i, ''))?.userId
}

export function write(response: ServerResponse, { status, body, headers }: Answer): void {
  if (response.destroyed) return
  response.writeHead(status, {
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...headers,
  })
  response.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body))
}

function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy()
}
