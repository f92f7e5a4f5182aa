const WORDS: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was closed without an answer',
  UND_ERR_SOCKET: 'the connection was closed without an answer',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host could not be looked up',
  ETIMEDOUT: 'no connection in time',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  EHOSTUNREACH: 'the host cannot be reached',
  HPE_INVALID_CONSTANT: 'what answers there does not speak HTTP',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed (NODE_EXTRA_CA_CERTS names a file with yours)',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed (NODE_EXTRA_CA_CERTS names a file with yours)',
}

/** What `fetch` threw, in words; the reason is hidden one or two causes deep. */
export function whyUnreachable(fault: unknown): string {
  for (let error = fault; error instanceof Error; error = error.cause) {
    const { code, cause } = error as NodeJS.ErrnoException
    if (code !== undefined && Object.hasOwn(WORDS, code)) return WORDS[code]!
    if (cause === undefined) return error.message === '' ? (code ?? error.name) : error.message
  }
  return String(fault)
}
