import type { IncomingMessage } from 'node:http'
import { ApiError, invalid } from './api-error.ts'
import type { Arguments } from './arguments.ts'

export const LONGEST_BODY_BYTES = 1024 * 1024

export async function readBytes(request: IncomingMessage, longest = LONGEST_BODY_BYTES): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > longest) throw new ApiError(413, 'PAYLOAD_TOO_LARGE', 413, 'Request body is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

export const contentType = ({ headers }: IncomingMessage): string =>
  (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()

/** The arguments in a JSON object or in a form. */
export async function readArguments(request: IncomingMessage): Promise<Arguments> {
  const body = (await readBytes(request)).toString('utf8')
  if (body === '') return {}
  if (contentType(request) === 'application/x-www-form-urlencoded') {
    return Object.fromEntries(new URLSearchParams(body))
  }
  return parseObject(body)
}

export function parseObject(body: string): Arguments {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    throw invalid('body', 'Invalid JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid('body', 'Object expected')
  return value as Arguments
}
