import type { Refusal } from '../../kernel/refusal.ts'
import type { DoorItem } from './door-keeping.ts'

/** One request in the project's log. */
export type LogItem = {
  id: string
  status: DoorItem['status']
  format: string
  action: string | null
  storefront: string | null
  orderId: string | null
  parentId: string | null
  line: number | null
  repeatOf: string | null
  body: string | null
  remoteAddress: string | null
  httpStatus: number | null
  durationMs: number | null
  requestId: string | null
  refusal: Refusal | null
  result: unknown
  attempts: number
  nextAttemptAt: Date
  reason: string | null
  receivedAt: Date
  finishedAt: Date | null
}
