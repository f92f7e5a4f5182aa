import { decodeBase64, keysOf, digest, timingSafeEqual } from './hmac.ts'
import { signedHead } from './webhook-message.ts'
import {
  concludeWebhook,
  readWebhook,
  type VerifyWebhookOptions,
  type VerifyWebhookResult,
} from './webhook-request.ts'

/**
 * Tells whether a request was sent by a holder of one of the secrets, after Standard Webhooks, version `v1`.
 *
 * Answers with a value, whatever a stranger sends; always look at `verified`. It does not parse the body and does not
 * remember ids: within the tolerance the same request verifies again, so keep `id` and answer a repetition as you
 * answered the first. Signatures of other versions (`v1a`) are passed over. Constant in time over signatures and
 * secrets; synchronous, a few microseconds for 2 KB.
 *
 * @throws TypeError only on mistakes of the calling program: no secrets, one that can be none, a parsed body, a
 * tolerance out of bounds, `now` in milliseconds.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 *
 * @example
 * const body = new Uint8Array(await request.arrayBuffer())
 * const webhook = verifyWebhook({ headers: request.headers, body, secrets: [secret] })
 * if (!webhook.verified) return new Response(webhook.message, { status: 401 })
 */
export function verifyWebhook(options: VerifyWebhookOptions): VerifyWebhookResult {
  const keys = keysOf(options.secrets)
  const claim = readWebhook(options)
  if ('reason' in claim) return claim
  const signatures = claim.signatures.map(decodeBase64)
  const head = signedHead(claim.id, claim.timestamp)
  const matches = keys.map((key) => {
    const made = digest(key, head, options.body)
    // All with all, so that time tells neither which secret matched nor which signature.
    return signatures.map((signature) => timingSafeEqual(made, signature)).includes(true)
  })
  return concludeWebhook(claim, matches)
}
