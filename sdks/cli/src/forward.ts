import type { TaplineEvent } from '@tapline/client'
import { signWebhook } from '@tapline/signing'
import { pause } from './pause.ts'
import { USER_AGENT } from './version.ts'
import { whyUnreachable } from './why-unreachable.ts'

/** `status` is null where nobody answered, and `error` says why. */
export type Forwarded = { status: number | null; tookMs: number; attempts: number; error: string | null }

export type Target = {
  url: string
  secret: string
  /** How long to wait before each further attempt when nobody answers. */
  waitsMs?: readonly number[]
  timeoutMs?: number
  /** Nobody answered, and it will be tried again. */
  onTrouble: (why: string) => void
  signal: AbortSignal
}

const WAITS_MS = [500, 1_000, 2_000, 4_000, 8_000]
// As the server gives an endpoint.
const TIMEOUT_MS = 15_000

/**
 * Posts one event as Tapline does: signed anew at every attempt, redirects not followed. An answer is an answer; only
 * where there is none is it tried again.
 */
export async function forward(event: TaplineEvent, target: Target): Promise<Forwarded> {
  const { signal, waitsMs = WAITS_MS, onTrouble } = target
  const body = JSON.stringify(event)
  for (let attempts = 1; ; attempts++) {
    const began = performance.now()
    const outcome = await post(event.id, body, target)
    const tookMs = Math.round(performance.now() - began)
    if (typeof outcome === 'number') return { status: outcome, tookMs, attempts, error: null }
    const waitMs = waitsMs[attempts - 1]
    if (waitMs === undefined || signal.aborted) return { status: null, tookMs, attempts, error: outcome }
    onTrouble(outcome)
    await pause(waitMs, signal)
    if (signal.aborted) return { status: null, tookMs, attempts, error: outcome }
  }
}

/** The status of the answer, or why there is none. */
async function post(
  id: string,
  body: string,
  { url, secret, timeoutMs = TIMEOUT_MS, signal }: Target,
): Promise<number | string> {
  const abort = new AbortController()
  const late = `no answer within ${timeoutMs / 1_000} s`
  const timer = setTimeout(() => abort.abort(new Error(late)), timeoutMs)
  const stop = () => abort.abort(new Error('stopped'))
  signal.addEventListener('abort', stop)
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        ...signWebhook({ id, timestamp: new Date(), body, secrets: [secret] }),
        'content-type': 'application/json',
        'user-agent': USER_AGENT,
      },
      body,
      redirect: 'manual',
      signal: abort.signal,
    })
    // Nobody reads it, and it may have no end.
    await response.body?.cancel()
    return response.status
  } catch (fault) {
    return abort.signal.aborted ? (abort.signal.reason as Error).message : whyUnreachable(fault)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}
