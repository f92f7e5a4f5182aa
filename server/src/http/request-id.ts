import type { RequestHandler } from 'express'

declare global {
  namespace Express {
    interface Locals {
      requestId: string
    }
  }
}

/** Every answer names its request, also one that failed before anything else could be said. */
export function requestId(newId: () => string): RequestHandler {
  return (_request, response, next) => {
    response.locals.requestId = newId()
    response.setHeader('x-request-id', response.locals.requestId)
    next()
  }
}
