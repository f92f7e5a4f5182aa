import { Agent as HttpAgent, request as httpRequest, STATUS_CODES } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { MovableClock } from './clock.ts'
import type { Update } from './updates.ts'
import type { WebhookTarget } from './webhook-target.ts'

export type Delivery =
  | { ok: true; reply: { method: string; parameters: Record<string, unknown> } | undefined }
  | { ok: false; error: string; status: number | undefined; retryAfterSeconds: number }

const RESPONSE_WITHIN_MS = 60_000
const LONGEST_REPLY_BYTES = 1024 * 1024
const agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) }

export interface UpdatePost {
  target: WebhookTarget
  update: Update
  clock: MovableClock
  signal: AbortSignal
}

/** One POST of one update; anything but a 2xx within a minute is a failure with its reason. */
export function postUpdate({ target, update, clock, signal }: UpdatePost): Promise<Delivery> {
  return new Promise((resolve) => {
    const url = new URL(target.url)
    const isHttps = url.protocol === 'https:'
    const body = JSON.stringify(update)
    const request = (isHttps ? httpsRequest : httpRequest)(url, {
      method: 'POST',
      agent: agents[isHttps ? 'https:' : 'http:'],
      signal,
      headers: {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        'Accept-Encoding': 'identity',
        ...(target.secretToken && { 'X-Telegram-Bot-Api-Secret-Token': target.secretToken }),
      },
    })
    const finish = (delivery: Delivery) => {
      timeout.cancel()
      resolve(delivery)
    }
    const fail = (error: string, status?: number, retryAfterSeconds = 0) =>
      finish({ ok: false, error, status, retryAfterSeconds })
    const timeout = clock.at(clock.now() + RESPONSE_WITHIN_MS, () => {
      fail('Read timeout expired')
      request.destroy()
    })

    request.on('error', (error: NodeJS.ErrnoException) => {
      fail(error.code === 'ECONNREFUSED' ? 'Connection refused' : 'Webhook connection closed')
    })
    request.on('response', (response) => {
      const status = response.statusCode ?? 0
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size <= LONGEST_REPLY_BYTES) chunks.push(chunk)
      })
      response.on('error', () => fail('Webhook connection closed'))
      response.on('end', () => {
        if (status >= 200 && status < 300) return finish({ ok: true, reply: replyIn(Buffer.concat(chunks)) })
        const reason = response.statusMessage || STATUS_CODES[status] || ''
        fail(
          `Wrong response from the webhook: ${status} ${reason}`,
          status,
          Number.parseInt(response.headers['retry-after'] ?? '', 10) || 0,
        )
      })
    })
    request.end(body)
  })
}

function replyIn(body: Buffer): { method: string; parameters: Record<string, unknown> } | undefined {
  let reply: unknown
  try {
    reply = JSON.parse(body.toString())
  } catch {
    return undefined
  }
  if (typeof reply !== 'object' || reply === null || !('method' in reply)) return undefined
  const { method, ...parameters } = reply as Record<string, unknown>
  if (typeof method !== 'string' || /^(deletewebhook|setwebhook|close|logout|get.*|)$/i.test(method))
    return undefined
  return { method, parameters }
}
