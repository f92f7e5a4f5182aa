import type { Refusal } from '../kernel/refusal.ts'

export const INBOX_STATUSES = [
  'accepted',
  'processed',
  'refused',
  'dead',
  'rejected',
  'repeated',
  'flagged',
  'ignored',
] as const
export type InboxStatus = (typeof INBOX_STATUSES)[number]

/** One thing that a storefront sent. What the command and the result are is the contexts' business. */
export type NewInboxItem = {
  projectId: string
  id: string
  status: InboxStatus
  format: string
  action?: string | undefined
  storefront?: string | undefined
  orderId?: string | undefined
  /** While it stands, no other item with this key is accepted. */
  claimKey?: string | undefined
  command?: unknown
  /** Of the customer, so that a spend finds what came before it. */
  contacts?: string[] | undefined
  parentId?: string | undefined
  line?: number | undefined
  repeatOf?: string | undefined
  body?: string | undefined
  remoteAddress?: string | undefined
  httpStatus?: number | undefined
  durationMs?: number | undefined
  requestId?: string | undefined
  refusal?: Refusal | undefined
  receivedAt: Date
}

export type InboxItem = {
  projectId: string
  id: string
  status: InboxStatus
  format: string
  action: string | null
  storefront: string | null
  orderId: string | null
  command: unknown
  contacts: string[]
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

/** What an item became: it was processed, or the business refused it and it claims nothing. */
export type Outcome = { id: string } & ({ result: unknown } | { refusal: Refusal })
