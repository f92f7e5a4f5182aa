import { randomUUID } from 'node:crypto'
import { link, mkdir, open, opendir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { refuse, type Refusal } from '../../../kernel/refusal.ts'
import { RetryableError } from '../../../kernel/retryable-error.ts'
import { UPLOADS, URL_STEP_MS } from '../../domain/attachment.ts'
import type { AttachmentStore } from '../../ports/attachment-store.ts'
import type { AddressSigner, FileGrant, UploadGrant } from './sign-address.ts'

type Settings = {
  directory: string
  addresses: AddressSigner
  publicUrl: () => string
  now: () => number
}

/** The store on a disk, and what the addresses that it gives out lead to. */
export type DiskStore = AttachmentStore & {
  /** Writes an upload down whole, or not at all. */
  receive(grant: UploadGrant, bytes: Readable): Promise<undefined | Refusal>
  readUpload(token: string): UploadGrant | Refusal
  readFile(token: string): FileGrant | Refusal
  directory: string
}

/** Nobody else has filled it by then. */
export class DiskFull extends RetryableError {}

const KEY = /^(uploads|files)(\/\w[\w-]*)+$/
const PART = '.part'

export function diskStore({ directory, addresses, publicUrl, now }: Settings): DiskStore {
  const pathOf = (key: string) => {
    if (!KEY.test(key)) throw new Error(`No key of a file: ${key}`)
    return join(directory, ...key.split('/'))
  }
  const grant = <Purpose extends 'upload' | 'file'>(purpose: Purpose, token: string) => {
    const read = addresses.read(purpose, token)
    if (read === undefined) return refuse('unauthorized')
    return read.expiresAt > now() ? read : undefined
  }

  return {
    directory,

    async uploadTarget({ key, size, expiresAt }) {
      const token = addresses.sign('upload', { key, size, expiresAt })
      return {
        method: 'PUT',
        url: `${publicUrl()}/v1/uploads/${token}`,
        headers: { 'content-type': 'application/octet-stream' },
      }
    },

    readUpload: (token) => grant('upload', token) ?? refuse('attachment-expired'),
    readFile: (token) => grant('file', token) ?? refuse('unauthorized'),

    receive: ({ key, size }, bytes) => receive(key, bytes, size),

    async put(key, bytes) {
      const refusal = await receive(key, Readable.from([Buffer.from(bytes)]), bytes.length)
      if (refusal !== undefined) throw new Error(`The bytes of ${key} were not written: ${refusal.refused}`)
    },

    async read(key) {
      const file = await open(pathOf(key)).catch(undefinedWhenGone)
      return file?.createReadStream()
    },

    async head(key) {
      const found = await stat(pathOf(key), { bigint: true }).catch(undefinedWhenGone)
      return found && { size: Number(found.size), version: versionOf(found) }
    },

    async readStart(key, version, most) {
      const file = await open(pathOf(key)).catch(undefinedWhenGone)
      if (file === undefined) return undefined
      try {
        if (versionOf(await file.stat({ bigint: true })) !== version) return undefined
        const start = Buffer.alloc(most)
        const { bytesRead } = await file.read(start, 0, most, 0)
        return start.subarray(0, bytesRead)
      } finally {
        await file.close()
      }
    },

    async keep(version, { from, to }) {
      const path = pathOf(to)
      await mkdir(dirname(path), { recursive: true })
      const isThere = await link(pathOf(from), path).then(() => true, trueWhenThere)
      if (!isThere) return false
      if (versionOf(await stat(path, { bigint: true })) !== version) {
        await rm(path, { force: true })
        return false
      }
      await syncDirectory(dirname(path))
      return true
    },

    async downloadUrl({ key, served, now: at }) {
      const expiresAt = (Math.floor(at / URL_STEP_MS) + 2) * URL_STEP_MS
      return `${publicUrl()}/v1/files/${addresses.sign('file', { key, served, expiresAt })}`
    },

    async remove(keys) {
      for (const key of keys) await rm(pathOf(key), { force: true })
    },

    async clean(before) {
      for (const projects of await entriesOf(join(directory, UPLOADS)))
        for await (const path of filesOf(projects)) {
          const found = await stat(path).catch(undefinedWhenGone)
          if (found !== undefined && found.mtimeMs < before) await rm(path, { force: true })
        }
    },
  }

  async function receive(key: string, bytes: Readable, size: number): Promise<undefined | Refusal> {
    const path = pathOf(key)
    await mkdir(dirname(path), { recursive: true })
    const part = `${path}.${randomUUID()}${PART}`
    try {
      const trouble = await write(part, bytes, size)
      if (trouble !== undefined) return trouble
      // A link in place of a rename: what stands there is never replaced while somebody looks at it.
      await link(part, path).catch(unlessThere)
      await syncDirectory(dirname(path))
      return undefined
    } finally {
      await rm(part, { force: true })
    }
  }

  async function write(part: string, bytes: Readable, size: number): Promise<undefined | Refusal> {
    const file = await open(part, 'wx')
    let written = 0
    try {
      for await (const piece of bytes as AsyncIterable<Buffer>) {
        written += piece.length
        if (written > size) return refuse('body-too-large')
        await file.writeFile(piece)
      }
      if (written < size) return refuse('request-aborted')
      await file.sync()
      return undefined
    } catch (error) {
      if (codeOf(error) === 'ENOSPC')
        throw new DiskFull('No room for files in the data directory', { cause: error })
      if (codeOf(error) === 'ECONNRESET' || bytes.destroyed) return refuse('request-aborted')
      throw error
    } finally {
      await file.close()
    }
  }
}

/** Of an upload and what was kept of it it is the same, of two uploads never. */
function versionOf({ ino, mtimeNs }: { ino: bigint; mtimeNs: bigint }): string {
  return `v${ino.toString(36)}-${mtimeNs.toString(36)}`
}

async function entriesOf(directory: string): Promise<string[]> {
  const found: string[] = []
  for await (const path of filesOf(directory)) found.push(path)
  return found
}

async function* filesOf(directory: string): AsyncGenerator<string> {
  const opened = await opendir(directory).catch(undefinedWhenGone)
  if (opened === undefined) return
  for await (const { name } of opened) yield join(directory, name)
}

/** Its name is on the disk too, and not only in memory. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path)
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

function undefinedWhenGone(error: unknown): undefined {
  if (codeOf(error) === 'ENOENT') return undefined
  throw error
}

function unlessThere(error: unknown): void {
  if (codeOf(error) !== 'EEXIST') throw error
}

function trueWhenThere(error: unknown): boolean {
  if (codeOf(error) === 'EEXIST') return true
  if (codeOf(error) === 'ENOENT') return false
  throw error
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null)?.code
}
