import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { storageFaults, type StorageFault } from './faults.ts'
import { notices, type NoticeFault, type NoticeTarget } from './notices.ts'
import { objects, type StoredObject } from './objects.ts'
import { checkSignature, type S3Problem } from './signature.ts'

export interface StorageSimulatorOptions {
  port?: number
  host?: string
  bucket?: string
  region?: string
  accessKeyId?: string
  secretAccessKey?: string
  /** Who is told of what was put; nobody is without it. */
  tell?: NoticeTarget
  now?: () => number
}

export interface StorageCall {
  operation: string
  key: string
  status: number
  range: string | undefined
}

export type StorageSimulator = Awaited<ReturnType<typeof startStorageSimulator>>

const MOST_CALLS = 2_000
const MOST_OBJECT_BYTES = 110 * 1_048_576
const MOST_LISTED = 1_000

/** A small S3 on a port of its own, with one bucket, path style: it refuses what the real one refuses. */
export async function startStorageSimulator({
  port = 0,
  host = '127.0.0.1',
  bucket = 'files',
  region = 'us-east-1',
  accessKeyId = 'SIMULATOR',
  secretAccessKey = 'secret-of-the-simulator',
  tell,
  now = () => Date.now(),
}: StorageSimulatorOptions = {}) {
  const keys = { accessKeyId, secretAccessKey, region }
  let aheadMs = 0
  const clock = () => now() + aheadMs
  const store = objects(clock)
  const faults = storageFaults()
  const telling = notices(bucket, tell)
  const calls: StorageCall[] = []

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('x-amz-request-id', String(calls.length + 1))
    if (request.method === 'OPTIONS') return preflight(response)
    const [, ofBucket, ...rest] = url.pathname.split('/')
    const key = decodeURIComponent(rest.join('/'))
    const operation = operationOf(request, key)
    const note = (status: number) => {
      calls.push({ operation, key, status, range: request.headers.range })
      if (calls.length > MOST_CALLS) calls.shift()
    }
    const fail = (problem: S3Problem) => {
      note(problem.status)
      answerProblem(response, problem, request.method === 'HEAD')
    }

    const fault = faults.take(operation, key)
    if (fault?.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delayMs))
    if (fault?.effect === 'drop') return (note(0), void request.socket.destroy())
    if (typeof fault?.effect === 'object')
      return fail({
        status: fault.effect.status,
        code: 'SlowDown',
        message: 'Please reduce your request rate',
      })

    const body = await readBody(request)
    if (body === undefined) return fail({ status: 400, code: 'EntityTooLarge', message: 'Too large' })
    if (body === 'aborted') return note(0)
    const problem = checkSignature(request, url, keys, clock())
    if (problem !== undefined) return fail(problem)
    if (ofBucket !== bucket)
      return fail({ status: 404, code: 'NoSuchBucket', message: 'The specified bucket does not exist' })

    if (fault?.effect === 'error-in-200') {
      note(200)
      response.writeHead(200, { 'content-type': 'application/xml' })
      response.end(
        xml('<Error><Code>InternalError</Code><Message>We encountered an internal error.</Message></Error>'),
      )
      return
    }
    if (fault?.effect === 'drop-after-doing') response.end = () => (request.socket.destroy(), response)
    const status = operations[operation]!({ request, response, url, key, body })
    if (typeof status === 'number') note(status)
    else fail(status)
  }

  interface Asked {
    request: IncomingMessage
    response: ServerResponse
    url: URL
    key: string
    body: Buffer
  }

  const operations: Record<string, (asked: Asked) => number | S3Problem> = {
    PUT({ request, response, key, body }) {
      const { headers } = request
      const stored = store.put({
        key,
        bytes: body,
        type: headers['content-type'] ?? 'binary/octet-stream',
        disposition: headers['content-disposition'],
      })
      response.writeHead(200, { etag: `"${stored.etag}"` }).end()
      telling.created(stored)
      return 200
    },

    COPY({ request: { headers }, response, key }) {
      const [, ofBucket, ...rest] = decodeURIComponent(String(headers['x-amz-copy-source']))
        .replace(/^\/?/, '/')
        .split('/')
      const source = ofBucket === bucket ? store.get(rest.join('/')) : undefined
      if (source === undefined) return noSuchKey()
      const wanted = headers['x-amz-copy-source-if-match']
      if (wanted !== undefined && String(wanted).replaceAll('"', '') !== source.etag)
        return preconditionFailed()
      const isReplaced = headers['x-amz-metadata-directive'] === 'REPLACE'
      const stored = store.put({
        key,
        bytes: source.bytes,
        type: isReplaced ? (headers['content-type'] ?? 'binary/octet-stream') : source.type,
        disposition: isReplaced ? headers['content-disposition'] : source.disposition,
      })
      response.writeHead(200, { 'content-type': 'application/xml' })
      response.end(
        xml(
          `<CopyObjectResult><ETag>&quot;${stored.etag}&quot;</ETag><LastModified>${time(stored)}</LastModified></CopyObjectResult>`,
        ),
      )
      telling.created(stored)
      return 200
    },

    HEAD: (asked) => serveObject(asked),
    GET: (asked) => serveObject(asked),

    DELETE({ response, key }) {
      store.remove(key)
      response.writeHead(204).end()
      return 204
    },

    LIST({ response, url: { searchParams } }) {
      const most = Math.min(Number(searchParams.get('max-keys') ?? MOST_LISTED), MOST_LISTED)
      const listed = store.list({
        prefix: searchParams.get('prefix') ?? '',
        after: searchParams.get('start-after') ?? '',
        most,
      })
      const entries = listed.map(
        (one) =>
          `<Contents><Key>${one.key}</Key><LastModified>${time(one)}</LastModified><Size>${one.bytes.length}</Size></Contents>`,
      )
      response.writeHead(200, { 'content-type': 'application/xml' })
      response.end(
        xml(
          `<ListBucketResult><Name>${bucket}</Name><KeyCount>${listed.length}</KeyCount>${entries.join('')}</ListBucketResult>`,
        ),
      )
      return 200
    },
  }

  function serveObject({ request, response, url: { searchParams }, key }: Asked): number | S3Problem {
    const stored = store.get(key)
    if (stored === undefined) return noSuchKey()
    const wanted = request.headers['if-match']
    if (wanted !== undefined && wanted.replaceAll('"', '') !== stored.etag) return preconditionFailed()
    const range = rangeOf(request.headers.range, stored.bytes.length)
    if (range === 'none')
      return { status: 416, code: 'InvalidRange', message: 'The requested range is not satisfiable' }
    const bytes = range === undefined ? stored.bytes : stored.bytes.subarray(range.from, range.to + 1)
    const disposition = searchParams.get('response-content-disposition') ?? stored.disposition
    const status = range === undefined ? 200 : 206
    response.writeHead(status, {
      etag: `"${stored.etag}"`,
      'last-modified': new Date(stored.at).toUTCString(),
      'accept-ranges': 'bytes',
      'content-type': searchParams.get('response-content-type') ?? stored.type,
      'content-length': bytes.length,
      ...(disposition === undefined ? {} : { 'content-disposition': disposition }),
      ...(range === undefined
        ? {}
        : { 'content-range': `bytes ${range.from}-${range.to}/${stored.bytes.length}` }),
    })
    response.end(request.method === 'HEAD' ? undefined : bytes)
    return status
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500)
      response.end(String(error))
    })
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  const bound = (server.address() as AddressInfo).port

  return {
    url: `http://${host}:${bound}`,
    bucket,
    ...keys,
    keys: () => store.keys(),
    object: (key: string): StoredObject | undefined => store.get(key),
    failNext: (fault: StorageFault) => faults.plan(fault),
    clearFaults: () => faults.clear(),
    failNextNotice: (fault: NoticeFault) => telling.plan(fault),
    tell: (target: NoticeTarget | undefined) => void telling.aimAt(target),
    notices: () => telling.log(),
    /** Nothing is on its way any more. */
    isQuiet: () => telling.isQuiet(),
    calls: (operation?: string) =>
      calls.filter((call) => operation === undefined || call.operation === operation),
    clearCalls: () => void calls.splice(0),
    advanceClock: (ms: number) => (aheadMs += ms),
    async stop() {
      telling.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function operationOf({ method, headers }: IncomingMessage, key: string): string {
  if (method === 'PUT') return headers['x-amz-copy-source'] === undefined ? 'PUT' : 'COPY'
  return method === 'GET' && key === '' ? 'LIST' : String(method)
}

/** Of a body that ends before its length there is nothing. */
async function readBody(request: IncomingMessage): Promise<Buffer | 'aborted' | undefined> {
  const pieces: Buffer[] = []
  let size = 0
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      size += piece.length
      if (size > MOST_OBJECT_BYTES) return undefined
      pieces.push(piece)
    }
  } catch {
    return 'aborted'
  }
  return Buffer.concat(pieces)
}

function rangeOf(
  header: string | undefined,
  size: number,
): { from: number; to: number } | 'none' | undefined {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? []
  if (from === undefined) return undefined
  if (Number(from) >= size) return 'none'
  return { from: Number(from), to: to === '' || to === undefined ? size - 1 : Math.min(Number(to), size - 1) }
}

function preflight(response: ServerResponse): void {
  response
    .writeHead(204, { 'access-control-allow-methods': 'GET, PUT, HEAD', 'access-control-allow-headers': '*' })
    .end()
}

function answerProblem(
  response: ServerResponse,
  { status, code, message }: S3Problem,
  isBare: boolean,
): void {
  response.writeHead(status, { 'content-type': 'application/xml', connection: 'close' })
  response.end(isBare ? undefined : xml(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`))
}

function noSuchKey(): S3Problem {
  return { status: 404, code: 'NoSuchKey', message: 'The specified key does not exist.' }
}

function preconditionFailed(): S3Problem {
  return {
    status: 412,
    code: 'PreconditionFailed',
    message: 'At least one of the pre-conditions you specified did not hold',
  }
}

function time({ at }: StoredObject): string {
  return new Date(at).toISOString()
}

function xml(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${body}`
}
