import type { VerifiedWebhook, VerifyWebhookResult, WebhookRefusalReason } from './webhook-request.ts'

/** What Tapline sends: `type` says what happened, `timestamp` when (RFC 3339), `data` to what. */
export interface WebhookEvent {
  type: string
  timestamp: string
  data: unknown
}

/** A verified webhook with its event. */
export interface ReceivedWebhook<Event extends WebhookEvent = WebhookEvent> {
  /** The `webhook-id`, the same over all retries: keep it under a unique constraint, and drop what it has seen. */
  id: string
  /** The `webhook-timestamp` of this attempt, in Unix seconds. The event's own moment is `event.timestamp`. */
  timestamp: number
  /** Which of the secrets matched. When it is never the old one any more, the rotation is over. */
  secretIndex: number
  /** The body, parsed after it was verified. Its type is what you say it is: nothing but the signature is checked. */
  event: Event
}

/**
 * Why a request was turned away: a {@link WebhookRefusalReason}; `body-too-large`; or `malformed-event`, a body that
 * was signed as it should, but is no JSON object with a `type`.
 */
export interface Refusal {
  reason: WebhookRefusalReason | 'body-too-large' | 'malformed-event'
  /** One English sentence for your log; holds no secret, no signature, nothing of the body. */
  message: string
}

/** What every adapter takes. */
export interface ReceiveOptions {
  /** Every secret of the endpoint that may still be in use, 1 to 10: during a rotation the new and the old one. */
  secrets: readonly string[]
  /** How far `webhook-timestamp` may be from the present, both ways, in whole seconds, 0 to 86400. 300 by default. */
  toleranceSeconds?: number
  /** The largest body that is read, in bytes. 262144 (256 KB) by default. */
  maxBodyBytes?: number
  /**
   * Told of every request that is turned away. The sender is told nothing but the status. By default `console.warn`,
   * once per reason, so that strangers cannot fill your log.
   */
  onRefused?: (refusal: Refusal) => void
}

/** What the sender is told: constant, so that a stranger learns nothing from trying. */
export interface Answer {
  status: 204 | 400 | 401 | 413
  body: string | null
}

/** {@link ReceiveOptions} with its defaults, and what stays the same over the requests of one receiver. */
export interface Receiver {
  maxBodyBytes: number
  refuse: (refusal: Refusal) => Answer
}

const DEFAULT_MAX_BODY_BYTES = 262_144
const ANSWERS: Partial<Record<Refusal['reason'], Answer>> = {
  'body-too-large': { status: 413, body: 'Content Too Large' },
  'malformed-event': { status: 400, body: 'Bad Request' },
}
const UNAUTHORIZED: Answer = { status: 401, body: 'Unauthorized' }

export function createReceiver({
  maxBodyBytes = DEFAULT_MAX_BODY_BYTES,
  onRefused = warnOnce(),
}: ReceiveOptions): Receiver {
  if (!Number.isInteger(maxBodyBytes) || maxBodyBytes < 1) {
    throw new TypeError(`maxBodyBytes is ${maxBodyBytes}: use a whole number of bytes above 0`)
  }
  return {
    maxBodyBytes,
    refuse: (refusal) => {
      onRefused(refusal)
      return ANSWERS[refusal.reason] ?? UNAUTHORIZED
    },
  }
}

export function bodyTooLarge(maxBodyBytes: number): Refusal {
  return {
    reason: 'body-too-large',
    message: `The body has more than ${maxBodyBytes} bytes; maxBodyBytes raises it.`,
  }
}

/** The verified webhook with its event, or why there is none. */
export function openEvent<Event extends WebhookEvent>(
  result: VerifyWebhookResult,
  body: string | Uint8Array,
): ReceivedWebhook<Event> | Refusal {
  if (!result.verified) return { reason: result.reason, message: result.message }
  const event = parseEvent(body)
  if (event === undefined) {
    return {
      reason: 'malformed-event',
      message:
        'The body is signed, but is no JSON object with a "type": another program signs with this secret.',
    }
  }
  return receivedOf(result, event as Event)
}

function receivedOf<Event extends WebhookEvent>(
  { id, timestamp, secretIndex }: VerifiedWebhook,
  event: Event,
): ReceivedWebhook<Event> {
  return { id, timestamp, secretIndex, event }
}

function parseEvent(body: string | Uint8Array): WebhookEvent | undefined {
  try {
    const text = typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body)
    const event = JSON.parse(text) as WebhookEvent | null
    return typeof event?.type === 'string' ? event : undefined
  } catch {
    return undefined
  }
}

function warnOnce(): (refusal: Refusal) => void {
  const told = new Set<string>()
  return ({ reason, message }) => {
    if (told.has(reason)) return
    told.add(reason)
    console.warn(
      `@tapline/signing turned a webhook away (${reason}): ${message} Told once per reason; onRefused is told of each.`,
    )
  }
}
