import { ChatError } from './chat-error.ts'
import type { Shelf } from './storage.ts'

/** What is used of `fetch`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** A right to speak, and where the server says so until when and how to get the next one. */
export interface ChatSession {
  token: string
  expiresAt?: string
  renewal?: string | null
}

/** The other tabs. */
interface Link {
  /** Resolves when it is known whether another one has a session. */
  ready(): Promise<unknown>
  tell(news: { session: ChatSession }): void
}

interface Needs {
  url: string
  publishableKey?: string
  session?: () => Promise<ChatSession>
  identity?: () => Promise<string | undefined>
  name?: string
  participantId?: string
  fetch: Fetch
  locale?: string
  now: () => number
  shelf: Shelf
  tabs: Link
}

const RENEWAL = 'renewal'
const EXPIRY_MARGIN_MS = 60_000
const ATTEMPTS = 3
const RETRY_MS = 500

/** What is said over HTTP. */
export function createApi({ url, fetch, shelf, now, ...needs }: Needs) {
  const base = url.replace(/\/+$/, '')
  let current: ChatSession | undefined
  let opening: Promise<ChatSession> | undefined

  async function once<Body>(
    method: string,
    path: string,
    token: string,
    body?: unknown,
    key?: string,
  ): Promise<Body> {
    const headers: Record<string, string> = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...(needs.locale && { 'accept-language': needs.locale }),
      ...(key && { 'idempotency-key': key }),
    }
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
    const response = await fetch(base + path, init)
    const answer = (await response.json().catch(() => ({}))) as { code?: string; detail?: string }
    if (response.ok) return answer as Body
    const { status } = response
    const { code = 'unexpected-answer', detail = `The answer was ${status}.` } = answer
    throw new ChatError(code, detail, {
      status,
      temporary: status >= 500 || status === 408 || status === 429 || code === 'request-in-progress',
      retryAfterMs: Number(response.headers.get('retry-after')) * 1000 || undefined,
    })
  }

  async function visit(): Promise<ChatSession> {
    const identity = await needs.identity?.()
    const about = { renewal: shelf.values.get(RENEWAL), identity, name: needs.name }
    return once<ChatSession>('POST', '/v1/visitor-sessions', needs.publishableKey!, about).catch(
      (error: ChatError) => {
        // It has ended; the next one is of a new visitor.
        if (error.status === 401) shelf.remove(RENEWAL)
        throw error
      },
    )
  }

  function adopt(session: ChatSession): void {
    current = session
    if (session.renewal) shelf.set(RENEWAL, session.renewal)
    else if (session.renewal === null) shelf.remove(RENEWAL)
  }

  async function session(anew: boolean): Promise<ChatSession> {
    await needs.tabs.ready()
    if (anew) current = undefined
    const { expiresAt } = current ?? {}
    if (current && !(expiresAt && Date.parse(expiresAt) - now() < EXPIRY_MARGIN_MS)) return current
    opening ??= (needs.session ?? visit)()
      .then((opened) => {
        adopt(opened)
        needs.tabs.tell({ session: opened })
        return opened
      })
      .finally(() => (opening = undefined))
    return opening
  }

  /** Tries again what may succeed later: reading, and what has a key or is harmless again. */
  async function call<Body>(
    method: string,
    path: string,
    body?: unknown,
    key?: string,
    { anew = false, attempts = ATTEMPTS } = {},
  ): Promise<Body> {
    for (let refusals = 0; ;) {
      try {
        const { token } = await session(anew || refusals > 0)
        return await once<Body>(method, path, token, body, key)
      } catch (fault) {
        const { status, temporary, retryAfterMs } = fault as ChatError
        if (status === 401 && refusals < 2) refusals++
        else if (temporary && --attempts > 0)
          await new Promise((resolve) => setTimeout(resolve, retryAfterMs ?? RETRY_MS))
        else throw fault
      }
    }
  }

  return {
    ...{ adopt, call },
    session: () => current,
    /** The connection has a patience of its own. */
    ticket: (anew: boolean) =>
      call<{ ticket: string; url: string }>(
        'POST',
        '/v1/socket-tickets',
        { participantId: needs.participantId },
        undefined,
        { anew, attempts: 1 },
      ),
  }
}
