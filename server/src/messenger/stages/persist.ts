import type { NewId } from '../../kernel/ids.ts'
import { refuse } from '../../kernel/refusal.ts'
import { isRetryable } from '../../kernel/retryable-error.ts'
import type { ConversationEvent } from '../domain/conversation.ts'
import type { Item } from '../domain/item.ts'
import type { MessageLog, NewMessage, Written } from '../ports/message-log.ts'

/** Many messages, one commit. What comes out of here is stored. */
export function persist({
  log,
  newId,
  onFault,
}: {
  log: Pick<MessageLog, 'append'>
  newId: NewId
  onFault: (error: unknown) => void
}) {
  /** One that cannot be stored is found by halves: it must not take the messages of others with it. */
  async function append(messages: NewMessage[]): Promise<(Written | 'fault')[]> {
    try {
      return await log.append(messages)
    } catch (error) {
      if (isRetryable(error)) throw error
      if (messages.length === 1) {
        onFault(error)
        return ['fault']
      }
      const half = messages.length >> 1
      return [...(await append(messages.slice(0, half))), ...(await append(messages.slice(half)))]
    }
  }

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
      const written = await append(messages)
      return items.filter((item, index) => {
        const place = written[index]
        if (place === undefined || place === 'fault') {
          item.reply.refuse(refuse(place === 'fault' ? 'internal-error' : 'conversation-not-found'))
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
