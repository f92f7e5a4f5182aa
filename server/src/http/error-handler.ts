import type { ErrorRequestHandler } from 'express'
import type { Locale } from '../kernel/locale.ts'
import { refuse, type Refusal } from '../kernel/refusal.ts'
import { isRetryable } from '../kernel/retryable-error.ts'
import { localeOf } from './locale-of.ts'
import type { ProblemExtras, ProblemWriter } from './problem.ts'

type Settings = {
  write: ProblemWriter
  fallbackLocale: Locale
  onFault: (error: unknown, requestId: string) => void
}

type AnyError = Error & {
  status?: unknown
  code?: unknown
  type?: unknown
  details?: Refusal['details']
  errors?: { path?: string; message?: string; errorCode?: string }[]
  headers?: Record<string, string>
  retryAfterMs?: number
}

const BODY_PARSER: Readonly<Record<string, [number, string]>> = {
  'entity.parse.failed': [400, 'malformed-json'],
  'entity.too.large': [413, 'body-too-large'],
  'encoding.unsupported': [415, 'unsupported-encoding'],
  'charset.unsupported': [415, 'unsupported-encoding'],
  'request.aborted': [400, 'request-aborted'],
  'request.size.invalid': [400, 'request-aborted'],
}

const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'invalid-request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'body-too-large',
  415: 'unsupported-media-type',
}

/** The last stop of every error: ours, the body parser's, the validator's, or a fault. All leave as problem documents. */
export function errorHandler({ write, fallbackLocale, onFault }: Settings): ErrorRequestHandler {
  return (error: AnyError, request, response, _next) => {
    const { requestId } = response.locals
    const locale =
      (response.locals.locale as Locale | undefined) ??
      localeOf(request.headers['accept-language']) ??
      fallbackLocale
    const { refusal, status, errors } = explain(error)
    if (status >= 500) onFault(error, requestId)
    if (isRetryable(error))
      response.setHeader('retry-after', Math.ceil((error.retryAfterMs ?? 1_000) / 1_000))
    if (status === 405 && error.headers?.Allow) response.setHeader('allow', error.headers.Allow)
    const extras: ProblemExtras = { requestId, errors, status }
    if (response.headersSent) return void response.destroy()
    response
      .status(status)
      .type('application/problem+json')
      .send(JSON.stringify(write(refusal, locale, extras)))
  }
}

function explain(error: AnyError): { refusal: Refusal; status: number; errors?: ProblemExtras['errors'] } {
  const parser = typeof error.type === 'string' ? BODY_PARSER[error.type] : undefined
  if (parser !== undefined) return { status: parser[0], refusal: refuse(parser[1]) }
  if (isRetryable(error)) return { status: 503, refusal: refuse(String(error.code ?? 'unavailable')) }
  const status =
    typeof error.status === 'number' && error.status >= 400 && error.status < 500 ? error.status : 500
  if (status === 500) return { status, refusal: refuse('internal-error') }
  if (typeof error.code === 'string')
    return { status, refusal: { refused: error.code, ...(error.details ? { details: error.details } : {}) } }
  const errors = withoutNoise(error.errors ?? []).map(({ path = '', message = '', errorCode = '' }) => ({
    pointer: path.startsWith('/body') ? path.slice('/body'.length) : path,
    code: errorCode.replace('.openapi.validation', ''),
    message,
  }))
  return { status, refusal: refuse(BY_STATUS[status] ?? 'invalid-request'), errors }
}

type Found = NonNullable<AnyError['errors']>[number]

/** Where what was sent is nearly one of several forms, what is wrong with that one; not that it is none of the others either. */
function withoutNoise(errors: readonly Found[]): readonly Found[] {
  const isChoice = ({ errorCode = '' }: Found) => /^(?:one|any)Of\b/.test(errorCode)
  const told = errors.filter(
    (one) =>
      !isChoice(one) ||
      !errors.some((other) => !isChoice(other) && (other.path ?? '').startsWith(one.path ?? '')),
  )
  const isWithin = (other: Found, one: Found) => (other.path ?? '').startsWith(`${one.path ?? ''}/`)
  return told.filter((one) => one.message !== 'must be null' || !told.some((other) => isWithin(other, one)))
}
