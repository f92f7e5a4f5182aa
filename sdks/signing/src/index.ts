/**
 * Sign and verify what Tapline and a shop send each other. Runs on a server; a browser must never hold a secret.
 *
 * - **Standard Webhooks** ({@link signWebhook}, {@link verifyWebhook}; {@link signRequest} in one line): three headers,
 *   an age limit, several live secrets. Tapline's events come this way; orders should go this way.
 * - **`X-Signature`** ({@link signBody}, {@link verifyBodySignature}): one header over the body alone, for platforms
 *   that can do no more. It does not protect against replay.
 * - **Identity** ({@link signIdentity}): a short-lived token that tells the widget who is logged in. Reading one is
 *   Tapline's work: `verifyIdentity` stands apart, in `@tapline/signing/identity`.
 *
 * What a stranger sends is answered with a value. Only a mistake in your own program throws, always a `TypeError`
 * with a sentence that says what to do; no secret ever appears in one.
 *
 * `@tapline/signing/web` has the same verbs on WebCrypto, for runtimes without `node:crypto`.
 *
 * @packageDocumentation
 */
export { signBody, verifyBodySignature } from './body-signature.ts'
export { generateSecret } from './generate-secret.ts'
export { signIdentity } from './sign-identity.ts'
export { signRequest } from './sign-request.ts'
export { signWebhook } from './sign-webhook.ts'
export { verifyWebhook } from './verify-webhook.ts'
export type * from './options.ts'
