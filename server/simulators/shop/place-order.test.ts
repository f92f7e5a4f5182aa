import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { placeOrder } from './place-order.ts'

/** Where Tapline should be, and what has arrived there. */
async function listen(statusOf: (place: number) => number) {
  const arrived: { method: string; url: string; body: { status?: string } }[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as { status?: string }
      const status = statusOf(arrived.push({ method: request.method!, url: request.url!, body }))
      response.writeHead(status, { 'content-type': 'application/json' }).end('{"flags":[]}')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { arrived, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

it('an order whose bonuses nobody vouches for is not charged, and cancelled until somebody hears it', async () => {
  const { arrived, url } = await listen((place) => (place < 3 ? 503 : 200))
  const settings = { webhookUrl: `${url}/api/webhook/whk_1`, apiUrl: url, secretKey: 'sk_1' }
  const wanted = { lines: [{ sku: 'CUP-CELADON', quantity: 1 }], email: 'anna@example.com', name: 'Anna' }
  const placed = await placeOrder({ ...settings } as Parameters<typeof placeOrder>[0], '1001', {
    ...wanted,
    reservation: 'BONUS7K3M9QXA',
    discount: '100.00',
  })
  expect(placed).toEqual({ refused: 'unsure' })
  await expect.poll(() => arrived.length).toBeGreaterThan(2)
  expect(arrived.map(({ method, body }) => [method, body.status])).toEqual([
    ['POST', undefined],
    ['PUT', 'cancelled'],
    ['PUT', 'cancelled'],
  ])
})
