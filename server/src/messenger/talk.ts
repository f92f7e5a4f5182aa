import type { Locale } from '../kernel/locale.ts'
import { isRefusal, refuse, type Refusal } from '../kernel/refusal.ts'
import type { Change, ConversationEvent, Message } from './domain/conversation.ts'
import type { Item, Said, Speaker, Stored } from './domain/item.ts'
import type { MessageLog } from './ports/message-log.ts'

type Dependencies = {
  offer: (item: Item) => 'taken' | 'dropped' | 'rejected'
  put: (item: Item) => Promise<'taken' | 'dropped' | 'rejected'>
  log: Pick<MessageLog, 'message'>
}

type From = {
  projectId: string
  conversationId: string
  speaker: Speaker
  locale?: Locale
  isFree?: boolean
  /** For room, instead of being refused while there is none. */
  waits?: boolean
}

export type Talk = ReturnType<typeof talk>

const WEIGHT = 400

/** The way into the pipeline for those who wait for what becomes of it: REST, bots, files, what was pushed. */
export function talk({ offer, put, log }: Dependencies) {
  function submit(
    { waits = false, ...from }: From,
    rest: Pick<Item, 'type'> & Partial<Item>,
  ): Promise<{ stored: Stored; event: ConversationEvent | undefined } | Refusal> {
    return new Promise((resolve) => {
      const item: Item = {
        locale: 'ru',
        sessionId: null,
        bytes: WEIGHT + 2 * (rest.said?.text?.length ?? 0),
        ...from,
        ...rest,
        reply: {
          acknowledge: (stored) => resolve({ stored, event: item.event }),
          refuse: resolve,
        },
      }
      const overloaded = () => resolve(refuse('overloaded', { retryAfterSeconds: 1, retryAfterMs: 1_000 }))
      if (waits) void put(item).then((outcome) => outcome === 'taken' || overloaded())
      else if (offer(item) !== 'taken') overloaded()
    })
  }

  async function messageOf(
    { projectId, conversationId }: From,
    outcome: { stored: Stored; event: ConversationEvent | undefined } | Refusal,
  ): Promise<(Stored & { message: Message }) | Refusal> {
    if (isRefusal(outcome)) return outcome
    const { stored, event } = outcome
    const message =
      event?.kind === 'message'
        ? event.message
        : await log.message({ projectId, conversationId }, stored.messageId!)
    return message === undefined ? refuse('message-not-found') : { ...stored, message }
  }

  return {
    async say({ said, ...from }: From & { said: Said }) {
      const type = said.attachment === null ? 'chat' : 'attachment'
      return messageOf(from, await submit(from, { type, said }))
    },
    async change({ change, ...from }: From & { change: Change }) {
      return messageOf(from, await submit(from, { type: change.kind, change }))
    },
  }
}
