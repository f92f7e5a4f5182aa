import { ALGORITHM, AUDIENCE, type Identity, MIN_SECRET_CHARACTERS, readClaims } from './identity-claims.ts'
import { requireTextSecrets } from './secret.ts'
import { MAX_SPAN_SECONDS, toPresent } from './unix-seconds.ts'

/** What {@link verifyIdentity} needs. */
export interface VerifyIdentityOptions {
  /** The token as it arrived; whatever it is, it is answered with a value. */
  token: string | null | undefined
  /** Every secret that may still be in use, 1 to 10, as for {@link SignIdentityOptions.secret}. */
  secrets: readonly string[]
  /** The present, as `Date` or whole Unix seconds. The system's clock by default. */
  now?: Date | number
}

/** The token was made by a holder of `secrets[secretIndex]`, for Tapline, and is still good. */
export interface VerifiedIdentity {
  verified: true
  identity: Identity
  /** Unix seconds. */
  issuedAt: number
  /** Unix seconds; at this second it is no longer good. */
  expiresAt: number
  /** Which secret matched, the first if several. */
  secretIndex: number
}

/**
 * Why a token was refused, the first reason found.
 *
 * - `malformed-token`: not three parts of unpadded base64url that hold JSON objects and 32 bytes, or over 4096 characters.
 * - `unsupported-algorithm`: `alg` is not `HS256` (`none`, `RS256` …), or the header has `crit`.
 * - `no-matching-signature`: well formed, but no secret made it.
 * - `wrong-audience`: `aud` is not `tapline`: a token that was made for something else.
 * - `malformed-claims`: no `externalId`, `email` or `phone`; one that is no text of 1 to 256 characters; or no `iat`, no
 *   `exp`, or more than a day between them.
 * - `not-yet-valid`: `iat` or `nbf` is more than 60 s in the future: a clock is wrong.
 * - `expired`: `exp` has come.
 */
export type IdentityRefusalReason =
  | 'malformed-token'
  | 'unsupported-algorithm'
  | 'no-matching-signature'
  | 'wrong-audience'
  | 'malformed-claims'
  | 'not-yet-valid'
  | 'expired'

/** The token proves nothing: treat the visitor as a stranger. */
export interface RefusedIdentity {
  verified: false
  reason: IdentityRefusalReason
  /** One English sentence for the log; holds no secret, no signature, nothing of the token. */
  message: string
}

/** {@link VerifiedIdentity} or {@link RefusedIdentity}; `verified` tells them apart. */
export type VerifyIdentityResult = VerifiedIdentity | RefusedIdentity

/** A token that is well formed: what is left is to find the secret that made its signature. */
export interface IdentityClaim {
  /** What is signed: header and payload with the dot between them. */
  input: string
  /** 32 bytes in unpadded base64url. */
  signature: string
  payload: Record<string, unknown>
}

const MAX_TOKEN_CHARACTERS = 4096
const CLOCK_SKEW_SECONDS = 60
const SIGNATURE = /^[\w-]{42}[AEIMQUYcgkosw048]$/

/** Everything about a token that can be judged without key and clock. */
export function readIdentity({ token, secrets }: VerifyIdentityOptions): IdentityClaim | RefusedIdentity {
  requireTextSecrets(secrets, MIN_SECRET_CHARACTERS)
  const parts = typeof token === 'string' && token.length <= MAX_TOKEN_CHARACTERS ? token.split('.') : []
  const [header, payload] = parts.slice(0, 2).map(decode)
  const signature = parts[2] ?? ''
  if (parts.length !== 3 || !header || !payload || !SIGNATURE.test(signature)) {
    return refuse('malformed-token', 'The token is no JSON Web Token in its compact form.')
  }
  // Before the signature: who may choose the algorithm may choose none.
  if (header.alg !== ALGORITHM || 'crit' in header) {
    return refuse('unsupported-algorithm', 'The token must have "alg" HS256 and no "crit" in its header.')
  }
  return { input: `${parts[0]}.${parts[1]}`, signature, payload }
}

/** The verdict, from whether each secret made the signature. */
export function concludeIdentity(
  { payload }: IdentityClaim,
  matches: readonly boolean[],
  moment: Date | number | undefined,
): VerifyIdentityResult {
  const now = toPresent(moment)
  const secretIndex = matches.indexOf(true)
  if (secretIndex === -1) return refuse('no-matching-signature', 'No secret made the signature of the token.')
  const { aud, iat, exp, nbf = iat } = payload
  if (aud !== AUDIENCE && !(Array.isArray(aud) && aud.includes(AUDIENCE))) {
    return refuse('wrong-audience', `The token must have "aud" ${AUDIENCE}.`)
  }
  const identity = readClaims(payload)
  if (typeof identity === 'string') return refuse('malformed-claims', `${identity}.`)
  if (!isMoment(iat) || !isMoment(exp) || !isMoment(nbf) || exp - iat > MAX_SPAN_SECONDS) {
    return refuse(
      'malformed-claims',
      `iat and exp must be Unix seconds, at most ${MAX_SPAN_SECONDS} s apart.`,
    )
  }
  const ahead = Math.max(iat, nbf) - now
  if (ahead > CLOCK_SKEW_SECONDS) {
    return refuse('not-yet-valid', `The token begins ${ahead} s in the future. Check the signer's clock.`)
  }
  if (now >= exp) return refuse('expired', `The token expired ${now - exp} s ago. Sign anew for each page.`)
  return { verified: true, identity, issuedAt: iat, expiresAt: exp, secretIndex }
}

/** The same bytes in the alphabet of URLs. */
export function toBase64Url(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function isMoment(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < 1e10
}

function decode(part: string): Record<string, unknown> | undefined {
  try {
    const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'))
    // atob forgives padding, blanks and the other alphabet; a token has one spelling.
    if (toBase64Url(btoa(binary)) !== part) return undefined
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

function refuse(reason: IdentityRefusalReason, message: string): RefusedIdentity {
  return { verified: false, reason, message }
}
