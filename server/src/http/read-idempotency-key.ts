const BARE = /^[!-~]{1,255}$/
// A string of RFC 8941, as the draft draft-ietf-httpapi-idempotency-key-header writes the key.
const QUOTED = /^"((?:[!#-[\]-~]|\\["\\])*)"$/

/** The key that the header names, quoted or bare, or undefined when it names none. */
export function readIdempotencyKey(header: string): string | undefined {
  const quoted = QUOTED.exec(header)?.[1]?.replace(/\\(["\\])/g, '$1')
  const key = quoted ?? (header.startsWith('"') ? '' : header)
  return BARE.test(key) ? key : undefined
}
