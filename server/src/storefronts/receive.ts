import { isRefusal, refuse, type Refusal } from '../kernel/refusal.ts'
import type { AdmissionRefusalCode, admit } from './admit.ts'
import type { awaitResults } from './await-results.ts'
import type { Claim, claimOrders, Order } from './claim-orders.ts'
import type { Command } from './domain/command.ts'
import { itemOf } from './domain/item-of.ts'
import type { ReadingError, ReadingRefusal, ReadingRules } from './domain/reading.ts'
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
import type { RequestReader } from './read-request.ts'

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
  AdmissionRefusalCode | 'order-conflict' | 'result-pending' | ReadingRefusal['refused']

export type Line = {
  line: number
  id?: string
  status: DoorItem['status']
  repeated?: boolean
  result?: unknown
  refusal?: ReadingRefusal | Refusal
}

type Outcome =
  | {
      refusal: Refusal
      errors?: ReadingError[] | undefined
      inboxItemId?: string
      retryAfterSeconds?: number
      waited?: boolean
    }
  | {
      id: string
      status: DoorItem['status']
      final: boolean
      repeated?: boolean
      result?: unknown
      lines?: Line[]
      waited?: boolean
    }

export type DoorAnswer = Outcome & {
  locale: DoorProject['locale'] | undefined
  allowance?: Allowance | undefined
  /** The storefront takes 200 as success and nothing else. */
  plain?: boolean
}

type Dependencies = {
  projects: DoorProjects
  verify: Verify
  admit: ReturnType<typeof admit>
  limiter: DoorLimiter
  reader: RequestReader
  parsePhone: ReadingRules['parsePhone']
  claimOrders: ReturnType<typeof claimOrders>
  awaitResults: ReturnType<typeof awaitResults>
  inbox: DoorInbox
  engine: DoorEngine
  newId: () => string
  /** Of the monotonic clock. */
  elapsedMs: (since: number) => number
  /** The HTTP status that a refusal leaves with, for the log. */
  statusOf: (refusal: Refusal) => number
}

const SPEND_WAIT_SECONDS = 10
const WRONG_SECRETS_PER_MINUTE = 60

/** The one door: a request in any format becomes one durable row, and the answer says what became of it. */
export function receive(dependencies: Dependencies) {
  const { projects, verify, reader, inbox, engine, newId, elapsedMs, statusOf } = dependencies

  return async (request: DoorRequest): Promise<DoorAnswer> => {
    const project = await projects.byWebhookSecret(request.webhookSecret)
    // An unknown secret costs the same work as a wrong signature, so that time tells nothing.
    const signature = verify({
      headers: request.headers,
      body: request.body,
      secrets: project?.signingSecrets ?? DECOY,
    })
    if (project === undefined) return { locale: undefined, ...(await turnStrangerAway(request)) }

    const admission = await dependencies.admit(project, request, signature)
    const { format, allowance } = admission
    const base = { locale: project.locale, allowance, plain: format === 'tilda' }
    if ('refusal' in admission) return { ...base, ...turnAway(project, request, admission) }
    const { recognised } = admission
    if (recognised.format === 'tilda' && recognised.probe)
      return { ...base, ...ignore(project, request, refuse('probe')) }

    const readings = reader.read(recognised, rulesOf(project, dependencies.parsePhone))
    if (isRefusal(readings))
      return {
        ...base,
        ...turnAway(project, request, { format, allowance, refusal: readings, errors: readings.errors }),
      }
    if (recognised.format === 'standard' && recognised.action === 'batch_purchase') {
      return { ...base, ...(await acceptBatch(project, request, readings as (Command | ReadingRefusal)[])) }
    }
    const [reading] = readings
    if ('ignored' in reading!) return { ...base, ...ignore(project, request, refuse(reading.ignored)) }
    if (isRefusal(reading!))
      return {
        ...base,
        ...turnAway(project, request, {
          format,
          allowance,
          refusal: reading,
          errors: (reading as ReadingRefusal).errors,
        }),
      }
    return { ...base, ...(await acceptOne(project, request, format, reading!)) }
  }

  /** Guesses are counted by address; whoever has a right secret never meets that count, also from the same address. */
  async function turnStrangerAway({ remoteAddress = 'unknown' }: DoorRequest): Promise<Outcome> {
    const { allowed, limit, resetSeconds } = await dependencies.limiter.take(
      `wrong-secret:${remoteAddress}`,
      WRONG_SECRETS_PER_MINUTE,
    )
    return allowed
      ? { refusal: refuse('unauthorized') }
      : { refusal: refuse('rate-limited', { limit }), retryAfterSeconds: resetSeconds }
  }

  async function acceptOne(
    project: DoorProject,
    request: DoorRequest,
    format: string,
    command: Command,
  ): Promise<Outcome> {
    const plain = format === 'tilda'
    const spend = command.kind === 'spend'
    const item: DoorItem = {
      ...logged(project, request, format),
      ...itemOf(command),
      status: 'accepted',
      httpStatus: plain || spend ? 200 : 202,
    }
    const [claim] = (await dependencies.claimOrders([{ item, command }])) as [Claim]
    if (claim.conflict !== undefined) return contradict(item, claim, claim.conflict, plain)
    if (claim.repeated) logRepeat(item, claim)
    if (claim.status === 'dead') await inbox.replay(project.id, claim.id)
    const repeated = claim.repeated ? { repeated: true } : {}
    if (claim.status === 'processed')
      return { id: claim.id, status: 'processed', final: true, result: claim.result, ...repeated }

    const [stored] =
      (await dependencies.awaitResults(
        project.id,
        [{ id: claim.id, contacts: item.contacts! }],
        spend ? SPEND_WAIT_SECONDS : request.waitSeconds,
      )) ?? []
    const waited = stored !== undefined
    if (stored?.status === 'processed')
      return { id: stored.id, status: 'processed', final: true, result: stored.result, waited, ...repeated }
    if (stored?.status === 'refused') return { refusal: stored.refusal!, inboxItemId: stored.id, waited }
    engine.wake(project.id)
    if (spend) return { refusal: refuse('result-pending'), inboxItemId: claim.id, retryAfterSeconds: 1 }
    return { id: claim.id, status: 'accepted', final: false, waited, ...repeated }
  }

  async function acceptBatch(
    project: DoorProject,
    request: DoorRequest,
    readings: (Command | ReadingRefusal)[],
  ): Promise<Outcome> {
    const parent: DoorItem = {
      ...logged(project, request, 'standard'),
      action: 'batch_purchase',
      status: 'processed',
      httpStatus: 202,
    }
    const orders: (Order & { line: number })[] = []
    const lines = readings.map((reading, line): Line => {
      if (isRefusal(reading)) return { line, status: 'rejected', refusal: reading }
      const { body: _body, durationMs: _durationMs, ...log } = logged(project, request, 'standard')
      orders.push({
        line,
        command: reading,
        item: { ...log, ...itemOf(reading), status: 'accepted', httpStatus: 202, parentId: parent.id, line },
      })
      return { line, status: 'accepted' }
    })
    const claims = await dependencies.claimOrders(orders, parent)
    claims.forEach((claim, index) => (lines[orders[index]!.line] = lineOf(orders[index]!.line, claim)))

    const open = orders.filter(({ line }) => lines[line]!.status === 'accepted')
    const waiting = open.map(({ line, item }) => ({ id: lines[line]!.id!, contacts: item.contacts! }))
    const stored = await dependencies.awaitResults(project.id, waiting, request.waitSeconds)
    const byId = new Map(stored?.map((item) => [item.id, item]))
    for (const { line } of open) lines[line] = finished(lines[line]!, byId.get(lines[line]!.id!))
    const final = lines.every(({ status }) => status !== 'accepted')
    if (!final) engine.wake(project.id)
    return {
      id: parent.id,
      status: final ? 'processed' : 'accepted',
      final,
      lines,
      waited: stored !== undefined,
    }
  }

  function turnAway(
    project: DoorProject,
    request: DoorRequest,
    {
      format,
      refusal,
      errors,
      allowance,
    }: {
      format: string
      refusal: Refusal
      errors?: ReadingError[] | undefined
      allowance?: Allowance | undefined
    },
  ): Outcome {
    const item: DoorItem = {
      ...logged(project, request, format),
      status: 'rejected',
      httpStatus: statusOf(refusal),
      refusal: withErrors(refusal, errors),
    }
    void inbox.record(item)
    // The log tells the owner why; the caller is told nothing that helps to guess.
    const shown = refusal.refused === 'unauthorized' ? refuse('unauthorized') : refusal
    const retryAfterSeconds =
      allowance?.allowed === false ? { retryAfterSeconds: allowance.resetSeconds } : {}
    return { refusal: shown, errors, inboxItemId: item.id, ...retryAfterSeconds }
  }

  function ignore(project: DoorProject, request: DoorRequest, refusal: Refusal): Outcome {
    const item: DoorItem = {
      ...logged(project, request, 'tilda'),
      status: 'ignored',
      httpStatus: 200,
      refusal,
    }
    void inbox.record(item)
    return { id: item.id, status: 'ignored', final: true }
  }

  /** A storefront that can do nothing about it gets its 200; the owner sees the flag. */
  function contradict(item: DoorItem, claim: Claim, conflict: Refusal, plain: boolean): Outcome {
    const { command: _command, claimKey: _claimKey, ...log } = item
    void inbox.record({
      ...log,
      status: plain ? 'flagged' : 'rejected',
      httpStatus: plain ? 200 : statusOf(conflict),
      refusal: conflict,
      repeatOf: claim.id,
    })
    return plain
      ? { id: item.id, status: 'flagged', final: true }
      : { refusal: conflict, inboxItemId: item.id }
  }

  function logRepeat({ command: _command, claimKey: _claimKey, ...log }: DoorItem, claim: Claim): void {
    void inbox.record({
      ...log,
      status: 'repeated',
      repeatOf: claim.id,
      httpStatus: claim.status === 'processed' ? 200 : log.httpStatus,
    })
  }

  function logged(project: DoorProject, request: DoorRequest, format: string) {
    const { remoteAddress, requestId, receivedAt } = request
    const durationMs = elapsedMs(request.beganAt)
    return {
      projectId: project.id,
      id: newId(),
      format,
      body: storable(request.body),
      remoteAddress,
      requestId,
      receivedAt,
      durationMs,
    }
  }
}

const DECOY = [`whsec_${Buffer.alloc(32, 7).toString('base64')}`]
const MAX_LOGGED_BODY = 64_000
const MAX_LOGGED_ERRORS = 10

function lineOf(line: number, { id, status, repeated, result, conflict }: Claim): Line {
  if (conflict !== undefined) return { line, id, status: 'rejected', refusal: conflict }
  return { line, id, status, ...(repeated ? { repeated } : {}), ...(result ? { result } : {}) }
}

function finished(line: Line, stored: StoredItem | undefined): Line {
  if (stored === undefined) return line
  const { status, result, refusal } = stored
  return { ...line, status, ...(result ? { result } : {}), ...(refusal ? { refusal } : {}) }
}

function withErrors(refusal: Refusal, errors: ReadingError[] = []): Refusal {
  if (errors.length === 0) return refusal
  const summary = errors.slice(0, MAX_LOGGED_ERRORS).map(({ pointer, message }) => `${pointer} ${message}`)
  return { refused: refusal.refused, details: { ...refusal.details, errors: summary } }
}

function rulesOf(
  { currency, defaultCountry, fieldMap, blocklist }: DoorProject,
  parsePhone: ReadingRules['parsePhone'],
): ReadingRules {
  return { currency, defaultCountry, fieldMap, blocklist: new Set(blocklist), parsePhone }
}

/** Postgres keeps no NUL in text. */
function storable(body: Buffer): string {
  return body.toString('utf8', 0, MAX_LOGGED_BODY).replaceAll('\u0000', '\ufffd')
}
