import {
  readBodySignature,
  type SignBodyOptions,
  type VerifyBodySignatureOptions,
} from '../body-signature-header.ts'
import { requireRawBody } from '../raw-body.ts'
import { requireTextSecret, requireTextSecrets } from '../secret.ts'
import { digest, equalInConstantTime } from './hmac.ts'

/**
 * Signs a body alone, for the header `X-Signature`: HMAC-SHA256 in 64 lower-case hex digits.
 *
 * **No replay protection**: the signature has no moment and no id. Use {@link signRequest} where you can set three
 * headers. The key is the secret's text as it is shown to the shop.
 *
 * @throws TypeError (rejects) on a parsed body or a secret that can be none.
 *
 * @example
 * await fetch(url, { method: 'POST', headers: { 'x-signature': await signBody({ body, secret }) }, body })
 */
export async function signBody({ body, secret }: SignBodyOptions): Promise<string> {
  requireTextSecret(secret, 'secret')
  requireRawBody(body)
  return toHex(await digest(secret, body))
}

/**
 * Tells whether `X-Signature` was made over exactly these bytes with one of the secrets.
 *
 * **No replay protection**: `true` says who wrote the body, not when, nor that it comes for the first time. Constant in
 * time over the secrets.
 *
 * @throws TypeError (rejects) only on mistakes of the calling program: no secrets, one that can be none, a parsed body.
 *
 * @example
 * await verifyBodySignature({ body, signature: request.headers.get('x-signature'), secrets: [secret] })
 */
export async function verifyBodySignature(options: VerifyBodySignatureOptions): Promise<boolean> {
  const { body, signature, secrets } = options
  requireTextSecrets(secrets)
  requireRawBody(body)
  const digits = readBodySignature(signature)
  if (digits === undefined) return false
  const given = Uint8Array.from(digits.match(/../g)!, (pair) => parseInt(pair, 16))
  const digests = await Promise.all(secrets.map((secret) => digest(secret, body)))
  return digests.map((made) => equalInConstantTime(made, given)).includes(true)
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
