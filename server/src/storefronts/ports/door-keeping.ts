import type { Refusal } from '../../kernel/refusal.ts'
import type { Allowance, ItemStatus } from '../domain/door-answer.ts'
import type { DoorHeaders } from '../domain/door-request.ts'

/** What the door needs to know of the project behind a webhook secret. */
export type DoorProject = {
  id: string
  currency: string
  locale: 'ru' | 'en' | 'kk'
  defaultCountry: string
  status: 'active' | 'paused'
  requireSignature: boolean
  rateLimitPerMinute: number
  disabledFormats: string[]
  fieldMap: Record<string, string>
  blocklist: string[]
  tildaApiKeyName: string
  signingSecrets: string[]
  tildaApiKeys: string[]
}

export type DoorProjects = { byWebhookSecret(secret: string): Promise<DoorProject | undefined> }

export type DoorItem = {
  projectId: string
  id: string
  status: ItemStatus
  format: string
  action?: string | undefined
  storefront?: string | undefined
  orderId?: string | undefined
  claimKey?: string | undefined
  command?: unknown
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

export type StoredItem = {
  id: string
  status: DoorItem['status']
  command: unknown
  result: unknown
  refusal: Refusal | null
}

/** The inbox as the door sees it. */
export type DoorInbox = {
  append(items: DoorItem[]): Promise<({ appended: true } | { appended: false; existing: StoredItem })[]>
  record(item: DoorItem): Promise<boolean>
  findAll(projectId: string, ids: string[]): Promise<StoredItem[]>
  replay(projectId: string, id: string): Promise<unknown>
}

/** An item whose result somebody waits for, and whom it is about: contacts, or whoever ordered. */
export type Awaited = {
  id: string
  contacts: string[]
  order?: { storefront: string; orderId: string } | undefined
}

/** Does accepted work: soon, or now while a caller waits. */
export type DoorEngine = {
  wake(projectId: string): void
  /** These items, after what the same customer's earlier ones bring. */
  runNow(projectId: string, items: Awaited[]): Promise<void>
}

export type DoorLimiter = { take(bucket: string, limit: number): Promise<Allowance> }
export type Verify = (request: {
  headers: DoorHeaders
  body: Buffer
  secrets: string[]
}) => 'unsigned' | 'verified' | { failed: string }
