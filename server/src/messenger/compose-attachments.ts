import { join } from 'node:path'
import type { Caller, Speaker } from '../http/handlers.ts'
import type { ProblemWriter } from '../http/problem.ts'
import type { NewId } from '../kernel/ids.ts'
import type { Refusal } from '../kernel/refusal.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { Sql } from '../postgres/sql.ts'
import { diskStore } from './adapters/disk/disk-store.ts'
import { addressSigner } from './adapters/disk/sign-address.ts'
import { sniffType } from './adapters/file-type/sniff-type.ts'
import { attachmentHandlers } from './adapters/http/attachment-handlers.ts'
import { fileRoutes } from './adapters/http/file-routes.ts'
import { postgresAttachments } from './adapters/postgres/postgres-attachments.ts'
import { s3Store, type S3Settings } from './adapters/s3/s3-store.ts'
import { announceFile } from './announce-file.ts'
import { readUploadKey } from './domain/attachment.ts'
import { tellWhy } from './domain/tell-why.ts'
import type { ConversationOfFiles } from './ports/conversation.ts'
import { putFile } from './put-file.ts'
import { settleFile } from './settle-file.ts'
import { showFiles } from './show-files.ts'
import { sweepFiles } from './sweep-files.ts'

export type AttachmentParts = ReturnType<typeof composeAttachments>

type Dependencies = {
  sql: Sql
  /** For what is read by its key, also from inside transactions. */
  lookUps: Sql
  newId: NewId
  /** The addresses of files are signed with what is derived from these. */
  encryptionKeys: readonly Buffer[]
  dataDirectory: string
  /** Files stay in the data directory without it. */
  s3: S3Settings | undefined
  publicUrl: () => string
  write: ProblemWriter
  mostBytes: (projectId: string) => Promise<number>
  conversation: ConversationOfFiles
  speakerOf: (caller: Caller, senderId: string | undefined) => Promise<Speaker | Refusal>
  onFault: (error: unknown) => void
}

/** Files of the chat: announced, uploaded, judged, and then said. */
export function composeAttachments(dependencies: Dependencies) {
  const { sql, lookUps, newId, encryptionKeys, dataDirectory, s3, publicUrl, write, mostBytes } = dependencies
  const { conversation, speakerOf, onFault } = dependencies
  const now = () => Date.now()
  const disk =
    s3 === undefined
      ? diskStore({ directory: join(dataDirectory, 'attachments'), addresses: addressSigner(encryptionKeys), publicUrl, now }) // prettier-ignore
      : undefined
  const store = disk ?? s3Store({ ...s3!, now })
  const attachments = postgresAttachments({ sql, lookUps })
  const settle = settleFile({ attachments, store, sniff: sniffType, say: conversation.say })
  const { show, present } = showFiles({ attachments, store, now })
  const { sweep, clean, bare } = sweepFiles({ attachments, store, settle, now, onFault })

  const announce = announceFile({ attachments, store, conversation, mostBytes, newId, now })

  return {
    handlers: attachmentHandlers({
      announce,
      settle,
      find: attachments.find,
      show,
      speakerOf,
      mayRead: conversation.mayRead,
      bucket: s3?.bucket,
    }),
    /** Where files are uploaded to and loaded from, when we keep them ourselves. */
    rawRoutes: disk && fileRoutes({ store: disk, onUpload, write, fallbackLocale: 'en' }),
    sweep,
    clean,
    present,
    /** Of bridges, which have the bytes. */
    put: putFile({ attachments, store, announce, settle, mostBytes }),
    /** A file that was found good, for whoever brings it elsewhere. */
    async read(projectId: string, id: string) {
      const attachment = await attachments.find(projectId, id)
      if (attachment === undefined) return undefined
      const { storageKey } = attachment
      const { name, size, type, url } = await show(attachment)
      if (storageKey === null || url === null) return undefined
      return { name, type, size, url, open: () => store.read(storageKey) }
    },
    /** A refusal with why, in words. */
    explain: tellWhy,
    /** In the transaction that deletes their messages; the bytes go with the next sweep. */
    markRemoved: (transaction: Transaction, projectId: string, ids: readonly string[]) =>
      attachments.markRemoved(transaction, projectId, ids),
    /** After its message was deleted: now, or with the next sweep. */
    removeFile: async (projectId: string, id: string): Promise<void> => {
      await attachments.markRemoved(undefined, projectId, [id])
      const attachment = await attachments.find(projectId, id)
      if (attachment?.state === 'removed') await bare(attachment).catch(onFault)
    },
  }

  /** The upload is stored, whatever comes of it now: what fails is done by the sweep. */
  async function onUpload(key: string): Promise<void> {
    const { projectId, id } = readUploadKey(key) ?? {}
    if (projectId !== undefined && id !== undefined) await settle(projectId, id).catch(onFault)
  }
}
