import { createHmac } from 'node:crypto'
import { types } from 'node:util'
import type { RawBody } from './raw-body.ts'

/** A message's id: 1 to 256 visible ASCII characters, no dot. A dot could move bytes between id, timestamp and body. */
export const MESSAGE_ID = /^[!-\-/-~]{1,256}$/

/** A moment as it is written in `webhook-timestamp`: Unix seconds, exactly ten digits (2001 to 2286). */
export const UNIX_SECONDS = /^\d{10}$/

/** The HMAC-SHA256 of `id.timestamp.body`, over the bytes of the body as they are. */
export function digestMessage(key: Buffer, id: string, timestamp: number | string, body: RawBody): Buffer {
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest()
}

/** Whole Unix seconds; throws a `TypeError` for milliseconds, fractions and invalid dates. */
export function toUnixSeconds(moment: Date | number, name: string): number {
  const seconds = types.isDate(moment) ? Math.floor(moment.getTime() / 1000) : moment
  if (typeof seconds === 'number' && UNIX_SECONDS.test(String(seconds))) return seconds
  const kind = typeof seconds === 'number' ? String(seconds) : seconds === null ? 'null' : typeof seconds
  throw new TypeError(
    `${name} is ${kind}: pass a Date, or whole seconds since 1970 (Math.floor(Date.now() / 1000)), not milliseconds`,
  )
}
