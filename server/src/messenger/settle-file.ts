import { ConcurrentChange } from '../kernel/retryable-error.ts'
import { isRefusal, refuse, type Refusal } from '../kernel/refusal.ts'
import { fileKeyOf, START_BYTES, uploadKeyOf, type Attachment, type RefusedWhy } from './domain/attachment.ts'
import { isShown, judgeType } from './domain/file-type.ts'
import type { AttachmentStore, Sniff, Stored } from './ports/attachment-store.ts'
import type { Attachments } from './ports/attachments.ts'
import type { ConversationOfFiles } from './ports/conversation.ts'

type Dependencies = {
  attachments: Attachments
  store: AttachmentStore
  sniff: Sniff
  say: ConversationOfFiles['say']
}

export type SettleFile = ReturnType<typeof settleFile>

// The sender may upload again while we look: then what we looked at is not there any more.
const MAX_LOOKS = 3

/**
 * Second phase of a file, whoever says that it has arrived: sender, storage or sweep, at the same time or again. Its bytes are looked
 * at and put out of reach, its message is said once.
 */
export function settleFile({ attachments, store, sniff, say }: Dependencies) {
  return async (projectId: string, id: string): Promise<Attachment | Refusal> => {
    for (let look = 1; look <= MAX_LOOKS; look++) {
      const attachment = await attachments.find(projectId, id)
      if (attachment === undefined || attachment.state === 'removed') return refuse('attachment-not-found')
      if (attachment.state === 'refused')
        return refuse('attachment-refused', { reason: attachment.refusedWhy })
      if (attachment.state === 'ready') return attachment.messageId === null ? speak(attachment) : attachment
      const arrived = await store.head(uploadKeyOf(attachment))
      if (arrived !== undefined) await judge(attachment, arrived)
      // Somebody else may have settled it, and taken the upload away, after we had read the row.
      else if ((await attachments.find(projectId, id))?.state === 'pending')
        return refuse('attachment-not-uploaded')
    }
    throw new ConcurrentChange(`The attachment ${id} changes while it is looked at`)
  }

  /** Pending no more afterwards, unless the upload changed meanwhile. */
  async function judge(attachment: Attachment, { size, version }: Stored): Promise<void> {
    const from = uploadKeyOf(attachment)
    if (size !== attachment.size) return turnAway(attachment, 'wrong-size')
    const start = await store.readStart(from, version, START_BYTES)
    if (start === undefined) return
    const judged = judgeType(attachment.name, await sniff(start), start)
    if ('why' in judged) return turnAway(attachment, judged.why)
    const { type } = judged
    const to = fileKeyOf(attachment, version)
    const served = { name: attachment.name, type, shown: isShown(type) }
    if (!(await store.keep(version, { from, to, served }))) return
    const isOurs = await attachments.markReady(attachment, { type, storageKey: to })
    const now = isOurs ? undefined : await attachments.find(attachment.projectId, attachment.id)
    const isOrphan = !isOurs && now?.storageKey !== to
    await store.remove(isOrphan ? [from, to] : [from])
  }

  async function turnAway(attachment: Attachment, why: RefusedWhy): Promise<void> {
    if (await attachments.refuse(attachment, why)) await store.remove([uploadKeyOf(attachment)])
  }

  async function speak(attachment: Attachment): Promise<Attachment | Refusal> {
    const { projectId, conversationId, senderId, clientId, text, id, storageKey } = attachment
    const said = await say({ projectId, conversationId, senderId, clientId, text, attachmentId: id })
    if (isRefusal(said)) {
      if (await attachments.refuse(attachment, 'message-refused')) await store.remove(storageKey === null ? [] : [storageKey]) // prettier-ignore
      return said
    }
    await attachments.tie(attachment, said)
    return { ...attachment, messageId: said.messageId, messageSequence: said.sequence }
  }
}
