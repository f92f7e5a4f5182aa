import type { Caller, Handlers, Speaker } from '../../../http/handlers.ts'
import { isRefusal, refuse, type Refusal } from '../../../kernel/refusal.ts'
import type { Announce } from '../../announce-file.ts'
import { readUploadKey, type Attachment, type AttachmentView } from '../../domain/attachment.ts'
import { tellWhy } from '../../domain/tell-why.ts'
import type { ConversationOfFiles } from '../../ports/conversation.ts'
import type { SettleFile } from '../../settle-file.ts'

type Dependencies = {
  announce: Announce
  settle: SettleFile
  find: (projectId: string, id: string) => Promise<Attachment | undefined>
  show: (attachment: Attachment) => Promise<AttachmentView>
  /** Whom a caller speaks for: itself, or with the secret key whom it names. */
  speakerOf: (caller: Caller, senderId: string | undefined) => Promise<Speaker | Refusal>
  mayRead: ConversationOfFiles['mayRead']
  /** The bucket whose events are ours; undefined with a store that tells nothing. */
  bucket: string | undefined
}

const AT_ONCE = 4

export function attachmentHandlers(dependencies: Dependencies) {
  const { announce, settle, find, show, speakerOf, mayRead, bucket } = dependencies

  return {
    createAttachment: async ({ path: { conversationId }, body, caller, locale }) => {
      const { clientId, name, size, type, text, senderId } = body
      const { projectId } = caller
      const speaker = await speakerOf(caller, senderId)
      if (isRefusal(speaker)) return speaker
      const file = { projectId, conversationId, speaker, clientId, name, size }
      const offer = await announce({ ...file, declaredType: type ?? null, text: text ?? null })
      if (isRefusal(offer)) return tellWhy(offer, locale)
      const { attachment, upload, expiresAt } = offer
      return {
        status: 201,
        body: {
          attachment: await show(attachment),
          upload: { ...upload, expiresAt: new Date(expiresAt).toISOString() },
        },
      }
    },

    getAttachment: async ({ path, caller }) => {
      const attachment = await seen(path, caller)
      return isRefusal(attachment) ? attachment : { status: 200, body: await show(attachment) }
    },

    confirmAttachment: async ({ path, caller, locale }) => {
      const attachment = await seen(path, caller)
      if (isRefusal(attachment)) return attachment
      const settled = await settle(attachment.projectId, attachment.id)
      return isRefusal(settled) ? tellWhy(settled, locale) : { status: 200, body: await show(settled) }
    },

    // What an event says of a file is not believed; it only makes us look.
    receiveStorageEvents: async ({ body }) => {
      const uploads = (body.Records ?? []).flatMap(({ eventName, s3 }) => {
        const isOurs = /(^|:)ObjectCreated:/.test(eventName ?? '') && s3?.bucket?.name === bucket
        return (isOurs ? readUploadKey(unescape(s3?.object?.key ?? '')) : undefined) ?? []
      })
      const outcomes: PromiseSettledResult<unknown>[] = []
      for (let at = 0; at < uploads.length; at += AT_ONCE) {
        const some = uploads.slice(at, at + AT_ONCE)
        outcomes.push(...(await Promise.allSettled(some.map(({ projectId, id }) => settle(projectId, id)))))
      }
      // The storage sends all of them again; those that are settled stay so.
      const failed = outcomes.find((outcome) => outcome.status === 'rejected')
      if (failed !== undefined) throw failed.reason
      return { status: 204 }
    },
  } satisfies Partial<Handlers>

  /** Before its message is there only whoever sends a file sees it, and the project's backend. */
  async function seen(
    { conversationId, attachmentId }: { conversationId: string; attachmentId: string },
    { projectId, speaker }: Caller,
  ): Promise<Attachment | Refusal> {
    const forbidden = speaker && (await mayRead(projectId, conversationId, speaker))
    if (forbidden !== undefined) return forbidden
    const attachment = await find(projectId, attachmentId)
    const isThere = attachment?.conversationId === conversationId && attachment.state !== 'removed'
    const isSeen = isThere && (speaker === undefined || speaker.participantId === attachment.senderId || attachment.messageId !== null) // prettier-ignore
    return isSeen ? attachment : refuse('attachment-not-found')
  }
}

/** In events keys are encoded as in a form. */
function unescape(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '))
  } catch {
    return ''
  }
}
