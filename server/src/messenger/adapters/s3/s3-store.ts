import { AwsV4Signer } from 'aws4fetch'
import { RetryableError } from '../../../kernel/retryable-error.ts'
import { UPLOADS, URL_STEP_MS } from '../../domain/attachment.ts'
import { contentDisposition } from '../../domain/content-disposition.ts'
import type { AttachmentStore, Served } from '../../ports/attachment-store.ts'

export type S3Settings = {
  /** Reached by the server and by browsers alike. */
  endpoint: string
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  /** The bucket in the path, in place of the host name. */
  pathStyle: boolean
}

type Ask = {
  method: 'GET' | 'HEAD' | 'PUT' | 'DELETE'
  headers?: Record<string, string>
  query?: Record<string, string>
  body?: Uint8Array
  timeoutMs?: number
}

/** Down, slow or busy: worth another try. */
export class StorageUnavailable extends RetryableError {}

const UPLOAD_TYPE = 'application/octet-stream'
const TIMEOUT_MS = 10_000
// A copy answers when the last byte is copied.
const COPY_TIMEOUT_MS = 60_000
const MOST_LISTED = 1_000
const PAGES_AT_ONCE = 50
const SECOND_MS = 1_000
const MAX_LIFE_SECONDS = 7 * 86_400

/** The store in a bucket of anything that speaks S3. Files go between browser and bucket; only the first bytes come to the server. */
export function s3Store(settings: S3Settings & { now: () => number }): AttachmentStore {
  const { bucket, region, accessKeyId, secretAccessKey, now } = settings
  const root = bucketAddress(settings)
  const signing = { service: 's3', region, accessKeyId, secretAccessKey }

  return {
    async uploadTarget({ key, size, expiresAt }) {
      const headers = { 'content-type': UPLOAD_TYPE }
      const url = addressOf(key)
      url.searchParams.set('X-Amz-Expires', lifeSeconds(expiresAt - now()))
      // Its length is signed, so that nothing larger can come; a browser sets it by itself.
      const signed = { ...headers, 'content-length': String(size) }
      const signer = new AwsV4Signer({ ...signing, method: 'PUT', url: url.href, headers: signed, signQuery: true, allHeaders: true }) // prettier-ignore
      return { method: 'PUT', url: (await signer.sign()).url.href, headers }
    },

    async put(key, bytes) {
      const headers = { 'content-type': UPLOAD_TYPE, 'content-length': String(bytes.length) }
      const answer = await ask(key, { method: 'PUT', headers, body: bytes, timeoutMs: COPY_TIMEOUT_MS })
      if (!answer.ok) throw await unexpected(answer, 'PUT', key)
      await answer.body?.cancel()
    },

    async read(key) {
      const answer = await ask(key, { method: 'GET', timeoutMs: COPY_TIMEOUT_MS })
      if (answer.status === 404) return undefined
      if (!answer.ok) throw await unexpected(answer, 'GET', key)
      return readAll(answer)
    },

    async head(key) {
      const answer = await ask(key, { method: 'HEAD' })
      if (answer.status === 404) return undefined
      if (!answer.ok) throw await unexpected(answer, 'HEAD', key)
      const version = versionOf(answer)
      const size = Number(answer.headers.get('content-length') ?? Number.NaN)
      if (version === undefined || Number.isNaN(size))
        throw new Error(`The storage says neither size nor ETag of ${key}`)
      return { size, version }
    },

    async readStart(key, version, bytes) {
      const headers = { range: `bytes=0-${bytes - 1}`, 'if-match': `"${version}"` }
      const answer = await ask(key, { method: 'GET', headers })
      // An answer that takes no notice of the range is cut off.
      if (answer.ok && versionOf(answer) === version) return readUpTo(answer, bytes)
      await answer.body?.cancel()
      if (answer.ok || [404, 412].includes(answer.status)) return undefined
      // Of an empty file there is no range.
      if (answer.status === 416) return new Uint8Array()
      throw await unexpected(answer, 'GET', key)
    },

    async keep(version, { from, to, served }) {
      const answer = await ask(to, {
        method: 'PUT',
        timeoutMs: COPY_TIMEOUT_MS,
        headers: {
          'x-amz-copy-source': `/${bucket}/${from}`,
          'x-amz-copy-source-if-match': `"${version}"`,
          'x-amz-metadata-directive': 'REPLACE',
          // For whoever reads the bucket by other ways than our addresses.
          ...headersOf(served),
        },
      })
      if (answer.status === 404 || answer.status === 412) {
        await answer.body?.cancel()
        return false
      }
      if (!answer.ok) throw await unexpected(answer, 'copy', from)
      // S3 may begin to answer 200 and fail afterwards.
      const text = await answer.text()
      if (text.includes('<Error>')) throw new StorageUnavailable(`The storage broke off the copy of ${from}`)
      return true
    },

    async downloadUrl({ key, served, now: at }) {
      const url = addressOf(key)
      const begin = Math.floor(at / URL_STEP_MS) * URL_STEP_MS
      url.searchParams.set('X-Amz-Expires', lifeSeconds(2 * URL_STEP_MS))
      for (const [name, value] of Object.entries(headersOf(served)))
        url.searchParams.set(`response-${name}`, value)
      const datetime = new Date(begin).toISOString().replace(/[:-]|\.\d{3}/g, '')
      const signer = new AwsV4Signer({ ...signing, method: 'GET', url: url.href, signQuery: true, datetime })
      return (await signer.sign()).url.href
    },

    async remove(keys) {
      for (const key of keys) {
        const answer = await ask(key, { method: 'DELETE' })
        if (!answer.ok && answer.status !== 404) throw await unexpected(answer, 'DELETE', key)
        await answer.body?.cancel()
      }
    },

    async clean(before) {
      let after = ''
      for (let page = 0; page < PAGES_AT_ONCE; page++) {
        const query = { 'list-type': '2', prefix: UPLOADS, 'max-keys': String(MOST_LISTED), ...(after === '' ? {} : { 'start-after': after }) } // prettier-ignore
        const answer = await ask('', { method: 'GET', query })
        if (!answer.ok) throw await unexpected(answer, 'list', UPLOADS)
        const listed = readListing(await answer.text())
        await this.remove(listed.filter(({ at }) => at < before).map(({ key }) => key))
        if (listed.length < MOST_LISTED) return
        after = listed.at(-1)!.key
      }
    },
  }

  function addressOf(key: string): URL {
    return new URL(key === '' ? root : `${root}/${key}`)
  }

  async function ask(
    key: string,
    { method, headers = {}, query = {}, body, timeoutMs = TIMEOUT_MS }: Ask,
  ): Promise<Response> {
    const url = addressOf(key)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const signed = await new AwsV4Signer({ ...signing, method, url: url.href, headers }).sign()
    try {
      return await fetch(signed.url, {
        method,
        headers: signed.headers,
        ...(body === undefined ? {} : { body: body as Uint8Array<ArrayBuffer> }),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      })
    } catch (error) {
      throw new StorageUnavailable('The storage does not answer (TAPLINE_S3_ENDPOINT)', { cause: error })
    }
  }
}

function bucketAddress({ endpoint, bucket, pathStyle }: S3Settings): string {
  const url = new URL(endpoint)
  const path = url.pathname.replace(/\/+$/, '')
  return pathStyle ? `${url.origin}${path}/${bucket}` : `${url.protocol}//${bucket}.${url.host}${path}`
}

function headersOf({ name, type, shown }: Served): Record<string, string> {
  return { 'content-type': type, 'content-disposition': contentDisposition(name, shown) }
}

function lifeSeconds(ms: number): string {
  return String(Math.min(Math.max(1, Math.ceil(ms / SECOND_MS)), MAX_LIFE_SECONDS))
}

/** The ETag, as letters that a key may hold. */
function versionOf(answer: Response): string | undefined {
  const etag = answer.headers.get('etag')?.replace(/^W\//, '').replaceAll('"', '')
  return etag === undefined || !/^[\w-]+$/.test(etag) ? undefined : etag
}

async function readUpTo(answer: Response, bytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  try {
    for await (const piece of answer.body ?? []) {
      pieces.push(piece as Uint8Array)
      size += (piece as Uint8Array).length
      if (size >= bytes) break
    }
  } catch (error) {
    throw new StorageUnavailable('The storage broke off', { cause: error })
  }
  return Buffer.concat(pieces).subarray(0, bytes)
}

async function* readAll(answer: Response): AsyncIterable<Uint8Array> {
  try {
    yield* (answer.body ?? []) as AsyncIterable<Uint8Array>
  } catch (error) {
    throw new StorageUnavailable('The storage broke off', { cause: error })
  }
}

function readListing(xml: string): { key: string; at: number }[] {
  return [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].flatMap(([, entry]) => {
    const key = /<Key>([\w/-]+)<\/Key>/.exec(entry!)?.[1]
    const at = Date.parse(/<LastModified>([^<]+)<\/LastModified>/.exec(entry!)?.[1] ?? '')
    return key === undefined || Number.isNaN(at) ? [] : [{ key, at }]
  })
}

/** What the storage says of itself, never what we signed. */
async function unexpected(answer: Response, what: string, key: string): Promise<Error> {
  const code = /<Code>(\w{1,60})<\/Code>/.exec(await answer.text().catch(() => ''))?.[1] ?? ''
  const message = `The storage answered ${answer.status} ${code} to ${what} of ${key}`
  const isOver = answer.status >= 500 || answer.status === 429
  return isOver ? new StorageUnavailable(message) : new Error(message)
}
