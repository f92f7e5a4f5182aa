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
  const { receipts, received, read } = createLog(log.id, epoch, top)
  const fresh = createLog(log.id, epoch, top)
  Object.assign(log, fresh, { receipts, received, read })
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

/** Takes an answer about what came after a sequence. Returns what is new above what was known, in order. */
export function takeNewer(
  log: ConversationLog,
  answer: ConversationSync,
  after: number,
): ConversationEvent[] {
  const from = startOf(answer, after)
  if (from > log.last) {
    log.holes.push([log.last, from])
    log.last = from
  }
  const applied = answer.events.filter(({ sequence }) => sequence > log.last)
  for (const event of applied) apply(log, event, answer.top)
  log.last = Math.max(log.last, answer.top)
  log.top = Math.max(log.last, ...log.held.keys())
  for (const sequence of log.held.keys()) if (sequence <= log.last) log.held.delete(sequence)
  adopt(log)
  return [...applied, ...release(log)]
}

/** Takes a page about a hole, or about what is below everything. Returns its events. */
export function takeOlder(
  log: ConversationLog,
  answer: ConversationSync,
  after: number,
  upTo: number,
): ConversationEvent[] {
  const from = startOf(answer, after)
  const isBottom = upTo === log.low
  // What was asked for is no longer missed: it was trimmed meanwhile.
  if (!isBottom && !log.holes.some(([, high]) => high === upTo)) return []
  for (const event of answer.events) apply(log, event, answer.top)
  if (isBottom) log.low = from
  log.holes = log.holes.flatMap(([low, high]) =>
    high !== upTo ? [[low, high]] : from > low ? [[low, from]] : [],
  )
  adopt(log)
  return answer.events
}

/** Forgets the oldest messages; they can be loaded again. */
export function trim(log: ConversationLog, keep: number): void {
  const surplus = log.messages.length - keep
  if (surplus <= 0) return
  const gone = log.messages.slice(0, surplus)
  log.messages = log.messages.slice(surplus)
  for (const { id } of gone) log.knownTo.delete(id!)
  log.low = Math.max(log.low, gone.at(-1)!.sequence!)
  log.holes = log.holes
    .filter(([, upTo]) => upTo > log.low)
    .map(([after, upTo]) => [Math.max(after, log.low), upTo])
}

const startOf = ({ limited, previous }: ConversationSync, after: number): number =>
  limited ? (previous ?? after) : after

function release(log: ConversationLog): ConversationEvent[] {
  const applied: ConversationEvent[] = []
  for (let next; (next = log.held.get(log.last + 1)) !== undefined;) {
    log.held.delete(next.sequence)
    log.last = next.sequence
    apply(log, next, next.sequence)
    applied.push(next)
  }
  return applied
}

function adopt(log: ConversationLog): void {
  for (const event of log.orphans.splice(0)) apply(log, event, event.sequence)
}

/** `knownTo` is up to where a message that comes whole includes what happened to it. */
function apply(log: ConversationLog, event: ConversationEvent, knownTo: number): void {
  if (event.kind === 'message') return put(log, event.message, knownTo)
  if (!('messageId' in event)) return
  const known = log.knownTo.get(event.messageId)
  if (known === undefined) {
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
  const { messages } = log
  let place = messages.length
  while (place > 0 && messages[place - 1]!.sequence! > stored.sequence) place--
  log.messages = [
    ...messages.slice(0, place),
    { ...stored, conversationId: log.id },
    ...messages.slice(place),
  ]
}

function changeOf(
  { reactions, deletedAt }: ChatMessage,
  event: Exclude<Extract<ConversationEvent, { messageId: string }>, { kind: 'message' }>,
): Partial<ChatMessage> {
  if (event.kind === 'edited') return { text: deletedAt === null ? event.text : null, editedAt: event.at }
  if (event.kind === 'deleted') return { text: null, attachment: null, deletedAt: event.at }
  const { emoji, on, participantId } = event
  const others = (reactions.find((all) => all.emoji === emoji)?.participantIds ?? []).filter(
    (id) => id !== participantId,
  )
  const participantIds = on && participantId !== null ? [...others, participantId] : others
  if (!reactions.some((all) => all.emoji === emoji))
    return { reactions: on ? [...reactions, { emoji, participantIds }] : reactions }
  return {
    reactions: reactions
      .map((all) => (all.emoji === emoji ? { emoji, participantIds } : all))
      .filter((all) => all.participantIds.length > 0),
  }
}
