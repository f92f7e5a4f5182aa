import type { RawBody } from '../raw-body.ts'
import { decodeSecrets } from '../secret.ts'

type Bytes = Uint8Array<ArrayBuffer>

const encoder = new TextEncoder()

/** The bytes of Standard Webhooks secrets. */
export function keysOf(secrets: readonly string[]): Bytes[] {
  return decodeSecrets(secrets, decodeBase64)
}

/** The HMAC-SHA256 of the parts, one after the other, over bytes as they are and text as UTF-8. */
export async function digest(key: Bytes | string, ...parts: RawBody[]): Promise<Bytes> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const raw = typeof key === 'string' ? encoder.encode(key) : key
  const imported = await crypto.subtle.importKey('raw', raw, algorithm, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign(algorithm, imported, concatenate(parts.map(toBytes))))
}

/** One array of all the bytes. */
export function concatenate(chunks: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0))
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}

/** Constant in time over what both hold; their length is no secret. */
export function equalInConstantTime(left: Uint8Array, right: Uint8Array): boolean {
  let difference = left.length ^ right.length
  for (let index = 0; index < left.length; index++) difference |= left[index]! ^ right[index]!
  return difference === 0
}

export function encodeBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

export function decodeBase64(base64: string): Bytes {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

function toBytes(body: RawBody): Uint8Array {
  return typeof body === 'string' ? encoder.encode(body) : body
}
