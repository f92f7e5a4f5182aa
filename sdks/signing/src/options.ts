export type { SignBodyOptions, VerifyBodySignatureOptions } from './body-signature-header.ts'
export type { Identity, SignIdentityOptions } from './identity-claims.ts'
export type { RawBody } from './raw-body.ts'
export type { SignRequestOptions } from './request-message.ts'
export type { SignWebhookOptions, WebhookHeaders } from './webhook-message.ts'
export type {
  HeaderRecord,
  HeadersLike,
  RefusedWebhook,
  VerifiedWebhook,
  VerifyWebhookOptions,
  VerifyWebhookResult,
  WebhookRefusalReason,
} from './webhook-request.ts'
