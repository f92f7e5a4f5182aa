import { createServer, type Server } from 'node:http'
import express, { type ErrorRequestHandler, type RequestHandler, type Router } from 'express'
import { httpError } from './http-error.ts'
import { requestId } from './request-id.ts'

type Settings = {
  trustProxy: number | string[] | false
  newRequestId: () => string
  door: (RequestHandler | ErrorRequestHandler)[]
  pages: Router
  /** The scripts of pages. */
  bundles?: Router | undefined
  /** Bytes in and out, which no contract validates. */
  files?: Router | undefined
  /** What other services send to us, each in its own format. */
  deliveries?: readonly Router[]
  contract: Router
  metrics: () => Promise<{ contentType: string; text: string }>
  errors: ErrorRequestHandler
}

const REQUEST_TIMEOUT_MS = 30_000
// A large file over a slow line; a line that has fallen silent is cut off by whoever takes the file.
const UPLOAD_TIMEOUT_MS = 3_600_000
const UPLOADS = '/v1/uploads/'
const HEADERS_TIMEOUT_MS = 10_000
const CHECK_MS = 2_000
/** A socket that stays open costs little; the gateway and the files that are open decide what is too many. */
const MAX_CONNECTIONS = 25_000
const KEEP_ALIVE_MS = 65_000

/** The order of the middlewares is the order in which a request meets them. The door stands first: it is the hot path. */
export function createHttpServer({
  trustProxy,
  newRequestId,
  door,
  pages,
  bundles,
  files,
  deliveries = [],
  contract,
  metrics,
  errors,
}: Settings): Server {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', trustProxy)
  app.use(requestId(newRequestId))
  app.use(bodyDeadline)
  app.post('/api/webhook/:webhookSecret', ...door)
  app.use((_request, response, next) => {
    response.setHeader('x-content-type-options', 'nosniff')
    next()
  })
  app.use(pages)
  if (bundles !== undefined) app.use(bundles)
  app.get('/metrics', async (_request, response) => {
    const { contentType, text } = await metrics()
    response.setHeader('content-type', contentType).send(text)
  })
  if (files !== undefined) app.use(files)
  for (const router of deliveries) app.use(router)
  app.use(contract)
  app.all('/api/webhook/:webhookSecret', (_request, response, next) => {
    response.setHeader('allow', 'POST')
    next(httpError(405, 'method-not-allowed'))
  })
  app.use((_request, _response, next) => next(httpError(404, 'not-found')))
  app.use(errors)

  const server = createServer({ connectionsCheckingInterval: CHECK_MS }, app)
  server.maxConnections = MAX_CONNECTIONS
  server.requestTimeout = files === undefined ? REQUEST_TIMEOUT_MS : UPLOAD_TIMEOUT_MS
  server.headersTimeout = HEADERS_TIMEOUT_MS
  server.keepAliveTimeout = KEEP_ALIVE_MS
  return server
}

/** What Node allows to all alike, when some of them are files: everything else must be here soon. */
const bodyDeadline: RequestHandler = (request, response, next) => {
  if (request.url.startsWith(UPLOADS)) return next()
  const timer = setTimeout(() => {
    if (request.complete) return
    if (!response.headersSent) response.writeHead(408, { connection: 'close' }).end()
    request.socket.destroySoon()
  }, REQUEST_TIMEOUT_MS)
  request.once('close', () => clearTimeout(timer))
  next()
}
