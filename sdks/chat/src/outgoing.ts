import { ChatError } from './chat-error.ts'
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

/** How it ended: with its place, or with an error that lasts. */
export type Outcome = { clientId: string } & (
  { sequence: number; messageId: string; error?: undefined } | { error: ChatError; sequence?: undefined }
)

/** Where a sent message stands. */
export interface Stored {
  clientId: string
  messageId: string
  sequence: number
}

interface Needs {
  shelf: Shelf
  now: () => number
  request: (frame: RequestFrame) => Promise<ReplyFrame>
  /** Whether this tab is the one that sends. */
  leads: () => boolean
  sender: () => StoredMessage['sender'] | null
  /** Something was added or has ended here. */
  onAdded: (item: Outgoing) => void
  onOutcome: (item: Outgoing, outcome: Outcome) => void
  onChange: (conversationId: string) => void
}

const MAX_MESSAGES = 200
const MAX_BYTES = 1_000_000
const RETRY_MS = 1_000
const KEY = 'q:'

/** The queue of what is to be said: each conversation's messages go one after the other, so that none overtakes. */
export function createOutgoing({ shelf, now, request, ...needs }: Needs) {
  const items = new Map<string, Outgoing>()
  // Acknowledged, and not yet seen in the conversation.
  const acknowledged = new Map<string, Stored & Outgoing>()
  const promises = new Map<
    string,
    { resolve: (stored: Stored) => void; reject: (error: ChatError) => void }
  >()
  const busy = new Set<string>()
  let lastAt = 0

  const inOrder = (): Outgoing[] => [...items.values()].sort((one, other) => one.at - other.at)

  /** Takes a message that is queued elsewhere. */
  function take(item: Outgoing): void {
    if (items.has(item.clientId) || acknowledged.has(item.clientId)) return
    items.set(item.clientId, item)
    lastAt = Math.max(lastAt, item.at)
    needs.onChange(item.conversationId)
    pump()
  }

  function add(message: Pick<Outgoing, 'conversationId' | 'text' | 'replyTo'>): {
    item: Outgoing
    stored: Promise<Stored>
  } {
    const item = { ...message, clientId: randomId(), at: Math.max(now(), lastAt + 1) }
    const queued = [...items.values(), item]
    const bytes = queued.reduce((sum, { text }) => sum + new TextEncoder().encode(text).length, 0)
    if (queued.length > MAX_MESSAGES || bytes > MAX_BYTES)
      throw new ChatError('queue-full', `${MAX_MESSAGES} messages or 1 MB wait already.`, { temporary: true })
    const stored = new Promise<Stored>((resolve, reject) => promises.set(item.clientId, { resolve, reject }))
    // Whoever does not wait for it hears of it by the events.
    stored.catch(() => undefined)
    shelf.allow()
    shelf.set(KEY + item.clientId, JSON.stringify(item))
    needs.onAdded(item)
    take(item)
    return { item, stored }
  }

  /** Takes how a message ended, from here or elsewhere. */
  function settle(outcome: Outcome): void {
    const { clientId, sequence, error } = outcome
    const item = items.get(clientId)
    if (item === undefined) return
    items.delete(clientId)
    shelf.remove(KEY + clientId)
    const promise = promises.get(clientId)
    promises.delete(clientId)
    if (error === undefined) {
      const stored = { clientId, sequence, messageId: outcome.messageId }
      acknowledged.set(clientId, { ...item, ...stored })
      promise?.resolve(stored)
    } else promise?.reject(error)
    needs.onOutcome(item, outcome)
    needs.onChange(item.conversationId)
  }

  function pump(): void {
    if (!needs.leads()) return
    for (const item of inOrder()) {
      if (busy.has(item.conversationId)) continue
      busy.add(item.conversationId)
      void send(item)
    }
  }

  async function send(item: Outgoing): Promise<void> {
    const { at: _, ...message } = item
    const goOn = (): void => {
      busy.delete(item.conversationId)
      pump()
    }
    try {
      const ack = (await request({ type: 'send', ...message })) as AckFrame
      settle({ clientId: item.clientId, sequence: ack.sequence!, messageId: ack.messageId! })
    } catch (fault) {
      const error = fault as ChatError
      // The next connection goes on.
      if (error.code === 'disconnected') return void busy.delete(item.conversationId)
      if (error.temporary) return void setTimeout(goOn, error.retryAfterMs ?? RETRY_MS)
      settle({ clientId: item.clientId, error })
    }
    goOn()
  }

  return {
    add,
    take,
    settle,
    pump,
    all: inOrder,
    /** What was queued before a reload. */
    restore(): void {
      for (const [key, value] of shelf.values) if (key.startsWith(KEY)) take(JSON.parse(value) as Outgoing)
    },
    /** What the tab that sends has: what is gone there has ended, what it does not know yet is ours to tell. */
    reconcile(theirs: readonly Outgoing[]): Outgoing[] {
      const known = new Set(theirs.map(({ clientId }) => clientId))
      for (const item of inOrder()) {
        if (known.has(item.clientId) || promises.has(item.clientId)) continue
        items.delete(item.clientId)
        needs.onChange(item.conversationId)
      }
      theirs.forEach(take)
      return inOrder().filter(({ clientId }) => !known.has(clientId))
    },
    /** A message of ours stands in its conversation. */
    landed(clientId: string, stored: Pick<StoredMessage, 'id' | 'sequence'>): void {
      settle({ clientId, sequence: stored.sequence, messageId: stored.id })
      acknowledged.delete(clientId)
    },
    /** The conversation is known up to there, so what was acknowledged up to there is in it. */
    reached(conversationId: string, sequence: number): void {
      for (const [clientId, item] of acknowledged)
        if (item.conversationId === conversationId && item.sequence <= sequence) acknowledged.delete(clientId)
    },
    /** What stands at the end of a conversation. */
    tail(conversationId: string): ChatMessage[] {
      return [...acknowledged.values(), ...inOrder()]
        .filter((item) => item.conversationId === conversationId)
        .map((item) => toMessage(item, needs.sender()))
    },
  }
}

export type OutgoingQueue = ReturnType<typeof createOutgoing>

export const toMessage = (
  { clientId, conversationId, text, replyTo, at }: Outgoing,
  sender: ChatMessage['sender'],
): ChatMessage => ({
  ...{ conversationId, id: null, sequence: null, sender, clientId, text, attachment: null },
  ...{ replyTo: replyTo ?? null, reactions: [], createdAt: new Date(at).toISOString() },
  ...{ editedAt: null, deletedAt: null },
})
