import type { CallOptions, Result } from './method.ts'
import { pause } from './send.ts'
import { isTaplineNetworkError } from './tapline-error.ts'

type Params = Record<string, unknown>
type Call = (params?: Params, options?: CallOptions) => Promise<Result<unknown>>
type Page = { data: unknown[]; nextCursor?: string | null; position?: number }

const FEED_WAIT_SECONDS = 25
const ANSWER_MS = 10_000
const LONGEST_PAUSE_MS = 30_000

/** Page after page of a list, until there is no more. */
export async function* pagesOf(call: Call, params?: Params, options?: CallOptions): AsyncGenerator<Page> {
  let cursor = params?.cursor
  for (;;) {
    const { data, error } = await call({ ...params, cursor }, options)
    if (error) throw error
    const page = data as Page
    yield page
    if (page.nextCursor == null) return
    cursor = page.nextCursor
  }
}

/**
 * Page after page of what happens, without an end. Once it has begun, an outage is waited out: `after` says where to go
 * on, so nothing is missed.
 */
export async function* feedOf(
  call: Call,
  params: Params = {},
  options: CallOptions = {},
): AsyncGenerator<Page> {
  const waitSeconds = Number(params.waitSeconds ?? FEED_WAIT_SECONDS)
  let after = params.after
  let begun = false
  let failures = 0
  for (;;) {
    try {
      const { data, error } = await call(
        { ...params, after, waitSeconds: begun || after !== undefined ? waitSeconds : undefined },
        { timeoutMs: waitSeconds * 1_000 + ANSWER_MS, ...options },
      )
      if (error && (!begun || (error.status < 500 && error.status !== 429))) throw error
      if (!error) {
        begun = true
        failures = 0
        const page = data as Page
        after = page.position
        yield page
        continue
      }
    } catch (fault) {
      if (!begun || !isTaplineNetworkError(fault)) throw fault
    }
    await pause(Math.random() * Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** failures++), options.signal)
  }
}

export async function* itemsOf(pages: AsyncGenerator<Page>): AsyncGenerator<unknown> {
  for await (const { data } of pages) yield* data
}
