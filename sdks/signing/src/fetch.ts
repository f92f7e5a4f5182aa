/**
 * Receive Tapline's events where handlers take a `Request` and give a `Response`: Hono, Next.js, Cloudflare Workers,
 * Deno, Bun. Uses WebCrypto only.
 *
 * @packageDocumentation
 */
import {
  bodyTooLarge,
  createReceiver,
  openEvent,
  type Answer,
  type ReceivedWebhook,
  type ReceiveOptions,
  type WebhookEvent,
} from './received-webhook.ts'
import { concatenate } from './web/hmac.ts'
import { verifyWebhook } from './web/webhook.ts'

export type { ReceivedWebhook, ReceiveOptions, Refusal, WebhookEvent } from './received-webhook.ts'
export type { WebhookRefusalReason } from './webhook-request.ts'

/** Does what the event asks for. Answers 204 unless it gives a `Response` of its own; what it throws is the framework's. */
export type EventHandler<Event extends WebhookEvent = WebhookEvent> = (
  event: Event,
  webhook: ReceivedWebhook<Event>,
) => Promise<Response | void> | Response | void

/**
 * Makes a handler that reads the raw body, verifies it, and only then calls yours with the parsed event.
 *
 * A request that proves nothing gets 401, a body over `maxBodyBytes` 413, one that is no event 400; the text is
 * constant and says nothing more, `onRefused` is told why. When your handler throws, the framework answers with 500
 * and Tapline tries again later. It does not remember ids: see {@link ReceivedWebhook.id}.
 *
 * Secrets are looked at with each request, not when the handler is made: builders load modules where no secrets are.
 *
 * @throws TypeError (the handler rejects) only on mistakes of the calling program: no secrets, one that can be none, or
 * a request whose body was read before.
 *
 * @example
 * // app/api/tapline/route.ts of Next.js
 * export const POST = receiveWebhook({ secrets: [process.env.TAPLINE_WEBHOOK_SECRET!] }, async (event) => {
 *   if (event.type === 'bonus.awarded') await congratulate(event.data)
 * })
 */
export function receiveWebhook<Event extends WebhookEvent = WebhookEvent>(
  options: ReceiveOptions,
  handler: EventHandler<Event>,
): (request: Request) => Promise<Response> {
  const { maxBodyBytes, refuse } = createReceiver(options)
  return async (request) => {
    const body = await readBody(request, maxBodyBytes)
    if (body === undefined) return toResponse(refuse(bodyTooLarge(maxBodyBytes)))
    const { secrets, toleranceSeconds } = options
    const result = await verifyWebhook({ headers: request.headers, body, secrets, toleranceSeconds })
    const webhook = openEvent<Event>(result, body)
    if ('reason' in webhook) return toResponse(refuse(webhook))
    return (await handler(webhook.event, webhook)) ?? toResponse({ status: 204, body: null })
  }
}

async function readBody(request: Request, maxBytes: number): Promise<Uint8Array | undefined> {
  if (request.bodyUsed) {
    throw new TypeError(
      'The body of the request was read before: hand the request on before request.json() or request.text(), or a clone()',
    )
  }
  if (Number(request.headers.get('content-length')) > maxBytes) return undefined
  if (!request.body) return new Uint8Array()
  const reader = request.body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { value } = (await reader.read()) as { value?: Uint8Array }
    if (value === undefined) return concatenate(chunks)
    size += value.length
    if (size > maxBytes) {
      await reader.cancel()
      return undefined
    }
    chunks.push(value)
  }
}

function toResponse({ status, body }: Answer): Response {
  return new Response(body, { status })
}
