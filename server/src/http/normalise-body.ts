import express, { type Request, type RequestHandler } from 'express'
import { httpError } from './http-error.ts'

const MAX_BODY = '1mb'
const JSON_TYPE = 'application/json'

/**
 * Closes what express-openapi-validator leaves open: it caches a validator for every distinct Content-Type parameter,
 * does not enforce a required body, and stumbles over null. Behind this, a body is absent or a JSON object, and the
 * header is the bare type.
 */
export function normaliseBody(
  bodyOf: (method: string, path: string) => 'required' | 'optional' | 'none',
): RequestHandler[] {
  const bare: RequestHandler = (request, _response, next) => {
    const hasBody =
      request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
    const wanted = bodyOf(request.method, request.path)
    if (!hasBody) {
      delete request.headers['content-type']
      return next(wanted === 'required' ? httpError(400, 'body-required') : undefined)
    }
    if (wanted === 'none') {
      request.resume()
      delete request.headers['content-type']
      return next()
    }
    const type = (request.headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase()
    if (type !== JSON_TYPE)
      return next(httpError(415, 'unsupported-media-type', { contentType: type.slice(0, 100) }))
    request.headers['content-type'] = JSON_TYPE
    next()
  }
  const object: RequestHandler = (request, _response, next) => {
    const { body } = request as { body: unknown }
    if (request.headers['content-type'] === undefined) {
      request.body = undefined
      return next()
    }
    const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
    next(isObject ? undefined : httpError(400, 'object-required'))
  }
  // A chunked body may turn out to be empty; the parser would make an object of it.
  const verify = (request: Request, _response: unknown, bytes: Buffer): void => {
    if (bytes.length === 0 && bodyOf(request.method, request.path) === 'required')
      throw httpError(400, 'body-required')
  }
  return [
    bare,
    express.json({
      limit: MAX_BODY,
      strict: false,
      inflate: false,
      type: JSON_TYPE,
      verify: verify as never,
    }),
    object,
  ]
}
