import type { Instant } from '../kernel/clock.ts'
import type { AttachmentView, Attachment } from './domain/attachment.ts'
import { isShown } from './domain/file-type.ts'
import type { AttachmentStore } from './ports/attachment-store.ts'
import type { Attachments } from './ports/attachments.ts'

type Dependencies = { attachments: Attachments; store: AttachmentStore; now: () => Instant }

const UNKNOWN_TYPE = 'application/octet-stream'

/** Files as participants see them, with an address to load them from. A removed one is not among them. */
export function showFiles({ attachments, store, now }: Dependencies) {
  async function show(attachment: Attachment): Promise<AttachmentView> {
    const { id, name, size, state, storageKey, declaredType } = attachment
    const type = attachment.type ?? declaredType ?? UNKNOWN_TYPE
    const shown = state === 'removed' ? 'refused' : state
    const url =
      state === 'ready' && storageKey !== null
        ? await store.downloadUrl({
            key: storageKey,
            served: { name, type, shown: isShown(type) },
            now: now(),
          })
        : null
    return { id, name, size, type, state: shown, url }
  }

  return {
    show,
    /** By their ids. */
    async present(projectId: string, ids: readonly string[]): Promise<Map<string, AttachmentView>> {
      if (ids.length === 0) return new Map()
      const found = await attachments.findMany(projectId, ids)
      const there = found.filter(({ state }) => state !== 'removed')
      return new Map(await Promise.all(there.map(async (one) => [one.id, await show(one)] as const)))
    },
  }
}
