import type { Request, RequestHandler, Response, Router } from 'express'
import express from 'express'
import * as validator from 'express-openapi-validator'
import type { Locale } from '../kernel/locale.ts'
import { isRefusal, refuse, type Refusal } from '../kernel/refusal.ts'
import type { AnswerOnce } from './answer-once.ts'
import { crossOrigin } from './cross-origin.ts'
import { exactSteps } from './exact-steps.ts'
import type { Caller, Handlers } from './handlers.ts'
import { httpError } from './http-error.ts'
import { isStorable } from './is-storable.ts'
import { localeOf } from './locale-of.ts'
import { normaliseBody } from './normalise-body.ts'
import type { ProblemExtras, ProblemWriter } from './problem.ts'
import { readIdempotencyKey } from './read-idempotency-key.ts'
import { warmValidator } from './warm-validator.ts'

export type Contract = { paths: Record<string, Record<string, Operation>>; [part: string]: unknown }
type Operation = {
  operationId: string
  security?: Record<string, string[]>[]
  requestBody?: { required?: boolean }
  parameters?: (Parameter | { $ref: string })[]
  responses?: Record<string, { content?: Record<string, unknown> }>
  'x-tapline-secret-answer'?: boolean
  /** For so long a browser may use the answer again. */
  'x-tapline-fresh-seconds'?: number
  /** Takes or gives raw bytes: served beside us. */
  'x-tapline-raw'?: boolean
}
type Parameter = {
  name: string
  in: string
  schema?: object
  /** A moment for which a day may stand, and which may be typed as it is, with bare colons. */
  'x-tapline-days'?: boolean
}

/** Decides by itself who calls: an unknown one is a refusal, with its own status. */
export type Guard = {
  /** What its bearers begin with, where an operation takes several kinds. */
  prefix: string
  admit: (
    bearer: string | undefined,
    request: {
      remoteAddress: string | undefined
      origin: string | undefined
      operationId: string
    },
  ) => Promise<{ caller: Caller } | Refusal>
}
export type Guards = Readonly<Record<string, Guard>>

type Settings = {
  contract: Contract
  handlers: Handlers
  guards: Guards
  answerOnce: AnswerOnce
  write: ProblemWriter
  fallbackLocale: Locale
  /** In tests our own answers are held to the contract too. */
  validateResponses: boolean
}

type Locals = { caller: Caller; locale: Locale; idempotencyKey: string | undefined }
type ServedOperation = ReturnType<typeof operationsOf>[number]

const KEY_HEADER = 'idempotency-key'
const METHODS = new Set(['get', 'put', 'post', 'patch', 'delete'])

/** Every operation of the contract but the raw ones: guarded, validated, and answered by its handler. */
export async function serveContract({
  contract,
  handlers,
  guards,
  answerOnce,
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
  router.use(crossOrigin(operations))
  // Ours, before the validator: it would turn 429 or 403 of a security handler into 500, and lets everybody in without one.
  router.use(async (request, response, next) => {
    const operation = match(request.method, request.path)
    response.locals.locale = localeOf(request.headers['accept-language']) ?? fallbackLocale
    if (operation === undefined || operation.schemes.length === 0) return next()
    const bearer = bearerOf(request)
    const scheme =
      operation.schemes.find((one) => bearer?.startsWith(guards[one]!.prefix)) ?? operation.schemes[0]!
    const { origin } = request.headers
    const { operationId } = operation
    const outcome = await guards[scheme]!.admit(bearer, { remoteAddress: request.ip, origin, operationId })
    if (isRefusal(outcome)) return answer(response, outcome)
    response.locals.caller = outcome.caller
    response.locals.scheme = scheme
    response.locals.locale = localeOf(request.headers['accept-language']) ?? outcome.caller.locale
    const header = request.headers[KEY_HEADER]
    if (operation.keyed && header !== undefined) {
      response.locals.idempotencyKey = readIdempotencyKey(String(header))
      if (response.locals.idempotencyKey === undefined)
        return answer(response, refuse('idempotency-key-invalid'))
    }
    next()
  })
  router.use(
    ...normaliseBody((method, path) => {
      const operation = match(method, path)
      return operation?.body ?? 'none'
    }),
  )
  const formats = exactSteps(contract)
  const validation = validator.middleware({
    apiSpec: withDays(contract) as never,
    formats,
    validateRequests: { allowUnknownQueryParameters: false },
    validateResponses,
    validateSecurity: { handlers: securityHandlers(guards) },
    ignoreUndocumented: false,
  }) as unknown as RequestHandler[]
  await warmValidator(validation, operations)
  router.use(...validation)
  for (const operation of operations) {
    router[operation.method as 'get'](operation.expressPath, handle(operation))
  }
  return router

  function handle({ operationId, secret, table, freshSeconds }: ServedOperation): RequestHandler {
    const handler = handlers[operationId as keyof Handlers] as (
      request: unknown,
    ) => Promise<{ status: number; body?: unknown } | Refusal>
    return async (request, response) => {
      const { caller, locale, idempotencyKey } = response.locals as unknown as Locals
      const { params: path, query, body } = request as { params: unknown; query: unknown; body: unknown }
      if (!isStorable([path, query, body])) throw httpError(400, 'unstorable-text')
      const work = () => handler({ path, query, body, caller, locale, idempotencyKey })
      const { outcome, replayed } =
        idempotencyKey === undefined
          ? { outcome: await work(), replayed: false }
          : await answerOnce(
              {
                projectId: caller.projectId,
                key: ownKey(caller, idempotencyKey),
                operationId,
                path,
                query,
                body,
                secret,
              },
              work,
            )
      if (replayed) response.setHeader('idempotency-replayed', 'true')
      if (isRefusal(outcome)) return answer(response, outcome)
      if (freshSeconds !== undefined) {
        response.setHeader('cache-control', `public, max-age=${freshSeconds}`)
        // Of one shop, and allowed to some pages only.
        response.vary('Origin, Authorization')
      }
      if (outcome.body === undefined) return void response.status(outcome.status).end()
      if (!table) return void response.status(outcome.status).json(outcome.body)
      // Of one shop alone: nothing between may keep it.
      response.setHeader('cache-control', 'no-store')
      response.status(outcome.status).type('text/csv').send(outcome.body)
    }
  }

  function answer(response: Response, refusal: Refusal): void {
    const { errors } = refusal as { errors?: ProblemExtras['errors'] }
    const problem = write(refusal, response.locals.locale as Locale, {
      requestId: response.locals.requestId,
      errors,
    })
    if (problem.status === 401) response.setHeader('www-authenticate', 'Bearer')
    const retryAfter = refusal.details?.retryAfterSeconds
    if (typeof retryAfter === 'number') response.setHeader('retry-after', retryAfter)
    // One 409 is over in a moment, the others stay.
    if (problem.status === 409)
      response.setHeader('tapline-should-retry', String(typeof retryAfter === 'number'))
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
  }
}

/** Whoever speaks for itself has keys of its own: another browser that names the same one must not get its answer. */
function ownKey({ speaker }: Caller, key: string): string {
  return speaker === undefined ? key : `${speaker.participantId} ${key}`
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
      .filter(([method, operation]) => METHODS.has(method) && operation['x-tapline-raw'] !== true)
      .map(([method, { operationId, security = [], requestBody, parameters = [], responses, ...more }]) => ({
        method,
        operationId,
        schemes: security.flatMap((scheme) => Object.keys(scheme)),
        /** Takes an Idempotency-Key. */
        keyed: parameters
          .map((parameter) => resolve(contract, parameter))
          .some(({ name, in: place }) => place === 'header' && name.toLowerCase() === KEY_HEADER),
        /** Answers with a table instead of JSON. */
        table: responses?.['200']?.content?.['text/csv'] !== undefined,
        secret: more['x-tapline-secret-answer'] === true,
        freshSeconds: more['x-tapline-fresh-seconds'],
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

function resolve(contract: Contract, parameter: Parameter | { $ref: string }): Parameter {
  if (!('$ref' in parameter)) return parameter
  const { parameters } = contract.components as { parameters: Record<string, Parameter> }
  return parameters[parameter.$ref.slice('#/components/parameters/'.length)]!
}

/** A gap between contract and server stops the start, not the first caller. */
function assertServable(operations: ReturnType<typeof operationsOf>, handlers: object, guards: Guards): void {
  for (const { operationId, schemes, expressPath, keyed } of operations) {
    if (!(operationId in handlers)) throw new Error(`No handler for ${operationId} (${expressPath})`)
    for (const scheme of schemes)
      if (!(scheme in guards)) throw new Error(`No guard for the security scheme ${scheme} of ${operationId}`)
    if (keyed && schemes.length === 0)
      throw new Error(`${operationId} takes an Idempotency-Key, but nobody's: it needs a security scheme`)
  }
}

function bearerOf(request: Request): string | undefined {
  return /^Bearer ([^\s]{1,300})$/i.exec(request.headers.authorization ?? '')?.[1]
}

/** What the validator is given: it would ask for an encoded colon, and for a moment where a day will do. */
function withDays(contract: Contract): Contract {
  const copy = structuredClone(contract)
  for (const item of Object.values(copy.paths))
    for (const { parameters } of Object.values(item))
      for (const parameter of parameters ?? [])
        if ('x-tapline-days' in parameter && parameter['x-tapline-days'] === true)
          Object.assign(parameter, {
            allowReserved: true,
            schema: { type: 'string', anyOf: [{ format: 'date-time' }, { format: 'date' }] },
          })
  return copy
}
