import {
  readBodySignature,
  type SignBodyOptions,
  type VerifyBodySignatureOptions,
} from './body-signature-header.ts'
import { digest, timingSafeEqual } from './hmac.ts'
import { requireRawBody } from './raw-body.ts'
import { requireTextSecret, requireTextSecrets } from './secret.ts'

/**
 * Signs a body alone, for the header `X-Signature`: HMAC-SHA256 in 64 lower-case hex digits.
 *
 * **No replay protection**: the signature has no moment and no id, so whoever has recorded a request can send it again
 * for as long as the secret lives. Use {@link signWebhook} where you can set three headers. Where you cannot, the
 * receiver has to recognise repetitions by the order's own id, which Tapline does.
 *
 * The key is the secret's text as it is shown to the shop, not the bytes that its base64 stands for. That makes it one
 * line everywhere; in PHP `hash_hmac('sha256', $body, $secret)`.
 *
 * @throws TypeError on a parsed body or a secret that can be none.
 *
 * @example
 * const body = JSON.stringify(order)
 * await fetch(url, { method: 'POST', headers: { 'x-signature': signBody({ body, secret }) }, body })
 */
export function signBody({ body, secret }: SignBodyOptions): string {
  requireTextSecret(secret, 'secret')
  requireRawBody(body)
  return digest(secret, body).toString('hex')
}

/**
 * Tells whether `X-Signature` was made over exactly these bytes with one of the secrets.
 *
 * **No replay protection**: `true` says who wrote the body, not when, nor that it comes for the first time; see
 * {@link signBody}. Constant in time over the secrets.
 *
 * @throws TypeError only on mistakes of the calling program: no secrets, one that can be none, a parsed body.
 *
 * @example
 * verifyBodySignature({ body: rawBody, signature: request.headers['x-signature'], secrets: [secret] })
 */
export function verifyBodySignature({ body, signature, secrets }: VerifyBodySignatureOptions): boolean {
  requireTextSecrets(secrets)
  requireRawBody(body)
  const digits = readBodySignature(signature)
  if (digits === undefined) return false
  const given = Buffer.from(digits, 'hex')
  return secrets.map((secret) => timingSafeEqual(digest(secret, body), given)).includes(true)
}
