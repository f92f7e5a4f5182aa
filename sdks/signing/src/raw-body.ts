import { kindOf, mistake } from './mistake.ts'

/**
 * A body exactly as it goes over the wire. Bytes are best (`Buffer` is a `Uint8Array`); a string stands for its UTF-8
 * bytes. When *verifying*, a string was decoded by somebody already: if the sender's bytes were not valid UTF-8, they
 * are lost by then and the signature does not match. A parsed object is no body: writing it out again moves spaces,
 * key order and `5.0`.
 */
export type RawBody = string | Uint8Array

/** Throws a `TypeError` that says how to get at the raw bytes, unless `body` is a {@link RawBody}. */
export function requireRawBody(body: unknown): asserts body is RawBody {
  if (typeof body === 'string' || isBytes(body)) return
  mistake(`body is ${kindOf(body)}: pass the raw bytes, as Uint8Array or string, before any parser`)
}

export function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array || kindOf(value) === 'Uint8Array'
}
