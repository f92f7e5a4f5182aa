import { ChatError } from './chat-error.ts'
import type { Emit } from './chat-events.ts'
import type {
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
  takeAnswer,
  trim,
  type ConversationLog,
} from './conversation-log.ts'
import { createMarks } from './marks.ts'
import type { OutgoingQueue } from './outgoing.ts'

interface Link {
  /** Whether this tab speaks for all. */
  leads(): boolean
  request(frame: RequestFrame): Promise<ReplyFrame>
  send(frame: LooseFrame): void
}

interface Needs {
  tabs: Link
  emit: Emit
  outgoing: OutgoingQueue
  me: () => string | undefined
  followsAll: boolean
  /** How many messages of a conversation are kept. */
  keep: number
}

/** Events of now, of a gap further up, or of before we came. */
type Told = 'now' | 'earlier' | 'history'
type Welcomed = WelcomeFrame['conversations'][number]

const MAX_POSITIONS = 200
const PAGE = 50
const MAX_PAGE = 200
const ACK_GRACE_MS = 500
const RETRY_MS = 1_000

/** Keeps what is known of each conversation without a gap, over any number of connections. */
export function createConversations({ tabs, emit, outgoing, me, followsAll, keep }: Needs) {
  // The last active at the end.
  const logs = new Map<string, ConversationLog>()
  const mark = createMarks(tabs.send)
  let online = false
  let connection = 0
  // What this connection went on from: the server sends by itself what came after.
  let asked = new Map<string, Position>()

  function logOf(id: string, epoch: number, last: number, top?: number): ConversationLog {
    const log = logs.get(id) ?? createLog(id, epoch, last, top)
    logs.set(id, log)
    return log
  }

  /** What is new is told, in order; what is ours leaves the queue. */
  function tell(log: ConversationLog, events: readonly ConversationEvent[], as: Told): void {
    for (const event of events) {
      if (event.kind !== 'message') continue
      const { message } = event
      if (message.sender.id === me()) outgoing.landed(message.clientId, message)
      if (as !== 'history')
        emit('message', { message: { ...message, conversationId: log.id }, earlier: as === 'earlier' })
    }
    outgoing.reached(log.id, log.last)
    if (as === 'now') trim(log, keep)
    confirm(log)
    emit('change', { conversationId: log.id, events })
  }

  function confirm(log: ConversationLog, again = false): void {
    if (!tabs.leads() || (!again && arrived(log) <= log.received)) return
    log.received = arrived(log)
    mark('received', log.id, log.received)
  }

  async function load(
    log: ConversationLog,
    as: Told,
    after: number,
    upTo?: number,
    limit?: number,
  ): Promise<void> {
    const { sync } = (await tabs.request({
      ...{ type: 'sync', conversationId: log.id, after, upTo, limit },
    })) as SyncedFrame
    if (!belongs(log, sync.epoch, sync.top)) return
    // Not heard of before: what is further up is history as well.
    if (as === 'history' && log.last === 0) log.low = log.last = sync.previous ?? 0
    tell(log, takeAnswer(log, sync, after, upTo), as)
  }

  /** Another epoch: what is known is forgotten, and goes on from `base`. */
  function belongs(log: ConversationLog, epoch: number, base: number): boolean {
    if (log.epoch === 0) log.epoch = epoch
    if (log.epoch === epoch) return true
    restart(log, epoch, base)
    emit('change', { conversationId: log.id, events: [] })
    look(log)
    return false
  }

  /** Closes what is missing: the newest first, then the holes backwards. */
  async function repair(log: ConversationLog): Promise<void> {
    if (!online || log.repairedOn === connection) return
    const own = (log.repairedOn = connection)
    try {
      for (;;) {
        const { last, top } = log
        const hole = log.holes.at(-1)
        if (top > last) {
          await load(log, 'now', last)
          // It is not there yet: a ping will say so again.
          if (log.last === last) break
        } else if (hole) await load(log, 'earlier', ...hole, MAX_PAGE)
        else break
      }
    } catch (fault) {
      if (!(fault instanceof ChatError)) throw fault
      if (!fault.temporary) logs.delete(log.id)
      else if (own === connection) setTimeout(() => void repair(log), fault.retryAfterMs ?? RETRY_MS)
    }
    if (log.repairedOn === own) log.repairedOn = 0
  }

  function heardOf(log: ConversationLog, top: number): void {
    log.top = Math.max(log.top, top)
    if (log.top > log.last || log.holes.length > 0) void repair(log)
  }

  async function loadEarlier(log: ConversationLog, limit = PAGE): Promise<void> {
    if (log.low === 0 && log.epoch > 0) return
    log.loading ??= load(log, 'history', 0, log.low || undefined, limit).finally(
      () => (log.loading = undefined),
    )
    return log.loading
  }

  /** Somebody looks at it: something is to be seen. */
  function look(log: ConversationLog): void {
    if (online && log.isOpen && log.messages.length === 0) loadEarlier(log).catch(() => undefined)
  }

  function welcome(told: Welcomed): void {
    const { conversationId, epoch, sequence } = told
    // What has never reached us comes as messages; what has is history.
    const base = Math.min(told.received, sequence)
    const log = logOf(conversationId, epoch, base)
    if (log.epoch === 0 && log.last === 0) log.low = log.last = base
    belongs(log, epoch, base)
    log.received = told.received
    if (tabs.leads()) {
      if (log.read > told.read) mark('read', log.id, log.read)
      confirm(log)
    }
    log.read = Math.max(log.read, told.read)
    const position = asked.get(conversationId)
    if (position?.epoch === epoch && sequence > position.sequence) log.repairedOn = connection
    heardOf(log, sequence)
  }

  return {
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
      const told = new Map(frame.conversations.map((one) => [one.conversationId, one]))
      asked = new Map(sent.map((one) => [one.conversationId, one]))
      for (const one of [...told.values()].reverse()) welcome(one)
      for (const log of logs.values()) {
        if (!told.has(log.id) && !asked.has(log.id) && log.epoch > 0) heardOf(log, log.last + 1)
        look(log)
      }
    },
    down(): void {
      online = false
      connection++
    },
    take(frame: ServerFrame): void {
      if (frame.type === 'events') {
        const touched = new Map<ConversationLog, ConversationEvent[]>()
        for (const event of frame.events) {
          const { conversationId, sequence } = event
          // One that began just now is taken from its beginning; what was said before we came is history.
          const isHistory = followsAll || isJoining(event, me())
          const log = logOf(conversationId, 0, isHistory ? sequence - 1 : 0)
          logs.delete(conversationId)
          logs.set(conversationId, log)
          touched.set(log, [...(touched.get(log) ?? []), ...receive(log, [event])])
        }
        for (const [log, events] of touched) {
          if (events.length > 0) tell(log, events, 'now')
          // It came again: the server does not know that it is here.
          else confirm(log, true)
          heardOf(log, 0)
        }
      } else if (frame.type === 'synced') {
        const { conversationId } = frame.sync
        const position = asked.get(conversationId)
        const log = logs.get(conversationId)
        if (!position || !log) return
        log.repairedOn = 0
        if (belongs(log, frame.sync.epoch, frame.sync.top))
          tell(log, takeAnswer(log, frame.sync, position.sequence), 'now')
        heardOf(log, 0)
      } else if (frame.type === 'ping') {
        for (const { conversationId, epoch, sequence } of frame.tops) {
          const log = logOf(conversationId, epoch, followsAll ? sequence : 0)
          if (belongs(log, epoch, sequence)) heardOf(log, sequence)
        }
      } else if (frame.type === 'receipt')
        logs.get(frame.conversationId)?.receipts.set(frame.participantId, frame)
    },
    /** A message of ours has that place: it comes by itself, or is asked for. */
    expect(conversationId: string, sequence: number): void {
      const log = logs.get(conversationId)
      if (!log) return
      if (sequence <= log.last) outgoing.reached(conversationId, log.last)
      else setTimeout(() => heardOf(log, sequence), ACK_GRACE_MS)
    },
    read(conversationId: string, sequence?: number): void {
      const log = logs.get(conversationId)
      const upTo = Math.min(sequence ?? Infinity, log?.last ?? 0)
      if (!log || upTo <= log.read) return
      log.read = upTo
      mark('read', conversationId, upTo)
      emit('change', { conversationId, events: [] })
    },
    /** Of somebody who looks at it. */
    open(id: string): ConversationLog {
      const log = logOf(id, 0, 0)
      log.isOpen = true
      look(log)
      return log
    },
    adopt: logOf,
    loadEarlier,
  }
}

const isJoining = (event: ConversationEvent, me: string | undefined): boolean =>
  event.kind === 'membership' && event.change === 'joined' && event.member.id === me
