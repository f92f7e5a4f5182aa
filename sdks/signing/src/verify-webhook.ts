import { timingSafeEqual } from 'node:crypto'
import { type RawBody, requireRawBody } from './raw-body.ts'
import { decodeSecrets } from './secret.ts'
import { digestMessage, MESSAGE_ID, toUnixSeconds, UNIX_SECONDS } from './signed-message.ts'

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

const DEFAULT_TOLERANCE_SECONDS = 300
const MAX_TOLERANCE_SECONDS = 86_400
const MAX_SIGNATURES = 10

// 32 bytes in their only standard spelling: the last of the 43 characters carries four bits and two zeros.
const V1_SIGNATURE = /^v1,([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)$/

/**
 * Tells whether a request was sent by a holder of one of the secrets, after Standard Webhooks, version `v1`.
 *
 * Answers with a value, whatever a stranger sends; always look at `verified`. It does not parse the body and does not
 * remember ids: within the tolerance the same request verifies again, so keep `id` and answer a repetition as you
 * answered the first. Signatures of other versions (`v1a`) are passed over. Constant in time over signatures and
 * secrets; synchronous, a few microseconds for 2 KB.
 *
 * @throws TypeError only on mistakes of the calling program: no secrets, one that can be none, a parsed body, a
 * tolerance out of bounds, `now` in milliseconds.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 *
 * @example
 * const body = new Uint8Array(await request.arrayBuffer())
 * const webhook = verifyWebhook({ headers: request.headers, body, secrets: [secret] })
 * if (!webhook.verified) return new Response(webhook.message, { status: 401 })
 */
export function verifyWebhook(options: VerifyWebhookOptions): VerifyWebhookResult {
  const { headers, body, secrets, toleranceSeconds = DEFAULT_TOLERANCE_SECONDS } = options
  const keys = decodeSecrets(secrets)
  requireRawBody(body)
  requireHeaders(headers)
  requireTolerance(toleranceSeconds)
  const now = toUnixSeconds(options.now ?? new Date(), 'now')

  const id = readHeader(headers, 'webhook-id')
  const timestamp = readHeader(headers, 'webhook-timestamp')
  const signature = readHeader(headers, 'webhook-signature')
  if (!id) return refuse('missing-header', 'The header webhook-id is missing.')
  if (!timestamp) return refuse('missing-header', 'The header webhook-timestamp is missing.')
  if (!signature) return refuse('missing-header', 'The header webhook-signature is missing.')

  if (!MESSAGE_ID.test(id)) {
    return refuse(
      'malformed-header',
      'webhook-id must be 1 to 256 visible ASCII characters without a dot, sent once.',
    )
  }
  if (!UNIX_SECONDS.test(timestamp)) {
    return refuse(
      'malformed-timestamp',
      'webhook-timestamp must be Unix seconds, exactly ten digits, sent once.',
    )
  }
  const age = now - Number(timestamp)
  if (age > toleranceSeconds) {
    return refuse(
      'timestamp-too-old',
      `webhook-timestamp is ${age} s in the past; ${toleranceSeconds} s are allowed. Take it anew for each attempt.`,
    )
  }
  if (-age > toleranceSeconds) {
    return refuse(
      'timestamp-too-new',
      `webhook-timestamp is ${-age} s in the future; ${toleranceSeconds} s are allowed. Check the sender's clock.`,
    )
  }

  // The limit stops the splitting itself: a header of thousands of entries costs as much as one of eleven.
  const entries = signature.split(' ', MAX_SIGNATURES + 1)
  if (entries.length > MAX_SIGNATURES) {
    return refuse('malformed-header', `webhook-signature has more than ${MAX_SIGNATURES} entries.`)
  }
  const candidates = entries.flatMap(decodeV1)
  if (candidates.length === 0) {
    return refuse('malformed-header', 'webhook-signature holds no "v1," followed by the base64 of 32 bytes.')
  }

  const secretIndex = matchSecret(
    keys.map((key) => digestMessage(key, id, timestamp, body)),
    candidates,
  )
  if (secretIndex === -1) {
    return refuse(
      'no-matching-signature',
      'No signature matches: another secret, or the body is not, byte for byte, what was signed.',
    )
  }
  return { verified: true, id, timestamp: Number(timestamp), secretIndex }
}

/** Compares all with all, so that time tells neither which secret matched nor which signature. */
function matchSecret(digests: readonly Buffer[], candidates: readonly Buffer[]): number {
  let found = -1
  digests.forEach((digest, index) => {
    for (const candidate of candidates) {
      if (timingSafeEqual(digest, candidate) && found === -1) found = index
    }
  })
  return found
}

function decodeV1(entry: string): Buffer[] {
  const encoded = V1_SIGNATURE.exec(entry)?.[1]
  return encoded === undefined ? [] : [Buffer.from(encoded, 'base64')]
}

/** A header sent twice is joined as HTTP joins it, with a comma and a blank: neither id nor timestamp survives that. */
function readHeader(headers: HeadersLike | HeaderRecord, name: string): string | undefined {
  if (isHeadersLike(headers)) return headers.get(name) ?? undefined
  let found: string | undefined
  for (const key of Object.keys(headers)) {
    if (key.length !== name.length || key.toLowerCase() !== name) continue
    const value = headers[key]
    const text = Array.isArray(value) ? value.join(', ') : value
    if (typeof text === 'string') found = found === undefined ? text : `${found}, ${text}`
  }
  return found
}

function isHeadersLike(headers: HeadersLike | HeaderRecord): headers is HeadersLike {
  return typeof headers.get === 'function'
}

function requireHeaders(headers: unknown): void {
  if (typeof headers === 'object' && headers !== null) return
  throw new TypeError('headers is not an object: pass the whole request.headers')
}

function requireTolerance(seconds: number): void {
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= MAX_TOLERANCE_SECONDS) return
  throw new TypeError(
    `toleranceSeconds is ${seconds}: use whole seconds, 0 to ${MAX_TOLERANCE_SECONDS}; ` +
      'to check a stored request again, pass the moment of its arrival as now',
  )
}

function refuse(reason: WebhookRefusalReason, message: string): RefusedWebhook {
  return { verified: false, reason, message }
}
