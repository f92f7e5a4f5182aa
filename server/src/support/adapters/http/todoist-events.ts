import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import express, { type Router } from 'express'
import { httpError } from '../../../http/http-error.ts'
import type { BoardEvent } from '../../hear-event.ts'

type Dependencies = {
  /** Of the host's app; without one nobody may say anything here. */
  secret: string | undefined
  onEvent: (event: BoardEvent) => Promise<void>
}

type Json = Record<string, unknown>

const MOST_BYTES = 1_048_576

/** Where Todoist says that something happened. Signed over the bytes as they came; only a 200 counts there. */
export function todoistEvents({ secret, onEvent }: Dependencies): Router {
  const router = express.Router()
  router.post(
    '/v1/todoist-events',
    express.raw({ type: () => true, limit: MOST_BYTES }),
    (request, response, next) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      if (!isSigned(body, String(request.headers['x-todoist-hmac-sha256'] ?? ''), secret))
        return next(httpError(401, 'unauthorized'))
      const event = eventIn(body, String(request.headers['x-todoist-delivery-id'] ?? ''))
      const taken = event === undefined ? Promise.resolve() : onEvent(event)
      taken.then(() => response.status(200).json({ ok: true })).catch(next)
    },
  )
  return router
}

function isSigned(body: Buffer, signature: string, secret: string | undefined): boolean {
  if (secret === undefined) return false
  const shown = Buffer.from(signature, 'base64')
  const expected = createHmac('sha256', secret).update(body).digest()
  return shown.length === expected.length && timingSafeEqual(shown, expected)
}

/** Read tolerantly: events of other kinds, other versions and with more in them wake as well. */
function eventIn(body: Buffer, deliveryId: string): BoardEvent | undefined {
  const event = objectIn(parsed(body.toString('utf8')))
  const accountId = idIn(event.user_id)
  if (accountId === null) return undefined
  const data = objectIn(event.event_data)
  const name = String(event.event_name ?? '')
  const { update_intent: intent, old_item: before } = objectIn(event.event_data_extra)
  const sectionId = idIn(data.section_id)
  const isUpdated = name === 'item:updated'
  return {
    accountId,
    deliveryId:
      deliveryId === '' ? createHash('sha256').update(body).digest('base64url') : deliveryId.slice(0, 100),
    byUid: idIn(objectIn(event.initiator).id),
    taskId: name.startsWith('item:') ? idIn(data.id) : null,
    movedTo:
      isUpdated && before !== undefined && idIn(objectIn(before).section_id) !== sectionId ? sectionId : null,
    cameRound: isUpdated && intent === 'item_completed',
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const objectIn = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
const idIn = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null
