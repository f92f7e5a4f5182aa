import { TaplineNetworkError } from './tapline-error.ts'

/** How `fetch` is called: with the address, and everything else beside it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** One request, however often it has to be sent. */
export type Sending = {
  /** Names the call in errors: the address may hold a secret. */
  name: string
  url: string
  method: string
  headers: Headers
  body: string | ArrayBuffer | undefined
  /** The `Idempotency-Key` or `webhook-id`, for errors. */
  key: string | undefined
  /** Added anew to each attempt: signatures have a moment. */
  sign?: (() => Promise<object>) | undefined
  /** Whether a second time does no harm, when it is not known what became of the first. */
  repeatable: boolean
  /** What must not be told in an error. */
  secret?: string | undefined
}

export type Policy = {
  fetch: Fetch
  timeoutMs: number
  maxRetries: number
  signal: AbortSignal | null | undefined
}

// A longer one fires at once.
const LONGEST_TIMER_MS = 2 ** 31 - 1
const LONGEST_WAIT_MS = 60_000
const BACKOFF_MS = 500
const LONGEST_BACKOFF_MS = 8_000
const MAY_PASS = /408|50[0234]/

/** How often an answer was asked for; for those who are handed the answer alone. */
export const attemptsOf = new WeakMap<Response, number>()

/**
 * Sends until there is an answer worth giving: a network that fails and an answer that may pass are tried again, each
 * time later by chance, where that can do no harm. The body of the answer is there when it is returned, so a connection
 * that breaks in its middle counts as no answer.
 */
export async function send(sending: Sending, policy: Policy): Promise<Response> {
  const { signal, maxRetries } = policy
  for (let retries = 0; ; retries++) {
    signal?.throwIfAborted()
    const last = retries >= maxRetries
    let waitMs: number | undefined
    const headers = new Headers(sending.headers)
    if (retries > 0) headers.set('x-tapline-retry-count', String(retries))
    for (const [name, value] of Object.entries((await sending.sign?.()) ?? {}))
      headers.set(name, String(value))
    try {
      const { response, text } = await attempt({ ...sending, headers }, policy)
      attemptsOf.set(response, retries + 1)
      waitMs = last ? undefined : waitAfter(response, text, sending.repeatable, retries)
      if (waitMs === undefined) return response
    } catch (fault) {
      signal?.throwIfAborted()
      if (last || !sending.repeatable) throw unanswered(sending, fault, retries + 1)
      waitMs = backoff(retries)
    }
    await pause(waitMs, signal)
  }
}

async function attempt(
  { url, method, headers, body }: Sending,
  { fetch, timeoutMs, signal }: Policy,
): Promise<{ response: Response; text: string }> {
  const abort = new AbortController()
  const passOn = () => abort.abort(signal!.reason)
  const timer = setTimeout(
    () => abort.abort(new DOMException(`No answer within ${timeoutMs} ms`, 'TimeoutError')),
    Math.min(timeoutMs, LONGEST_TIMER_MS),
  )
  signal?.addEventListener('abort', passOn)
  try {
    const response = await fetch(url, {
      method,
      headers,
      body: body ?? null,
      // Not followed, for what we send is meant for one address. `error` would say the same, but not on the edge.
      redirect: 'manual',
      signal: abort.signal,
    })
    return { response, text: await response.clone().text() }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', passOn)
  }
}

/** How long to wait before it is sent again, or undefined where this answer is the last. */
function waitAfter(
  { status, headers }: Response,
  text: string,
  repeatable: boolean,
  retries: number,
): number | undefined {
  const hint = headers.get('tapline-should-retry')
  const running = status === 409 && text.includes('"request-in-progress"')
  // With 429 it was not done, whatever it was.
  const may = running || status === 429 || (repeatable && MAY_PASS.test(`${status}`))
  if (hint === null ? !may : hint !== 'true') return undefined
  const asked = headers.get('retry-after') ?? ''
  const askedMs = /^\d+$/.test(asked) ? Number(asked) * 1_000 : Date.parse(asked) - Date.now()
  if (Number.isNaN(askedMs)) return backoff(retries)
  // Those who were all told the same moment should not all come in it.
  return askedMs > LONGEST_WAIT_MS ? undefined : Math.max(0, askedMs) + Math.random() * BACKOFF_MS
}

function backoff(retries: number): number {
  return Math.random() * Math.min(LONGEST_BACKOFF_MS, BACKOFF_MS * 2 ** retries)
}

export function pause(ms: number, signal: AbortSignal | null | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever the caller aborted with
      reject(signal!.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
    if (signal?.aborted) stop()
  })
}

function unanswered({ name, key, secret }: Sending, fault: unknown, attempts: number): TaplineNetworkError {
  // Some runtimes write the address into what they throw.
  const told = (error: unknown): string =>
    error instanceof Error ? `${error.message}${error.cause ? ` (${told(error.cause)})` : ''}` : String(error)
  const why = `${name}: no answer, attempts: ${attempts}. ${told(fault)}`
  const safe = secret ? why.replaceAll(secret, '…') : why
  const cause = safe === why ? fault : new Error(safe)
  return new TaplineNetworkError(safe, { cause, idempotencyKey: key, attempts })
}
