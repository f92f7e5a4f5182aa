import { ChatError } from './chat-error.ts'
import type {
  ChatMessage,
  ConversationEvent,
  LooseFrame,
  Position,
  ReplyFrame,
  RequestFrame,
  ServerFrame,
  SyncedFrame,
  WelcomeFrame,
} from './contract.ts'
import {
  arrived,
  createLog,
  receive,
  restart,
  takeNewer,
  takeOlder,
  trim,
  type ConversationLog,
} from './conversation-log.ts'
import { createMarks } from './marks.ts'
import type { OutgoingQueue } from './outgoing.ts'

interface Needs {
  request: (frame: RequestFrame) => Promise<ReplyFrame>
  send: (frame: LooseFrame) => void
  outgoing: OutgoingQueue
  /** Whether this tab speaks for all. */
  leads: () => boolean
  me: () => string | undefined
  followsAll: boolean
  /** How many messages of a conversation are kept. */
  keep: number
  onMessage: (message: ChatMessage, earlier: boolean) => void
  onChange: (conversationId: string, events: readonly ConversationEvent[]) => void
}

type Welcomed = WelcomeFrame['conversations'][number]

const MAX_POSITIONS = 200
const PAGE = 50
const MAX_PAGE = 200
const ACK_GRACE_MS = 500
const RETRY_MS = 1_000

/** Keeps what is known of each conversation without a gap, over any number of connections. */
export function createConversations({ request, outgoing, me, ...needs }: Needs) {
  // The last active at the end.
  const logs = new Map<string, ConversationLog>()
  const opened = new Set<string>()
  const repairing = new Set<string>()
  const loading = new Map<string, Promise<void>>()
  const mark = createMarks(needs.send)
  let online = false
  let connection = 0

  function logOf(id: string, epoch: number, last: number, top?: number): ConversationLog {
    const log = logs.get(id) ?? createLog(id, epoch, last, top)
    logs.set(id, log)
    return log
  }

  /** What is new is told, in order; what is ours leaves the queue. */
  function tell(
    log: ConversationLog,
    events: readonly ConversationEvent[],
    earlier: boolean | 'history',
  ): void {
    for (const event of events) {
      if (event.kind !== 'message') continue
      const { message } = event
      if (message.sender.id === me()) outgoing.landed(message.clientId, message)
      if (earlier !== 'history')
        needs.onMessage(
          log.messages.find(({ id }) => id === message.id) ?? { ...message, conversationId: log.id },
          earlier,
        )
    }
    outgoing.reached(log.id, log.last)
    if (earlier === false) trim(log, needs.keep)
    if (needs.leads() && arrived(log) > log.received) {
      log.received = arrived(log)
      mark('received', log.id, log.received)
    }
    needs.onChange(log.id, events)
  }

  /** Returns nothing when the answer says that the conversation began anew. */
  async function ask(log: ConversationLog, after: number, upTo?: number, limit?: number) {
    const frame = {
      conversationId: log.id,
      after,
      ...(upTo !== undefined && { upTo }),
      ...(limit && { limit }),
    }
    const { sync } = (await request({ type: 'sync', ...frame })) as SyncedFrame
    return belongs(log, sync.epoch, sync.top) ? sync : undefined
  }

  /** Another epoch: what is known is forgotten, and goes on from `base`. */
  function belongs(log: ConversationLog, epoch: number, base: number): boolean {
    if (log.epoch === 0) log.epoch = epoch
    if (log.epoch === epoch) return true
    restart(log, epoch, base)
    needs.onChange(log.id, [])
    if (opened.has(log.id)) void loadEarlier(log)
    return false
  }

  /** Closes what is missing: the newest first, then the holes backwards. */
  async function repair(log: ConversationLog): Promise<void> {
    if (!online || repairing.has(log.id)) return
    repairing.add(log.id)
    const own = connection
    try {
      for (;;) {
        const { last, holes } = log
        const hole = holes.at(-1)
        if (log.top > last) {
          const sync = await ask(log, last)
          if (sync) tell(log, takeNewer(log, sync, last), false)
          // It is not there yet: a ping will say so again.
          if (log.last === last) break
        } else if (hole !== undefined) {
          const sync = await ask(log, hole[0], hole[1], MAX_PAGE)
          if (sync) tell(log, takeOlder(log, sync, ...hole), true)
        } else break
      }
    } catch (fault) {
      if (!(fault instanceof ChatError)) throw fault
      const { temporary, retryAfterMs = RETRY_MS } = fault
      if (!temporary) logs.delete(log.id)
      else if (own === connection) setTimeout(() => void repair(log), retryAfterMs)
    }
    if (own === connection) repairing.delete(log.id)
  }

  function heardOf(log: ConversationLog, top: number): void {
    log.top = Math.max(log.top, top)
    if (log.top > log.last || log.holes.length > 0) void repair(log)
  }

  function loadEarlier(log: ConversationLog, limit = PAGE): Promise<void> {
    const running =
      loading.get(log.id) ??
      (async () => {
        // Not heard of before: its newest page tells where it is.
        const { low, epoch } = log
        if (epoch === 0) {
          const sync = await ask(log, 0, undefined, limit)
          if (!sync) return
          if (log.last === 0) log.low = log.last = sync.limited ? sync.previous! : 0
          return tell(log, takeNewer(log, sync, 0), 'history')
        }
        const sync = low > 0 && (await ask(log, 0, low, limit))
        if (sync) tell(log, takeOlder(log, sync, 0, low), 'history')
      })().finally(() => loading.delete(log.id))
    loading.set(log.id, running)
    return running
  }

  function welcome(told: Welcomed): void {
    const { conversationId, epoch, sequence } = told
    // What has never reached us comes as messages; what has is history.
    const base = Math.min(told.received, sequence)
    const log = logOf(conversationId, epoch, base)
    if (log.epoch === 0 && log.last === 0) log.low = log.last = base
    belongs(log, epoch, base)
    log.received = told.received
    if (needs.leads()) {
      if (log.read > told.read) mark('read', log.id, log.read)
      if (arrived(log) > log.received) mark('received', log.id, (log.received = arrived(log)))
    }
    log.read = Math.max(log.read, told.read)
    heardOf(log, sequence)
  }

  return {
    logs,
    /** What the next connection goes on from. */
    positions: (): Position[] =>
      [...logs.values()]
        .filter(({ epoch }) => epoch > 0)
        .slice(-MAX_POSITIONS)
        .map(({ id, epoch, last }) => ({ conversationId: id, epoch, sequence: last })),
    /** As a welcome would tell it now. */
    welcomed: (): Welcomed[] =>
      [...logs.values()].map(({ id, epoch, top, received, read }) => ({
        ...{ conversationId: id, epoch, sequence: top, received, read },
      })),
    up(frame: WelcomeFrame, sent: readonly Position[]): void {
      online = true
      connection++
      repairing.clear()
      const tops = new Map(frame.conversations.map((told) => [told.conversationId, told]))
      // The server sends by itself what came after these.
      for (const { conversationId, epoch, sequence } of sent) {
        const told = tops.get(conversationId)
        if (told?.epoch === epoch && told.sequence > sequence) repairing.add(conversationId)
      }
      for (const told of [...frame.conversations].reverse()) welcome(told)
      const asked = new Set(sent.map(({ conversationId }) => conversationId))
      for (const log of logs.values()) {
        if (!tops.has(log.id) && !asked.has(log.id) && log.epoch > 0) heardOf(log, log.last + 1)
        if (opened.has(log.id) && log.messages.length === 0) loadEarlier(log).catch(() => undefined)
      }
    },
    down(): void {
      online = false
      connection++
      repairing.clear()
    },
    take(frame: ServerFrame, sent: readonly Position[]): void {
      if (frame.type === 'events') {
        for (const events of byConversation(frame.events)) {
          const [{ conversationId, sequence }, ...others] = events as [
            ConversationEvent,
            ...ConversationEvent[],
          ]
          let log = logs.get(conversationId)
          if (log === undefined) {
            // One that began just now is taken from its beginning; what was said before we came is history.
            const before = needs.followsAll || [events[0]!, ...others].some((event) => isJoining(event, me()))
            log = logOf(conversationId, 0, before ? sequence - 1 : 0)
          }
          logs.delete(conversationId)
          logs.set(conversationId, log)
          const applied = receive(log, events)
          if (applied.length > 0) tell(log, applied, false)
          if (log.top > log.last) void repair(log)
        }
      } else if (frame.type === 'synced') {
        const position = sent.find(({ conversationId }) => conversationId === frame.sync.conversationId)
        const log = logs.get(frame.sync.conversationId)
        if (position === undefined || log === undefined) return
        repairing.delete(log.id)
        if (belongs(log, frame.sync.epoch, frame.sync.top))
          tell(log, takeNewer(log, frame.sync, position.sequence), false)
        heardOf(log, 0)
      } else if (frame.type === 'ping') {
        for (const { conversationId, epoch, sequence } of frame.tops) {
          const log =
            logs.get(conversationId) ?? logOf(conversationId, epoch, needs.followsAll ? sequence : 0)
          if (belongs(log, epoch, sequence)) heardOf(log, sequence)
        }
      } else if (frame.type === 'receipt') {
        const { participantId, received, read } = frame
        const log = logs.get(frame.conversationId)
        log?.receipts.set(participantId, { received, read })
        if (log !== undefined && participantId === me()) log.read = Math.max(log.read, read)
      }
    },
    /** A message of ours has that place: it comes by itself, or is asked for. */
    expect(conversationId: string, sequence: number): void {
      const log = logs.get(conversationId)
      if (log === undefined) return
      if (sequence <= log.last) outgoing.reached(conversationId, log.last)
      else setTimeout(() => heardOf(log, sequence), ACK_GRACE_MS)
    },
    read(conversationId: string, sequence?: number): void {
      const log = logs.get(conversationId)
      const upTo = Math.min(sequence ?? Infinity, log?.last ?? 0)
      if (log === undefined || upTo <= log.read) return
      log.read = upTo
      mark('read', conversationId, upTo)
      needs.onChange(conversationId, [])
    },
    /** Of somebody who looks at it. */
    open(id: string): ConversationLog {
      const log = logOf(id, 0, 0)
      if (!opened.has(id)) {
        opened.add(id)
        if (online) loadEarlier(log).catch(() => undefined)
      }
      return log
    },
    adopt: (id: string, epoch: number, sequence: number): ConversationLog => logOf(id, epoch, sequence),
    loadEarlier,
  }
}

const isJoining = (event: ConversationEvent, me: string | undefined): boolean =>
  event.kind === 'membership' && event.change === 'joined' && event.member.id === me

function byConversation(events: readonly ConversationEvent[]): Iterable<ConversationEvent[]> {
  const all = new Map<string, ConversationEvent[]>()
  for (const event of events) {
    const of = all.get(event.conversationId)
    if (of === undefined) all.set(event.conversationId, [event])
    else of.push(event)
  }
  return all.values()
}
