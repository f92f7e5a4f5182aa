import { keysOf, digest } from './hmac.ts'
import { openMessage, signedHead, type SignWebhookOptions, type WebhookHeaders } from './webhook-message.ts'

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
export function signWebhook(options: SignWebhookOptions): WebhookHeaders {
  const keys = keysOf(options.secrets)
  const message = openMessage(options)
  const head = signedHead(message['webhook-id'], message['webhook-timestamp'])
  const signatures = keys.map((key) => `v1,${digest(key, head, options.body).toString('base64')}`)
  return { ...message, 'webhook-signature': signatures.join(' ') }
}
