import type { Refusal } from '../kernel/refusal.ts'
import type { DoorRequest } from './domain/door-request.ts'
import type { ReadingError } from './domain/reading.ts'
import { printableUpTo } from './domain/text.ts'
import type { DoorInbox, DoorItem, DoorProject } from './ports/door-keeping.ts'

type Dependencies = {
  inbox: DoorInbox
  newId: () => string
  /** Of the monotonic clock. */
  elapsedMs: (since: number) => number
  /** The HTTP status that a refusal leaves with. */
  statusOf: (refusal: Refusal) => number
}

export type RequestLog = ReturnType<typeof requestLog>

// A cut may part a surrogate pair, and Postgres takes no half.
const HALF_A_CHARACTER = /[\ud800-\udbff]$/
const MAX_BODY = 64_000
const MAX_ERRORS = 10
const MAX_ERROR = 300
const LONGEST_KEY = 100

/** Every request stands in its project's log, also one that was turned away: when, what, from where, how it ended, how long it took. */
export function requestLog({ inbox, newId, elapsedMs, statusOf }: Dependencies) {
  /** Where an item came from; the lines of a batch have this alone, their body is the batch's. */
  function origin(project: DoorProject, request: DoorRequest, format: string) {
    const { remoteAddress, requestId, receivedAt } = request
    return { projectId: project.id, id: newId(), format, remoteAddress, requestId, receivedAt }
  }

  function line(project: DoorProject, request: DoorRequest, format: string) {
    return {
      ...origin(project, request, format),
      body: storable(request.body, project.tildaApiKeys),
      durationMs: elapsedMs(request.beganAt),
    }
  }

  return {
    origin,
    line,

    rejected(
      project: DoorProject,
      request: DoorRequest,
      format: string,
      refusal: Refusal,
      errors?: ReadingError[],
    ): string {
      const item: DoorItem = {
        ...line(project, request, format),
        status: 'rejected',
        httpStatus: statusOf(refusal),
        refusal: withErrors(refusal, errors),
      }
      void inbox.record(item)
      return item.id
    },

    ignored(project: DoorProject, request: DoorRequest, refusal: Refusal): string {
      const item: DoorItem = {
        ...line(project, request, 'tilda'),
        status: 'ignored',
        httpStatus: 200,
        refusal,
      }
      void inbox.record(item)
      return item.id
    },

    repeated(
      { command: _command, claimKey: _claimKey, ...item }: DoorItem,
      repeatOf: string,
      httpStatus: number,
    ): void {
      void inbox.record({ ...item, status: 'repeated', repeatOf, httpStatus })
    },

    /** A storefront that can do nothing about a conflict gets its 200, and the owner a flag. */
    conflicting(
      { command: _command, claimKey: _claimKey, ...item }: DoorItem,
      repeatOf: string,
      conflict: Refusal,
      plain: boolean,
    ): void {
      const status = plain ? 'flagged' : 'rejected'
      void inbox.record({
        ...item,
        status,
        httpStatus: plain ? 200 : statusOf(conflict),
        refusal: conflict,
        repeatOf,
      })
    },
  }
}

function withErrors(refusal: Refusal, errors: ReadingError[] = []): Refusal {
  if (errors.length === 0) return refusal
  const summary = errors
    .slice(0, MAX_ERRORS)
    .map(({ pointer, message }) => printableUpTo(MAX_ERROR, `${pointer} ${message}`) ?? '')
  return { refused: refusal.refused, details: { ...refusal.details, errors: summary } }
}

/** Postgres keeps no NUL in text, and a key that Tilda sent along is no business of the log. */
function storable(body: Buffer, keys: readonly string[]): string {
  const text = body.toString('utf8', 0, MAX_BODY + LONGEST_KEY).replaceAll('\u0000', '\ufffd')
  return keys
    .reduce((kept, key) => kept.replaceAll(key, '***'), text)
    .slice(0, MAX_BODY)
    .replace(HALF_A_CHARACTER, '')
}
