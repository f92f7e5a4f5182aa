import { type RawBody, requireRawBody } from './raw-body.ts'
import { decodeSecrets } from './secret.ts'
import { digestMessage, MESSAGE_ID, toUnixSeconds } from './signed-message.ts'

/** What {@link signWebhook} signs, and with what. */
export interface SignWebhookOptions {
  /**
   * Names the event, and stays the same over all its retries: the receiver drops what it has already seen. 1 to 256
   * visible ASCII characters, no `.`.
   */
  id: string
  /**
   * The moment of this *attempt*, not of the event: take it anew for each retry, or the receiver finds it too old.
   * A `Date`, or whole Unix seconds; never milliseconds.
   */
  timestamp: Date | number
  /** Send these very bytes. Serialise once, sign that, send that. */
  body: RawBody
  /**
   * Every live secret of the endpoint, 1 to 10, each `whsec_…` (the prefix may be absent) of 24 to 64 bytes. Each adds
   * a signature, so during a rotation the receiver may know the old one, the new one, or both.
   */
  secrets: readonly string[]
}

/** The three headers, ready to be spread into `fetch`'s. */
export interface WebhookHeaders {
  'webhook-id': string
  /** Unix seconds, ten digits. */
  'webhook-timestamp': string
  /** `v1,<base64>`, one for each secret in the order given, separated by one space. */
  'webhook-signature': string
}

/**
 * Signs one attempt to deliver a webhook, after Standard Webhooks, version `v1` (HMAC-SHA256).
 *
 * Not for browsers: whoever holds the secret can send in your name. Not for hiding either: the body stays readable,
 * TLS hides it. Synchronous, a few microseconds for 2 KB; time grows with the number of secrets.
 *
 * @throws TypeError on an id with a dot, milliseconds, a parsed body, or a secret that can be none.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 *
 * @example
 * const body = JSON.stringify(event)
 * const headers = signWebhook({ id: event.id, timestamp: new Date(), body, secrets: [secret] })
 * await fetch(url, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body })
 */
export function signWebhook({ id, timestamp, body, secrets }: SignWebhookOptions): WebhookHeaders {
  const keys = decodeSecrets(secrets)
  requireRawBody(body)
  requireMessageId(id)
  const seconds = toUnixSeconds(timestamp, 'timestamp')
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': keys
      .map((key) => `v1,${digestMessage(key, id, seconds, body).toString('base64')}`)
      .join(' '),
  }
}

function requireMessageId(id: unknown): void {
  if (typeof id === 'string' && MESSAGE_ID.test(id)) return
  const kind = typeof id === 'string' ? JSON.stringify(id.slice(0, 64)) : id === null ? 'null' : typeof id
  throw new TypeError(`id is ${kind}: use 1 to 256 visible ASCII characters without "."`)
}
