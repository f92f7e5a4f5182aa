import { type SignRequestOptions, toMessage } from './request-message.ts'
import { signWebhook } from './sign-webhook.ts'
import type { WebhookHeaders } from './webhook-message.ts'

/**
 * Signs one request to Tapline's door, in one line: {@link signWebhook} with a fresh id and the present moment.
 *
 * It covers the body, not the address and not the method. Sign anew for each try: after 300 seconds the signature is
 * too old. The order's own id, not this one, is what keeps a repeated order from counting twice.
 *
 * @throws TypeError on a parsed body, an id with a dot, or a secret that can be none.
 *
 * @example
 * const body = JSON.stringify({ action: 'purchase', payload })
 * await fetch(webhookUrl, { method: 'POST', headers: signRequest({ body, secrets: [secret] }), body })
 */
export function signRequest(options: SignRequestOptions): WebhookHeaders {
  return signWebhook(toMessage(options))
}
