import { jsonOf, own } from './json.ts'
import { done, problem, type Answer, type Problem } from './problem.ts'

/** What is used of `fetch`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export interface Asked {
  token: string
  body?: object
  /** A property without which an answer is none: whoever stands between may answer anything. */
  has?: string
  /** Makes the same twice the same once; with it, what may have been lost is asked again. */
  key?: string
}

export type Request = <Body>(method: string, path: string, asked: Asked) => Promise<Answer<Body>>

const PATIENCE_MS = 4_000

interface Needs {
  url: string
  locale: () => string | undefined
  fetch: Fetch
  noticed: (problem: Problem) => void
}

/** Asks the API. Whatever happens, something comes back within the time that a checkout can wait. */
export function createRequest({ url, locale, fetch, noticed }: Needs): Request {
  async function once<Body>(method: string, path: string, asked: Asked): Promise<Answer<Body>> {
    const { token, body, has, key } = own(asked)
    let heard = false
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS)
    const headers: [string, string][] = [['authorization', `Bearer ${token}`]]
    const language = locale()
    if (language) headers.push(['accept-language', language])
    if (body) headers.push(['content-type', 'application/json'])
    if (key) headers.push(['idempotency-key', key])
    try {
      const response = await fetch(
        url + path,
        own<RequestInit>({
          ...{ method, headers, signal: patience.signal, credentials: 'omit' },
          ...(body && { body: jsonOf(body) }),
        }),
      )
      heard = true
      const { status, ok } = response
      const answer = Object(await response.json()) as Body & object & { code?: string; detail?: string }
      if (ok && (!has || has in answer)) return done<Body>(answer)
      return problem(
        answer.code ?? 'unexpected-answer',
        answer.detail ?? String(status),
        ok || status >= 500 || status === 408 || status === 429 || answer.code === 'request-in-progress',
      )
    } catch (fault) {
      return problem(
        patience.signal.aborted ? 'timed-out' : heard ? 'unexpected-answer' : 'unreachable',
        String(fault),
        true,
      )
    } finally {
      clearTimeout(timer)
    }
  }

  return async (method, path, asked) => {
    let answer = await once<never>(method, path, asked)
    if (own(asked).key && answer.problem?.temporary) answer = await once<never>(method, path, asked)
    if (answer.problem && answer.problem.code !== 'proof-pending') noticed(answer.problem)
    return answer
  }
}
