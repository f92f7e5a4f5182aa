import { refuse } from '../../kernel/refusal.ts'
import type { ConversationEvent } from '../domain/conversation.ts'
import type { Item } from '../domain/item.ts'
import type { MessageLog } from '../ports/message-log.ts'
import type { RecentEvents } from './keep-recent.ts'

type Wanted = { item: Item; epoch: number; top: number }

/** What happened after a sequence: from memory when it is all there, else from the log, many in one question. */
export function readHistory({
  log,
  recent,
}: {
  log: Pick<MessageLog, 'tops' | 'events'>
  recent: RecentEvents
}) {
  return {
    name: 'read-history',
    batch: 64,
    async run(items: Item[]): Promise<Item[]> {
      const tops = await log.tops(items)
      const unread = new Map<number, Wanted[]>()
      for (const [index, item] of items.entries()) {
        const top = tops[index]
        if (top === undefined) {
          item.reply.refuse(refuse('conversation-not-found'))
          continue
        }
        const { after, upTo, limit } = item.history!
        const wanted = { item, epoch: top.epoch, top: top.sequence }
        const isRecent = upTo === null && top.sequence - after <= limit
        const events = after >= top.sequence ? [] : isRecent ? recent.after(item, after, top) : undefined
        if (events !== undefined) answer(wanted, events)
        else unread.set(limit, [...(unread.get(limit) ?? []), wanted])
      }
      for (const [limit, some] of unread) {
        const found = await log.events(
          some.map(({ item: { projectId, conversationId, history } }) => ({
            projectId,
            conversationId,
            after: history!.after,
            upTo: history!.upTo,
          })),
          limit,
        )
        some.forEach((wanted, index) => answer(wanted, found[index]!))
      }
      return items
    },
  }
}

function answer({ item, epoch, top }: Wanted, events: ConversationEvent[]): void {
  const { after, answer: give } = item.history!
  const first = events[0]?.sequence
  const isLimited = first !== undefined && first > after + 1
  give({
    conversationId: item.conversationId,
    epoch,
    top,
    events,
    limited: isLimited,
    previous: isLimited ? first - 1 : null,
  })
}
