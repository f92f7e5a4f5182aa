import type { RawBody } from './raw-body.ts'
import type { SignWebhookOptions } from './webhook-message.ts'

/** What {@link signRequest} signs, and with what. */
export interface SignRequestOptions {
  /** Send these very bytes. Serialise once, sign that, send that. */
  body: RawBody
  /** Every live signing secret of the project, 1 to 10, the newest first, as for {@link signWebhook}. */
  secrets: readonly string[]
  /**
   * Names the request: `req_` and a random UUID by default. Give your own when you try the same request again, so that
   * both tries carry one id. 1 to 256 visible ASCII characters, no `.`.
   */
  id?: string
  /** The moment of this try, as `Date` or whole Unix seconds. The present by default; give another only in tests. */
  timestamp?: Date | number
}

/** The message that a request is: what is missing of id and moment is made. */
export function toMessage({
  id = `req_${crypto.randomUUID()}`,
  timestamp = new Date(),
  body,
  secrets,
}: SignRequestOptions): SignWebhookOptions {
  return { id, timestamp, body, secrets }
}
