import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TaplineEvent } from '@tapline/client'
import { generateSecret, verifyWebhook } from '@tapline/signing'
import { afterEach, expect, it } from 'vitest'
import { forward } from './forward.ts'

const event = { id: 'evt_1', type: 'bonus.awarded', data: { amount: '1.00' } } as TaplineEvent
const secret = generateSecret()
const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serve(answer: RequestListener, port = 0): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`
}

function target(url: string, more: object = {}) {
  const troubles: string[] = []
  const { signal } = new AbortController()
  return {
    url,
    secret,
    signal,
    waitsMs: [0, 0],
    onTrouble: (why: string) => troubles.push(why),
    troubles,
    ...more,
  }
}

it('posts the event, signed, and never follows a redirect', async () => {
  let asked = 0
  const url = await serve((request, response) => {
    asked++
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      const { verified } = verifyWebhook({ headers: request.headers, body, secrets: [secret] })
      const same = body === JSON.stringify(event) && request.headers['content-type'] === 'application/json'
      response.writeHead(verified && same ? 307 : 400, { location: '/elsewhere' }).end('x'.repeat(100_000))
    })
  })
  expect(await forward(event, target(url))).toMatchObject({ status: 307, attempts: 1, error: null })
  expect(asked).toBe(1)
})

it('where nobody answers it is tried again, then told why not', async () => {
  const url = await serve((request) => request.socket.destroy())
  const cutting = target(url)
  expect(await forward(event, cutting)).toMatchObject({
    status: null,
    attempts: 3,
    error: 'the connection was closed without an answer',
  })
  expect(cutting.troubles).toHaveLength(2)
  await new Promise((resolve) => servers[0]!.close(resolve))
  const refusing = target(url)
  expect(await forward(event, refusing)).toMatchObject({ status: null, error: 'connection refused' })
})

it('an answer that does not come in time is none', async () => {
  const url = await serve(() => undefined)
  const outcome = await forward(event, target(url, { timeoutMs: 50, waitsMs: [] }))
  expect(outcome).toMatchObject({ status: null, attempts: 1, error: 'no answer within 0.05 s' })
})

it('an error is an answer', async () => {
  const url = await serve((_request, response) => response.writeHead(500).end())
  expect(await forward(event, target(url))).toMatchObject({ status: 500, attempts: 1 })
})

it('stopped, it is not tried again', async () => {
  const stop = new AbortController()
  const url = await serve(() => stop.abort())
  const outcome = await forward(event, target(url, { signal: stop.signal }))
  expect(outcome).toMatchObject({ status: null, attempts: 1, error: 'stopped' })
})
