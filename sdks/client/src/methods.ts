import type { paths } from '@tapline/openapi'
import createClient, { type Client } from 'openapi-fetch'
import { fillAddress } from './address.ts'
import { answer, readBody } from './answer.ts'
import { OPERATIONS, type Methods } from './generated/operations.ts'
import type { CallOptions, Result } from './method.ts'
import { feedOf, itemsOf, pagesOf } from './pages.ts'
import { randomId } from './random-id.ts'
import { readOperations, type Operation } from './read-operations.ts'
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
  for (const operation of readOperations(OPERATIONS)) {
    const call = (params: Params = {}, options: CallOptions = {}) =>
      callOperation(raw, operation, params, options, policyOf(options))
    const pages = { '*': pagesOf, '>': feedOf }[operation[3]]
    methods[operation[0]] = Object.assign(
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

async function callOperation(
  raw: Client<paths>,
  [name, method, path, mark]: Operation,
  params: Params,
  options: CallOptions,
  policy: Policy,
): Promise<Result<unknown>> {
  const inQuery: Params = {}
  const rest: Params = {}
  for (const [field, value] of Object.entries(params)) {
    if (value === undefined || path.includes(`{${field}}`)) continue
    ;(mark === `?${field}` || /GET|DELETE/.test(method) ? inQuery : rest)[field] = value
  }
  const key = method === 'POST' ? (options.idempotencyKey ?? randomId()) : undefined
  const bodied = /PUT|PATCH/.test(method) || Object.keys(rest).length > 0
  // The table is the contract's; its type is lost on the way through it.
  const request = raw.request as unknown as (
    method: string,
    path: string,
    init: object,
  ) => Promise<{ data?: string; error?: unknown; response: Response }>
  const { data, error, response } = await request(method, path, {
    params: { path: params, query: inQuery },
    parseAs: 'text',
    body: bodied ? rest : undefined,
    headers: key && { [IDEMPOTENCY_KEY]: key },
    fetch: (request: Request) => sendRequest(request, policy, name, mark !== '!'),
  })
  return answer(response, error ?? readBody(data), key)
}
