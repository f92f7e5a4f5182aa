import { ChatError } from './chat-error.ts'
import type { Emit } from './chat-events.ts'
import type { AckFrame, ChatMessage, ReplyFrame, RequestFrame, StoredMessage } from './contract.ts'
import { randomId } from './random-id.ts'
import type { Shelf } from './storage.ts'

/** A message that waits. */
export interface Outgoing {
  clientId: string
  conversationId: string
  text: string
  replyTo?: string
  /** When it was written, in milliseconds; no two of one browser are the same. */
  at: number
}

/** Where a sent message stands. */
export interface Stored {
  clientId: string
  messageId: string
  sequence: number
}

/** How it ended: with its place, or with an error that lasts. */
export type Outcome = { clientId: string } & (
  { stored: Stored; error?: undefined } | { stored?: undefined; error: ChatError }
)

interface Link {
  /** Whether this tab is the one that sends. */
  leads(): boolean
  request(frame: RequestFrame): Promise<ReplyFrame>
  tell(news: { queued: Outgoing } | { settled: Outcome }): void
}

interface Needs {
  shelf: Shelf
  now: () => number
  tabs: Link
  emit: Emit
  sender: () => StoredMessage['sender'] | null
  onStored: (conversationId: string, sequence: number) => void
}

const MAX_MESSAGES = 200
const MAX_BYTES = 1_000_000
const RETRY_MS = 1_000
const KEY = 'q:'

interface Entry extends Outgoing {
  /** Acknowledged, and not yet seen in the conversation. */
  stored?: Stored
  /** Of whoever said it here. */
  promise?: { resolve: (stored: Stored) => void; reject: (error: ChatError) => void }
}

/** The queue of what is to be said: each conversation's messages go one after the other, so that none overtakes. */
export function createOutgoing({ shelf, now, tabs, emit, sender, onStored }: Needs) {
  const entries = new Map<string, Entry>()
  const busy = new Set<string>()
  let lastAt = 0

  const inOrder = (): Entry[] => [...entries.values()].sort((one, other) => one.at - other.at)
  const waiting = (): Entry[] => inOrder().filter(({ stored }) => stored === undefined)

  function changed({ conversationId }: Entry): void {
    emit('queue', { length: waiting().length })
    emit('change', { conversationId, events: [] })
  }

  /** Takes a message, from here or elsewhere. */
  function take(entry: Entry): void {
    if (entries.has(entry.clientId)) return
    entries.set(entry.clientId, entry)
    lastAt = Math.max(lastAt, entry.at)
    changed(entry)
    pump()
  }

  function add(message: Pick<Outgoing, 'conversationId' | 'text' | 'replyTo'>) {
    const item: Outgoing = { ...message, clientId: randomId(), at: Math.max(now(), lastAt + 1) }
    const all = [...waiting(), item]
    if (
      all.length > MAX_MESSAGES ||
      new TextEncoder().encode(all.map(({ text }) => text).join('')).length > MAX_BYTES
    )
      throw new ChatError('queue-full', 'Too many messages wait.', { temporary: true })
    const stored = new Promise<Stored>((resolve, reject) => {
      shelf.allow()
      shelf.set(KEY + item.clientId, JSON.stringify(item))
      tabs.tell({ queued: item })
      take({ ...item, promise: { resolve, reject } })
    })
    // Whoever does not wait for it hears of it by the events.
    stored.catch(() => undefined)
    return { message: toMessage(item, sender()), stored }
  }

  /** Takes how a message ended, from here or elsewhere. */
  function settle({ clientId, stored, error }: Outcome): void {
    const entry = entries.get(clientId)
    if (entry === undefined || entry.stored !== undefined) return
    shelf.remove(KEY + clientId)
    if (stored === undefined) {
      entries.delete(clientId)
      entry.promise?.reject(error)
      emit('refused', { message: toMessage(entry, sender()), error })
    } else {
      entry.stored = stored
      entry.promise?.resolve(stored)
      onStored(entry.conversationId, stored.sequence)
    }
    changed(entry)
  }

  function pump(): void {
    if (!tabs.leads()) return
    for (const entry of waiting()) {
      if (busy.has(entry.conversationId)) continue
      busy.add(entry.conversationId)
      void send(entry)
    }
  }

  async function send({ clientId, conversationId, text, replyTo }: Entry): Promise<void> {
    const goOn = (): void => {
      busy.delete(conversationId)
      pump()
    }
    let outcome: Outcome
    try {
      const ack = await tabs.request({ type: 'send', clientId, conversationId, text, replyTo })
      const { messageId, sequence } = ack as AckFrame
      outcome = { clientId, stored: { clientId, messageId: messageId!, sequence: sequence! } }
    } catch (fault) {
      const error = fault as ChatError
      // The next connection goes on.
      if (error.code === 'disconnected') return void busy.delete(conversationId)
      if (error.temporary) return void setTimeout(goOn, error.retryAfterMs ?? RETRY_MS)
      outcome = { clientId, error }
    }
    settle(outcome)
    tabs.tell({ settled: outcome })
    goOn()
  }

  return {
    ...{ add, take, settle, pump },
    /** What waits, or of that what was said here. */
    waiting: (own?: boolean): Outgoing[] =>
      waiting()
        .filter(({ promise }) => !own || promise)
        .map(({ promise: _, ...item }) => item),
    /** What was queued before a reload. */
    restore(): void {
      for (const [key, value] of shelf.values) if (key.startsWith(KEY)) take(JSON.parse(value) as Outgoing)
    },
    /** A message of ours stands in its conversation. */
    landed(clientId: string, { id, sequence }: Pick<StoredMessage, 'id' | 'sequence'>): void {
      settle({ clientId, stored: { clientId, messageId: id, sequence } })
      entries.delete(clientId)
    },
    /** The conversation is known up to there, so what was acknowledged up to there is in it. */
    reached(conversationId: string, sequence: number): void {
      for (const { clientId, stored, ...entry } of entries.values())
        if (entry.conversationId === conversationId && stored !== undefined && stored.sequence <= sequence)
          entries.delete(clientId)
    },
    /** What stands at the end of a conversation. */
    tail: (conversationId: string): ChatMessage[] =>
      inOrder()
        .filter((entry) => entry.conversationId === conversationId)
        .map((entry) => toMessage(entry, sender())),
  }
}

export type OutgoingQueue = ReturnType<typeof createOutgoing>

const toMessage = (
  { clientId, conversationId, text, replyTo, at }: Outgoing,
  sender: ChatMessage['sender'],
): ChatMessage => ({
  ...{ conversationId, id: null, sequence: null, sender, clientId, text, attachment: null },
  ...{ replyTo: replyTo ?? null, reactions: [], createdAt: new Date(at).toISOString() },
  ...{ editedAt: null, deletedAt: null },
})
