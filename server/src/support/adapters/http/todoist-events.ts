import { createHmac, timingSafeEqual } from 'node:crypto'
import express, { type Router } from 'express'
import { httpError } from '../../../http/http-error.ts'

type Dependencies = {
  /** Of the host's app; without one nobody may say anything here. */
  secret: string | undefined
  onEvent: (accountId: string) => Promise<void>
}

const MOST_BYTES = 1_048_576

/** Where Todoist says that something happened: nothing of what it says is believed but whose board to look at. */
export function todoistEvents({ secret, onEvent }: Dependencies): Router {
  const router = express.Router()
  router.post(
    '/v1/todoist-events',
    express.raw({ type: () => true, limit: MOST_BYTES }),
    async (request, response, next) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const shown = Buffer.from(String(request.headers['x-todoist-hmac-sha256'] ?? ''), 'base64')
      const expected = secret === undefined ? undefined : createHmac('sha256', secret).update(body).digest()
      if (expected === undefined || shown.length !== expected.length || !timingSafeEqual(shown, expected))
        return next(httpError(401, 'unauthorized'))
      const accountId = accountOf(body)
      if (accountId !== undefined) await onEvent(accountId)
      response.status(200).json({ ok: true })
    },
  )
  return router
}

function accountOf(body: Buffer): string | undefined {
  try {
    const { user_id: id } = JSON.parse(body.toString('utf8')) as { user_id?: unknown }
    return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined
  } catch {
    return undefined
  }
}
