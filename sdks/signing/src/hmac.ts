import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { RawBody } from './raw-body.ts'
import { decodeSecrets } from './secret.ts'

/** The bytes of Standard Webhooks secrets. */
export function keysOf(secrets: readonly string[]): Buffer[] {
  return decodeSecrets(secrets, decodeBase64)
}

export function decodeBase64(base64: string): Buffer {
  return Buffer.from(base64, 'base64')
}

/** The HMAC-SHA256 of a text and what follows it, over bytes as they are and text as UTF-8. */
export function digest(key: Buffer | string, head: RawBody, rest: RawBody = ''): Buffer {
  return createHmac('sha256', key).update(head).update(rest).digest()
}

// The only file that knows node:crypto.
export { randomBytes, timingSafeEqual }
