import type { components } from '@tapline/openapi'
import type { Handlers } from '../../../http/handlers.ts'
import type { ProblemWriter } from '../../../http/problem.ts'
import type { Locale } from '../../../kernel/locale.ts'
import type { Page } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { LogItem } from '../../ports/door-log.ts'

type Schema = components['schemas']['InboxItem']
type Status = components['schemas']['InboxStatus']

type Dependencies = {
  log: {
    list(
      projectId: string,
      filter: { status?: Status | undefined; orderId?: string | undefined },
      limit: number,
      cursor: string | undefined,
    ): Promise<Page<LogItem>>
    find(projectId: string, id: string): Promise<LogItem | undefined>
    linesOf(projectId: string, parentId: string): Promise<LogItem[]>
    replay(projectId: string, id: string): Promise<LogItem | undefined>
  }
  mask: (body: string) => string
  wake: (projectId: string) => void
  write: ProblemWriter
}

const PAGE = 50

/** The project's log of the door, and the way back for what failed. */
export function logHandlers({
  log,
  mask,
  wake,
  write,
}: Dependencies): Pick<Handlers, 'listInbox' | 'getInboxItem' | 'replayInboxItem'> {
  function present(item: LogItem, locale: Locale): Schema {
    const {
      remoteAddress,
      refusal,
      receivedAt,
      finishedAt,
      nextAttemptAt,
      result,
      body: _body,
      ...rest
    } = item
    const told = refusal === null ? null : write(refusal, locale, { requestId: '' })
    return {
      ...pick(rest),
      from: remoteAddress,
      refusal:
        told === null
          ? null
          : {
              code: told.code,
              detail: told.detail,
              ...(told.details ? { details: told.details } : {}),
            },
      result: result ?? null,
      receivedAt: receivedAt.toISOString(),
      finishedAt: finishedAt?.toISOString() ?? null,
      nextAttemptAt: item.status === 'accepted' ? nextAttemptAt.toISOString() : null,
    }
  }

  return {
    listInbox: async ({ caller: { projectId }, query, locale }) => {
      const { data, nextCursor } = await log.list(
        projectId,
        { status: query.status, orderId: query.orderId },
        query.limit ?? PAGE,
        query.cursor,
      )
      return { status: 200, body: { data: data.map((item) => present(item, locale)), nextCursor } }
    },

    getInboxItem: async ({ caller: { projectId }, path, locale }) => {
      const item = await log.find(projectId, path.inboxItemId)
      if (item === undefined) return refuse('inbox-item-not-found')
      const shown = { ...present(item, locale), body: item.body === null ? null : mask(item.body) }
      if (item.action !== 'batch_purchase') return { status: 200, body: shown }
      const lines = await log.linesOf(projectId, item.id)
      return {
        status: 200,
        body: { ...shown, status: statusOfBatch(lines), lines: lines.map((line) => present(line, locale)) },
      }
    },

    replayInboxItem: async ({ caller: { projectId }, path, locale }) => {
      const item = await log.replay(projectId, path.inboxItemId)
      if (item !== undefined) {
        wake(projectId)
        return { status: 202, body: present(item, locale) }
      }
      const known = await log.find(projectId, path.inboxItemId)
      if (known === undefined) return refuse('inbox-item-not-found')
      return known.status === 'dead' || known.status === 'refused'
        ? refuse('inbox-item-erased')
        : refuse('not-replayable', { status: known.status })
    },
  }
}

function statusOfBatch(lines: LogItem[]): Status {
  return (
    (['accepted', 'dead'] as const).find((status) => lines.some((line) => line.status === status)) ??
    'processed'
  )
}

function pick({
  id,
  status,
  format,
  action,
  storefront,
  orderId,
  parentId,
  line,
  repeatOf,
  httpStatus,
  durationMs,
  requestId,
  attempts,
  reason,
}: Omit<
  LogItem,
  'remoteAddress' | 'refusal' | 'receivedAt' | 'finishedAt' | 'nextAttemptAt' | 'result' | 'body'
>) {
  return {
    id,
    status,
    format,
    action,
    storefront,
    orderId,
    parentId,
    line,
    repeatOf,
    httpStatus,
    durationMs,
    requestId,
    attempts,
    reason,
  }
}
