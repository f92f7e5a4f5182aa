import { isRefusal, refuse } from '../../kernel/refusal.ts'
import type { ConversationEvent } from '../domain/conversation.ts'
import type { Item } from '../domain/item.ts'
import type { Conversations } from '../know-conversations.ts'
import type { ConversationStore } from '../ports/conversation-store.ts'
import type { MessageLog } from '../ports/message-log.ts'

type Dependencies = {
  conversations: Conversations
  store: Pick<ConversationStore, 'join'>
  log: Pick<MessageLog, 'message'>
  /** Somebody came in; everybody else has to hear of it. */
  announce: (event: ConversationEvent) => Promise<void>
  /** Who has been let in may have been switched off, erased or merged since. */
  isStill: (item: Item) => Promise<boolean>
  now: () => number
}

/** Better a no in time than a yes that comes too late. */
const PATIENCE_MS = 400

/** Who writes takes part; the others of the team may look without. */
const WRITING: ReadonlySet<Item['type']> = new Set(['chat', 'attachment', 'edit', 'react'])

/** Rights in the conversation, for every message. The team's people come in by themselves when they write. */
export function authorize({ conversations, store, log, announce, isStill, now }: Dependencies) {
  async function admit(item: Item, isMember: boolean): Promise<boolean> {
    const { speaker, said } = item
    if (!isMember) {
      if (speaker.kind !== 'agent' && speaker.kind !== 'bot') {
        item.reply.refuse(refuse('conversation-not-found'))
        return false
      }
      if (item.type === 'receipt') return false
      if (WRITING.has(item.type)) {
        const joined = await store.join(item, speaker.participantId, speaker.participantId)
        if (joined !== undefined && isRefusal(joined)) {
          item.reply.refuse(joined)
          return false
        }
        conversations.forget(item)
        if (joined !== undefined) await announce(joined)
      }
    }
    if (said?.replyTo != null && (await log.message(item, said.replyTo)) === undefined) {
      item.reply.refuse(refuse('message-not-found'))
      return false
    }
    return true
  }

  function inTime(item: Item): boolean {
    if (item.since === undefined || item.isFree === true || now() - item.since < PATIENCE_MS) return true
    item.reply.refuse(refuse('overloaded', { retryAfterMs: 500, retryAfterSeconds: 1 }))
    return false
  }

  return {
    name: 'authorize',
    batch: 256,
    async run(all: Item[]): Promise<Item[]> {
      const items = all.filter(inTime)
      const [standings, still] = await Promise.all([conversations.of(items), Promise.all(items.map(isStill))])
      const passed: Item[] = []
      for (const [index, item] of items.entries()) {
        const standing = standings[index]
        if (standing === undefined || !still[index]) item.reply.refuse(refuse('conversation-not-found'))
        else {
          item.epoch = standing.epoch
          const isMember = standing.members.some(({ id }) => id === item.speaker.participantId)
          const isPlain = isMember && item.said?.replyTo == null
          if (isPlain || (await admit(item, isMember))) passed.push(item)
        }
      }
      return passed
    },
  }
}
