import { createHash } from 'node:crypto'
import { canonicalJson } from '../kernel/canonical-json.ts'
import { isRefusal, refuse, type Refusal } from '../kernel/refusal.ts'
import type { IdempotencyKeys, StoredAnswer } from './idempotency-keys.ts'

export type KeyedRequest = {
  projectId: string
  key: string
  operationId: string
  path: unknown
  query: unknown
  body: unknown
  /** Its answer holds a secret, which is shown once and so never stored. */
  secret: boolean
}
export type AnswerOnce = <A extends StoredAnswer>(
  request: KeyedRequest,
  work: () => Promise<A | Refusal>,
) => Promise<{ outcome: A | StoredAnswer | Refusal; replayed: boolean }>

type Dependencies = { keys: IdempotencyKeys; onFault: (error: unknown) => void }

const MOST_STORED_BYTES = 256 * 1_024
const RETRY_AFTER_SECONDS = 1

/**
 * Runs the work for one of those who ask with a key; the others get its answer. Only success is kept: a refusal had no
 * effect, and a fault is there to be tried again. Where a fault or the death of the process follows the effect, a repeat
 * does the work again: an effect that must not come twice even then carries the key as its id (decision 6).
 */
export function answerOnce({ keys, onFault }: Dependencies): AnswerOnce {
  return async ({ projectId, key, operationId, path, query, body, secret }, work) => {
    const fingerprint = createHash('sha256')
      .update(canonicalJson([operationId, path, query, body]))
      .digest()
    const claim = await keys.claim(projectId, key, fingerprint)
    if (claim.state === 'taken') return { outcome: refuse('idempotency-key-reused'), replayed: false }
    if (claim.state === 'running')
      return {
        outcome: refuse('request-in-progress', { retryAfterSeconds: RETRY_AFTER_SECONDS }),
        replayed: false,
      }
    if (claim.state === 'answered') return { outcome: claim.answer, replayed: true }

    const { holder } = claim
    // What cannot be written now is no fault of the request: an unfinished claim is given up after a minute.
    const free = () => keys.free(projectId, key, holder).catch(onFault)
    const outcome = await work().catch(async (error: unknown) => {
      await free()
      throw error
    })
    const text = secret ? undefined : storable(outcome)
    if (text === undefined) await free()
    else await keys.keep(projectId, key, holder, text).catch(onFault)
    return { outcome, replayed: false }
  }
}

function storable(outcome: StoredAnswer | Refusal): { status: number; body: string | null } | undefined {
  if (isRefusal(outcome) || outcome.status < 200 || outcome.status > 299) return undefined
  const body = outcome.body === undefined ? null : JSON.stringify(outcome.body)
  if (body !== null && Buffer.byteLength(body) > MOST_STORED_BYTES) return undefined
  return { status: outcome.status, body }
}
