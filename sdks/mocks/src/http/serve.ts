import { HttpResponse, http, type HttpHandler } from 'msw'
import { ANSWERS } from '../answers/answers.ts'
import { check, type Misfit } from '../contract/check.ts'
import { contract, RAW, type Operation, type ServedId } from '../contract/contract.ts'
import { settleTime } from '../shop/books/settle-time.ts'
import { presentRefusal } from '../shop/present.ts'
import { isRefusal, refuse, type Refusal } from '../shop/refusal.ts'
import type { Shop } from '../shop/state.ts'
import { admit, prove } from './admit.ts'
import { answerOnce, readIdempotencyKey } from './answer-once.ts'
import { problemOf } from './problems.ts'
import type { AnyReply, Caller } from './request.ts'

type Setting = {
  shop: Shop
  baseUrl: string
  secretKey: string
  publishableKey: string
  signingSecret: string
}
type Params = Record<string, string | readonly string[] | undefined>

/** A handler for every operation of the contract but the door, then for every other method and path under `/v1`. */
export function serveContract(setting: Setting): HttpHandler[] {
  const served = Object.entries(contract.operations).filter(
    ([id]) => !(RAW as readonly string[]).includes(id),
  )
  const handlers = served.map(([id, operation]) => {
    const path = setting.baseUrl + operation.path.replace(/\{(\w+)\}/g, ':$1')
    return http[operation.method](path, ({ request, params }) =>
      answer(setting, id as keyof typeof ANSWERS, operation, request, params),
    )
  })
  const paths = new Map<string, string[]>()
  for (const [, { path, method }] of served)
    paths.set(path, [...(paths.get(path) ?? []), method.toUpperCase()])
  const wrongMethods = [...paths].map(([path, methods]) =>
    http.all(setting.baseUrl + path.replace(/\{(\w+)\}/g, ':$1'), ({ request }) => {
      const pointer = new URL(request.url).pathname
      const errors = [{ pointer, code: '', message: `${request.method} method not allowed` }]
      const allow = [...methods].reverse().join(', ')
      return respond(setting.shop, { refused: 'method-not-allowed', errors }, { allow })
    }),
  )
  const unknown = ['/v1/*', '/admin/v1/*', '/api/*'].map((path) =>
    http.all(setting.baseUrl + path, () => respond(setting.shop, refuse('not-found'))),
  )
  return [...handlers, ...wrongMethods, ...unknown]
}

async function answer(
  { shop, signingSecret, ...keys }: Setting,
  operationId: ServedId,
  operation: Operation,
  request: Request,
  params: Params,
): Promise<Response> {
  settleTime(shop)
  const caller = admit({ shop, ...keys }, operation, request.headers)
  if (isRefusal(caller))
    return respond(shop, caller, caller.refused === 'unauthorized' ? { 'www-authenticate': 'Bearer' } : {})

  const header = operation.keyed ? request.headers.get('idempotency-key') : null
  const idempotencyKey = header === null ? undefined : readIdempotencyKey(header)
  if (header !== null && idempotencyKey === undefined) return respond(shop, refuse('idempotency-key-invalid'))

  const body = await readBody(operation, request)
  if (isRefusal(body)) return respond(shop, body)
  const path = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]))
  const query = readQuery(operation, new URL(request.url).searchParams)
  if (isRefusal(query)) return respond(shop, query)
  const misfits = misfitsOf(operation, path, query, body)
  if (misfits.length > 0) return respond(shop, { refused: 'invalid-request', errors: misfits.map(told) })

  const { identity } = (body ?? {}) as { identity?: string }
  const proven = operationId === 'createVisitorSession' && identity !== undefined ? await prove(identity, signingSecret, shop.now()) : undefined // prettier-ignore
  if (isRefusal(proven)) return respond(shop, proven, { 'www-authenticate': 'Bearer' })
  const asked = { path, query, body, idempotencyKey, caller: { ...caller, ...(proven && { proven }) } }
  const work = () => ANSWERS[operationId](shop, asked)
  const { outcome, replayed } =
    idempotencyKey === undefined
      ? { outcome: work(), replayed: false }
      : answerOnce(
          shop,
          { ...asked, key: ownKey(caller, idempotencyKey), operationId, secret: operation.secret },
          work,
        )
  return respond(shop, outcome, replayed ? { 'idempotency-replayed': 'true' } : {})
}

/** Whoever speaks for itself has keys of its own. */
function ownKey({ speaker }: Caller, key: string): string {
  return speaker === undefined ? key : `${speaker.id} ${key}`
}

/** The answer over HTTP, or the problem document of a refusal. */
export function respond(
  shop: Shop,
  outcome: AnyReply | Refusal,
  headers: Record<string, string> = {},
  inboxItemId?: string,
): Response {
  const requestId = shop.newId('request')
  const all = { 'x-request-id': requestId, ...headers }
  if (isRefusal(outcome)) {
    const problem = problemOf(presentRefusal(outcome, shop.state.currency), requestId, inboxItemId)
    const type = { 'content-type': 'application/problem+json; charset=utf-8' }
    return new HttpResponse(JSON.stringify(problem), { status: problem.status, headers: { ...type, ...all } })
  }
  const { status, body } = outcome
  if (body === undefined) return new HttpResponse(null, { status, headers: all })
  const type = { 'content-type': 'application/json; charset=utf-8' }
  return new HttpResponse(JSON.stringify(body), { status, headers: { ...type, ...all } })
}

async function readBody({ body: wanted }: Operation, request: Request): Promise<unknown> {
  const text = await request.text()
  if (wanted === null) return undefined
  if (text === '') return wanted.required ? refuse('body-required') : undefined
  const type = (request.headers.get('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()
  if (type !== 'application/json')
    return refuse('unsupported-media-type', { contentType: type.slice(0, 100) })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return refuse('malformed-json')
  }
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : refuse('object-required')
}

/** Query parameters as their types, where they can be read so. */
function readQuery({ parameters }: Operation, given: URLSearchParams): Record<string, unknown> | Refusal {
  const query: Record<string, unknown> = {}
  for (const name of new Set(given.keys())) {
    const parameter = parameters.find((one) => one.in === 'query' && one.name === name)
    if (parameter === undefined) {
      const message = `Unknown query parameter '${name}'`
      return { refused: 'invalid-request', errors: [{ pointer: `/query/${name}`, code: '', message }] }
    }
    const value = given.get(name)!
    query[name] = parameter.schema.type === 'integer' && /^-?\d+$/.test(value) ? Number(value) : value
  }
  return query
}

function misfitsOf(
  { parameters, body: wanted }: Operation,
  path: Record<string, string>,
  query: Record<string, unknown>,
  body: unknown,
): Misfit[] {
  const places = { query, path: path as Record<string, unknown> }
  const nameOf = { query: 'query', path: 'params' }
  const missing = parameters.filter(
    (one) => one.in === 'query' && one.required === true && !(one.name in query),
  )
  const required = missing.map(({ name }): Misfit => {
    return { path: `/query/${name}`, keyword: 'required', message: `must have required property '${name}'` }
  })
  const unfit = (['query', 'path'] as const).flatMap((place) =>
    parameters
      .filter((one) => one.in === place && places[place][one.name] !== undefined)
      .flatMap(({ name, schema }) => check(schema, places[place][name], false, `/${nameOf[place]}/${name}`)),
  )
  const [first] = [...required, ...unfit]
  const ofBody = wanted === null || body === undefined ? [] : check(wanted.schema, body)
  return withoutNoise([...(first === undefined ? [] : [first]), ...ofBody])
}

/** Where what was sent is nearly one of several forms, what is wrong with that one; not that it is none of the others either. */
function withoutNoise(misfits: Misfit[]): Misfit[] {
  const isChoice = ({ keyword }: Misfit) => keyword === 'oneOf' || keyword === 'anyOf'
  const told = misfits.filter(
    (one) => !isChoice(one) || !misfits.some((other) => !isChoice(other) && other.path.startsWith(one.path)),
  )
  return told.filter(
    (one) => one.message !== 'must be null' || !told.some((other) => other.path.startsWith(`${one.path}/`)),
  )
}

function told({ path, keyword, message, missing }: Misfit) {
  return { pointer: missing === undefined ? path : `${path}/${missing}`, code: keyword, message }
}
