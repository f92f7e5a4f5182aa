import { escapeMarkdown, plainOf } from '../kernel/markdown.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import { takeTurns } from '../kernel/take-turns.ts'
import type { Channel, Ticket } from './domain/ticket.ts'
import type { Conversations, RoomEvent, RoomKey } from './ports/conversations.ts'
import type { DeskStore } from './ports/desk-store.ts'
import type { Face, ShownMessage } from './ports/faces.ts'
import type { Tickets } from './ports/tickets.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  store: DeskStore
  conversations: Conversations
  tickets: Pick<Tickets, 'ofConversation' | 'onCustomerMessage' | 'onAgentMessage'>
  faces: () => readonly Face[]
  /** Whether anybody looks at this project's conversations from outside. */
  isOn: (projectId: string) => Promise<boolean>
  /** What a project's clock is ahead by. */
  offsetOf: (projectId: string) => Promise<number>
  topicOf: (projectId: string, conversationId: string) => Promise<string | null>
  onFault: (error: unknown, key: RoomKey) => void
}

const SLICE = 50
const AT_ONCE = 8
const SWEPT = 500
const SWEPT_BACK_MS = 3_600_000

/**
 * Reads what happens in conversations, each in its order, and shows it to whoever looks from outside: tickets, the board,
 * Telegram. A conversation is read by one at a time; what it became is written in one transaction with how far it was read, so
 * that it happens once. Whoever commits a message wakes the desk; what nobody was woken for is found by sweeping.
 */
export function runDesk(dependencies: Dependencies) {
  const { unitOfWork, store, conversations, tickets, faces, isOn, offsetOf, topicOf, onFault } = dependencies

  const turns = takeTurns<RoomKey>({
    atOnce: AT_ONCE,
    nameOf: ({ projectId, conversationId }) => `${projectId} ${conversationId}`,
    work: async (key) => {
      try {
        return await read(key)
      } catch (error) {
        onFault(error, key)
        await store.fail(key, error instanceof Error ? error.message : String(error))
        return false
      }
    },
    onFault,
  })

  async function read(key: RoomKey): Promise<boolean> {
    if (!(await isOn(key.projectId))) return false
    const since = await store.since(key.projectId)
    return unitOfWork(async (transaction) => {
      const { taken, failures } = await store.lock(transaction, key)
      const events = await conversations.eventsAfter(key, taken, SLICE)
      if (events.length === 0) return false
      const members = await conversations.members(key)
      for (const message of await messagesOf(key, events, since)) {
        const ticket = await ticketFor(transaction, message)
        for (const face of faces()) await face.onMessage(transaction, message, { ticket, members })
      }
      await store.advance(transaction, key, events.at(-1)!.sequence)
      return events.length === SLICE && failures < 1
    })
  }

  async function ticketFor(transaction: Transaction, message: ShownMessage): Promise<Ticket | undefined> {
    const { projectId, conversationId, kind, from, clientId, markdown, attachment } = message
    if (kind !== 'said') return tickets.ofConversation(transaction, projectId, conversationId)
    const at = new Date(message.at.getTime() + (await offsetOf(projectId)))
    if (from.agentId !== null)
      return tickets.onAgentMessage(transaction, { projectId, conversationId, agentId: from.agentId, at })
    if (from.kind === 'bot') return tickets.ofConversation(transaction, projectId, conversationId)
    const person = await conversations.person(projectId, from.participantId)
    const opened = await tickets.onCustomerMessage(transaction, {
      projectId,
      conversationId,
      participantId: from.participantId,
      customerId: person?.customerId ?? null,
      channel: channelOf(clientId),
      text: markdown === null ? (attachment?.name ?? '') : plainOf(markdown),
      topic: await topicOf(projectId, conversationId),
      at,
    })
    return opened?.ticket
  }

  async function messagesOf(
    key: RoomKey,
    events: readonly RoomEvent[],
    since: Date,
  ): Promise<ShownMessage[]> {
    const fresh = events.filter(({ at }) => at >= since)
    const said = fresh.flatMap((event) => (event.kind === 'message' ? [event.message.clientId] : []))
    const words = await store.words(key, said)
    const messages: ShownMessage[] = []
    for (const event of fresh) {
      const message = await messageOf(key, event, words)
      if (message !== undefined) messages.push(message)
    }
    return messages
  }

  async function messageOf(
    key: RoomKey,
    event: RoomEvent,
    words: ReadonlyMap<string, string>,
  ): Promise<ShownMessage | undefined> {
    const { sequence, at } = event
    switch (event.kind) {
      case 'message': {
        const { id, clientId, text, attachment, replyTo, sender, deletedAt } = event.message
        // Taken back before anybody outside saw it; its deletion follows, and finds nothing.
        if (deletedAt !== null) return undefined
        const from = await speakerOf(key.projectId, sender)
        const markdown = formatted(text, words.get(clientId))
        const what = { messageId: id, clientId, from, markdown, attachment, replyTo }
        return { kind: 'said', ...key, sequence, at, ...what }
      }
      case 'edited':
      case 'deleted': {
        const message = await conversations.message(key, event.messageId)
        if (message === undefined) return undefined
        const { clientId, sender, text } = message
        const from = await speakerOf(key.projectId, sender)
        const markdown =
          event.kind === 'deleted'
            ? null
            : formatted(text, (await store.words(key, [clientId])).get(clientId))
        const what = { messageId: event.messageId, clientId, from, markdown, attachment: null, replyTo: null }
        return { kind: event.kind, ...key, sequence, at, ...what }
      }
      default:
        return undefined
    }
  }

  async function speakerOf(
    projectId: string,
    { id, kind, name }: { id: string; kind: ShownMessage['from']['kind']; name: string | null },
  ): Promise<ShownMessage['from']> {
    const person = kind === 'agent' ? await conversations.person(projectId, id) : undefined
    return { participantId: id, kind, name, agentId: person?.agentId ?? null }
  }

  return {
    wake: turns.wake,
    /** What nobody was woken for: what failed, and what was committed by whoever died right after it. */
    async sweep(): Promise<boolean> {
      for (const key of await store.failed(SWEPT)) turns.wake(key)
      for (const projectId of await store.projects()) {
        const recent = await conversations.recent(projectId, SWEPT_BACK_MS, SWEPT)
        const taken = await store.takenOf(projectId, recent.map(({ conversationId }) => conversationId)) // prettier-ignore
        for (const { conversationId, sequence } of recent)
          if ((taken.get(conversationId) ?? 0) < sequence) turns.wake({ projectId, conversationId })
      }
      return false
    },
    stop: turns.stop,
  }
}

/** The formatting counts only while it says the same. */
function formatted(text: string | null, markdown: string | undefined): string | null {
  if (text === null) return null
  return markdown !== undefined && plainOf(markdown) === text ? markdown : escapeMarkdown(text)
}

function channelOf(clientId: string): Channel {
  return clientId.startsWith('tg:') ? 'telegram' : 'widget'
}
