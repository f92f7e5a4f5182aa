import type { IncomingMessage, ServerResponse } from 'node:http'
import { refuse, type Answer } from './answer.ts'
import { answerCall } from './bot-api.ts'
import { isWellFormedToken } from './bots.ts'
import type { Call } from './calls.ts'
import type { Fault } from './faults.ts'
import { pause } from './pause.ts'
import { readCall, UnreadableBody } from './request-body.ts'
import { resetConnection as reset } from './reset-connection.ts'
import type { Telegram } from './telegram.ts'

interface Response {
  status: number
  body: unknown
  headers?: Record<string, string>
}

/** One request to `/bot<token>/<method>`: faults first, then the method, then the log. */
export async function serveBotApi(
  telegram: Telegram,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (telegram.settings.outage) return reset(response)
  const [, token, method] = /^\/bot([^/]+)\/([A-Za-z0-9_]+)\/?$/.exec(decoded(url.pathname)) ?? []
  if (!token || !method || !isWellFormedToken(token))
    return write(response, answered(refuse(404, 'Not Found')))
  const bot = telegram.bots.findByToken(token)
  if (!bot || bot.revoked) return write(response, answered(refuse(401, 'Unauthorized')))

  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const body = await readCall(request, url).catch((error: unknown) => {
    if (error instanceof UnreadableBody) return error
    throw error
  })
  if (body instanceof UnreadableBody) return write(response, answered(refuse(body.status, body.message)))
  const { parameters } = body

  const record = (outcome: Call['outcome'], status: number | undefined, answer: unknown) =>
    telegram.calls.record({
      at: telegram.clock.now(),
      botId: bot.id,
      method,
      parameters,
      outcome,
      status,
      answer,
    })

  const fault = telegram.faults.take({ method, chatId: parameters.chat_id })
  if (fault?.delayMs) await pause(fault.delayMs, gone.signal)
  if (fault?.effect === 'drop-before-processing') {
    record('dropped-before-processing', undefined, undefined)
    return reset(response)
  }

  let isLost = fault?.effect === 'drop-after-processing'
  const loseAnswer = () => {
    isLost = true
  }
  const reply =
    scripted(fault) ??
    answered(await answerCall(method, { telegram, bot, ...body, gone: gone.signal, loseAnswer }))
  if (isLost || telegram.settings.outage) {
    record('dropped-after-processing', reply.status, reply.body)
    return reset(response)
  }
  record(gone.signal.aborted ? 'client-left' : 'answered', reply.status, reply.body)
  write(response, reply)
}

function answered(answer: Answer): Response {
  return answer.ok
    ? { status: 200, body: answer }
    : {
        status: answer.error_code,
        body: answer,
        ...(answer.parameters?.retry_after && {
          headers: { 'Retry-After': `${answer.parameters.retry_after}` },
        }),
      }
}

function scripted(fault: Fault | undefined): Response | undefined {
  if (typeof fault?.effect !== 'object') return undefined
  const { status, body, headers } = fault.effect.answer
  const usual = { ok: status < 400, error_code: status, description: 'Scripted by the simulator' }
  return { status, body: body ?? usual, headers }
}

function write(response: ServerResponse, { status, body, headers }: Response): void {
  if (response.destroyed) return
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
