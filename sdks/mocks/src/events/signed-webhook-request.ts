import type { TaplineEvent } from '@tapline/client'
import { signWebhook } from '@tapline/signing/web'

/** How {@link signedWebhookRequest} signs, and what it spoils. */
export interface SignedWebhookRequestOptions {
  /** The secret that your receiver verifies with, `whsec_…`; a list during a rotation, which gives a signature each. */
  secret: string | readonly string[]
  /** Where it is sent to. `https://shop.example/webhooks/tapline` when absent. */
  url?: string
  /**
   * The moment of this attempt: a `Date`, or whole Unix seconds. Now when absent, so that a receiver finds it fresh.
   */
  timestamp?: Date | number
  /**
   * What went wrong on the way, for tests of what your receiver turns away:
   *
   * - `body`: changed after it was signed
   * - `signature`: made with another secret
   * - `timestamp`: an hour old, and so signed: somebody repeats what he recorded
   * - `unsigned`: the header `webhook-signature` is missing
   */
  tamper?: 'body' | 'signature' | 'timestamp' | 'unsigned'
}

const HOUR_S = 3_600
const STRANGERS_SECRET = `whsec_${'c3RyYW5nZXIn'.repeat(3)}`

/**
 * The request that Tapline would make to deliver an event: a POST with the event as JSON, signed after Standard Webhooks.
 * Hand it to your receiver as it is.
 *
 * @throws TypeError when the secret can be none (24 to 64 bytes in base64, with or without `whsec_`).
 *
 * @example
 * const request = await signedWebhookRequest(events.bonusAwarded({ amount: '100.00' }), { secret })
 * const response = await receive(request)
 * response.status // 204
 */
export async function signedWebhookRequest(
  event: TaplineEvent,
  options: SignedWebhookRequestOptions,
): Promise<Request> {
  const { secret, url = 'https://shop.example/webhooks/tapline', timestamp = new Date(), tamper } = options
  const secrets = typeof secret === 'string' ? [secret] : secret
  const body = JSON.stringify(event)
  const signed = await signWebhook({
    id: event.id,
    timestamp: tamper === 'timestamp' ? anHourBefore(timestamp) : timestamp,
    body,
    secrets: tamper === 'signature' ? [STRANGERS_SECRET] : secrets,
  })
  const headers = new Headers({ 'content-type': 'application/json', 'user-agent': 'Tapline', ...signed })
  if (tamper === 'unsigned') headers.delete('webhook-signature')
  return new Request(url, {
    method: 'POST',
    headers,
    body: tamper === 'body' ? body.replace('{', '{ ') : body,
  })
}

function anHourBefore(timestamp: Date | number): number {
  const seconds = typeof timestamp === 'number' ? timestamp : Math.floor(timestamp.getTime() / 1_000)
  return seconds - HOUR_S
}
