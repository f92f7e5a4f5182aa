import { send, type Policy } from './send.ts'

export const IDEMPOTENCY_KEY = 'idempotency-key'
const DOOR = '/api/webhook/'

/** Sends what openapi-fetch has put together. */
export async function sendRequest(
  request: Request,
  policy: Policy,
  name?: string,
  mayRepeat = true,
): Promise<Response> {
  const { method, url, headers } = request
  const { pathname } = new URL(url)
  const secret = pathname.split(DOOR)[1]
  const key = headers.get(IDEMPOTENCY_KEY) ?? headers.get('webhook-id') ?? undefined
  const idempotent = /^(GET|HEAD|PUT|DELETE)$/.test(method)
  const body = await request.arrayBuffer()
  return send(
    {
      name: name ?? `${method} ${pathname}`,
      url,
      method,
      headers,
      body: body.byteLength ? body : undefined,
      key,
      repeatable: mayRepeat && (idempotent || key !== undefined || secret !== undefined),
      secret,
    },
    policy,
  )
}
