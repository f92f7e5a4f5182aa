import { isRefusal, refuse, type Refusal } from '../shop/refusal.ts'
import { DAY_MS, type Shop } from '../shop/state.ts'
import type { AnyReply } from './request.ts'

type Keyed = {
  key: string
  operationId: string
  path: unknown
  query: unknown
  body: unknown
  /** Its answer holds a secret, which is shown once and so never stored. */
  secret: boolean
}

const BARE = /^[!-~]{1,255}$/
const QUOTED = /^"((?:[!#-[\]-~]|\\["\\])*)"$/

/** The same request again with the same key gets the first answer. Only success is kept: a refusal frees the key. */
export function answerOnce(
  { state, now }: Shop,
  { key, operationId, path, query, body, secret }: Keyed,
  work: () => AnyReply | Refusal,
): { outcome: AnyReply | Refusal; replayed: boolean } {
  const fingerprint = canonical([operationId, path, query, body])
  const known = state.answers.get(key)
  if (known !== undefined && known.until > now()) {
    if (known.fingerprint !== fingerprint)
      return { outcome: refuse('idempotency-key-reused'), replayed: false }
    return { outcome: { status: known.status, body: known.body }, replayed: true }
  }
  const outcome = work()
  if (!isRefusal(outcome) && !secret)
    state.answers.set(key, {
      fingerprint,
      ...structuredClone({ body: undefined, ...outcome }),
      until: now() + DAY_MS,
    })
  return { outcome, replayed: false }
}

/** The key that the header names, quoted or bare, or undefined when it names none. */
export function readIdempotencyKey(header: string): string | undefined {
  const quoted = QUOTED.exec(header)?.[1]?.replace(/\\(["\\])/g, '$1')
  const key = quoted ?? (header.startsWith('"') ? '' : header)
  return BARE.test(key) ? key : undefined
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  fields.sort(([left], [right]) => (left < right ? -1 : 1))
  return `{${fields.map(([name, field]) => `${name}:${canonical(field)}`).join(',')}}`
}
