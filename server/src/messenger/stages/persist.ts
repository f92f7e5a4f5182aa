import type { NewId } from '../../kernel/ids.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { ConversationEvent } from '../domain/conversation.ts'
import type { Item } from '../domain/item.ts'
import type { MessageLog } from '../ports/message-log.ts'

/** Many messages, one commit. What comes out of here is stored. */
export function persist({ log, newId }: { log: Pick<MessageLog, 'append'>; newId: NewId }) {
  return {
    name: 'persist',
    batch: 256,
    async run(items: Item[]): Promise<Item[]> {
      const messages = items.map(({ projectId, conversationId, speaker, said }) => ({
        projectId,
        conversationId,
        senderId: speaker.participantId,
        clientId: said!.clientId,
        id: newId('message'),
        text: said!.text,
        attachmentId: said!.attachment?.id ?? null,
        replyTo: said!.replyTo,
      }))
      const written = await log.append(messages)
      return items.filter((item, index) => {
        const place = written[index]
        if (place === undefined) {
          item.reply.refuse(refuse('conversation-not-found'))
          return false
        }
        item.stored = {
          messageId: place.id,
          sequence: place.sequence,
          at: place.at,
          repeated: place.repeated,
        }
        if (!place.repeated) item.event = eventOf(item, place)
        return true
      })
    },
  }
}

function eventOf(
  { projectId, conversationId, speaker, said }: Item,
  { id, sequence, at }: { id: string; sequence: number; at: Date },
): ConversationEvent {
  const { participantId, kind, name } = speaker
  const { clientId, text, attachment, replyTo } = said!
  return {
    projectId,
    conversationId,
    sequence,
    at,
    participantId,
    kind: 'message',
    message: {
      id,
      conversationId,
      sequence,
      sender: { id: participantId, kind, name },
      clientId,
      text,
      attachment,
      replyTo,
      reactions: {},
      createdAt: at,
      editedAt: null,
      deletedAt: null,
    },
  }
}
