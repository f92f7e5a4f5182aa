import { type SignRequestOptions, toMessage } from '../request-message.ts'
import { openMessage, signedHead, type SignWebhookOptions, type WebhookHeaders } from '../webhook-message.ts'
import {
  concludeWebhook,
  readWebhook,
  type VerifyWebhookOptions,
  type VerifyWebhookResult,
} from '../webhook-request.ts'
import { decodeBase64, keysOf, digest, encodeBase64, equalInConstantTime } from './hmac.ts'

/**
 * Signs one attempt to deliver a webhook, after Standard Webhooks, version `v1` (HMAC-SHA256).
 *
 * @throws TypeError (rejects) on an id with a dot, milliseconds, a parsed body, or a secret that can be none.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 *
 * @example
 * const body = JSON.stringify(event)
 * const headers = await signWebhook({ id: event.id, timestamp: new Date(), body, secrets: [secret] })
 * await fetch(url, { method: 'POST', headers, body })
 */
export async function signWebhook(options: SignWebhookOptions): Promise<WebhookHeaders> {
  const keys = keysOf(options.secrets)
  const message = openMessage(options)
  const head = signedHead(message['webhook-id'], message['webhook-timestamp'])
  const digests = await Promise.all(keys.map((key) => digest(key, head, options.body)))
  return {
    ...message,
    'webhook-signature': digests.map((made) => `v1,${encodeBase64(made)}`).join(' '),
  }
}

/**
 * Signs one request to Tapline's door, in one line: {@link signWebhook} with a fresh id and the present moment. It
 * covers the body, not the address and not the method. Sign anew for each try.
 *
 * @throws TypeError (rejects) on a parsed body, an id with a dot, or a secret that can be none.
 *
 * @example
 * await fetch(webhookUrl, { method: 'POST', headers: await signRequest({ body, secrets: [secret] }), body })
 */
export async function signRequest(options: SignRequestOptions): Promise<WebhookHeaders> {
  return signWebhook(toMessage(options))
}

/**
 * Tells whether a request was sent by a holder of one of the secrets, after Standard Webhooks, version `v1`.
 *
 * Answers with a value, whatever a stranger sends; always look at `verified`. It does not parse the body and does not
 * remember ids: within the tolerance the same request verifies again, so keep `id` and answer a repetition as you
 * answered the first. Constant in time over signatures and secrets.
 *
 * @throws TypeError (rejects) only on mistakes of the calling program: no secrets, one that can be none, a parsed body,
 * a tolerance out of bounds, `now` in milliseconds.
 *
 * @example
 * const body = new Uint8Array(await request.arrayBuffer())
 * const webhook = await verifyWebhook({ headers: request.headers, body, secrets: [secret] })
 * if (!webhook.verified) return new Response(null, { status: 401 })
 */
export async function verifyWebhook(options: VerifyWebhookOptions): Promise<VerifyWebhookResult> {
  const keys = keysOf(options.secrets)
  const claim = readWebhook(options)
  if ('reason' in claim) return claim
  const signatures = claim.signatures.map(decodeBase64)
  const head = signedHead(claim.id, claim.timestamp)
  const digests = await Promise.all(keys.map((key) => digest(key, head, options.body)))
  // All with all, so that time tells neither which secret matched nor which signature.
  const matches = digests.map((made) =>
    signatures.map((signature) => equalInConstantTime(made, signature)).includes(true),
  )
  return concludeWebhook(claim, matches)
}
