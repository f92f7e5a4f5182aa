import type { ChatMessage, ConversationEvent, ConversationSync, StoredMessage } from './contract.ts'

/** How far somebody else is. */
export interface Receipt {
  received: number
  read: number
}

/** What is known of one conversation: every event after `low` and up to `last`, but for those in `holes`. */
export interface ConversationLog {
  readonly id: string
  epoch: number
  low: number
  last: number
  /** The highest sequence that we have heard of. */
  top: number
  /** Spans `[after, upTo]` that are still to be loaded, the oldest first. */
  holes: [after: number, upTo: number][]
  /** Live events that came before their predecessors. */
  held: Map<number, ConversationEvent>
  messages: ChatMessage[]
  /**
   * By the id of a message: up to which sequence its state is known, as it came whole (`''`), and for each thing that changes
   * by itself. Pages come backwards, so that a change may be heard of after a later one of something else.
   */
  knownTo: Map<string, Map<string, number>>
  /** The latest changes of messages that were not there: a page on its way may bring one as it was before. */
  orphans: ConversationEvent[]
  receipts: Map<string, Receipt>
  /** What the server knows of us. */
  received: number
  read: number
  /** Somebody looks at it. */
  isOpen?: boolean
  /** By the number of the connection on which that goes on. */
  repairedOn?: number
  loading?: Promise<void> | undefined
}

const MAX_HELD = 256
const MAX_ORPHANS = 256

export function createLog(id: string, epoch: number, last: number, top = last): ConversationLog {
  return {
    ...{ id, epoch, low: last, last, top, received: 0, read: 0 },
    ...{ holes: [], messages: [], orphans: [] },
    ...{ held: new Map(), knownTo: new Map(), receipts: new Map() },
  }
}

/** Sequences of another epoch are not comparable: forgets everything. */
export function restart(log: ConversationLog, epoch: number, top: number): void {
  Object.assign(log, createLog(log.id, epoch, top))
}

/** Everything up to there has arrived, without a hole. */
export const arrived = (log: ConversationLog): number => log.holes[0]?.[0] ?? log.last

/**
 * Takes live events: the next one is applied, a known one dropped, one from further on held back. Returns what was
 * applied, in order. `log.top > log.last` says that something is missing.
 */
export function receive(log: ConversationLog, events: ConversationEvent[]): ConversationEvent[] {
  const applied: ConversationEvent[] = []
  for (const event of events) {
    log.top = Math.max(log.top, event.sequence)
    if (event.sequence === log.last + 1 || (event.sequence > log.last && log.held.size < MAX_HELD))
      log.held.set(event.sequence, event)
    applied.push(...release(log))
  }
  return applied
}

/**
 * Takes an answer: about what came after a sequence, or, with `upTo`, about a hole or what is below everything. Returns the
 * events that were not known, in order.
 */
export function takeAnswer(
  log: ConversationLog,
  { events, top, limited, previous }: ConversationSync,
  after: number,
  upTo?: number,
): ConversationEvent[] {
  const from = limited ? (previous ?? after) : after
  let fresh = events
  if (upTo === undefined) {
    fresh = events.filter(({ sequence }) => sequence > log.last)
    if (from > log.last) log.holes.push([log.last, from])
    log.last = Math.max(log.last, top)
    log.top = Math.max(log.last, ...log.held.keys())
  } else if (upTo === log.low) log.low = from
  else {
    const hole = log.holes.find(([, high]) => high === upTo)
    // It is no longer missed: what is below was let go meanwhile.
    if (!hole) return []
    hole[1] = from
    log.holes = log.holes.filter(([low, high]) => high > low)
  }
  for (const event of fresh) apply(log, event, top)
  for (const event of log.orphans.splice(0)) apply(log, event, event.sequence)
  return [...fresh, ...release(log)]
}

/** Forgets the oldest messages; they can be loaded again. */
export function trim(log: ConversationLog, keep: number): void {
  const surplus = log.messages.length - keep
  if (surplus <= 0 || log.holes.length > 0) return
  const gone = log.messages.slice(0, surplus)
  log.messages = log.messages.slice(surplus)
  for (const { id } of gone) log.knownTo.delete(id!)
  log.low = gone.at(-1)!.sequence!
}

function release(log: ConversationLog): ConversationEvent[] {
  const applied: ConversationEvent[] = []
  for (const sequence of log.held.keys()) if (sequence <= log.last) log.held.delete(sequence)
  for (let next; (next = log.held.get(log.last + 1)) !== undefined;) {
    log.held.delete(next.sequence)
    log.last = next.sequence
    apply(log, next, next.sequence)
    applied.push(next)
  }
  return applied
}

/** `knownTo` is up to where a message that comes whole includes what happened to it. */
function apply(log: ConversationLog, event: ConversationEvent, knownTo: number): void {
  if (event.kind === 'message') return put(log, event.message, knownTo)
  if (!('messageId' in event)) return
  const known = log.knownTo.get(event.messageId)
  if (!known) {
    log.orphans = [...log.orphans, event].slice(-MAX_ORPHANS)
    return
  }
  const what = event.kind === 'reacted' ? `${event.emoji} ${event.participantId}` : event.kind
  if (Math.max(known.get('')!, known.get(what) ?? 0) >= event.sequence) return
  known.set(what, event.sequence)
  log.messages = log.messages.map((message) =>
    message.id === event.messageId ? { ...message, ...changeOf(message, event) } : message,
  )
}

function put(log: ConversationLog, stored: StoredMessage, knownTo: number): void {
  if (log.knownTo.has(stored.id)) return
  log.knownTo.set(stored.id, new Map([['', knownTo]]))
  log.messages = [...log.messages, { ...stored, conversationId: log.id }].sort(
    (one, other) => one.sequence! - other.sequence!,
  )
}

function changeOf(
  { reactions, deletedAt }: ChatMessage,
  event: Exclude<Extract<ConversationEvent, { messageId: string }>, { kind: 'message' }>,
): Partial<ChatMessage> {
  if (event.kind === 'edited') return { text: deletedAt === null ? event.text : null, editedAt: event.at }
  if (event.kind === 'deleted') return { text: null, attachment: null, deletedAt: event.at }
  const { emoji, on, participantId } = event
  const all = reactions.some((one) => one.emoji === emoji)
    ? reactions
    : [...reactions, { emoji, participantIds: [] }]
  return {
    reactions: all
      .map((one) => {
        if (one.emoji !== emoji) return one
        const others = one.participantIds.filter((id) => id !== participantId)
        return { emoji, participantIds: on ? [...others, participantId!] : others }
      })
      .filter((one) => one.participantIds.length > 0),
  }
}
