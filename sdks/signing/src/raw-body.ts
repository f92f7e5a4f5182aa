import { types } from 'node:util'

/**
 * A body exactly as it goes over the wire. Bytes are best (`Buffer` is a `Uint8Array`); a string stands for its UTF-8
 * bytes. When *verifying*, a string was decoded by somebody already: if the sender's bytes were not valid UTF-8, they
 * are lost by then and the signature does not match. A parsed object is no body: writing it out again moves spaces,
 * key order and `5.0`.
 */
export type RawBody = string | Uint8Array

/** Throws a `TypeError` that says how to get at the raw bytes, unless `body` is a {@link RawBody}. */
export function requireRawBody(body: unknown): asserts body is RawBody {
  if (typeof body === 'string' || types.isUint8Array(body)) return
  if (types.isAnyArrayBuffer(body)) {
    throw new TypeError('body is an ArrayBuffer: pass new Uint8Array(body)')
  }
  const kind = body === null || body === undefined ? `${body}` : `a parsed value (${typeof body})`
  throw new TypeError(
    `body is ${kind}: pass the raw bytes, unparsed, as a string or Uint8Array ` +
      `(Express: express.raw({ type: () => true }); fetch: new Uint8Array(await request.arrayBuffer()))`,
  )
}
