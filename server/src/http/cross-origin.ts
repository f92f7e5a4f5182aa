import cors from 'cors'
import type { RequestHandler } from 'express'

type Operation = { method: string; pattern: RegExp; schemes: readonly string[] }

/** What a browser carries; whatever else an operation takes belongs on a server. */
const BROWSER_SCHEMES: ReadonlySet<string> = new Set(['session', 'publishableKey'])
const LEARNT_FOR_S = 7_200

/**
 * Lets pages of other origins read the answers, also the refusals, of what browsers may call; of nothing else. Which origins
 * a project allows is its guards' question: a preflight does not say whose key will come.
 */
export function crossOrigin(operations: readonly Operation[]): RequestHandler {
  const open = operations.filter(({ schemes }) => schemes.some((scheme) => BROWSER_SCHEMES.has(scheme)))
  return (request, response, next) => {
    const asked = request.headers['access-control-request-method']
    const method = (request.method === 'OPTIONS' ? String(asked) : request.method).toLowerCase()
    const here = open.filter(({ pattern }) => pattern.test(request.path))
    if (!here.some((operation) => operation.method === method)) return next()
    cors({
      origin: '*',
      methods: here.map((operation) => operation.method.toUpperCase()),
      allowedHeaders: ['Authorization', 'Content-Type', 'Accept-Language', 'Idempotency-Key'],
      exposedHeaders: [
        'Retry-After',
        'RateLimit',
        'Idempotency-Replayed',
        'X-Request-Id',
        'Tapline-Should-Retry',
      ],
      maxAge: LEARNT_FOR_S,
    })(request, response, next)
  }
}
