import { delay, http, HttpResponse, type HttpHandler } from 'msw'
import type { ProblemCode } from './http/problem-codes.ts'
import { problemOf } from './http/problems.ts'
import { idMaker } from './shop/ids.ts'

/** Where a scenario happens. */
export interface ScenarioOptions {
  /** The same as for `createHandlers`. */
  baseUrl: string
  /**
   * Only below this path, such as `/v1/holds` or `/api/webhook`; everywhere when absent. Begins with a slash; a `*` in it
   * stands for anything, and parameters are written `:id`.
   */
  path?: string
  /** How many requests it happens to; later ones get their usual answer. All of them when absent. */
  times?: number
}

/** How {@link scenarios.rateLimited} turns away. */
export interface RateLimitedOptions extends ScenarioOptions {
  /** What `Retry-After` says; 30 when absent. */
  retryAfterSeconds?: number
}

/** How slow {@link scenarios.slow} is. */
export interface SlowOptions extends ScenarioOptions {
  /** Milliseconds before the usual answer; 3,000 when absent. */
  ms?: number
}

/** How {@link scenarios.failing} fails. */
export interface FailingOptions extends ScenarioOptions {
  /** 500 (a fault, `internal-error`) or 503 (a part is away, `unavailable`, with `Retry-After`); 503 when absent. */
  status?: 500 | 503
}

type Happens = (request: Request) => Response | Promise<Response | undefined> | undefined

const LIMIT = 100

/**
 * What goes wrong, as handlers to put before the others. Each answers as the server does, problem document and headers
 * included.
 *
 * @example
 * server.use(...scenarios.rateLimited({ baseUrl, times: 1 }))
 */
export const scenarios = {
  /**
   * 429 `rate-limited` with `Retry-After`, `RateLimit` and `RateLimit-Policy`. Nothing is stored.
   *
   * @example
   * server.use(...scenarios.rateLimited({ baseUrl, times: 2, retryAfterSeconds: 1 }))
   */
  rateLimited({ retryAfterSeconds = 30, ...options }: RateLimitedOptions): HttpHandler[] {
    return happening(options, () =>
      problem(
        'rate-limited',
        { limit: LIMIT },
        {
          'retry-after': String(retryAfterSeconds),
          'ratelimit-policy': `"default";q=${LIMIT};w=60`,
          ratelimit: `"default";r=0;t=${retryAfterSeconds}`,
        },
      ),
    )
  },

  /**
   * The usual answer, later. With fake timers it waits until you let their time pass.
   *
   * @example
   * server.use(...scenarios.slow({ baseUrl, ms: 5_000 }))
   */
  slow({ ms = 3_000, ...options }: SlowOptions): HttpHandler[] {
    return happening(options, async () => {
      await delay(ms)
      return undefined
    })
  },

  /**
   * 500 `internal-error`, or 503 `unavailable` with `Retry-After: 1`. Nothing is stored.
   *
   * @example
   * server.use(...scenarios.failing({ baseUrl, status: 503, times: 2 }))
   */
  failing({ status = 503, ...options }: FailingOptions): HttpHandler[] {
    return happening(options, () =>
      status === 503 ? problem('unavailable', undefined, { 'retry-after': '1' }) : problem('internal-error'),
    )
  },

  /**
   * 401 `unauthorized`, which is what the door says to a signature that does not match, and `/v1` to a key that is none.
   *
   * @example
   * server.use(...scenarios.badSignature({ baseUrl }))
   */
  badSignature(options: ScenarioOptions): HttpHandler[] {
    return happening(options, (request) =>
      new URL(request.url).pathname.includes('/api/webhook/')
        ? problem('unauthorized')
        : problem('unauthorized', undefined, { 'www-authenticate': 'Bearer' }),
    )
  },

  /**
   * No answer at all: `fetch` rejects with a `TypeError`, as when the host cannot be reached.
   *
   * @example
   * server.use(...scenarios.offline({ baseUrl, path: '/api/webhook' }))
   */
  offline(options: ScenarioOptions): HttpHandler[] {
    return happening(options, () => HttpResponse.error())
  },
}

/** Before the other handlers: a resolver that answers nothing leaves the request to them. */
function happening(
  { baseUrl, path = '', times = Infinity }: ScenarioOptions,
  happens: Happens,
): HttpHandler[] {
  let left = times
  const below = `${baseUrl.replace(/\/+$/, '')}${path.replace(/\/+$/, '')}`
  const resolve = ({ request }: { request: Request }) => (left-- > 0 ? happens(request) : undefined)
  return [http.all(below, resolve), http.all(`${below}/*`, resolve)]
}

function problem(
  code: ProblemCode,
  details?: Record<string, unknown>,
  headers: Record<string, string> = {},
): Response {
  const requestId = idMaker(0)('request')
  const document = problemOf(
    details === undefined ? { refused: code } : { refused: code, details },
    requestId,
  )
  return new HttpResponse(JSON.stringify(document), {
    status: document.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'x-request-id': requestId,
      ...headers,
    },
  })
}
