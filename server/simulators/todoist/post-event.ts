import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

const ANSWER_WITHIN_MS = 10_000
const agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) }

export interface EventPost {
  url: string
  body: string
  headers: Record<string, string>
  signal: AbortSignal
}

/** One POST of one event: the status of the answer, or undefined when there was none. */
export function postEvent({ url, body, headers, signal }: EventPost): Promise<number | undefined> {
  return new Promise((resolve) => {
    const target = new URL(url)
    const isHttps = target.protocol === 'https:'
    const request = (isHttps ? httpsRequest : httpRequest)(target, {
      method: 'POST',
      agent: agents[isHttps ? 'https:' : 'http:'],
      signal,
      timeout: ANSWER_WITHIN_MS,
      headers: {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        ...headers,
      },
    })
    request.on('error', () => resolve(undefined))
    request.on('timeout', () => request.destroy())
    request.on('response', (response) => {
      response.on('error', () => resolve(undefined))
      response.on('end', () => resolve(response.statusCode))
      response.resume()
    })
    request.end(body)
  })
}
