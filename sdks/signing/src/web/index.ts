/**
 * The verbs of `@tapline/signing` on WebCrypto: Cloudflare Workers, Deno, Bun, Next.js on the edge. Every one that
 * signs or verifies answers with a `Promise`; otherwise they take the same options, give the same answers and are held
 * to the same vectors. On Node prefer `@tapline/signing`: it is synchronous and several times faster.
 *
 * WebCrypto is in browsers too. The secret must not be: **never use this in a page**.
 *
 * A mistake of your own program rejects with a `TypeError`.
 *
 * @packageDocumentation
 */
export { signBody, verifyBodySignature } from './body-signature.ts'
export { generateSecret } from './generate-secret.ts'
export { signIdentity, verifyIdentity } from './identity.ts'
export { signRequest, signWebhook, verifyWebhook } from './webhook.ts'
export type * from '../options.ts'
export type {
  IdentityRefusalReason,
  RefusedIdentity,
  VerifiedIdentity,
  VerifyIdentityOptions,
  VerifyIdentityResult,
} from '../identity-token.ts'
