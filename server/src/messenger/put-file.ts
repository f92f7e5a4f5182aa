import { isRefusal, refuse, type Refusal } from '../kernel/refusal.ts'
import type { Announce, FileToAnnounce } from './announce-file.ts'
import { uploadKeyOf } from './domain/attachment.ts'
import { safeFileName } from './domain/file-name.ts'
import { judgeName } from './domain/file-type.ts'
import type { AttachmentStore } from './ports/attachment-store.ts'
import type { Attachments } from './ports/attachments.ts'
import type { SettleFile } from './settle-file.ts'

type Dependencies = {
  attachments: Pick<Attachments, 'renew'>
  store: Pick<AttachmentStore, 'put' | 'head'>
  announce: Announce
  settle: SettleFile
  mostBytes: (projectId: string) => Promise<number>
}

export type FileToPut = FileToAnnounce & {
  /** Asked for when they are needed: not of what is refused by its name or size, nor of what is here already. */
  bytes: () => Promise<Uint8Array>
}

/** Both phases of a file at once, for whoever has its bytes at hand. Of the same client id it is said once. */
export function putFile({ attachments, store, announce, settle, mostBytes }: Dependencies) {
  return async ({
    bytes: load,
    ...file
  }: FileToPut): Promise<{ messageId: string; sequence: number } | Refusal> => {
    const { projectId, conversationId, speaker, clientId } = file
    const key = { projectId, conversationId, senderId: speaker.participantId, clientId }
    const known = await attachments.renew(key)
    if (known === undefined) {
      const most = await mostBytes(projectId)
      if (file.size > most) return refuse('attachment-too-large', { most })
      const reason = judgeName(safeFileName(file.name))
      if (reason !== undefined) return refuse('attachment-refused', { reason })
    }
    const isHere = known !== undefined && (known.state !== 'pending' || (await store.head(uploadKeyOf(known))) !== undefined) // prettier-ignore
    const bytes = isHere ? undefined : await load()
    // What somebody said of its size need not be true: what is announced is what there is.
    const offer = await announce({ ...file, size: bytes?.length ?? file.size })
    if (isRefusal(offer)) return offer
    const { attachment } = offer
    if (bytes !== undefined) await store.put(uploadKeyOf(attachment), bytes)
    const settled = await settle(projectId, attachment.id)
    if (isRefusal(settled)) return settled
    if (settled.messageId === null || settled.messageSequence === null)
      throw new Error(`The attachment ${attachment.id} is settled, and its message is not there`)
    return { messageId: settled.messageId, sequence: settled.messageSequence }
  }
}
