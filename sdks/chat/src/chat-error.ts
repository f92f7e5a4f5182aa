/** What a {@link ChatError} knows besides its code. */
export interface ChatErrorDetails {
  /** The same may succeed later. */
  temporary?: boolean | undefined
  /** Not before so many milliseconds. */
  retryAfterMs?: number | undefined
  /** Credits that are left. */
  remaining?: number | undefined
  /** The status of the answer over HTTP. */
  status?: number | undefined
}

/**
 * Something was refused or could not be done. Programs read `code`: those of the server's problem documents, such as
 * `message-not-yours` and `credits-spent`, and the client's own: `disconnected`, `queue-full`, `unreachable`, `stopped`.
 */
export class ChatError extends Error {
  override readonly name = 'ChatError'
  // A field, so that JSON has it.
  override readonly message!: string
  declare readonly code: string
  /** The same may succeed later. */
  declare readonly temporary: boolean
  /** Not before so many milliseconds, where the server said so. */
  declare readonly retryAfterMs: number | undefined
  /** Credits that are left, where the server said so. */
  declare readonly remaining: number | undefined
  /** The status of the answer, when it came over HTTP. */
  declare readonly status: number | undefined

  constructor(code: string, message: string, details: ChatErrorDetails = {}) {
    super(message)
    const { temporary = false, retryAfterMs, remaining, status } = details
    Object.assign(this, { code, message, temporary, retryAfterMs, remaining, status })
  }
}

export const disconnected = (): ChatError =>
  new ChatError('disconnected', 'Not connected.', { temporary: true })

export const unreachable = (fault: unknown): ChatError =>
  fault instanceof ChatError ? fault : new ChatError('unreachable', String(fault), { temporary: true })
