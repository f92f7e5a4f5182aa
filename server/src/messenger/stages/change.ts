import { isRefusal, refuse } from '../../kernel/refusal.ts'
import { isRetryable } from '../../kernel/retryable-error.ts'
import type { Item } from '../domain/item.ts'
import type { MessageLog } from '../ports/message-log.ts'

/** Edits, deletions and reactions, one after the other: each takes a sequence, unless it changes nothing. */
export function change({
  log,
  removeFile,
  onFault,
}: {
  log: Pick<MessageLog, 'change'>
  removeFile: (projectId: string, attachmentId: string) => void
  onFault: (error: unknown) => void
}) {
  /** Each is a transaction of its own: what broke one is no matter of those before it, which are done, and after it. */
  const broken = (error: unknown) => {
    onFault(error)
    return isRetryable(error) ? refuse('unavailable', { retryAfterMs: 1_000 }) : refuse('internal-error')
  }

  return {
    name: 'change',
    batch: 32,
    async run(items: Item[]): Promise<Item[]> {
      const passed: Item[] = []
      for (const item of items) {
        const { speaker, projectId, conversationId } = item
        const by = {
          id: speaker.participantId,
          mayDeleteOthers: speaker.kind === 'agent' || speaker.kind === 'bot',
        }
        const outcome = await log.change({ projectId, conversationId }, by, item.change!).catch(broken)
        if (isRefusal(outcome)) {
          item.reply.refuse(outcome)
          continue
        }
        const { message, event, removed } = outcome
        if (removed !== undefined) removeFile(projectId, removed)
        item.stored = {
          messageId: message.id,
          sequence: event?.sequence ?? message.sequence,
          at: event?.at ?? message.editedAt ?? message.createdAt,
          repeated: event === undefined,
        }
        if (event !== undefined) item.event = event
        passed.push(item)
      }
      return passed
    },
  }
}
