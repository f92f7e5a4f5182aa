import { mistake } from './mistake.ts'
import { type RawBody, requireRawBody } from './raw-body.ts'
import { MESSAGE_ID, MESSAGE_ID_RULE } from './webhook-message.ts'
import { requireSpan, toPresent, UNIX_SECONDS } from './unix-seconds.ts'

/** Anything that reads a header by name: `Headers` of fetch, Hono, Next.js. */
export interface HeadersLike {
  get(name: string): string | null | undefined
}

/** A plain object of headers, names in any case: Node's and Express's `req.headers`, an AWS Lambda event's. */
export type HeaderRecord = Readonly<Record<string, string | readonly string[] | undefined>>

/** What {@link verifyWebhook} needs. */
export interface VerifyWebhookOptions {
  /** All headers of the request; names are found in any case. Others than the three are not looked at. */
  headers: HeadersLike | HeaderRecord
  /** The bytes as they arrived, before any parser. Bodies that arrived compressed: as the sender signed them. */
  body: RawBody
  /**
   * Every secret that may still be in use, 1 to 10: during a rotation the new and the old one. Each `whsec_…` (the
   * prefix may be absent) of 24 to 64 bytes.
   */
  secrets: readonly string[]
  /**
   * How far `webhook-timestamp` may be from `now`, both ways, in whole seconds, 0 to 86400. 300 by default. It cannot
   * be switched off; to check a stored request again, pass the moment of its arrival as `now`.
   */
  toleranceSeconds?: number
  /** The present, as `Date` or whole Unix seconds. The system's clock by default. For tests and stored requests. */
  now?: Date | number
}

/** The request is from a holder of `secrets[secretIndex]`, unchanged, and recent. It may still be a repetition. */
export interface VerifiedWebhook {
  verified: true
  /** The `webhook-id`. Keep it, with a unique constraint, at least as long as `toleranceSeconds`: that stops replays. */
  id: string
  /** The `webhook-timestamp` of this attempt, in Unix seconds. */
  timestamp: number
  /** Which secret matched, the first if several. When it is never the old one any more, the rotation is over. */
  secretIndex: number
}

/**
 * Why a request was refused, the first reason found: all three headers there, then the id, the timestamp, the signature.
 *
 * - `missing-header`: one of the three is absent or empty.
 * - `malformed-header`: the id has a dot, a blank or more than 256 characters, or was sent twice; or
 *   `webhook-signature` has more than 10 entries or no whole `v1` signature among them.
 * - `malformed-timestamp`: `webhook-timestamp` is not exactly ten digits, or was sent twice.
 * - `timestamp-too-old`, `timestamp-too-new`: further from `now` than `toleranceSeconds`.
 * - `no-matching-signature`: all is well formed, but no secret made any of the signatures for these bytes.
 */
export type WebhookRefusalReason =
  | 'missing-header'
  | 'malformed-header'
  | 'malformed-timestamp'
  | 'timestamp-too-old'
  | 'timestamp-too-new'
  | 'no-matching-signature'

/** The request proves nothing: answer 401 and do not read the body. */
export interface RefusedWebhook {
  verified: false
  reason: WebhookRefusalReason
  /** One English sentence for the log or the sender; holds no secret, no signature, nothing of the body. */
  message: string
}

/** {@link VerifiedWebhook} or {@link RefusedWebhook}; `verified` tells them apart. */
export type VerifyWebhookResult = VerifiedWebhook | RefusedWebhook

/** A request that is well formed and recent: what is left is to find the secret that made one of its signatures. */
export interface WebhookClaim {
  id: string
  timestamp: string
  /** Each 32 bytes in their only standard base64. */
  signatures: string[]
}

const HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature']
const DEFAULT_TOLERANCE_SECONDS = 300
const MAX_SIGNATURES = 10

// 32 bytes in their only standard spelling: the last of the 43 characters carries four bits and two zeros.
const V1_SIGNATURE = /^v1,[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/

/** Everything about a request that can be judged without a key. */
export function readWebhook(options: VerifyWebhookOptions): WebhookClaim | RefusedWebhook {
  const { headers, body, toleranceSeconds = DEFAULT_TOLERANCE_SECONDS } = options
  requireRawBody(body)
  if (typeof headers !== 'object' || !headers) mistake('headers must be request.headers')
  requireSpan(toleranceSeconds, 'toleranceSeconds', 0)
  const now = toPresent(options.now)

  const [id, timestamp, signature] = readHeaders(headers)
  if (!id || !timestamp || !signature) {
    return refuse('missing-header', `One of ${HEADERS.join(', ')} is missing.`)
  }

  if (!MESSAGE_ID.test(id)) {
    return refuse('malformed-header', `webhook-id ${MESSAGE_ID_RULE}, sent once.`)
  }
  if (!UNIX_SECONDS.test(timestamp)) {
    return refuse('malformed-timestamp', 'webhook-timestamp must be ten digits of Unix seconds.')
  }
  const age = now - Number(timestamp)
  if (Math.abs(age) > toleranceSeconds) {
    return refuse(
      `timestamp-too-${age > 0 ? 'old' : 'new'}`,
      `webhook-timestamp is ${age} s old, ± ${toleranceSeconds} s are allowed: sign each try anew.`,
    )
  }

  // The limit stops the splitting itself: a header of thousands of entries costs as much as one of eleven.
  const entries = signature.split(' ', MAX_SIGNATURES + 1)
  const signatures = entries.filter((entry) => V1_SIGNATURE.test(entry)).map((entry) => entry.slice(3))
  if (!signatures.length || entries.length > MAX_SIGNATURES) {
    return refuse(
      'malformed-header',
      `webhook-signature must have "v1," and base64 of 32 bytes, in ${MAX_SIGNATURES} entries at most.`,
    )
  }
  return { id, timestamp, signatures }
}

/** The verdict, from whether each secret's digest is among the signatures. */
export function concludeWebhook(
  { id, timestamp }: WebhookClaim,
  matches: readonly boolean[],
): VerifyWebhookResult {
  const secretIndex = matches.indexOf(true)
  if (secretIndex === -1) {
    return refuse(
      'no-matching-signature',
      'No signature matches: another secret, or not the very bytes that were signed.',
    )
  }
  return { verified: true, id, timestamp: Number(timestamp), secretIndex }
}

/** A header sent twice is joined as HTTP joins it, with a comma and a blank: neither id nor timestamp survives that. */
function readHeaders(headers: HeadersLike | HeaderRecord): string[] {
  if (isHeadersLike(headers)) return HEADERS.map((name) => headers.get(name) ?? '')
  const found = ['', '', '']
  for (const key of Object.keys(headers)) {
    // Most headers are passed over by their length.
    const place = key.length === 10 || key.length === 17 ? HEADERS.indexOf(key.toLowerCase()) : -1
    const value = headers[key]
    const text = Array.isArray(value) ? value.join(', ') : value
    if (place >= 0 && typeof text === 'string') found[place] += found[place] ? `, ${text}` : text
  }
  return found
}

function isHeadersLike(headers: HeadersLike | HeaderRecord): headers is HeadersLike {
  return typeof headers.get === 'function'
}

function refuse(reason: WebhookRefusalReason, message: string): RefusedWebhook {
  return { verified: false, reason, message }
}
