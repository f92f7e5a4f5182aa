import type { paths } from '@tapline/openapi'
import createClient, { type Client } from 'openapi-fetch'
import { fillAddress } from './address.ts'
import { answer, readBody } from './answer.ts'
import { OPERATIONS, type Methods } from './generated/operations.ts'
import type { CallOptions, Result } from './method.ts'
import { feedOf, itemsOf, pagesOf } from './pages.ts'
import { randomId } from './random-id.ts'
import type { Policy } from './send.ts'
import { IDEMPOTENCY_KEY, sendRequest } from './send-request.ts'

/** The client of openapi-fetch, and a method for each operation, which goes through it. */
export function createMethods(
  baseUrl: string,
  key: string,
  policyOf: (call: CallOptions) => Policy,
): Methods & { raw: Client<paths> } {
  const raw = createClient<paths>({
    baseUrl,
    headers: { accept: 'application/json', authorization: `Bearer ${key}` },
    pathSerializer: fillAddress,
    fetch: (request) => sendRequest(request, { ...policyOf({}), signal: request.signal }),
  })
  raw.use({
    onRequest({ request, schemaPath }) {
      if (request.method === 'POST' && schemaPath.startsWith('/v1/') && !request.headers.has(IDEMPOTENCY_KEY))
        request.headers.set(IDEMPOTENCY_KEY, randomId())
    },
  })
  const methods: Record<string, unknown> = { raw }
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    const parsed = parse(operation)
    const call = (params: Params = {}, options: CallOptions = {}) =>
      callOperation(raw, name, parsed, params, options, policyOf(options))
    const pages = operation.includes('cursor') ? pagesOf : operation.includes('after') ? feedOf : undefined
    methods[name] = Object.assign(
      call,
      pages && {
        pages: (params?: Params, options?: CallOptions) => pages(call, params, options),
        all: (params?: Params, options?: CallOptions) => itemsOf(pages(call, params, options)),
      },
    )
  }
  return methods as unknown as Methods & { raw: Client<paths> }
}

type Params = Record<string, unknown>
type Operation = { method: string; path: string; query: string[]; repeatable: boolean }

/** `POST orders/{orderId}/refunds?storefront`; a `!` at the end where a second time would do it twice. */
function parse(operation: string): Operation {
  const [method, address, once] = operation.split(' ') as [string, string, string?]
  const [path, query] = address.split('?') as [string, string?]
  return { method, path: `/v1/${path}`, query: query?.split(',') ?? [], repeatable: once === undefined }
}

async function callOperation(
  raw: Client<paths>,
  name: string,
  { method, path, query, repeatable }: Operation,
  params: Params,
  options: CallOptions,
  policy: Policy,
): Promise<Result<unknown>> {
  const inQuery: Params = {}
  const rest: Params = {}
  for (const [field, value] of Object.entries(params)) {
    if (value === undefined || path.includes(`{${field}}`)) continue
    ;(query.includes(field) || method === 'GET' || method === 'DELETE' ? inQuery : rest)[field] = value
  }
  const key = method === 'POST' ? (options.idempotencyKey ?? randomId()) : undefined
  const bodied = method === 'PUT' || method === 'PATCH' || Object.keys(rest).length > 0
  // The table is the contract's; its type is lost on the way through it.
  const request = raw.request as unknown as (
    method: string,
    path: string,
    init: object,
  ) => Promise<{ data?: string; error?: unknown; response: Response }>
  const { data, error, response } = await request(method.toLowerCase(), path, {
    params: { path: params, query: inQuery },
    parseAs: 'text',
    ...(bodied ? { body: rest } : {}),
    ...(key === undefined ? {} : { headers: { [IDEMPOTENCY_KEY]: key } }),
    fetch: (request: Request) => sendRequest(request, policy, name, repeatable),
  })
  return answer(response, error ?? readBody(data), key)
}
