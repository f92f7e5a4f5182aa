import type { paths } from '@tapline/openapi'
import type { Client } from 'openapi-fetch'
import { requireAddress, requireBaseUrl } from './base-url.ts'
import { createDoor, type Door } from './door.ts'
import type { Methods } from './generated/operations.ts'
import { requireKeys } from './keys.ts'
import type { CallOptions } from './method.ts'
import { createMethods } from './methods.ts'
import type { Fetch, Policy } from './send.ts'

/** What every client may be told. */
export interface SharedOptions {
  /**
   * What to send with; `globalThis.fetch` when absent, looked up at each call, so that what replaces it later (mocks,
   * tracing) is used.
   */
  fetch?: Fetch
  /** How long one attempt may take, in milliseconds; 30,000 when absent. */
  timeoutMs?: number
  /** How often a call is sent again at most; 2 when absent, 0 for never. */
  maxRetries?: number
}

/** Where Tapline is. */
export interface BaseUrlOptions extends SharedOptions {
  /** `https://tapline.example.com`, with or without a path. When absent, the environment's `TAPLINE_URL` on a server. */
  baseUrl?: string
}

/** For a shop's backend. */
export interface SecretKeyOptions extends BaseUrlOptions {
  /** `sk_…`. **Never in a browser**, where it is refused. */
  secretKey: string
  publishableKey?: undefined
}

/** For a page. */
export interface PublishableKeyOptions extends BaseUrlOptions {
  /** `pk_…`. Opens only what is meant for everybody. */
  publishableKey: string
  secretKey?: undefined
}

/** For posting orders. */
export interface DoorSettings {
  /** The project's own address, `https://…/api/webhook/…`. Whoever knows it can post orders: keep it on the server. */
  webhookUrl: string
  /**
   * `whsec_…`, newest first: each post is signed with all of them, so that one can be replaced without a gap. Without
   * them posts are not signed, which a project may refuse.
   */
  signingSecrets?: readonly string[]
}

/** A method for each operation of `/v1`, named by its `operationId`, and the raw client beneath. */
export interface Tapline extends Methods {
  /**
   * The whole contract through [openapi-fetch](https://openapi-ts.dev/openapi-fetch/), with the same key, retries and
   * timeouts. For what no method does: other headers, middleware, the operator's `/admin/v1`. Its `error` is what came,
   * and no {@link TaplineError}.
   */
  readonly raw: Client<paths>
}

type AnyOptions = BaseUrlOptions & {
  [Key in keyof DoorSettings]?: DoorSettings[Key] | undefined
} & { secretKey?: string | undefined; publishableKey?: string | undefined }

const TIMEOUT_MS = 30_000
const MAX_RETRIES = 2

/**
 * Makes a client. It holds no connection and needs no closing; make one and keep it.
 *
 * With a `secretKey` it has the methods of `/v1`, with a `webhookUrl` those of the door, with both, all.
 *
 * @throws TypeError on keys that can be none, a secret in a browser, or no address. No key ever appears in an error.
 *
 * @example
 * const tapline = createTapline({ secretKey: process.env.TAPLINE_SECRET_KEY!, baseUrl: 'https://tapline.example.com' })
 * const { data, error } = await tapline.getOrder({ orderId: '1001' })
 */
export function createTapline(
  options: (SecretKeyOptions | PublishableKeyOptions) & DoorSettings,
): Tapline & Door
export function createTapline(
  options: (SecretKeyOptions | PublishableKeyOptions) & { [Key in keyof DoorSettings]?: undefined },
): Tapline
export function createTapline(
  options: SharedOptions &
    DoorSettings & { secretKey?: undefined; publishableKey?: undefined; baseUrl?: undefined },
): Door
export function createTapline(options: AnyOptions): Partial<Tapline & Door> {
  requireKeys(options)
  const { webhookUrl, signingSecrets, maxRetries = MAX_RETRIES, timeoutMs = TIMEOUT_MS } = options
  const fetch: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init))
  const policyOf = (call: CallOptions): Policy => ({
    fetch,
    timeoutMs: call.timeoutMs ?? timeoutMs,
    maxRetries: call.maxRetries ?? maxRetries,
    signal: call.signal,
  })
  const key = options.secretKey ?? options.publishableKey
  return {
    ...(key && createMethods(requireBaseUrl(options.baseUrl), key, policyOf)),
    ...(webhookUrl !== undefined &&
      createDoor({ webhookUrl: requireAddress(webhookUrl, 'webhookUrl'), signingSecrets, policyOf })),
  }
}
