/**
 * Receive Tapline's events with Fastify 4 and 5.
 *
 * @packageDocumentation
 */
import {
  createReceiver,
  openEvent,
  type ReceivedWebhook,
  type ReceiveOptions,
  type WebhookEvent,
} from './received-webhook.ts'
import { keysOf } from './hmac.ts'
import { verifyWebhook } from './verify-webhook.ts'
import type { HeaderRecord } from './webhook-request.ts'

export type { ReceivedWebhook, ReceiveOptions, Refusal, WebhookEvent } from './received-webhook.ts'
export type { HeaderRecord, WebhookRefusalReason } from './webhook-request.ts'

/** What every adapter takes, and where the events come in. */
export interface ReceiveAtOptions extends ReceiveOptions {
  /** The path of the route, as Fastify takes it: `/tapline`. A prefix of `register` goes before it. */
  url: string
}

/** Does what the event asks for. When it is done the sender gets 204; what it throws is Fastify's to answer. */
export type EventHandler<Event extends WebhookEvent = WebhookEvent> = (
  event: Event,
  webhook: ReceivedWebhook<Event>,
) => Promise<void> | void

/** What is used of a `FastifyReply`. */
export interface Reply {
  code(status: number): Reply
  type(contentType: string): Reply
  send(body?: string): Reply
}

/** What is used of a `FastifyInstance`. */
export interface FastifyScope {
  removeAllContentTypeParsers(): void
  addContentTypeParser(
    contentType: string,
    options: { parseAs: 'buffer'; bodyLimit: number },
    parser: (request: unknown, body: unknown) => Promise<unknown>,
  ): unknown
  post(
    url: string,
    handler: (request: { headers: HeaderRecord; body: unknown }, reply: Reply) => Promise<Reply>,
  ): unknown
}

/**
 * Makes a plugin with one `POST` route that reads the raw body, verifies it and only then calls your handler with the
 * parsed event. The rest of your application keeps its own parsers.
 *
 * A request that proves nothing gets 401, one that is no event 400; the text is constant and says nothing more,
 * `onRefused` is told why. A body over `maxBodyBytes` is Fastify's 413. When your handler throws, Fastify answers with
 * 500 and Tapline tries again later. It does not remember ids: see {@link ReceivedWebhook.id}.
 *
 * @throws TypeError at once, on no secrets, one that can be none, or a `maxBodyBytes` out of bounds.
 *
 * @example
 * app.register(receiveWebhook({ url: '/tapline', secrets: [process.env.TAPLINE_WEBHOOK_SECRET!] }, async (event) => {
 *   if (event.type === 'bonus.awarded') await congratulate(event.data)
 * }))
 */
export function receiveWebhook<Event extends WebhookEvent = WebhookEvent>(
  options: ReceiveAtOptions,
  handler: EventHandler<Event>,
): (scope: FastifyScope) => Promise<void> {
  const { url, secrets, toleranceSeconds } = options
  const { maxBodyBytes, refuse } = createReceiver(options)
  keysOf(secrets)
  return async (scope) => {
    scope.removeAllContentTypeParsers()
    const options = { parseAs: 'buffer', bodyLimit: maxBodyBytes } as const
    scope.addContentTypeParser('*', options, async (_request, body) => body)
    scope.post(url, async ({ headers, body }, reply) => {
      const bytes = (body ?? new Uint8Array()) as Uint8Array
      const result = verifyWebhook({ headers, body: bytes, secrets, toleranceSeconds })
      const webhook = openEvent<Event>(result, bytes)
      if ('reason' in webhook) {
        const { status, body: text } = refuse(webhook)
        return reply
          .code(status)
          .type('text/plain')
          .send(text ?? '')
      }
      await handler(webhook.event, webhook)
      return reply.code(204).send()
    })
  }
}
