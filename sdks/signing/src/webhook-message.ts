import { mistake } from './mistake.ts'
import { type RawBody, requireRawBody } from './raw-body.ts'
import { toUnixSeconds } from './unix-seconds.ts'

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
export type WebhookHeaders = {
  'webhook-id': string
  /** Unix seconds, ten digits. */
  'webhook-timestamp': string
  /** `v1,<base64>`, one for each secret in the order given, separated by one space. */
  'webhook-signature': string
}

/** A message's id: 1 to 256 visible ASCII characters, no dot. A dot could move bytes between id, timestamp and body. */
export const MESSAGE_ID = /^[!-\-/-~]{1,256}$/
export const MESSAGE_ID_RULE = 'must be 1 to 256 visible ASCII characters without a dot'

/** The headers of a message without its signature; throws a `TypeError` on what can be none. */
export function openMessage({
  id,
  timestamp,
  body,
}: SignWebhookOptions): Omit<WebhookHeaders, 'webhook-signature'> {
  requireRawBody(body)
  if (typeof id !== 'string' || !MESSAGE_ID.test(id)) mistake(`id ${MESSAGE_ID_RULE}`)
  return { 'webhook-id': id, 'webhook-timestamp': String(toUnixSeconds(timestamp, 'timestamp')) }
}

/** What is signed before the body. */
export function signedHead(id: string, timestamp: string): string {
  return `${id}.${timestamp}.`
}
