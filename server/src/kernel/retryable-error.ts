/** A fault that may be gone at the next try. Queues, sockets and notifiers ask `retryable` and never match texts. */
export class RetryableError extends Error {
  readonly retryable = true
  /** The refusal that a caller who can wait no longer is told. */
  readonly code: string = 'unavailable'
  /** At the earliest, when the other side said so. */
  readonly retryAfterMs: number | undefined

  constructor(message: string, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.retryAfterMs = options.retryAfterMs
  }
}

/** Two transactions met; the same work succeeds when it is begun again. */
export class ConcurrentChange extends RetryableError {}

export function isRetryable(error: unknown): boolean {
  return error instanceof Error && 'retryable' in error && error.retryable === true
}
