/**
 * Sign and verify what Tapline and a shop send each other. Runs on a server; a browser must never hold a secret.
 *
 * Two schemes, one pair of functions each:
 *
 * - **Standard Webhooks** ({@link signWebhook}, {@link verifyWebhook}): three headers, an age limit, several live
 *   secrets. Tapline's events come this way; orders should go this way.
 * - **`X-Signature`** ({@link signBody}, {@link verifyBodySignature}): one header over the body alone, for platforms
 *   that can do no more. It does not protect against replay.
 *
 * What a stranger sends is answered with a value. Only a mistake in your own program throws, always a `TypeError`
 * with a sentence that says what to do; no secret ever appears in one.
 *
 * @packageDocumentation
 */
export { signBody, verifyBodySignature } from './body-signature.ts'
export type { SignBodyOptions, VerifyBodySignatureOptions } from './body-signature.ts'
export type { RawBody } from './raw-body.ts'
export { generateSecret } from './secret.ts'
export { signWebhook } from './sign-webhook.ts'
export type { SignWebhookOptions, WebhookHeaders } from './sign-webhook.ts'
export { verifyWebhook } from './verify-webhook.ts'
export type {
  HeaderRecord,
  HeadersLike,
  RefusedWebhook,
  VerifiedWebhook,
  VerifyWebhookOptions,
  VerifyWebhookResult,
  WebhookRefusalReason,
} from './verify-webhook.ts'
