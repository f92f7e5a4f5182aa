/**
 * The other side of `signIdentity`: reads the tokens that say who a visitor is. Tapline does this for you.
 *
 * @packageDocumentation
 */
export type { Identity } from './identity-claims.ts'
export type {
  IdentityRefusalReason,
  RefusedIdentity,
  VerifiedIdentity,
  VerifyIdentityOptions,
  VerifyIdentityResult,
} from './identity-token.ts'
export { verifyIdentity } from './verify-identity.ts'
