import type { Request, RequestHandler, Response, Router } from 'express'
import express from 'express'
import * as validator from 'express-openapi-validator'
import type { Locale } from '../kernel/locale.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import type { Caller, Handlers } from './handlers.ts'
import { httpError } from './http-error.ts'
import { isStorable } from './is-storable.ts'
import { localeOf } from './locale-of.ts'
import { normaliseBody } from './normalise-body.ts'
import type { ProblemWriter } from './problem.ts'
import { warmValidator } from './warm-validator.ts'

export type Contract = { paths: Record<string, Record<string, Operation>>; [part: string]: unknown }
type Operation = {
  operationId: string
  security?: Record<string, string[]>[]
  requestBody?: { required?: boolean }
}

/** Decides by itself who calls: an unknown one is a refusal, with its own status. */
export type Guard = (
  bearer: string | undefined,
  request: { remoteAddress: string | undefined },
) => Promise<{ caller: Caller } | Refusal>
export type Guards = Readonly<Record<string, Guard>>

type Settings = {
  contract: Contract
  handlers: Handlers
  guards: Guards
  write: ProblemWriter
  fallbackLocale: Locale
  /** In tests our own answers are held to the contract too. */
  validateResponses: boolean
}

const METHODS = new Set(['get', 'put', 'post', 'patch', 'delete'])

/** Every operation of the contract but the door: guarded, validated, and answered by its handler. */
export async function serveContract({
  contract,
  handlers,
  guards,
  write,
  fallbackLocale,
  validateResponses,
}: Settings): Promise<Router> {
  const router = express.Router()
  const operations = operationsOf(contract)
  assertServable(operations, handlers, guards)

  const match = (method: string, path: string) =>
    operations.find((operation) => operation.method === method.toLowerCase() && operation.pattern.test(path))
  router.use((request, _response, next) =>
    operations.some(({ pattern }) => pattern.test(request.path)) ? next() : next('router'),
  )
  // Ours, before the validator: it would turn 429 or 403 of a security handler into 500, and lets everybody in without one.
  router.use(async (request, response, next) => {
    const operation = match(request.method, request.path)
    response.locals.locale = localeOf(request.headers['accept-language']) ?? fallbackLocale
    if (operation?.guard === undefined) return next()
    const outcome = await guards[operation.guard]!(bearerOf(request), { remoteAddress: request.ip })
    if (isRefusal(outcome)) return answer(response, outcome)
    response.locals.caller = outcome.caller
    response.locals.scheme = operation.guard
    response.locals.locale = localeOf(request.headers['accept-language']) ?? outcome.caller.locale
    next()
  })
  router.use(
    ...normaliseBody((method, path) => {
      const operation = match(method, path)
      return operation?.body ?? 'none'
    }),
  )
  const validation = validator.middleware({
    apiSpec: contract as never,
    validateRequests: { allowUnknownQueryParameters: false },
    validateResponses,
    validateSecurity: { handlers: securityHandlers(guards) },
    ignoreUndocumented: false,
  }) as unknown as RequestHandler[]
  await warmValidator(validation, operations)
  router.use(...validation)
  for (const { method, expressPath, operationId } of operations) {
    router[method as 'get'](expressPath, handle(operationId as keyof Handlers))
  }
  return router

  function handle(operationId: keyof Handlers): RequestHandler {
    const handler = handlers[operationId] as (
      request: unknown,
    ) => Promise<{ status: number; body?: unknown } | Refusal>
    return async (request, response) => {
      const { caller, locale } = response.locals as unknown as { caller: Caller; locale: Locale }
      const { params: path, query, body } = request as { params: unknown; query: unknown; body: unknown }
      if (!isStorable([path, query, body])) throw httpError(400, 'unstorable-text')
      const outcome = await handler({ path, query, body, caller, locale })
      if (isRefusal(outcome)) return answer(response, outcome)
      if (outcome.body === undefined) return void response.status(outcome.status).end()
      response.status(outcome.status).json(outcome.body)
    }
  }

  function answer(response: Response, refusal: Refusal): void {
    const problem = write(refusal, response.locals.locale as Locale, { requestId: response.locals.requestId })
    if (problem.status === 401) response.setHeader('www-authenticate', 'Bearer')
    const retryAfter = refusal.details?.retryAfterSeconds
    if (typeof retryAfter === 'number') response.setHeader('retry-after', retryAfter)
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
  }
}

/** Our guard has decided already; what reaches the validator without its mark fails closed. */
function securityHandlers(guards: Guards) {
  return Object.fromEntries(
    Object.keys(guards).map((scheme) => [
      scheme,
      (request: Request) => {
        if (request.res?.locals.scheme === scheme) return true
        throw httpError(401, 'unauthorized')
      },
    ]),
  )
}

function operationsOf(contract: Contract) {
  return Object.entries(contract.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method, { operationId }]) => METHODS.has(method) && operationId !== 'receiveWebhook')
      .map(([method, { operationId, security = [], requestBody }]) => ({
        method,
        operationId,
        guard: Object.keys(security[0] ?? {})[0],
        body:
          requestBody === undefined
            ? ('none' as const)
            : requestBody.required === true
              ? ('required' as const)
              : ('optional' as const),
        expressPath: path.replace(/\{(\w+)\}/g, ':$1'),
        pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}/?$`),
      })),
  )
}

/** A gap between contract and server stops the start, not the first caller. */
function assertServable(operations: ReturnType<typeof operationsOf>, handlers: object, guards: Guards): void {
  for (const { operationId, guard, expressPath } of operations) {
    if (!(operationId in handlers)) throw new Error(`No handler for ${operationId} (${expressPath})`)
    if (guard !== undefined && !(guard in guards))
      throw new Error(`No guard for the security scheme ${guard} of ${operationId}`)
  }
}

function bearerOf(request: Request): string | undefined {
  return /^Bearer ([^\s]{1,300})$/i.exec(request.headers.authorization ?? '')?.[1]
}
