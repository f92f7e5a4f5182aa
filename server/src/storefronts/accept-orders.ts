import { isRefusal, refuse } from '../kernel/refusal.ts'
import type { awaitResults } from './await-results.ts'
import type { Claim, claimOrders, Order } from './claim-orders.ts'
import type { Command } from './domain/command.ts'
import type { Line, Outcome } from './domain/door-answer.ts'
import type { DoorRequest } from './domain/door-request.ts'
import { itemOf } from './domain/item-of.ts'
import type { ReadingRefusal } from './domain/reading.ts'
import type { RequestLog } from './log-request.ts'
import type {
  Awaited,
  DoorEngine,
  DoorInbox,
  DoorItem,
  DoorProject,
  StoredItem,
} from './ports/door-keeping.ts'

type Dependencies = {
  claimOrders: ReturnType<typeof claimOrders>
  awaitResults: ReturnType<typeof awaitResults>
  inbox: DoorInbox
  engine: DoorEngine
  log: RequestLog
}

const SPEND_WAIT_SECONDS = 10

/** Stores what was read, claims it once, and answers with the result where the caller waits for it. */
export function acceptOrders({
  claimOrders: claim,
  awaitResults: results,
  inbox,
  engine,
  log,
}: Dependencies) {
  async function acceptOne(
    project: DoorProject,
    request: DoorRequest,
    format: string,
    command: Command,
  ): Promise<Outcome> {
    const plain = format === 'tilda'
    const spend = command.kind === 'spend'
    const httpStatus = plain || spend ? 200 : 202
    const item: DoorItem = {
      ...log.line(project, request, format),
      ...itemOf(command),
      status: 'accepted',
      httpStatus,
    }
    const [claimed] = (await claim([{ item, command }])) as [Claim]
    if (claimed.conflict !== undefined) {
      log.conflicting(item, claimed.id, claimed.conflict, plain)
      return plain
        ? { id: item.id, status: 'flagged', final: true }
        : { refusal: claimed.conflict, inboxItemId: item.id }
    }
    const { id } = claimed
    if (claimed.repeated) log.repeated(item, id, claimed.status === 'processed' ? 200 : httpStatus)
    if (claimed.status === 'dead') await inbox.replay(project.id, id)
    const repeated = claimed.repeated ? { repeated: true } : {}
    if (claimed.status === 'processed')
      return { id, status: 'processed', final: true, result: claimed.result, ...repeated }

    const waitSeconds = spend ? SPEND_WAIT_SECONDS : request.waitSeconds
    const [stored] = (await results(project.id, [awaited(id, item)], waitSeconds)) ?? []
    const waited = stored !== undefined
    if (stored?.status === 'processed')
      return { id, status: 'processed', final: true, result: stored.result, waited, ...repeated }
    if (stored?.status === 'refused') return { refusal: stored.refusal!, inboxItemId: id, waited }
    engine.wake(project.id)
    if (spend) return { refusal: refuse('result-pending'), inboxItemId: id, retryAfterSeconds: 1 }
    return { id, status: 'accepted', final: false, waited, ...repeated }
  }

  async function acceptBatch(
    project: DoorProject,
    request: DoorRequest,
    readings: (Command | ReadingRefusal)[],
  ): Promise<Outcome> {
    const parent: DoorItem = {
      ...log.line(project, request, 'standard'),
      action: 'batch_purchase',
      status: 'processed',
      httpStatus: 202,
    }
    const orders: (Order & { line: number })[] = []
    const lines = readings.map((reading, line): Line => {
      if (isRefusal(reading)) return { line, status: 'rejected', refusal: reading }
      const own = log.origin(project, request, 'standard')
      const item: DoorItem = {
        ...own,
        ...itemOf(reading),
        status: 'accepted',
        httpStatus: 202,
        parentId: parent.id,
        line,
      }
      orders.push({ line, command: reading, item })
      return { line, status: 'accepted' }
    })
    const claims = await claim(orders, parent)
    claims.forEach((claimed, index) => (lines[orders[index]!.line] = lineOf(orders[index]!.line, claimed)))

    const open = orders.filter(({ line }) => lines[line]!.status === 'accepted')
    const waiting = open.map(({ line, item }) => awaited(lines[line]!.id!, item))
    const stored = await results(project.id, waiting, request.waitSeconds)
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

  return { acceptOne, acceptBatch }
}

/** A refund may name nobody, or not everybody whom its order names. */
function awaited(id: string, { action, contacts = [], storefront, orderId }: DoorItem): Awaited {
  if (action !== 'refund' || storefront === undefined || orderId === undefined) return { id, contacts }
  return { id, contacts, order: { storefront, orderId } }
}

function lineOf(line: number, { id, status, repeated, result, conflict }: Claim): Line {
  if (conflict !== undefined) return { line, id, status: 'rejected', refusal: conflict }
  return { line, id, status, ...(repeated ? { repeated } : {}), ...(result ? { result } : {}) }
}

function finished(line: Line, stored: StoredItem | undefined): Line {
  if (stored === undefined) return line
  const { status, result, refusal } = stored
  return { ...line, status, ...(result ? { result } : {}), ...(refusal ? { refusal } : {}) }
}
