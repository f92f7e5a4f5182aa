import type { components } from '@tapline/openapi'
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express'
import { localeOf } from '../../../http/locale-of.ts'
import type { ProblemWriter } from '../../../http/problem.ts'
import type { Locale } from '../../../kernel/locale.ts'
import { RetryableError } from '../../../kernel/retryable-error.ts'
import type { DoorAnswer, Line } from '../../domain/door-answer.ts'
import type { DoorRequest } from '../../domain/door-request.ts'

type Settings = {
  receive: (request: DoorRequest) => Promise<DoorAnswer>
  write: ProblemWriter
  fallbackLocale: Locale
  onAnswer: (status: number, durationMs: number) => void
}

type Accepted = components['schemas']['Accepted']

const MAX_BODY = '2mb'
const MAX_BODY_BYTES = 2 * 1_048_576
const SMALL_BODY_BYTES = 64_000
const BODIES_BYTES = 128 * 1_048_576
const MAX_WAIT_SECONDS = 10
const UNREAD: Readonly<Record<string, DoorRequest['unread']>> = {
  'entity.too.large': 'body-too-large',
  'encoding.unsupported': 'unsupported-encoding',
}

/** The storefronts' door over HTTP: raw bytes in, an answer of the contract out. Nothing is parsed before it is known whose it is. */
export function door({
  receive,
  write,
  fallbackLocale,
  onAnswer,
}: Settings): (RequestHandler | ErrorRequestHandler)[] {
  async function answerDoor(
    request: Request,
    response: Response,
    unread?: DoorRequest['unread'],
  ): Promise<void> {
    const beganAt = performance.now()
    const waitSeconds = preferredWait(request.headers.prefer)
    const answer = await receive({
      webhookSecret: String(request.params.webhookSecret),
      headers: request.headers,
      contentType: (request.headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase(),
      body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      unread,
      waitSeconds,
      remoteAddress: request.ip,
      requestId: response.locals.requestId,
      receivedAt: new Date(),
      beganAt,
    })
    const locale = localeOf(request.headers['accept-language']) ?? answer.locale ?? fallbackLocale
    showAllowance(response, answer)
    if (answer.waited === true && waitSeconds > 0)
      response.setHeader('preference-applied', `wait=${waitSeconds}`)
    if ('refusal' in answer) refuse(response, answer, locale)
    else response.status(answer.final || answer.plain === true ? 200 : 202).json(accepted(answer, locale))
    onAnswer(response.statusCode, performance.now() - beganAt)
  }

  function refuse(
    response: Response,
    answer: Extract<DoorAnswer, { refusal: unknown }>,
    locale: Locale,
  ): void {
    const { refusal, errors, inboxItemId, retryAfterSeconds } = answer
    const problem = write(refusal, locale, { requestId: response.locals.requestId, errors, inboxItemId })
    if (retryAfterSeconds !== undefined) response.setHeader('retry-after', retryAfterSeconds)
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
  }

  function accepted(answer: Extract<DoorAnswer, { id: string }>, locale: Locale): Accepted {
    const { id, status, repeated, result, lines } = answer
    return {
      id,
      status: status as Accepted['status'],
      ...(repeated ? { repeated } : {}),
      ...(result ? { result } : {}),
      ...(lines === undefined ? {} : { lines: lines.map((line) => lineOf(line, locale)) }),
    } as Accepted
  }

  function lineOf({ line, id, status, repeated, result, refusal }: Line, locale: Locale) {
    const problem = refusal === undefined ? undefined : write(refusal, locale, { requestId: '' })
    const errors = refusal !== undefined && 'errors' in refusal ? refusal.errors : undefined
    return {
      line,
      ...(id === undefined ? {} : { id }),
      status,
      ...(repeated ? { repeated } : {}),
      ...(result ? { result } : {}),
      ...(problem === undefined
        ? {}
        : { problem: { code: problem.code, detail: problem.detail, ...(errors ? { errors } : {}) } }),
    }
  }

  const answerRead: RequestHandler = (request, response) => answerDoor(request, response)
  /** What could not be read stands in the project's log too. */
  const answerUnread: ErrorRequestHandler = (error: { type?: string }, request, response, next) => {
    const unread = UNREAD[error.type ?? '']
    return unread === undefined ? next(error) : answerDoor(request, response, unread)
  }
  return [
    bodyBudget(),
    express.raw({ type: () => true, limit: MAX_BODY, inflate: false }),
    answerUnread,
    answerRead,
  ]
}

/** Large bodies are read before it is known whose they are: together they may hold so much memory, and no more. */
function bodyBudget(): RequestHandler {
  let held = 0
  return (request, response, next) => {
    const bytes = Math.min(Number(request.headers['content-length'] ?? MAX_BODY_BYTES), MAX_BODY_BYTES)
    if (bytes <= SMALL_BODY_BYTES) return next()
    if (held + bytes > BODIES_BYTES) {
      return next(new RetryableError('Too many large requests at once', { retryAfterMs: 1_000 }))
    }
    held += bytes
    response.once('close', () => (held -= bytes))
    next()
  }
}

function showAllowance(response: Response, { allowance }: DoorAnswer): void {
  if (allowance === undefined) return
  response.setHeader('ratelimit-policy', `"default";q=${allowance.limit};w=60`)
  response.setHeader('ratelimit', `"default";r=${allowance.remaining};t=${allowance.resetSeconds}`)
}

/** RFC 7240: `Prefer: respond-async, wait=5`. */
function preferredWait(prefer: string | string[] | undefined): number {
  const seconds = Number(/(?:^|[\s,;])wait=(\d{1,4})(?=$|[\s,;])/i.exec(String(prefer ?? ''))?.[1] ?? 0)
  return Math.min(seconds, MAX_WAIT_SECONDS)
}
