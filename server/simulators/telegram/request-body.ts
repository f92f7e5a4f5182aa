import type { IncomingMessage } from 'node:http'
import { readMultipart, type Upload } from './multipart.ts'

const MEGABYTE = 1024 * 1024
const LONGEST_BODY_BYTES = MEGABYTE
const LONGEST_FORM_BYTES = 64 * MEGABYTE
const LONGEST_DRAIN_BYTES = 256 * MEGABYTE

export class UnreadableBody extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

export interface CallBody {
  parameters: Record<string, unknown>
  uploads: Map<string, Upload>
}

/** The parameters of a call from its query string and its JSON, urlencoded or multipart body. */
export async function readCall(request: IncomingMessage, url: URL): Promise<CallBody> {
  const query = Object.fromEntries(url.searchParams)
  const contentType = request.headers['content-type'] ?? ''
  const type = contentType.split(';')[0]!.trim().toLowerCase()
  if (type === 'multipart/form-data') {
    const form = readMultipart(await readBytes(request, LONGEST_FORM_BYTES), contentType)
    if (!form) throw new UnreadableBody(400, "Bad Request: can't parse multipart form data")
    // A file that stands in the field itself is as good as one that the field refers to.
    const parameters: Record<string, unknown> = { ...query }
    for (const name of form.files.keys()) parameters[name] = `attach://${name}`
    return { parameters: { ...parameters, ...form.fields }, uploads: form.files }
  }
  const body = await readText(request)
  return { parameters: { ...query, ...parametersIn(body, type) }, uploads: new Map() }
}

function parametersIn(body: string, type: string): Record<string, unknown> {
  if (body === '') return {}
  if (type === 'application/json') return parseObject(body)
  if (type === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(body))
  return {}
}

export function parseObject(body: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    throw new UnreadableBody(400, "Bad Request: can't parse JSON object")
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UnreadableBody(400, 'Bad Request: object expected')
  }
  return value as Record<string, unknown>
}

export async function readText(request: IncomingMessage, longest = LONGEST_BODY_BYTES): Promise<string> {
  return (await readBytes(request, longest)).toString('utf8')
}

// What is too long is read to its end and thrown away, since whoever is still sending would not see the answer.
async function readBytes(request: IncomingMessage, longest: number): Promise<Buffer> {
  let chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= longest) chunks.push(chunk)
    else chunks = []
    if (size > LONGEST_DRAIN_BYTES) break
  }
  if (size > longest) throw new UnreadableBody(413, 'Request Entity Too Large')
  return Buffer.concat(chunks)
}
