export type SendRequest = { url: string; headers: Readonly<Record<string, string>>; body: string }

/**
 * `error` null: taken (2xx). Otherwise the status as text ("503"), or timeout | connection-refused | connection-lost |
 * name-not-found | tls-failed | address-refused | answer-malformed.
 */
export type SendOutcome = {
  status: number | null
  error: string | null
  durationMs: number
  /** The IP address that was asked, where it came to that. */
  address: string | null
  responseHeaders: Record<string, string>
  responseBody: string | null
  retryAfterMs: number | null
}

/** Never throws for anything that the network or the other side does. */
export type Sender = { send(request: SendRequest): Promise<SendOutcome>; close(): Promise<void> }
