import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { verifyWebhook } from '@tapline/signing'
import type { components } from '@tapline/openapi'

type Event = components['schemas']['Event']
export type Received = { id: string; timestamp: number; signature: string; event: Event; at: number }
type Answer = (request: IncomingMessage, response: ServerResponse, event: Event) => void

export type Receiver = Awaited<ReturnType<typeof startReceiver>>

/** An endpoint of a shop: a real server that verifies what it gets, and answers as it is told to. */
export async function startReceiver({ port = 0 }: { port?: number } = {}) {
  const received: Received[] = []
  const unverified: string[] = []
  let secrets: string[] = []
  let answer: Answer = (_request, response) => response.writeHead(204).end()
  let requests = 0

  const server = createServer((request, response) => {
    requests++
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const webhook = verifyWebhook({ headers: request.headers, body, secrets })
      if (!webhook.verified) {
        unverified.push(webhook.reason)
        response.writeHead(401).end()
        return
      }
      const event = JSON.parse(body.toString()) as Event
      const timestamp = Number(request.headers['webhook-timestamp'])
      const signature = String(request.headers['webhook-signature'])
      received.push({ id: webhook.id, timestamp, signature, event, at: Date.now() })
      answer(request, response, event)
    })
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    received,
    /** Why requests were not believed. */
    unverified,
    requests: () => requests,
    expect: (...live: string[]) => {
      secrets = live
    },
    /** From now on. */
    answers(how: number | Answer): void {
      answer = typeof how === 'number' ? (_request, response) => response.writeHead(how).end('as told') : how
    },
    ids: () => new Set(received.map(({ id }) => id)),
    types: () => received.map(({ event }) => event.type),
    async stop(): Promise<void> {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
