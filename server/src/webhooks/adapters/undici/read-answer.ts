import type { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import type { SendOutcome } from '../../ports/sender.ts'

const MAX_READ = 65_536
const MAX_KEPT = 4_096
const MAX_HEADERS = 50
const MAX_NAME = 100
const MAX_VALUE = 500
const LEAST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 24 * 3_600_000

type Headers = Dispatcher.ResponseData['headers']

/** What a shop may want to see of an answer: its head, without cookies. */
export function keptHeaders(headers: Headers): SendOutcome['responseHeaders'] {
  const kept = Object.entries(headers).flatMap(([name, value]) => {
    const text = Array.isArray(value) ? value.join(', ') : value
    return text === undefined || name === 'set-cookie' ? [] : [[storable(name, MAX_NAME), storable(text, MAX_VALUE)]]
  }) // prettier-ignore
  return Object.fromEntries(kept.slice(0, MAX_HEADERS)) as Record<string, string>
}

/** The first 4 KB as text. The status has said all that counts: a body that breaks off changes nothing. */
export async function keptBody(body: Readable, timeoutMs: number): Promise<string> {
  const kept: Uint8Array[] = []
  let read = 0
  let keptBytes = 0
  const late = setTimeout(() => body.destroy(), timeoutMs)
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      const part = chunk.subarray(0, MAX_KEPT - keptBytes)
      // A copy: a part would keep the whole chunk alive.
      if (part.length > 0) kept.push(Uint8Array.from(part))
      keptBytes += part.length
      read += chunk.length
      // To the end if it is near, so that the connection can be used again; leaving the loop destroys it.
      if (read > MAX_READ) break
    }
  } catch {
    // It was cut off, by them or by our time limit.
  } finally {
    clearTimeout(late)
  }
  // `stream` leaves out a character whose end was not kept.
  const text = new TextDecoder().decode(Buffer.concat(kept), { stream: read > keptBytes })
  return storable(text, text.length)
}

/** `Retry-After` in seconds or as a date, between a second and a day. */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const given = headers['retry-after']
  const text = (Array.isArray(given) ? given[0] : given)?.trim() ?? ''
  const waitMs = /^\d+$/.test(text)
    ? Number(text) * 1_000
    : / GMT$/.test(text)
      ? Date.parse(text) - now
      : Number.NaN
  return Number.isNaN(waitMs) ? null : Math.min(LONGEST_WAIT_MS, Math.max(LEAST_WAIT_MS, waitMs))
}

/** Postgres stores no NUL, and no half of a surrogate pair in JSON. */
function storable(text: string, longest: number): string {
  return text
    .slice(0, longest)
    .replaceAll('\0', '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
}
