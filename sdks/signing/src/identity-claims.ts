import { mistake } from './mistake.ts'
import { requireTextSecret } from './secret.ts'
import { requireSpan, toPresent } from './unix-seconds.ts'

/** Who a visitor is. At least one of the first three; each 1 to 256 characters. */
export interface Identity {
  /** The customer's id in your shop. The best one to give: it does not change. */
  externalId?: string
  /** Only an address that the visitor has proven to hold: Tapline opens that customer's bonuses and chats for it. */
  email?: string
  /** Only a number that the visitor has proven to hold, with its country code: `+79161234567`. */
  phone?: string
  /** What to call the visitor in the chat. */
  name?: string
}

/** What {@link signIdentity} signs, and with what. */
export interface SignIdentityOptions extends Identity {
  /** The key is this text as it stands, in UTF-8, `whsec_` included; nothing is decoded. At least 32 characters. */
  secret: string
  /** How long the token is good, in whole seconds, 1 to 86400 (a day). 3600 by default. */
  expiresInSeconds?: number
  /** The present, as `Date` or whole Unix seconds. The system's clock by default. For tests. */
  now?: Date | number
}

export const AUDIENCE = 'tapline'
export const ALGORITHM = 'HS256'
/** RFC 7518, 3.2: an HS256 key has at least the size of the hash. */
export const MIN_SECRET_CHARACTERS = 32
const MAX_CHARACTERS = 256

/** Header and payload of a token, ready to be signed; throws a `TypeError` on what no token can say. */
export function openIdentity(options: SignIdentityOptions, encode: (text: string) => string): string {
  const { secret, expiresInSeconds = 3600 } = options
  requireTextSecret(secret, 'secret', MIN_SECRET_CHARACTERS)
  const identity = readClaims(options)
  if (typeof identity === 'string') mistake(identity)
  const iat = toPresent(options.now)
  requireSpan(expiresInSeconds, 'expiresInSeconds', 1)
  return [
    { alg: ALGORITHM, typ: 'JWT' },
    { aud: AUDIENCE, ...identity, iat, exp: iat + expiresInSeconds },
  ]
    .map((part) => encode(JSON.stringify(part)))
    .join('.')
}

/** Who the claims say, or the sentence that says why they say nobody. */
export function readClaims(claims: { readonly [name in keyof Identity]?: unknown }): Identity | string {
  const identity: Identity = {}
  for (const name of ['externalId', 'email', 'phone', 'name'] as const) {
    const value = claims[name]
    if (value === undefined) continue
    if (typeof value !== 'string' || !value || value.length > MAX_CHARACTERS) {
      return `${name} must be 1 to ${MAX_CHARACTERS} characters`
    }
    identity[name] = value
  }
  const { externalId, email, phone } = identity
  return externalId || email || phone ? identity : 'externalId, email or phone is needed'
}
