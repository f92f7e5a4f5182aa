import type { Instant } from '../kernel/clock.ts'
import { ALL_LANES } from '../kernel/lane.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { LATE_UPLOAD_MS, uploadKeyOf, UPLOAD_MS, type Attachment } from './domain/attachment.ts'
import type { AttachmentStore } from './ports/attachment-store.ts'
import type { Attachments, Due } from './ports/attachments.ts'
import type { SettleFile } from './settle-file.ts'

type Dependencies = {
  attachments: Attachments
  store: AttachmentStore
  settle: SettleFile
  now: () => Instant
  onFault: (error: unknown) => void
}

const AT_ONCE = 4

/** Finds what nobody told us of: uploads whose notice was lost, and what never came. One file's trouble is its own. */
export function sweepFiles({ attachments, store, settle, now, onFault }: Dependencies) {
  return {
    /** True when there is more. */
    async sweep(): Promise<boolean> {
      let more = false
      for (const lane of ALL_LANES) {
        const due = await attachments.takeDue(lane, AT_ONCE)
        await Promise.all(due.map((one) => look(one).catch(onFault)))
        more ||= due.length === AT_ONCE
      }
      return more
    },
    /** Of uploads that nobody waits for any more nothing is left, whether or not a row knows of them. */
    async clean(): Promise<void> {
      await store.clean(now() - UPLOAD_MS - LATE_UPLOAD_MS)
    },
    bare,
  }

  async function look({ attachment, over }: Due): Promise<void> {
    if (attachment.state === 'removed') return bare(attachment)
    const outcome = await settle(attachment.projectId, attachment.id)
    if (!over || !isRefusal(outcome) || outcome.refused !== 'attachment-not-uploaded') return
    if (await attachments.forget(attachment)) await store.remove([uploadKeyOf(attachment)])
  }

  /** Takes the bytes of a removed one away. */
  async function bare(attachment: Attachment): Promise<void> {
    const { storageKey } = attachment
    await store.remove([uploadKeyOf(attachment), ...(storageKey === null ? [] : [storageKey])])
    await attachments.bare(attachment)
  }
}
