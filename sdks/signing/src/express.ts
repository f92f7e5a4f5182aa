/**
 * Receive Tapline's events with Express 4 and 5, or with anything that calls `(request, response, next)`.
 *
 * @packageDocumentation
 */
import { isBytes } from './raw-body.ts'
import {
  bodyTooLarge,
  createReceiver,
  openEvent,
  type Answer,
  type ReceivedWebhook,
  type ReceiveOptions,
  type WebhookEvent,
} from './received-webhook.ts'
import { keysOf } from './hmac.ts'
import { verifyWebhook } from './verify-webhook.ts'
import type { HeaderRecord } from './webhook-request.ts'

export type { ReceivedWebhook, ReceiveOptions, Refusal, WebhookEvent } from './received-webhook.ts'
export type { HeaderRecord, WebhookRefusalReason } from './webhook-request.ts'

declare global {
  namespace Express {
    interface Request {
      /** Set by `receiveWebhook` of `@tapline/signing/express` on what it lets through. */
      webhook?: ReceivedWebhook
    }
  }
}

/** What is used of Node's `IncomingMessage`, and so of Express's `Request`. */
export interface IncomingRequest {
  headers: HeaderRecord
  /** What a body parser left, if one ran. */
  body?: unknown
  /** Whether somebody has read of the stream. */
  readonly readableDidRead: boolean
  // What newer @types/node can be assigned to.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  on(event: string, listener: (...values: any[]) => void): unknown
  pause(): unknown
}

/** What is used of Node's `ServerResponse`, and so of Express's `Response`. */
export interface OutgoingResponse {
  statusCode: number
  setHeader(name: string, value: string): unknown
  end(body?: string): unknown
}

/** Does what the event asks for. When it is done the sender gets 204; what it throws goes to `next`. */
export type EventHandler<Event extends WebhookEvent = WebhookEvent> = (
  event: Event,
  webhook: ReceivedWebhook<Event>,
) => Promise<void> | void

/** A middleware of Express. */
export type Middleware = (
  request: IncomingRequest,
  response: OutgoingResponse,
  next: (error?: unknown) => void,
) => void

/**
 * Makes a middleware that reads the raw body, verifies it and only then calls your handler with the parsed event. With
 * no handler it sets `request.webhook` and goes on to the next one, which answers.
 *
 * A request that proves nothing gets 401, a body over `maxBodyBytes` 413, one that is no event 400; the text is
 * constant and says nothing more, `onRefused` is told why. When your handler throws, `next` gets it, Express answers
 * with 500 and Tapline tries again later. It does not remember ids: see {@link ReceivedWebhook.id}.
 *
 * It has to come before `express.json()`, which takes the bytes away; after `express.raw()` it uses what that has read.
 * Where a parser has been, `next` gets a `TypeError` that says so.
 *
 * @throws TypeError at once, on no secrets, one that can be none, or a `maxBodyBytes` out of bounds.
 *
 * @example
 * app.post('/tapline', receiveWebhook({ secrets: [process.env.TAPLINE_WEBHOOK_SECRET!] }, async (event) => {
 *   if (event.type === 'bonus.awarded') await congratulate(event.data)
 * }))
 */
export function receiveWebhook<Event extends WebhookEvent = WebhookEvent>(
  options: ReceiveOptions,
  handler?: EventHandler<Event>,
): Middleware {
  const { secrets, toleranceSeconds } = options
  const { maxBodyBytes, refuse } = createReceiver(options)
  keysOf(secrets)

  async function receive(request: IncomingRequest): Promise<ReceivedWebhook<Event> | Answer> {
    const body = await rawBodyOf(request, maxBodyBytes)
    if (body === undefined) return refuse(bodyTooLarge(maxBodyBytes))
    const result = verifyWebhook({ headers: request.headers, body, secrets, toleranceSeconds })
    const webhook = openEvent<Event>(result, body)
    return 'reason' in webhook ? refuse(webhook) : webhook
  }

  return (request, response, next) => {
    receive(request)
      .then(async (outcome) => {
        if ('status' in outcome) return answer(response, outcome)
        if (handler) {
          await handler(outcome.event, outcome)
          return answer(response, { status: 204, body: null })
        }
        Object.assign(request, { webhook: outcome })
        next()
      })
      .catch(next)
  }
}

function answer(response: OutgoingResponse, { status, body }: Answer): void {
  response.statusCode = status
  // What is left of a body that was not read to its end must not be taken for the next request.
  if (status === 413) response.setHeader('connection', 'close')
  if (body === null) return void response.end()
  response.setHeader('content-type', 'text/plain')
  response.end(body)
}

async function rawBodyOf(
  request: IncomingRequest,
  maxBytes: number,
): Promise<string | Uint8Array | undefined> {
  const { body } = request
  if (typeof body === 'string' || isBytes(body)) return body.length > maxBytes ? undefined : body
  if (request.readableDidRead) {
    throw new TypeError(
      'A body parser was here before receiveWebhook and took the bytes away that are signed: ' +
        'put app.post(…, receiveWebhook(…)) above app.use(express.json()), or express.raw({ type: () => true }) before it',
    )
  }
  return readBody(request, maxBytes)
}

function readBody(request: IncomingRequest, maxBytes: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers['content-length']) > maxBytes) return Promise.resolve(undefined)
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    let size = 0
    request.on('data', (chunk: Uint8Array) => {
      size += chunk.length
      if (size <= maxBytes) return chunks.push(chunk)
      request.pause()
      resolve(undefined)
    })
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', reject)
  })
}
