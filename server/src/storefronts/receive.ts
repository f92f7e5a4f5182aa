import { isRefusal, refuse, type Refusal } from '../kernel/refusal.ts'
import { RetryableError } from '../kernel/retryable-error.ts'
import type { Command, Contact, Purchase, Spend } from './domain/command.ts'
import { STOREFRONT_LIMIT_FACTOR } from './domain/format.ts'
import type { ReadingError, ReadingRefusal, ReadingRules } from './domain/reading.ts'
import { differences } from './domain/same-order.ts'
import type {
  Allowance,
  DoorEngine,
  DoorHeaders,
  DoorInbox,
  DoorItem,
  DoorLimiter,
  DoorProject,
  DoorProjects,
  StoredItem,
  Verify,
} from './ports/door-keeping.ts'
import type { Recognised, RequestReader } from './read-request.ts'

export type DoorRequest = {
  webhookSecret: string
  headers: DoorHeaders
  contentType: string
  body: Buffer
  waitSeconds: number
  remoteAddress: string | undefined
  requestId: string
  receivedAt: Date
  /** Of the monotonic clock, when the last byte had come. */
  beganAt: number
}

export type DoorRefusalCode =
  | 'unauthorized'
  | 'project-paused'
  | 'format-disabled'
  | 'unsupported-media-type'
  | 'rate-limited'
  | 'order-conflict'
  | 'overloaded'
  | 'result-pending'
  | ReadingRefusal['refused']

export type Line = {
  line: number
  id?: string
  status: DoorItem['status']
  repeated?: boolean
  result?: unknown
  refusal?: ReadingRefusal | Refusal
}

export type DoorAnswer = {
  locale: 'ru' | 'en' | 'kk' | undefined
  allowance?: Allowance | undefined
  waited?: boolean
  /** The storefront takes 200 as success and nothing else. */
  plain?: boolean
} & (
  | { refusal: Refusal; errors?: ReadingError[] | undefined; inboxItemId?: string; retryAfterSeconds?: number }
  | { id: string; status: DoorItem['status']; final: boolean; repeated?: boolean; result?: unknown; lines?: Line[] }
)

type Dependencies = {
  projects: DoorProjects
  inbox: DoorInbox
  engine: DoorEngine
  limiter: DoorLimiter
  verify: Verify
  reader: RequestReader
  parsePhone: ReadingRules['parsePhone']
  sameSecret: (given: string, known: readonly string[]) => boolean
  newId: () => string
  /** Of the monotonic clock. */
  elapsedMs: (since: number) => number
}

const MAX_WAITERS = 200
const SPEND_WAIT_SECONDS = 10
const CONTENT_TYPES = ['application/json', 'application/x-www-form-urlencoded']

/** The one door: a request in any format becomes one durable row, and the answer says what became of it. */
export function receive(dependencies: Dependencies) {
  const { projects, inbox, limiter, verify, reader, parsePhone, sameSecret, newId, elapsedMs } = dependencies
  let waiters = 0

  return async (request: DoorRequest): Promise<DoorAnswer> => {
    const project = await projects.byWebhookSecret(request.webhookSecret)
    // An unknown secret costs the same work as a wrong signature, so that time tells nothing.
    const signature = verify({ headers: request.headers, body: request.body, secrets: project?.signingSecrets ?? DECOY })
    if (project === undefined) return { locale: undefined, refusal: refuse('unauthorized') }

    const turnAway = (refusal: Refusal, rest: { errors?: ReadingError[] | undefined; format?: string; allowance?: Allowance } = {}): DoorAnswer => {
      const id = newId()
      void inbox.record({ ...logged(project, request, id, rest.format ?? 'unknown'), status: 'rejected', refusal: withErrors(refusal, rest.errors) })
      const shown = refusal.refused === 'unauthorized' ? refuse('unauthorized') : refusal
      const { allowance } = rest
      const retry = allowance !== undefined && !allowance.allowed ? { retryAfterSeconds: allowance.resetSeconds } : {}
      return { locale: project.locale, refusal: shown, errors: rest.errors, inboxItemId: id, allowance, ...retry }
    }

    if (project.status === 'paused') return turnAway(refuse('project-paused'))
    if (typeof signature === 'object') return turnAway(refuse('unauthorized', { because: signature.failed }))
    if (!CONTENT_TYPES.includes(request.contentType)) return turnAway(refuse('unsupported-media-type', { contentType: request.contentType.slice(0, 100) }))

    const recognised = reader.recognise(request.body, request.contentType)
    const format = recognised.format
    const signable = format !== 'tilda'
    const limit = signable ? project.rateLimitPerMinute : project.rateLimitPerMinute * STOREFRONT_LIMIT_FACTOR
    const allowance = await limiter.take(`${project.id}:${signable ? 'standard' : 'storefront'}`, limit)
    if (!allowance.allowed) return turnAway(refuse('rate-limited', { limit: allowance.limit }), { format, allowance })
    if (isRefusal(recognised)) return turnAway(recognised, { errors: recognised.errors, format, allowance })
    if (project.disabledFormats.includes(format)) return turnAway(refuse('format-disabled', { format }), { format, allowance })

    if (recognised.format === 'tilda') {
      if (recognised.probe) {
        const id = newId()
        void inbox.record({ ...logged(project, request, id, format), status: 'ignored', httpStatus: 200 })
        return { locale: project.locale, id, status: 'ignored', final: true, allowance }
      }
      const key = tildaKey(recognised.fields, request.headers, project.tildaApiKeyName)
      if (key === undefined ? project.requireSignature : !sameSecret(key, project.tildaApiKeys)) {
        return turnAway(refuse('unauthorized', { because: key === undefined ? 'tilda-api-key-missing' : 'tilda-api-key-wrong' }), { format, allowance })
      }
    } else if (project.requireSignature && signature === 'unsigned') {
      return turnAway(refuse('unauthorized', { because: 'signature-missing' }), { format, allowance })
    }

    const readings = reader.read(recognised, rulesOf(project, parsePhone))
    if (isRefusal(readings)) return turnAway(readings, { errors: readings.errors, format, allowance })
    const action = recognised.format === 'standard' ? recognised.action : 'purchase'
    if (action === 'batch_purchase') {
      const lines = await acceptBatch(project, request, readings as (Command | ReadingRefusal)[])
      return { ...lines, locale: project.locale, allowance }
    }
    const [reading] = readings
    if ('ignored' in reading!) {
      const id = newId()
      void inbox.record({ ...logged(project, request, id, format), status: 'ignored', httpStatus: 200, refusal: refuse(reading.ignored) })
      return { locale: project.locale, id, status: 'ignored', final: true, allowance }
    }
    if (isRefusal(reading!)) return turnAway(reading, { errors: (reading as ReadingRefusal).errors, format, allowance })
    return { ...(await acceptOne(project, request, recognised, reading!)), locale: project.locale, allowance }
  }

  async function acceptOne(project: DoorProject, request: DoorRequest, recognised: Recognised, command: Command): Promise<DoorAnswer> {
    const { format } = recognised
    const item: DoorItem = { ...logged(project, request, newId(), format), ...itemOf(command), status: 'accepted', httpStatus: answerStatus(recognised) }
    const [settled] = await append([{ item, command }])
    const base = { locale: project.locale, plain: format === 'tilda' }
    const conflict = settled!.conflict
    if (conflict !== undefined) {
      const flagged = format === 'tilda'
      void inbox.record({ ...withoutCommand(item), id: newId(), status: flagged ? 'flagged' : 'rejected', httpStatus: flagged ? 200 : 409, refusal: conflict, repeatOf: settled!.id })
      if (flagged) return { ...base, id: settled!.id, status: 'flagged', final: true }
      return { ...base, refusal: conflict, inboxItemId: settled!.id }
    }
    if (settled!.repeated) {
      void inbox.record({ ...withoutCommand(item), id: newId(), status: 'repeated', httpStatus: 200, repeatOf: settled!.id })
      if (settled!.status === 'dead') await inbox.replay(project.id, settled!.id)
    }
    const repeated = settled!.repeated ? { repeated: true } : {}
    if (settled!.status === 'processed') return { ...base, id: settled!.id, status: 'processed', final: true, result: settled!.result, ...repeated }

    const spend = command.kind === 'spend'
    const waitSeconds = spend ? SPEND_WAIT_SECONDS : request.waitSeconds
    const waited = waitSeconds > 0 && (await wait(project.id, [{ id: settled!.id, contacts: item.contacts! }], waitSeconds, spend))
    if (!waited) {
      dependencies.engine.wake(project.id)
      if (spend) return { ...base, refusal: refuse('result-pending'), inboxItemId: settled!.id, retryAfterSeconds: 1 }
      return { ...base, id: settled!.id, status: 'accepted', final: false, ...repeated }
    }
    const [now] = await inbox.findAll(project.id, [settled!.id])
    if (now!.status === 'refused') return { ...base, waited, refusal: now!.refusal!, inboxItemId: now!.id }
    if (now!.status === 'processed') return { ...base, waited, id: now!.id, status: 'processed', final: true, result: now!.result, ...repeated }
    if (spend) return { ...base, refusal: refuse('result-pending'), inboxItemId: now!.id, retryAfterSeconds: 2 }
    return { ...base, waited, id: now!.id, status: 'accepted', final: false, ...repeated }
  }

  async function acceptBatch(project: DoorProject, request: DoorRequest, readings: (Command | ReadingRefusal)[]): Promise<DoorAnswer> {
    const parentId = newId()
    const parent: DoorItem = { ...logged(project, request, parentId, 'standard'), action: 'batch_purchase', status: 'processed', httpStatus: 202 }
    const good: { item: DoorItem; command: Command; line: number }[] = []
    const lines = readings.map((reading, line): Line => {
      if (isRefusal(reading)) return { line, status: 'rejected', refusal: reading }
      const id = newId()
      const { body: _body, durationMs: _durationMs, ...log } = logged(project, request, id, 'standard')
      good.push({ line, command: reading, item: { ...log, ...itemOf(reading), status: 'accepted', httpStatus: 202, parentId, line } })
      return { line, id, status: 'accepted' }
    })
    const settled = await append(good, parent)
    settled.forEach(({ id, status, repeated, result, conflict }, index) => {
      const { line } = good[index]!
      if (conflict !== undefined) lines[line] = { line, id, status: 'rejected', refusal: conflict }
      else lines[line] = { line, id, status, ...(repeated ? { repeated: true } : {}), ...(result ? { result } : {}) }
    })
    let waiting = lines.filter(({ status }) => status === 'accepted')
    const contactsOf = new Map(good.map(({ item }) => [item.line, item.contacts ?? []]))
    const waited = waiting.length > 0 && request.waitSeconds > 0 &&
      (await wait(project.id, waiting.map(({ id, line }) => ({ id: id!, contacts: contactsOf.get(line)! })), request.waitSeconds, false)) // prettier-ignore
    if (waited) {
      const stored = new Map((await inbox.findAll(project.id, waiting.map(({ id }) => id!))).map((item) => [item.id, item])) // prettier-ignore
      for (const waiter of waiting) {
        const item = stored.get(waiter.id!)
        if (item !== undefined) lines[waiter.line] = { ...waiter, status: item.status, ...(item.result ? { result: item.result } : {}), ...(item.refusal ? { refusal: item.refusal } : {}) }
      }
      waiting = lines.filter(({ status }) => status === 'accepted')
    }
    if (waiting.length > 0) dependencies.engine.wake(project.id)
    const final = waiting.length === 0
    return { locale: project.locale, waited, id: parentId, status: final ? 'processed' : 'accepted', final, lines }
  }

  type Settled = { id: string; status: DoorItem['status']; repeated: boolean; result?: unknown; conflict?: Refusal }

  /** Claims each order. One that is held already is a repeat, the next state of the order, or a conflict. */
  async function append(orders: { item: DoorItem; command: Command }[], parent?: DoorItem): Promise<Settled[]> {
    const appended = await inbox.append([...(parent === undefined ? [] : [parent]), ...orders.map(({ item }) => item)])
    const outcomes = parent === undefined ? appended : appended.slice(1)
    const settled = outcomes.map((outcome, index): Settled & { advance?: boolean } => {
      const { item, command } = orders[index]!
      if (outcome.appended) return { id: item.id, status: 'accepted', repeated: false }
      const { existing } = outcome
      const differing = differences(existing.command as Purchase | Spend, command as Purchase | Spend)
      if (differing.length > 0) {
        const { orderId = '', storefront = '' } = item
        return { id: existing.id, status: 'rejected', repeated: true, conflict: refuse('order-conflict', { orderId, storefront, differs: differing }) }
      }
      return { ...repeatOf(existing), advance: isPaid(command) && !isPaid(existing.command as Command) }
    })
    const advancing = settled.flatMap(({ advance }, index) => (advance === true ? [index] : []))
    if (advancing.length > 0) {
      const next = advancing.map((index) => ({ ...orders[index]!.item, claimKey: `${orders[index]!.item.claimKey}:paid` }))
      const claimed = await inbox.append(next)
      claimed.forEach((outcome, at) => {
        const index = advancing[at]!
        settled[index] = outcome.appended ? { id: next[at]!.id, status: 'accepted', repeated: false } : repeatOf(outcome.existing)
      })
    }
    return settled.map(({ advance: _advance, ...rest }) => rest)
  }

  async function wait(projectId: string, items: { id: string; contacts: string[] }[], seconds: number, must: boolean): Promise<boolean> {
    if (waiters >= MAX_WAITERS) {
      if (must) throw new RetryableError('Too many callers wait for their result', { retryAfterMs: 1_000 })
      return false
    }
    waiters++
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<false>((resolve) => (timer = setTimeout(resolve, seconds * 1_000, false)))
    const run = dependencies.engine.runNow(projectId, items).then(
      () => true,
      () => false,
    )
    void run.finally(() => waiters--)
    const done = await Promise.race([run, late])
    clearTimeout(timer)
    return done
  }

  function logged(project: DoorProject, request: DoorRequest, id: string, format: string) {
    const { remoteAddress, requestId, receivedAt } = request
    const durationMs = elapsedMs(request.beganAt)
    return { projectId: project.id, id, format, body: storable(request.body), remoteAddress, requestId, receivedAt, durationMs }
  }
}

const DECOY = [`whsec_${Buffer.alloc(32, 7).toString('base64')}`]
const MAX_LOGGED_BODY = 64_000

function repeatOf(existing: StoredItem): { id: string; status: DoorItem['status']; repeated: true; result?: unknown } {
  const { id, status, result } = existing
  return { id, status, repeated: true, ...(result ? { result } : {}) }
}

function isPaid(command: Command): boolean {
  return command.kind === 'purchase' && command.paid
}

const ACTION_OF = { purchase: 'purchase', register: 'register_user', spend: 'spend_bonuses' } as const

function itemOf(command: Command): Partial<DoorItem> {
  const contacts = contactKeys(command.contact)
  const action = ACTION_OF[command.kind]
  if (command.kind === 'register') return { action, command, contacts }
  const { storefront, orderId } = command
  return { action, command, contacts, storefront, orderId, claimKey: `${command.kind}:${storefront}:${orderId}` }
}

function contactKeys({ email, phone, externalId }: Contact): string[] {
  return [email && `email:${email}`, phone && `phone:${phone}`, externalId && `externalId:${externalId}`].filter((key) => key !== undefined && key !== '') as string[]
}

function answerStatus(recognised: Recognised): number {
  return recognised.format === 'tilda' || recognised.action === 'spend_bonuses' ? 200 : 202
}

function withoutCommand({ command: _command, claimKey: _claimKey, ...item }: DoorItem): DoorItem {
  return item
}

function withErrors(refusal: Refusal, errors: ReadingError[] | undefined): Refusal {
  if (errors === undefined || errors.length === 0) return refusal
  const summary = errors.slice(0, 10).map(({ pointer, message }) => `${pointer} ${message}`)
  return { refused: refusal.refused, details: { ...refusal.details, errors: summary } }
}

function rulesOf(project: DoorProject, parsePhone: ReadingRules['parsePhone']): ReadingRules {
  const { currency, defaultCountry, fieldMap, blocklist } = project
  return { currency, defaultCountry, fieldMap, blocklist: new Set(blocklist), parsePhone }
}

/** Postgres keeps no NUL in text. */
function storable(body: Buffer): string {
  return body.toString('utf8', 0, MAX_LOGGED_BODY).replaceAll('\u0000', '\ufffd')
}

function tildaKey(fields: Record<string, unknown>, headers: DoorHeaders, name: string): string | undefined {
  const wanted = name.toLowerCase()
  const header = headers[wanted]
  if (typeof header === 'string') return header.replace(/^Bearer\s+/i, '')
  for (const [field, value] of Object.entries(fields)) {
    if (field.toLowerCase() === wanted && typeof value === 'string') return value.replace(/^Bearer\s+/i, '')
  }
  return undefined
}
