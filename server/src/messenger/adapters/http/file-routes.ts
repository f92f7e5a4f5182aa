import express, { type Request, type Response, type Router } from 'express'
import { httpError } from '../../../http/http-error.ts'
import type { ProblemWriter } from '../../../http/problem.ts'
import { localeOf } from '../../../http/locale-of.ts'
import type { Locale } from '../../../kernel/locale.ts'
import { isRefusal, type Refusal } from '../../../kernel/refusal.ts'
import { RetryableError } from '../../../kernel/retryable-error.ts'
import { contentDisposition } from '../../domain/content-disposition.ts'
import type { DiskStore } from '../disk/disk-store.ts'

type Settings = {
  store: DiskStore
  /** Somebody's bytes have arrived. */
  onUpload: (key: string) => Promise<void>
  write: ProblemWriter
  fallbackLocale: Locale
}

const UPLOADS_AT_ONCE = 64
/** A slow line may take long, a dead one is let go. */
const SILENCE_MS = 30_000
const KEPT_SECONDS = 3_600
const PREFLIGHT_SECONDS = 7_200
// Nothing of it runs and nothing of it loads, whatever a browser takes it for. A PDF's viewer is a plugin, which a sandbox forbids.
const SEALED = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
const PDF = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"

/** Where the addresses of the store on a disk lead to: bytes in and bytes out, from the pages of any shop. */
export function fileRoutes({ store, onUpload, write, fallbackLocale }: Settings): Router {
  const router = express.Router()
  let uploads = 0
  router.use(['/v1/uploads', '/v1/files'], (request, response, next) => {
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('cross-origin-resource-policy', 'cross-origin')
    response.setHeader('x-content-type-options', 'nosniff')
    if (request.method !== 'OPTIONS') return next()
    response.setHeader('access-control-allow-methods', 'GET, HEAD, PUT')
    response.setHeader('access-control-allow-headers', 'content-type, range')
    response.setHeader('access-control-max-age', PREFLIGHT_SECONDS)
    response.status(204).end()
  })
  router.put('/v1/uploads/:uploadToken', async (request, response) => {
    const grant = store.readUpload(String(request.params.uploadToken))
    if (isRefusal(grant)) return turnAway(request, response, grant)
    const announced = request.headers['content-length']
    if (announced !== undefined && Number(announced) !== grant.size)
      return turnAway(request, response, {
        refused: Number(announced) > grant.size ? 'body-too-large' : 'request-aborted',
      })
    if (uploads >= UPLOADS_AT_ONCE)
      throw new RetryableError('Too many uploads at once', { retryAfterMs: 2_000 })
    uploads++
    request.socket.setTimeout(SILENCE_MS, () => request.destroy())
    try {
      const refusal = await store.receive(grant, request)
      if (refusal !== undefined) return turnAway(request, response, refusal)
    } finally {
      uploads--
      request.socket.setTimeout(0)
    }
    await onUpload(grant.key)
    response.status(200).end()
  })
  router.get('/v1/files/:fileToken', (request, response, next) => {
    const grant = store.readFile(String(request.params.fileToken))
    if (isRefusal(grant)) return turnAway(request, response, grant)
    const { name, type, shown } = grant.served
    response.setHeader('access-control-expose-headers', 'content-disposition, content-length, content-range')
    response.setHeader('cache-control', `private, max-age=${KEPT_SECONDS}`)
    response.setHeader('content-type', type)
    response.setHeader('content-disposition', contentDisposition(name, shown))
    response.setHeader('content-security-policy', type === 'application/pdf' ? PDF : SEALED)
    response.setHeader('referrer-policy', 'no-referrer')
    response.sendFile(grant.key, { root: store.directory, cacheControl: false }, (error) => {
      if (error === undefined || response.headersSent) return
      for (const header of ['cache-control', 'content-disposition', 'content-type'])
        response.removeHeader(header)
      const { status } = error as { status?: number }
      next(status === 404 ? httpError(404, 'attachment-not-found') : error)
    })
  })
  return router

  function turnAway(request: Request, response: Response, refusal: Refusal): void {
    const locale = localeOf(request.headers['accept-language']) ?? fallbackLocale
    const problem = write(refusal, locale, { requestId: response.locals.requestId })
    // What is still coming is not read; the line is of no more use.
    if (!request.complete) response.setHeader('connection', 'close')
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
  }
}
