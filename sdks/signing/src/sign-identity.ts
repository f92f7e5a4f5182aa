import { digest } from './hmac.ts'
import { openIdentity, type SignIdentityOptions } from './identity-claims.ts'

/**
 * Says who the visitor of a page is, so that the widget shows *their* bonuses and chats: a JSON Web Token, HS256.
 *
 * Make it on the server, for a visitor who is logged in, and put it into the page. **Never in a browser**: whoever has
 * the secret can be any customer. The token is readable; it proves, it does not hide. It cannot be called back before
 * it expires, so keep it short-lived and sign anew for each page.
 *
 * Claims: `aud` `tapline`; `externalId`, `email`, `phone`, `name` as far as given; `iat` and `exp`. The key is the
 * secret's text as it is shown, so any language's library makes the same; in PHP `JWT::encode($claims, $secret, 'HS256')`.
 *
 * @throws TypeError on nobody (none of the three), a value of more than 256 characters, a lifetime out of bounds, or a
 * secret that can be none.
 * @see https://www.rfc-editor.org/rfc/rfc7519
 *
 * @example
 * const token = signIdentity({ secret, externalId: user.id, email: user.email, name: user.name })
 */
export function signIdentity(options: SignIdentityOptions): string {
  const input = openIdentity(options, (text) => Buffer.from(text).toString('base64url'))
  return `${input}.${digest(options.secret, input).toString('base64url')}`
}
