import { digest, timingSafeEqual } from './hmac.ts'
import {
  concludeIdentity,
  readIdentity,
  type VerifyIdentityOptions,
  type VerifyIdentityResult,
} from './identity-token.ts'

/**
 * Tells who a token of {@link signIdentity} says the visitor is. Tapline does this for you; it is here for tests, and
 * for a server of yours that reads the same token.
 *
 * Answers with a value, whatever a stranger sends. Only `HS256` is taken, whatever the token itself asks for; constant
 * in time over the secrets. Within its lifetime a token is good any number of times.
 *
 * @throws TypeError only on mistakes of the calling program: no secrets, one that can be none, `now` in milliseconds.
 *
 * @example
 * const visitor = verifyIdentity({ token, secrets: [secret] })
 * if (visitor.verified) console.log(visitor.identity.email)
 */
export function verifyIdentity(options: VerifyIdentityOptions): VerifyIdentityResult {
  const claim = readIdentity(options)
  if ('reason' in claim) return claim
  const signature = Buffer.from(claim.signature, 'base64url')
  const matches = options.secrets.map((secret) => timingSafeEqual(digest(secret, claim.input), signature))
  return concludeIdentity(claim, matches, options.now)
}
