import type { Instant } from '../kernel/clock.ts'
import type { NewId } from '../kernel/ids.ts'
import { refuse, type Refusal } from '../kernel/refusal.ts'
import { uploadKeyOf, UPLOAD_MS, type Attachment } from './domain/attachment.ts'
import { safeFileName } from './domain/file-name.ts'
import { judgeName } from './domain/file-type.ts'
import type { AttachmentStore, UploadTarget } from './ports/attachment-store.ts'
import type { Attachments } from './ports/attachments.ts'
import type { ConversationOfFiles, FileSpeaker } from './ports/conversation.ts'

type Dependencies = {
  attachments: Attachments
  store: AttachmentStore
  conversation: Pick<ConversationOfFiles, 'mayWrite' | 'charge'>
  mostBytes: (projectId: string) => Promise<number>
  newId: NewId
  now: () => Instant
}

export type FileToAnnounce = {
  projectId: string
  conversationId: string
  speaker: FileSpeaker
  clientId: string
  name: string
  size: number
  declaredType: string | null
  text: string | null
}

export type Offer = { attachment: Attachment; upload: UploadTarget; expiresAt: Instant }

export type Announce = ReturnType<typeof announceFile>

const CREDITS_OF_FILE = 5

/** First phase of a file: who, how large and what name; and then where to upload it. Paid for once. */
export function announceFile({ attachments, store, conversation, mostBytes, newId, now }: Dependencies) {
  return async (file: FileToAnnounce): Promise<Offer | Refusal> => {
    const { projectId, conversationId, speaker, clientId, size, declaredType, text } = file
    const key = { projectId, conversationId, senderId: speaker.participantId, clientId }
    const forbidden = await conversation.mayWrite(projectId, conversationId, speaker)
    if (forbidden !== undefined) return forbidden
    const known = await attachments.renew(key)
    if (known !== undefined) return offer(known)

    const most = await mostBytes(projectId)
    if (size > most) return refuse('attachment-too-large', { most })
    const name = safeFileName(file.name)
    const reason = judgeName(name)
    if (reason !== undefined) return refuse('attachment-refused', { reason })
    const spent = await conversation.charge(projectId, speaker, CREDITS_OF_FILE)
    if (spent !== undefined) return spent
    await attachments.add({ ...key, id: newId('attachment'), name, size, declaredType, text })
    const announced = await attachments.renew(key)
    if (announced === undefined) throw new Error(`The attachment ${clientId} of ${conversationId} vanished`)
    return offer(announced)
  }

  /** Of one that is settled too: an upload that nobody waits for changes nothing, and goes again. */
  async function offer(attachment: Attachment): Promise<Offer | Refusal> {
    if (attachment.state === 'removed') return refuse('message-deleted')
    const expiresAt = attachment.state === 'pending' ? attachment.expiresAt : now() + UPLOAD_MS
    const { size } = attachment
    const upload = await store.uploadTarget({ key: uploadKeyOf(attachment), size, expiresAt })
    return { attachment, upload, expiresAt }
  }
}
