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
export type Outcome = (Stored & { error?: undefined }) | { clientId: string; error: ChatError }

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
/** A megabyte, as browsers store them. */
const MAX_CHARACTERS = 500_000
const RETRY_MS = 1_000
const KEY = 'q:'

interface Entry extends Outgoing {
  /** Acknowledged, and not yet seen in the conversation. */
  stored?: Stored
}

/** The queue of what is to be said: each conversation's messages go one after the other, so that none overtakes. */
export function createOutgoing({ shelf, now, tabs, emit, sender, onStored }: Needs) {
  const entries = new Map<string, Entry>()
  // Of what was said here.
  const promises = new Map<
    string,
    { resolve: (stored: Stored) => void; reject: (error: ChatError) => void }
  >()
  const busy = new Set<string>()
  let lastAt = 0

  const inOrder = (): Entry[] => [...entries.values()].sort((one, other) => one.at - other.at)
  const waiting = (): Entry[] => inOrder().filter(({ stored }) => !stored)

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

  function add(message: Pick<Outgoing, 'conversationId' | 'text' | 'replyTo'> & { clientId?: string }) {
    const item: Outgoing = {
      ...message,
      clientId: message.clientId ?? randomId(),
      at: Math.max(now(), lastAt + 1),
    }
    const all = [...waiting(), item]
    if (all.length > MAX_MESSAGES || all.map(({ text }) => text).join('').length > MAX_CHARACTERS)
      throw new ChatError('queue-full', 'Too many messages wait.', { temporary: true })
    const stored = new Promise<Stored>((resolve, reject) => {
      shelf.allow()
      shelf.set(KEY + item.clientId, JSON.stringify(item))
      tabs.tell({ queued: item })
      promises.set(item.clientId, { resolve, reject })
      take(item)
    })
    // Whoever does not wait for it hears of it by the events.
    stored.catch(() => undefined)
    return { message: toMessage(item, sender()), stored }
  }

  /** Takes how a message ended, from here or elsewhere. */
  function settle(outcome: Outcome): void {
    const { clientId } = outcome
    const entry = entries.get(clientId)
    if (!entry || entry.stored) return
    const promise = promises.get(clientId)
    promises.delete(clientId)
    shelf.remove(KEY + clientId)
    if (outcome.error) {
      entries.delete(clientId)
      promise?.reject(outcome.error)
      emit('refused', { message: toMessage(entry, sender()), error: outcome.error })
    } else {
      entry.stored = outcome
      promise?.resolve(outcome)
      onStored(entry.conversationId, outcome.sequence)
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
      outcome = { clientId, messageId: messageId!, sequence: sequence! }
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
    waiting,
    /** Of what waits, what was said here. */
    own: () => waiting().filter(({ clientId }) => promises.has(clientId)),
    /** What was queued before a reload. */
    restore(): void {
      for (const [key, value] of shelf.values) if (key.startsWith(KEY)) take(JSON.parse(value) as Outgoing)
    },
    /** A message of ours stands in its conversation. */
    landed(clientId: string, { id, sequence }: Pick<StoredMessage, 'id' | 'sequence'>): void {
      settle({ clientId, messageId: id, sequence })
      entries.delete(clientId)
    },
    /** The conversation is known up to there, so what was acknowledged up to there is in it. */
    reached(conversationId: string, sequence: number): void {
      for (const entry of entries.values())
        if (entry.conversationId === conversationId && entry.stored && entry.stored.sequence <= sequence)
          entries.delete(entry.clientId)
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
