import { signIdentity } from '@tapline/signing'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { followBooks } from './follow-books.ts'
import { GOODS } from './goods.ts'
import { placeOrder, type WantedOrder } from './place-order.ts'
import { serveFile } from './serve-file.ts'
import type { ShopSettings } from './settings.ts'

const MOST_BYTES = 64 * 1024
/** Who is logged in after one click: the customer of the demo, whose number is that of the phone on the stage. */
const ANNA = { externalId: 'anna', email: 'anna@example.com', phone: '+79000001001', name: 'Anna' }

/** A small shop as a merchant would build one on the storefront plugin, and the stage on which it stands beside phone, board and books. */
export async function startShop(settings: ShopSettings, { port = 0, host = '127.0.0.1' } = {}) {
  const books = followBooks(settings)
  let ordersMade = 0
  const firstOrder = Date.now() % 100_000_000

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://shop')
    const { pathname } = url
    if (request.method === 'GET') {
      if (serveFile(url, settings, response)) return
      if (pathname === '/stage/about')
        return json(response, 200, {
          ...{
            telegramUrl: settings.telegramUrl,
            todoistUrl: settings.todoistUrl,
            tildaUrl: settings.tildaUrl,
          },
          apiUrl: settings.apiUrl,
        })
      if (pathname === '/stage/books') return stream(request, response)
      if (pathname === '/shop/goods') return json(response, 200, GOODS)
    }
    if (request.method === 'POST') {
      // A page elsewhere must not order or log in here.
      if (
        request.headers['sec-fetch-site'] !== undefined &&
        request.headers['sec-fetch-site'] !== 'same-origin'
      )
        return json(response, 403, { error: 'Only from the shop itself.' })
      if (pathname === '/shop/identity')
        return json(response, 200, {
          token: signIdentity({ secret: settings.identitySecret, ...ANNA }),
          ...ANNA,
        })
      if (pathname === '/shop/orders') {
        const wanted = await bodyOf(request)
        const placed = await placeOrder(settings, String(firstOrder + ++ordersMade), wanted)
        return json(response, 'refused' in placed ? 422 : 201, placed)
      }
    }
    json(response, 404, { error: 'There is nothing here.' })
  }

  function stream(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    response.write(':\n\n')
    request.on(
      'close',
      books.watch((now) => void response.write(`data: ${JSON.stringify(now)}\n\n`)),
    )
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const { message } = error as Error
      if (!response.headersSent) json(response, 502, { error: message })
      else response.destroy()
    })
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `http://${host}:${taken}`,
    async stop(): Promise<void> {
      books.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify(body))
}

async function bodyOf(request: IncomingMessage): Promise<WantedOrder> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MOST_BYTES) throw new Error('The order is too long.')
    chunks.push(chunk)
  }
  const said = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Partial<WantedOrder>
  return {
    lines: Array.isArray(said.lines) ? said.lines.slice(0, GOODS.length) : [],
    email: String(said.email ?? ''),
    phone: typeof said.phone === 'string' && said.phone !== '' ? said.phone : null,
    name: String(said.name ?? ''),
    reservation: typeof said.reservation === 'string' && said.reservation !== '' ? said.reservation : null,
    discount: typeof said.discount === 'string' ? said.discount : null,
  }
}
