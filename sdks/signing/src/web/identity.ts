import { openIdentity, type SignIdentityOptions } from '../identity-claims.ts'
import {
  concludeIdentity,
  readIdentity,
  toBase64Url,
  type VerifyIdentityOptions,
  type VerifyIdentityResult,
} from '../identity-token.ts'
import { decodeBase64, digest, encodeBase64, equalInConstantTime } from './hmac.ts'

/**
 * Says who the visitor of a page is, so that the widget shows *their* bonuses and chats: a JSON Web Token, HS256. Make
 * it on the server, for a visitor who is logged in. **Never in a browser**: whoever has the secret can be any customer.
 * It cannot be called back before it expires, so sign anew for each page.
 *
 * @throws TypeError (rejects) on nobody, a value of more than 256 characters, a lifetime out of bounds, or a secret
 * that can be none.
 *
 * @example
 * const token = await signIdentity({ secret, externalId: user.id, email: user.email })
 */
export async function signIdentity(options: SignIdentityOptions): Promise<string> {
  const input = openIdentity(options, (text) => toBase64Url(encodeBase64(new TextEncoder().encode(text))))
  return `${input}.${toBase64Url(encodeBase64(await digest(options.secret, input)))}`
}

/**
 * Tells who a token of {@link signIdentity} says the visitor is. Answers with a value, whatever a stranger sends. Only
 * `HS256` is taken; constant in time over the secrets.
 *
 * @throws TypeError (rejects) only on mistakes of the calling program: no secrets, one that can be none, `now` in
 * milliseconds.
 *
 * @example
 * const visitor = await verifyIdentity({ token, secrets: [secret] })
 * if (visitor.verified) console.log(visitor.identity.email)
 */
export async function verifyIdentity(options: VerifyIdentityOptions): Promise<VerifyIdentityResult> {
  const claim = readIdentity(options)
  if ('reason' in claim) return claim
  const signature = decodeBase64(claim.signature.replaceAll('-', '+').replaceAll('_', '/'))
  const digests = await Promise.all(options.secrets.map((secret) => digest(secret, claim.input)))
  const matches = digests.map((made) => equalInConstantTime(made, signature))
  return concludeIdentity(claim, matches, options.now)
}
