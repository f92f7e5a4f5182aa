import { createHmac, timingSafeEqual } from 'node:crypto'
import { type RawBody, requireRawBody } from './raw-body.ts'
import { requireTextSecret, requireTextSecrets } from './secret.ts'

/** What {@link signBody} signs, and with what. */
export interface SignBodyOptions {
  /** Send these very bytes. */
  body: RawBody
  /** The key is this text as it stands, in UTF-8, `whsec_` included; nothing is decoded. At least 24 characters. */
  secret: string
}

/** What {@link verifyBodySignature} needs. */
export interface VerifyBodySignatureOptions {
  /** The bytes as they arrived, before any parser. */
  body: RawBody
  /**
   * The value of `X-Signature`: 64 hex digits in either case, with or without `sha256=` before them. May be passed as
   * the framework gives it; absent, doubled or malformed is `false`, not an error.
   */
  signature: string | readonly string[] | null | undefined
  /** Every secret that may still be in use, 1 to 10, as for {@link SignBodyOptions.secret}. */
  secrets: readonly string[]
}

const SIGNATURE = /^(?:sha256=)?([0-9a-f]{64})$/i

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
  return digestBody(secret, body).toString('hex')
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
  const given = decodeSignature(signature)
  if (given === undefined) return false
  return secrets.map((secret) => timingSafeEqual(digestBody(secret, body), given)).includes(true)
}

function digestBody(secret: string, body: RawBody): Buffer {
  return createHmac('sha256', secret).update(body).digest()
}

function decodeSignature(signature: VerifyBodySignatureOptions['signature']): Buffer | undefined {
  const single = Array.isArray(signature) && signature.length === 1 ? (signature[0] as unknown) : signature
  const digits = typeof single === 'string' ? SIGNATURE.exec(single)?.[1] : undefined
  return digits === undefined ? undefined : Buffer.from(digits, 'hex')
}
