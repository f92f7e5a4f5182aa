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

/** The HMAC-SHA256 of the parts, one after the other, over bytes as they are and text as UTF-8. */
export function digest(key: Buffer | string, ...parts: RawBody[]): Buffer {
  const hmac = createHmac('sha256', key)
  for (const part of parts) hmac.update(part)
  return hmac.digest()
}

// The only file that knows node:crypto.
export { randomBytes, timingSafeEqual }
