import type { Instant } from '../../kernel/clock.ts'

/** What of a file's bytes is there. Another version is other bytes. */
export type Stored = { size: number; version: string }

export type UploadTarget = { method: 'PUT'; url: string; headers: Record<string, string> }

/** How a kept file is handed out, for ever. */
export type Served = { name: string; type: string; shown: boolean }

/**
 * The store of bytes. Whoever has an upload's address may write there, again and again, until it expires; what is kept stands where
 * nobody can write. Every call may be repeated.
 */
export type AttachmentStore = {
  /** Takes exactly `size` bytes. */
  uploadTarget(upload: { key: string; size: number; expiresAt: Instant }): Promise<UploadTarget>
  /** What is here already, in place of an upload: whole or not at all. What stands there stays. */
  put(key: string, bytes: Uint8Array): Promise<void>
  /** All of a kept file, while it is read; undefined when it is not there. */
  read(key: string): Promise<AsyncIterable<Uint8Array> | undefined>
  head(key: string): Promise<Stored | undefined>
  /** The first bytes of this version; undefined when it is not there any more. */
  readStart(key: string, version: string, bytes: number): Promise<Uint8Array | undefined>
  /** Puts this version of an upload where files are; false when it is not there any more. */
  keep(version: string, move: { from: string; to: string; served: Served }): Promise<boolean>
  /** Good for an hour at least, and the same for a while. */
  downloadUrl(file: { key: string; served: Served; now: Instant }): Promise<string>
  remove(keys: readonly string[]): Promise<void>
  /** Removes uploads from before then; what of them was good is kept elsewhere. */
  clean(before: Instant): Promise<void>
}

/** The type that the bytes themselves name; undefined when they have no signature. */
export type Sniff = (start: Uint8Array) => Promise<string | undefined>
