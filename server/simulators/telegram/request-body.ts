import type { IncomingMessage } from 'node:http'

const LONGEST_BODY_BYTES = 1024 * 1024

export class UnreadableBody extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

/** The parameters of a call from its query string and its JSON or urlencoded body. */
export async function readParameters(request: IncomingMessage, url: URL): Promise<Record<string, unknown>> {
  const query = Object.fromEntries(url.searchParams)
  const body = await readText(request)
  const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  if (body === '') return query
  if (type === 'application/json') return { ...query, ...parseObject(body) }
  if (type === 'application/x-www-form-urlencoded') {
    return { ...query, ...Object.fromEntries(new URLSearchParams(body)) }
  }
  if (type === 'multipart/form-data') {
    throw new UnreadableBody(501, 'Not Implemented: the simulator does not know multipart bodies yet')
  }
  return query
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

export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > LONGEST_BODY_BYTES) throw new UnreadableBody(413, 'Request Entity Too Large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
