export type ConnectFailure =
  'timeout' | 'connection-refused' | 'connection-lost' | 'name-not-found' | 'tls-failed' | 'address-refused'

/** No connection came to be; `outcome` is what the shop is told. */
export class ConnectFailed extends Error {
  readonly outcome: ConnectFailure

  constructor(outcome: ConnectFailure, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.outcome = outcome
  }
}

const BY_CODE: Record<string, ConnectFailure> = {
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  ECONNREFUSED: 'connection-refused',
  EHOSTUNREACH: 'connection-refused',
  ENETUNREACH: 'connection-refused',
  EHOSTDOWN: 'connection-refused',
  EADDRNOTAVAIL: 'connection-refused',
  EACCES: 'connection-refused',
  ECONNRESET: 'connection-lost',
  ECONNABORTED: 'connection-lost',
  EPIPE: 'connection-lost',
}

export function asConnectFailed(error: Error, secure: boolean): ConnectFailed {
  if (error instanceof ConnectFailed) return error
  // The names that OpenSSL has for what it dislikes are many, and grow.
  const outcome = BY_CODE[codeOf(error)] ?? (secure ? 'tls-failed' : 'connection-lost')
  return new ConnectFailed(outcome, error.message, error)
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
